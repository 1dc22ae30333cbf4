/* The picture of one chart: drawn into a texture when its figures, size, scale or theme change, and only while it is on
 * the screen; a click on a bar chooses its term. What is at the pointer is marked and said over the picture. Main thread. */
#pragma once

#include "lens-chart-data.h"
#include "lens-draw-queue.h"
#include "lens-visible-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_CHART_VIEW (lens_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (LensChartView, lens_chart_view, LENS, CHART_VIEW, GtkWidget)

/* Signals "term-chosen" (gpointer const LensFilterTerm *term, NULL for a bar of everything, gboolean adds), "lane-chosen" (guint index of the data's lanes),
 * "widened": it has more room from left to right than before. */

/* @queue: (transfer none), kept: where the drawing waits for its turn. @visible: (transfer none), kept: what wheel, drags and keys on a
 * time chart change. */
GtkWidget *lens_chart_view_new (LensDrawQueue *queue, LensVisibleTime *visible);

/* @data: (transfer none) (nullable), must live until the next call or lens_chart_view_set_data (view, NULL). */
void lens_chart_view_set_data (LensChartView *view, const LensChartData *data);

typedef enum
{
  LENS_CHART_SHOWN_WHOLE,   /* all that there is to draw is known */
  LENS_CHART_SHOWN_ROUGHLY, /* a closer look is on its way: the picture is only stretched until it is there */
  LENS_CHART_SHOWN_CLOSER,  /* it is there */
} LensChartShown;

/* The part of the time that the data shows is another, or more is known of it. */
void lens_chart_view_shown_changed (LensChartView *view, LensChartShown shown);

/* Pictures that can't be seen are not drawn: draws it where that was left for later. */
void lens_chart_view_came_into_view (LensChartView *view);

G_END_DECLS
