/* Text on a plot: made safe, measured, shortened and wrapped, so that nothing that is drawn is cut or overlaps.
 *
 * Measures with pango in the same font that PLplot's cairo driver draws with. Main thread (pango's default font map).
 */
#pragma once

#include <glib.h>
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A ruler for text; made for one drawing. */
typedef struct
{
  PangoLayout *layout; /* owned */
} LensPlotRuler;

void lens_plot_ruler_init (LensPlotRuler *ruler);
void lens_plot_ruler_clear (LensPlotRuler *ruler);

/* One line of text that is safe to draw, of bearable length; "" for NULL. (transfer full) */
char *lens_plot_text_clean (const char *text);

/* Width in pixels of clean @text at @size_px, a little more rather than less. */
double
lens_plot_ruler_measure (const LensPlotRuler *ruler, const char *text, double size_px, gboolean is_bold);

/* Clean @text, with "…" in its middle where it is wider than @max_px. (transfer full) */
char *lens_plot_ruler_fit (const LensPlotRuler *ruler,
                           const char *text,
                           double size_px,
                           gboolean is_bold,
                           double max_px);

/* Clean @text broken at spaces into at most @max_lines lines; the last one is shortened where more is left.
 * (transfer full), NULL-terminated; no line for "". */
GStrv lens_plot_ruler_wrap (const LensPlotRuler *ruler,
                            const char *text,
                            double size_px,
                            gboolean is_bold,
                            double max_px,
                            guint max_lines);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LensPlotRuler, lens_plot_ruler_clear)

G_END_DECLS
