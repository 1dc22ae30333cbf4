/* One chart on a page: its name, its picture or the same figures as a table, and buttons. Main thread. */
#pragma once

#include "lens-burst-study.h"
#include "lens-chart.h"
#include "lens-draw-queue.h"
#include "lens-session.h"
#include "lens-visible-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_CHART_CARD (lens_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (LensChartCard, lens_chart_card, LENS, CHART_CARD, GtkBox)

/* @queue, @session, @visible: (transfer none), kept; @study: (nullable) the same, and then it is the study's analysis that is shown. The chart is built and drawn only while the card is on the screen. */
GtkWidget *lens_chart_card_new (const LensChart *chart,
                                LensSession *session,
                                LensBurstStudy *study,
                                LensVisibleTime *visible,
                                LensDrawQueue *queue);

/* As what is set on the card, where its chart has something to set. */
LensChartOptions lens_chart_card_get_options (LensChartCard *card);

/* The keys of the series that its legend hides, a set of strings. (transfer full) (nullable): it has no legend. */
GHashTable *lens_chart_card_copy_hidden (LensChartCard *card);

G_END_DECLS
