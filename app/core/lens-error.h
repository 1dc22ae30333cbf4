/* The one error domain of PacketLens.
 *
 * Texts are for people: what failed, on what, where, and what now. A cancelled operation is
 * G_IO_ERROR_CANCELLED, never a LENS_ERROR. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LENS_ERROR (lens_error_quark ())

typedef enum
{
  LENS_ERROR_OPEN,          /* the file could not be opened */
  LENS_ERROR_NOT_A_CAPTURE, /* the file is no packet capture */
  LENS_ERROR_UNSUPPORTED,   /* a capture of a kind that PacketLens does not read */
  LENS_ERROR_READ,          /* reading failed on the way */
  LENS_ERROR_WRITE,         /* the target could not be written; what was there is untouched */
  LENS_ERROR_LAYOUT,        /* the layout helper failed, crashed or took too long */
  LENS_ERROR_FILTER,        /* the expression of a filter is none */
  LENS_ERROR_LIMIT,         /* a ceiling was reached (memory, rows) */
} LensError;

GQuark lens_error_quark (void);

G_END_DECLS
