/* A loaded capture: the packet table and what is known of the files. Immutable, reference counted, any thread. */
#pragma once

#include "lens-packet-table.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_CAPTURE (lens_capture_get_type ())

typedef struct _LensCapture LensCapture;

GType lens_capture_get_type (void);
LensCapture *lens_capture_ref (LensCapture *capture);
void lens_capture_unref (LensCapture *capture);

/* @table: (transfer full). @path: (transfer none). @damage: (transfer none) (nullable), what is missing, in plain words. */
LensCapture *lens_capture_new (LensPacketTable *table, const char *path, const char *damage);

/* (transfer none) */
LensPacketTable *lens_capture_get_table (const LensCapture *capture);

/* The file's base name, valid UTF-8, for people and the summary; and its path as given. (transfer none) */
const char *lens_capture_get_name (const LensCapture *capture);
const char *lens_capture_get_path (const LensCapture *capture);

/* What is missing, in plain words, or NULL when the capture is complete. (transfer none) */
const char *lens_capture_get_damage (const LensCapture *capture);

guint64 lens_capture_get_n_packets (const LensCapture *capture);
guint64 lens_capture_get_captured_bytes (const LensCapture *capture);
guint64 lens_capture_get_wire_bytes (const LensCapture *capture);

/* Times of the first and last packet in time order; FALSE, both untouched, when there is no packet. */
gboolean lens_capture_get_time_span (const LensCapture *capture, gint64 *first_ns, gint64 *last_ns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensCapture, lens_capture_unref)

G_END_DECLS
