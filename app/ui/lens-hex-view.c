#include "lens-hex-view.h"

#include "lens-hex.h"

#include <glib/gi18n.h>

#define MANY_BYTES_PER_LINE 16
#define FEW_BYTES_PER_LINE 4

/* How strongly the background of what is marked has the accent colour. */
#define MARK_ALPHA 0.4f

struct _LensHexView
{
  GtkTextView parent_instance;
  GBytes *bytes; /* owned (nullable) */
  gsize n_shown;
  gsize bytes_per_line;
  gsize marked_offset;
  gsize n_marked;
  GtkTextTag *tag;     /* (transfer none) of the buffer */
  gboolean is_writing; /* the cursor moves by itself */
  guint layout_idle_id;
};

G_DEFINE_FINAL_TYPE (LensHexView, lens_hex_view, GTK_TYPE_TEXT_VIEW)

enum
{
  BYTE_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where the first byte of a line is written, and the first character. */
static gsize
hex_column (const LensHexView *self)
{
  return lens_hex_dump_offset_digits (self->n_shown) + 2;
}

static gsize
text_column (const LensHexView *self)
{
  return hex_column (self) + 3 * self->bytes_per_line + 1;
}

static gsize
line_chars (const LensHexView *self, gsize bytes_per_line)
{
  return hex_column (self) + 3 * bytes_per_line + 1 + bytes_per_line;
}

/* The byte that a place in the text is about; FALSE: none. */
static gboolean
byte_at (const LensHexView *self, const GtkTextIter *at, gsize *offset)
{
  gsize column = (gsize) gtk_text_iter_get_line_offset (at);
  gsize start = (gsize) gtk_text_iter_get_line (at) * self->bytes_per_line;
  gsize in_line;

  if (column < hex_column (self))
    in_line = 0;
  else if (column < text_column (self) - 1)
    in_line = (column - hex_column (self)) / 3;
  else
    in_line = column - MIN (column, text_column (self));
  *offset = start + MIN (in_line, self->bytes_per_line - 1);
  return *offset < self->n_shown;
}

static void
cursor_cb (LensHexView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter at;
  gsize offset;

  if (self->is_writing)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  if (byte_at (self, &at, &offset))
    g_signal_emit (self, signals[BYTE_PICKED], 0, (guint64) offset);
}

static void
mark_columns (LensHexView *self, gsize line, gsize first_column, gsize end_column)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line_offset (buffer, &start, (int) line, (int) first_column);
  gtk_text_buffer_get_iter_at_line_offset (buffer, &end, (int) line, (int) end_column);
  gtk_text_buffer_apply_tag (buffer, self->tag, &start, &end);
}

static void
show_mark (LensHexView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gsize end = MIN (self->marked_offset + self->n_marked, self->n_shown);
  gsize per_line = self->bytes_per_line;
  GtkTextIter start_iter, end_iter;

  gtk_text_buffer_get_bounds (buffer, &start_iter, &end_iter);
  gtk_text_buffer_remove_tag (buffer, self->tag, &start_iter, &end_iter);
  /* GTK would else find out while it draws how high the lines are, and move a scroll bar that was laid out. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (self->n_marked == 0 || self->marked_offset >= end)
    return;
  for (gsize line = self->marked_offset / per_line; line * per_line < end; line++)
    {
      gsize first = MAX (self->marked_offset, line * per_line) - line * per_line;
      gsize last = MIN (end, (line + 1) * per_line) - line * per_line;

      mark_columns (self, line, hex_column (self) + 3 * first, hex_column (self) + 3 * last - 1);
      mark_columns (self, line, text_column (self) + first, text_column (self) + last);
    }
  gtk_text_buffer_get_iter_at_line (buffer, &start_iter, (int) (self->marked_offset / per_line));
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self), &start_iter, 0, FALSE, 0, 0);
}

static void
write_bytes (LensHexView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_autofree char *dump = NULL;
  GtkTextIter start;

  self->is_writing = TRUE;
  if (self->bytes != NULL)
    dump = lens_hex_dump (g_bytes_get_data (self->bytes, NULL), self->n_shown, self->bytes_per_line);
  gtk_text_buffer_set_text (buffer, dump != NULL ? dump : "", -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  show_mark (self);
  self->is_writing = FALSE;
}

/* How many bytes a line has room for. */
static gsize
fit_bytes_per_line (LensHexView *self, int width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0000000000");
  gsize fitting = MANY_BYTES_PER_LINE;
  int width_of_ten = 0;

  pango_layout_get_pixel_size (layout, &width_of_ten, NULL);
  while (fitting > FEW_BYTES_PER_LINE
         && (gsize) width_of_ten * line_chars (self, fitting) / 10 > (gsize) MAX (width, 0))
    fitting /= 2;
  return fitting;
}

static gboolean
layout_idle_cb (gpointer user_data)
{
  LensHexView *self = user_data;

  self->layout_idle_id = 0;
  write_bytes (self);
  return G_SOURCE_REMOVE;
}

static void
lens_hex_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LensHexView *self = LENS_HEX_VIEW (widget);
  int margins = gtk_text_view_get_left_margin (GTK_TEXT_VIEW (self))
                + gtk_text_view_get_right_margin (GTK_TEXT_VIEW (self));
  gsize fitting = fit_bytes_per_line (self, width - margins);

  GTK_WIDGET_CLASS (lens_hex_view_parent_class)->size_allocate (widget, width, height, baseline);
  if (fitting == self->bytes_per_line)
    return;
  self->bytes_per_line = fitting;
  /* The text can't change while it is laid out. */
  if (self->layout_idle_id == 0)
    self->layout_idle_id = g_idle_add (layout_idle_cb, self);
}

/* The colour follows the theme. */
static void
lens_hex_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LensHexView *self = LENS_HEX_VIEW (widget);
  GdkRGBA colour;

  GTK_WIDGET_CLASS (lens_hex_view_parent_class)->css_changed (widget, change);
  if (self->tag == NULL
      || !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", &colour))
    return;
  colour.alpha = MARK_ALPHA;
  g_object_set (self->tag, "background-rgba", &colour, NULL);
}

static void
lens_hex_view_dispose (GObject *object)
{
  LensHexView *self = LENS_HEX_VIEW (object);

  g_clear_handle_id (&self->layout_idle_id, g_source_remove);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  G_OBJECT_CLASS (lens_hex_view_parent_class)->dispose (object);
}

static void
lens_hex_view_class_init (LensHexViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_hex_view_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = lens_hex_view_size_allocate;
  GTK_WIDGET_CLASS (klass)->css_changed = lens_hex_view_css_changed;
  signals[BYTE_PICKED] = g_signal_new ("byte-picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
lens_hex_view_init (LensHexView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  self->bytes_per_line = MANY_BYTES_PER_LINE;
  self->tag = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_left_margin (view, 8);
  gtk_text_view_set_right_margin (view, 8);
  gtk_text_view_set_top_margin (view, 6);
  gtk_text_view_set_bottom_margin (view, 6);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lens_hex_view_new (void)
{
  GtkWidget *view = g_object_new (LENS_TYPE_HEX_VIEW, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Bytes"), -1);
  return view;
}

void
lens_hex_view_set_bytes (LensHexView *self, GBytes *bytes)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->n_shown = bytes != NULL ? MIN (g_bytes_get_size (bytes), (gsize) LENS_HEX_VIEW_MAX_BYTES) : 0;
  self->n_marked = 0;
  write_bytes (self);
}

void
lens_hex_view_mark (LensHexView *self, gsize offset, gsize n_bytes)
{
  self->marked_offset = offset;
  self->n_marked = n_bytes;
  show_mark (self);
}
