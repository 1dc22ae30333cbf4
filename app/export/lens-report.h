/* The report: the graph and every chart of an analysis, one page each, as one PDF. Main thread (PLplot). */
#pragma once

#include "lens-analysis.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full). Runs the layout helper and a main loop of its own until it is done; a layout that fails is replaced by a
 * circle, which *@warning (transfer full) (nullable) says. */
GBytes *lens_report_render (LensAnalysis *analysis, char **warning, GError **error);

G_END_DECLS
