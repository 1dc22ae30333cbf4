/* Saving charts and the graph as PDF from the window: asks where, renders a page a pass of the main loop, writes the file
 * whole or not at all, and says so. Main thread. */
#pragma once

#include "lens-chart.h"
#include "lens-graph-shot.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What goes into one PDF. */
typedef struct _LensExport LensExport;

/* @analysis, @whole (nullable), the one without a filter: (transfer none), kept. @title: of the document. */
LensExport *lens_export_new (LensAnalysis *analysis, LensAnalysis *whole, const char *title);
void lens_export_free (LensExport *export);

/* Whether hosts in charts are called by name. */
void lens_export_set_show_names (LensExport *export, gboolean show_names);

/* Has charts over time show this part of it alone, and say so: what the window shows. @span: (transfer none) (nullable), all. */
void lens_export_set_shown (LensExport *export, const LensTimeSpan *span);

/* @shot: (transfer full). The graph is the first page. */
void lens_export_take_graph (LensExport *export, LensGraphShot *shot);

/* @hidden: (transfer full) (nullable), the keys of the series that are not drawn, a set of strings; the legend says that they are hidden. */
void lens_export_add_chart (LensExport *export,
                            const LensChart *chart,
                            const LensChartOptions *options,
                            GHashTable *hidden);

/* @export: (transfer full). Asks for a file, "@name.pdf" suggested; then renders and writes. Success is said by a toast that
 * can open the file, failure by a dialog. Nothing happens after @parent is closed. */
void
lens_export_actions_save (LensExport *export, const char *name, GtkWindow *parent, AdwToastOverlay *toasts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensExport, lens_export_free)

G_END_DECLS
