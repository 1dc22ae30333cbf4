#include "lens-plot-text.h"

#include "lens-text.h"

/* Longer texts would not be read anyway, and cost time. */
#define MAX_CHARACTERS 400

/* Glyphs are placed on whole pixels on a screen and anywhere in a PDF: the widths differ by this much. */
#define SLACK 1.03

void
lens_plot_ruler_init (LensPlotRuler *ruler)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());

  ruler->layout = pango_layout_new (context);
  g_object_unref (context);
  pango_layout_set_single_paragraph_mode (ruler->layout, TRUE);
}

void
lens_plot_ruler_clear (LensPlotRuler *ruler)
{
  g_clear_object (&ruler->layout);
}

char *
lens_plot_text_clean (const char *text)
{
  return lens_text_make_safe_string (text, MAX_CHARACTERS);
}

double
lens_plot_ruler_measure (const LensPlotRuler *ruler, const char *text, double size_px, gboolean is_bold)
{
  PangoFontDescription *font = pango_font_description_from_string ("sans");
  int width;

  pango_font_description_set_weight (font, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size_px * PANGO_SCALE);
  pango_layout_set_font_description (ruler->layout, font);
  pango_layout_set_text (ruler->layout, text, -1);
  pango_layout_get_size (ruler->layout, &width, NULL);
  pango_font_description_free (font);
  return SLACK * width / PANGO_SCALE;
}

char *
lens_plot_ruler_fit (const LensPlotRuler *ruler,
                     const char *text,
                     double size_px,
                     gboolean is_bold,
                     double max_px)
{
  glong n = g_utf8_strlen (text, -1);
  glong kept = 0;
  glong too_many = n;
  g_autofree char *best = NULL;

  if (lens_plot_ruler_measure (ruler, text, size_px, is_bold) <= max_px)
    return g_strdup (text);
  /* Both ends of an address tell it apart: the middle goes. */
  while (too_many - kept > 1)
    {
      glong middle = (kept + too_many) / 2;
      g_autofree char *head = g_utf8_substring (text, 0, (middle + 1) / 2);
      const char *tail = g_utf8_offset_to_pointer (text, n - middle / 2);
      g_autofree char *candidate = g_strconcat (head, "…", tail, NULL);

      if (lens_plot_ruler_measure (ruler, candidate, size_px, is_bold) <= max_px)
        {
          kept = middle;
          g_free (best);
          best = g_steal_pointer (&candidate);
        }
      else
        too_many = middle;
    }
  return best != NULL ? g_steal_pointer (&best) : g_strdup ("");
}

GStrv
lens_plot_ruler_wrap (const LensPlotRuler *ruler,
                      const char *text,
                      double size_px,
                      gboolean is_bold,
                      double max_px,
                      guint max_lines)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_lines = 1;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *longer
          = line->len > 0 ? g_strconcat (line->str, " ", words[i], NULL) : g_strdup (words[i]);

      if (line->len > 0 && n_lines < max_lines
          && lens_plot_ruler_measure (ruler, longer, size_px, is_bold) > max_px)
        {
          g_autofree char *fitted = lens_plot_ruler_fit (ruler, line->str, size_px, is_bold, max_px);

          g_strv_builder_add (lines, fitted);
          n_lines++;
          g_string_assign (line, words[i]);
        }
      else
        g_string_assign (line, longer);
    }
  if (line->len > 0)
    {
      g_autofree char *fitted = lens_plot_ruler_fit (ruler, line->str, size_px, is_bold, max_px);

      g_strv_builder_add (lines, fitted);
    }
  return g_strv_builder_end (lines);
}
