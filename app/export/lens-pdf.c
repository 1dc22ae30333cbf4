#include "lens-pdf.h"

#include "lens-error.h"
#include "lens-plot.h"
#include "lens-text.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* A4 landscape, points. */
#define PAGE_WIDTH 842.0
#define PAGE_HEIGHT 595.0
#define MARGIN 24.0
#define FOOTER_FONT "sans-serif 7.5"
#define FOOTER_Y (PAGE_HEIGHT - 20.0)
#define PAGE_NUMBER_WIDTH 120.0
#define FOOTER_WIDTH (PAGE_WIDTH - 2 * MARGIN - PAGE_NUMBER_WIDTH)
/* What is filtered by may be long: what is above has to make room. */
#define MAX_FOOTER_LINES 4
#define MAX_TITLE_CHARACTERS 400

struct _LensPdf
{
  cairo_surface_t *surface;
  cairo_t *cr;
  GByteArray *bytes;
  char *footer;       /* (nullable) */
  double footer_rise; /* by how much the lines of the foot after the first push it up */
  guint n_pages;
  guint page; /* that is being drawn, from 1 */
};

static cairo_status_t
append_cb (void *user_data, const unsigned char *data, unsigned int length)
{
  GByteArray *bytes = user_data;

  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

LensPdf *
lens_pdf_new (const char *title)
{
  LensPdf *pdf = g_new0 (LensPdf, 1);
  g_autofree char *safe_title = lens_text_make_safe_string (title, MAX_TITLE_CHARACTERS);

  pdf->bytes = g_byte_array_new ();
  pdf->surface = cairo_pdf_surface_create_for_stream (append_cb, pdf->bytes, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_TITLE, safe_title);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_CREATOR, "PacketLens " LENS_VERSION);
  pdf->cr = cairo_create (pdf->surface);
  pdf->page = 1;
  return pdf;
}

void
lens_pdf_free (LensPdf *pdf)
{
  cairo_destroy (pdf->cr);
  /* The surface writes its end into the bytes. */
  cairo_surface_finish (pdf->surface);
  cairo_surface_destroy (pdf->surface);
  g_byte_array_unref (pdf->bytes);
  g_free (pdf->footer);
  g_free (pdf);
}

/* (transfer full) */
static PangoLayout *
create_footer_layout (const char *text, double width, PangoAlignment alignment)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (FOOTER_FONT);

  /* Points of the page, as everything else on it. */
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -MAX_FOOTER_LINES);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_font_description_free (font);
  g_object_unref (context);
  return layout;
}

void
lens_pdf_set_footer (LensPdf *pdf, const char *text, guint n_pages)
{
  g_autoptr (PangoLayout) layout = create_footer_layout (text, FOOTER_WIDTH, PANGO_ALIGN_LEFT);
  int n_lines = pango_layout_get_line_count (layout);
  int height;

  g_free (pdf->footer);
  pdf->footer = g_strdup (text);
  pdf->n_pages = n_pages;
  pango_layout_get_size (layout, NULL, &height);
  pdf->footer_rise = (double) height / PANGO_SCALE * (n_lines - 1) / MAX (n_lines, 1);
}

static void
draw_footer_text (LensPdf *pdf, const char *text, double x, double width, PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = create_footer_layout (text, width, alignment);

  cairo_move_to (pdf->cr, x, FOOTER_Y - pdf->footer_rise);
  pango_cairo_show_layout (pdf->cr, layout);
}

/* Ends the page, with its foot. */
static void
show_page (LensPdf *pdf)
{
  LensPlotTheme theme = lens_plot_theme_light ();

  if (pdf->footer != NULL)
    {
      g_autofree char *number = g_strdup_printf (_ ("Page %u of %u"), pdf->page, pdf->n_pages);

      cairo_save (pdf->cr);
      cairo_set_source_rgb (pdf->cr, theme.dim.red, theme.dim.green, theme.dim.blue);
      draw_footer_text (pdf, pdf->footer, MARGIN, FOOTER_WIDTH, PANGO_ALIGN_LEFT);
      draw_footer_text (pdf, number, MARGIN + FOOTER_WIDTH, PAGE_NUMBER_WIDTH, PANGO_ALIGN_RIGHT);
      cairo_restore (pdf->cr);
    }
  cairo_show_page (pdf->cr);
  pdf->page++;
}

void
lens_pdf_add_chart (LensPdf *pdf, const LensChartData *data)
{
  LensPlotTheme theme = lens_plot_theme_light ();
  /* The same figures, borrowed, with times as everyone reads them. */
  LensChartData exported = *data;

  exported.is_utc = TRUE;
  cairo_save (pdf->cr);
  cairo_translate (pdf->cr, MARGIN, MARGIN);
  lens_plot_draw (pdf->cr, PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN - pdf->footer_rise, &exported,
                  &theme);
  cairo_restore (pdf->cr);
  show_page (pdf);
}

void
lens_pdf_add_graph (LensPdf *pdf,
                    const char *title,
                    const LensHostGraph *graph,
                    const LensPoint *points,
                    const LensSize *sizes,
                    const LensGraphEmphasis *emphasis)
{
  LensGraphStyle style = lens_graph_style_light ();

  lens_graph_picture_draw (pdf->cr, PAGE_WIDTH, PAGE_HEIGHT - pdf->footer_rise, title, graph, points, sizes,
                           &style, emphasis);
  show_page (pdf);
}

GBytes *
lens_pdf_finish (LensPdf *pdf, GError **error)
{
  cairo_status_t status = cairo_status (pdf->cr);

  cairo_surface_finish (pdf->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (pdf->surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_WRITE,
                   _ ("The PDF could not be drawn: %s. Nothing was written."),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_bytes_new (pdf->bytes->data, pdf->bytes->len);
}
