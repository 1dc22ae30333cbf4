/* One packet: its fields beside its bytes, which are read from the capture's file when it is shown. Main thread.
 *
 * Signal "loaded": its bytes are there now, or can't be had.
 */
#pragma once

#include "lens-packet-list.h"
#include "lens-packet-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_DETAILS (lens_packet_details_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketDetails, lens_packet_details, LENS, PACKET_DETAILS, GtkBox)

/* The packets shown from now on are of @capture (nullable). If that is another one, TRUE, and none is shown until
 * lens_packet_details_show(); where it is the same pipe further on, what is shown stays, if the packet has the same row. */
gboolean lens_packet_details_set_capture (LensPacketDetails *details, LensCapture *capture);

/* What the list that the packet is shown from says of it stands among its fields. To be called again where @list (nullable) knows more. */
void lens_packet_details_set_list (LensPacketDetails *details, LensPacketList *list);

/* The packet at @row of the capture's table; G_MAXSIZE: none. */
void lens_packet_details_show (LensPacketDetails *details, gsize row);

/* How the packet shown can be copied. */
typedef enum
{
  LENS_COPY_TEXT, /* its fields */
  LENS_COPY_HEX,
  LENS_COPY_C,
} LensCopyForm;

/* (transfer full), or NULL while no bytes are there. */
char *lens_packet_details_copy (LensPacketDetails *details, LensCopyForm form);

G_END_DECLS
