/* A packet's bytes in hexadecimal and as text, as many a line as there is room for. Main thread.
 *
 * Signal "byte-picked" (guint64 offset): the person has put the cursor on a byte.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is longer is shown up to here: a view of so many lines is slow, and copying has the rest. */
#define LENS_HEX_VIEW_MAX_BYTES 65536

#define LENS_TYPE_HEX_VIEW (lens_hex_view_get_type ())
G_DECLARE_FINAL_TYPE (LensHexView, lens_hex_view, LENS, HEX_VIEW, GtkTextView)

GtkWidget *lens_hex_view_new (void);

/* @bytes: (nullable) (transfer none), a reference is taken. Nothing is marked. */
void lens_hex_view_set_bytes (LensHexView *view, GBytes *bytes);

/* Marks @n_bytes bytes from @offset on, and brings them into view; none where @n_bytes is 0. */
void lens_hex_view_mark (LensHexView *view, gsize offset, gsize n_bytes);

G_END_DECLS
