/* A loaded capture: the packet table and what is known of the files it is from. Immutable, reference counted, any thread. */
#pragma once

#include "lens-capture-file.h"
#include "lens-host-order.h"
#include "lens-packet-table.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_CAPTURE (lens_capture_get_type ())

typedef struct _LensCapture LensCapture;

GType lens_capture_get_type (void);
LensCapture *lens_capture_ref (LensCapture *capture);
void lens_capture_unref (LensCapture *capture);

/* @table: (transfer full). @files: (transfer full), one LensCaptureFile at least, in the order they were read. @is_growing: packets are
 * still coming. */
LensCapture *lens_capture_new (LensPacketTable *table, GPtrArray *files, gboolean is_growing);

/* The same of one file of which only the name is known, for captures that come from no file. @path: (transfer none). */
LensCapture *lens_capture_new_for_path (LensPacketTable *table, const char *path);

/* (transfer none) */
LensPacketTable *lens_capture_get_table (const LensCapture *capture);

gsize lens_capture_get_n_files (const LensCapture *capture);
const LensCaptureFile *lens_capture_get_file (const LensCapture *capture, gsize position);

/* "ring.pcap", or "ring_00001.pcap and 11 more": valid UTF-8, for people. (transfer none) */
const char *lens_capture_get_name (const LensCapture *capture);

/* What is missing, in plain words, a line a file, or NULL when the capture is complete. (transfer none) */
const char *lens_capture_get_damage (const LensCapture *capture);

/* What of pipes could not be kept to be read again, in plain words, a line a pipe, or NULL: figures are right without it. (transfer none) */
const char *lens_capture_get_unkept (const LensCapture *capture);

/* Whether more can be read from a file that unpacks to more than was allowed. */
gboolean lens_capture_is_at_ceiling (const LensCapture *capture);

/* Whether that is so, and all files can be read a second time for it. */
gboolean lens_capture_can_read_all (const LensCapture *capture);

/* Whether this is what has been read so far of a pipe. */
gboolean lens_capture_is_growing (const LensCapture *capture);

/* The name that the capture's own name resolution records give @address, or NULL. (transfer none) */
const char *lens_capture_find_host_name (const LensCapture *capture, const LensAddress *address);

guint64 lens_capture_get_n_packets (const LensCapture *capture);
guint64 lens_capture_get_captured_bytes (const LensCapture *capture);
guint64 lens_capture_get_wire_bytes (const LensCapture *capture);

/* Payload bytes a packet with IP, over the whole capture; 0 without any. */
double lens_capture_get_mean_payload (const LensCapture *capture);

/* The table's hosts by address, worked out when it is asked for first. (transfer none); NULL when memory runs out. */
const LensHostOrder *lens_capture_get_host_order (LensCapture *capture);

/* Times of the first and last packet in time order; FALSE, both untouched, when there is no packet. */
gboolean lens_capture_get_time_span (const LensCapture *capture, gint64 *first_ns, gint64 *last_ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensCapture, lens_capture_unref)

G_END_DECLS
