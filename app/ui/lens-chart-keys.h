/* What keys mean on a chart. */
#pragma once

#include "lens-plot-cursor.h"

G_BEGIN_DECLS

/* Where @key, with Ctrl or without, leads from a bar or packet. FALSE: nowhere. */
gboolean lens_chart_keys_find_step (guint key, gboolean is_far, LensPlotStep *step);

/* Whether @key chooses what the keys are on. */
gboolean lens_chart_keys_is_choice (guint key);

G_END_DECLS
