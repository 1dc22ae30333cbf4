/* What a window shows of a capture: filter, graph, chart pages, and bars when the capture is damaged or still being read. Main thread. */
#pragma once

#include "lens-chart.h"
#include "lens-graph-shot.h"
#include "lens-packet-csv.h"
#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_CAPTURE_PAGE (lens_capture_page_get_type ())
G_DECLARE_FINAL_TYPE (LensCapturePage, lens_capture_page, LENS, CAPTURE_PAGE, GtkBox)

/* @session: (transfer none), kept by the parts. Once. */
void lens_capture_page_set_session (LensCapturePage *page, LensSession *session);

/* Whether packets are still coming: a bar says so, and has a button to stop ("win.stop"). */
void lens_capture_page_set_is_reading (LensCapturePage *page, gboolean is_reading);

/* (transfer none) (nullable): the session's analysis, with the bursts that are looked at. */
LensAnalysis *lens_capture_page_get_analysis (LensCapturePage *page);

/* (transfer full) (nullable): the graph as it is shown. */
LensGraphShot *lens_capture_page_take_graph_shot (LensCapturePage *page);

/* Which page of charts is shown. */
LensChartPage lens_capture_page_get_chart_page (LensCapturePage *page);

/* The part of the time that charts over time show; NULL: all. (transfer none) */
const LensTimeSpan *lens_capture_page_get_shown (LensCapturePage *page);

/* As the charts are shown that can be in more than one way. */
LensChartOptions lens_capture_page_get_chart_options (LensCapturePage *page, const LensChart *chart);

/* The keys of the series of @chart that are hidden, a set of strings. (transfer full) (nullable) */
GHashTable *lens_capture_page_copy_hidden_series (LensCapturePage *page, const LensChart *chart);

/* The packets of the session's analysis, in the order of their table. Nothing is (transfer full). */
LensPacketCsvContent lens_capture_page_get_packets (LensCapturePage *page);

void lens_capture_page_zoom_in (LensCapturePage *page);
void lens_capture_page_zoom_out (LensCapturePage *page);
void lens_capture_page_fit (LensCapturePage *page);

/* Opens the bar that finds hosts in the graph. */
void lens_capture_page_find_host (LensCapturePage *page);

G_END_DECLS
