#include "lens-graph-ink.h"

#define DIMMED_ALPHA 0.18

void
lens_graph_ink_set_color (cairo_t *cr, const LensColor *color, gboolean is_dimmed)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue,
                         color->alpha * (is_dimmed ? DIMMED_ALPHA : 1));
}

PangoContext *
lens_graph_ink_new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

PangoLayout *
lens_graph_ink_new_text (PangoContext *context, const LensGraphStyle *style, const char *text, double size)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, style->font_family != NULL ? style->font_family : "sans-serif");
  /* Absolute: a point of the picture, whatever the resolution of a screen. */
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

/* After the colon that is nearest to its middle. */
static char *
break_in_two (const char *text)
{
  gsize length = strlen (text), best = length;

  for (gsize i = 0; i + 1 < length; i++)
    if (text[i] == ':' && text[i + 1] != ':'
        && ABS (2 * (gssize) i - (gssize) length) < ABS (2 * (gssize) best - (gssize) length))
      best = i;
  return g_strdup_printf ("%.*s\n%s", (int) best + 1, text, text + best + 1);
}

PangoLayout *
lens_graph_ink_new_name (PangoContext *context,
                         const LensGraphStyle *style,
                         const LensHostGraph *graph,
                         gsize node)
{
  g_autofree char *name = lens_host_graph_describe_node (graph, node);
  g_autofree char *short_name = lens_host_graph_describe_node_in_short (graph, node);
  g_autofree char *lines = strcmp (name, short_name) != 0 ? break_in_two (name) : NULL;
  PangoLayout *layout
      = lens_graph_ink_new_text (context, style, lines != NULL ? lines : name, style->font_size);

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  return layout;
}

LensSize
lens_graph_ink_measure (PangoLayout *text)
{
  int width, height;

  pango_layout_get_size (text, &width, &height);
  return (LensSize){ (double) width / PANGO_SCALE, (double) height / PANGO_SCALE };
}

void
lens_graph_ink_draw_text (cairo_t *cr, PangoLayout *text, LensPoint centre)
{
  LensSize size = lens_graph_ink_measure (text);

  cairo_move_to (cr, centre.x - size.width / 2, centre.y - size.height / 2);
  pango_cairo_show_layout (cr, text);
}
