/* Charts and the graph as PDF, in light colours, rendered to memory. Main thread (PLplot). */
#pragma once

#include "lens-chart-data.h"
#include "lens-graph-picture.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LensPdf LensPdf;

/* A document in memory; pages are A4 landscape. */
LensPdf *lens_pdf_new (const char *title);
void lens_pdf_free (LensPdf *pdf);

/* What is said at the foot of the pages added from now on, "Page 2 of 14" at its right; what is long has four lines, and what is
 * longer than those is cut in the last one. @n_pages: of the whole document. @text: (transfer none). Without it pages have no foot. */
void lens_pdf_set_footer (LensPdf *pdf, const char *text, guint n_pages);

void lens_pdf_add_chart (LensPdf *pdf, const LensChartData *data);

/* @points, @sizes: one a node of @graph. @emphasis: (nullable). */
void lens_pdf_add_graph (LensPdf *pdf,
                         const char *title,
                         const LensHostGraph *graph,
                         const LensPoint *points,
                         const LensSize *sizes,
                         const LensGraphEmphasis *emphasis);

/* Ends the document. (transfer full), or NULL with LENS_ERROR_WRITE. */
GBytes *lens_pdf_finish (LensPdf *pdf, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPdf, lens_pdf_free)

G_END_DECLS
