#include "lens-pdf.h"

#include "lens-error.h"
#include "lens-plot.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

/* A4 landscape, points. */
#define PAGE_WIDTH 842.0
#define PAGE_HEIGHT 595.0
#define MARGIN 24.0

struct _LensPdf
{
  cairo_surface_t *surface;
  cairo_t *cr;
  GByteArray *bytes;
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

  pdf->bytes = g_byte_array_new ();
  pdf->surface = cairo_pdf_surface_create_for_stream (append_cb, pdf->bytes, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (pdf->surface, CAIRO_PDF_METADATA_CREATOR, "PacketLens " LENS_VERSION);
  pdf->cr = cairo_create (pdf->surface);
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
  g_free (pdf);
}

void
lens_pdf_add_chart (LensPdf *pdf, const LensChartData *data)
{
  LensPlotTheme theme = lens_plot_theme_light ();

  cairo_save (pdf->cr);
  cairo_translate (pdf->cr, MARGIN, MARGIN);
  lens_plot_draw (pdf->cr, PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN, data, &theme);
  cairo_restore (pdf->cr);
  cairo_show_page (pdf->cr);
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

  lens_graph_picture_draw (pdf->cr, PAGE_WIDTH, PAGE_HEIGHT, title, graph, points, sizes, &style, emphasis);
  cairo_show_page (pdf->cr);
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
