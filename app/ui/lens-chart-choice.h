/* What is filtered by where a row of a chart's table is chosen: the same as by a click on what it stands for in the picture. Main thread. */
#pragma once

#include "lens-burst-study.h"
#include "lens-chart-data.h"
#include "lens-session.h"
#include "lens-visible-time.h"

G_BEGIN_DECLS

/* @index: of a bar, or of a cell of the matrix, see lens_table_row_set_bar(). @adds: to what is filtered by already, or takes it away
 * there; else it is the only one. Nothing happens where there is nothing to filter by: "others". */
void lens_chart_choose_row (const LensChartData *data, guint index, gboolean adds, LensSession *session);

/* The stream of a lane becomes the one that @study looks at. */
void lens_chart_choose_lane (const LensChartData *data, guint index, LensBurstStudy *study);

/* The visible time becomes the selected time: what is zoomed in on is all that is looked at. */
void lens_chart_choose_visible_time (LensVisibleTime *visible, LensSession *session);

G_END_DECLS
