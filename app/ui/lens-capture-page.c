#include "lens-capture-page.h"

#include "lens-burst-panel.h"
#include "lens-chart-card.h"
#include "lens-filter-bar.h"
#include "lens-format.h"
#include "lens-graph-view.h"
#include "lens-packet-page.h"
#include "lens-paned.h"
#include "lens-timeline.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* How much of the width the graph has at first. */
#define GRAPH_SHARE 0.44

/* The tabs of the chart pages, by LensChartPage. */
static const struct
{
  const char *id;
  const char *title;
  const char *icon_name;
} tabs[LENS_N_CHART_PAGES] = {
  [LENS_CHART_PAGE_OVERVIEW] = { "overview", N_ ("Overview"), "lens-overview-symbolic" },
  [LENS_CHART_PAGE_ADDRESSES] = { "addresses", N_ ("Addresses"), "lens-addresses-symbolic" },
  [LENS_CHART_PAGE_MATRIX] = { "matrix", N_ ("Matrix"), "lens-matrix-symbolic" },
  [LENS_CHART_PAGE_PORTS] = { "ports", N_ ("Ports"), "lens-ports-symbolic" },
  [LENS_CHART_PAGE_OVER_TIME] = { "over-time", N_ ("Over time"), "lens-over-time-symbolic" },
  [LENS_CHART_PAGE_BURSTS] = { "bursts", N_ ("Bursts"), "lens-bursts-symbolic" },
};

/* What there is for the tabs in the smallest window. */
#define MAX_TABS_PX 400

struct _LensCapturePage
{
  GtkBox parent_instance;
  GtkRevealer *reading_revealer;
  GtkLabel *reading_label;
  GtkRevealer *damage_revealer;
  GtkLabel *damage_label;
  GtkWidget *read_all_button;
  GtkWidget *details_button;
  LensFilterBar *filter_bar;
  GtkPaned *paned;
  LensGraphView *graph_view;
  GtkWidget *chart_switcher;
  AdwViewStack *chart_stack;
  GHashTable *cards;       /* (element-type LensChart LensChartCard): in chart_stack, and not owned */
  LensPacketPage *packets; /* in chart_stack, and not owned */
  LensTimeline *timeline;

  LensSession *session;
  LensBurstStudy *study;
  LensVisibleTime *visible;
  LensDrawQueue *queue;
};

G_DEFINE_FINAL_TYPE (LensCapturePage, lens_capture_page, GTK_TYPE_BOX)

static void
update_reading (LensCapturePage *self, LensCapture *capture)
{
  guint64 n_packets = lens_capture_get_n_packets (capture);
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *text = g_strdup_printf (
      ngettext ("Reading… %s packet so far", "Reading… %s packets so far", n_packets), count);

  gtk_label_set_text (self->reading_label, text);
}

/* What is missing, of the packets and of what can be read again. The first two of the lines there are; the others are in the properties. */
static void
update_damage (LensCapturePage *self, LensCapture *capture)
{
  const char *damage = lens_capture_get_damage (capture);
  const char *unkept = lens_capture_get_unkept (capture);
  g_autofree char *all = g_strconcat (damage != NULL ? damage : "",
                                      damage != NULL && unkept != NULL ? "\n" : "", unkept, NULL);
  g_auto (GStrv) lines = g_strsplit (all, "\n", 3);
  guint n_lines = g_strv_length (lines);
  g_autofree char *shown = n_lines > 1 ? g_strdup_printf ("%s\n%s", lines[0], lines[1]) : g_strdup (all);

  /* While a pipe goes on it is said once, so that it can be closed. */
  if (lens_capture_is_growing (capture) && g_str_equal (gtk_label_get_text (self->damage_label), shown))
    return;
  gtk_label_set_text (self->damage_label, shown);
  gtk_widget_set_visible (self->details_button, n_lines > 1);
  gtk_widget_set_visible (self->read_all_button, lens_capture_can_read_all (capture));
  gtk_revealer_set_reveal_child (self->damage_revealer, n_lines > 0);
}

static void
capture_cb (LensCapturePage *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);

  if (capture == NULL)
    return;
  update_reading (self, capture);
  update_damage (self, capture);
}

static void
close_damage_cb (LensCapturePage *self)
{
  gtk_revealer_set_reveal_child (self->damage_revealer, FALSE);
}

/* Divides the width once there is one. */
static gboolean
divide_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LensCapturePage *self = LENS_CAPTURE_PAGE (widget);
  int width = gtk_widget_get_width (GTK_WIDGET (self->paned));

  if (width < 1)
    return G_SOURCE_CONTINUE;
  gtk_paned_set_position (self->paned, (int) (width * GRAPH_SHARE));
  return G_SOURCE_REMOVE;
}

static GtkWidget *
make_chart_page (LensCapturePage *self, LensChartPage page)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gsize n_charts;
  const LensChart *const *charts = lens_charts_get_all (&n_charts);

  gtk_widget_add_css_class (box, "chart-page");
  if (page == LENS_CHART_PAGE_BURSTS)
    gtk_box_append (GTK_BOX (box), lens_burst_panel_new (self->study, self->session));
  for (gsize i = 0; i < n_charts; i++)
    if (charts[i]->page == page)
      {
        GtkWidget *card = lens_chart_card_new (charts[i], self->session,
                                               page == LENS_CHART_PAGE_BURSTS ? self->study : NULL,
                                               self->visible, self->queue);

        gtk_box_append (GTK_BOX (box), card);
        g_hash_table_insert (self->cards, (gpointer) charts[i], card);
      }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  /* Tables are as tall as they want to be, not as short as they can. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (gtk_widget_get_parent (box)), GTK_SCROLL_NATURAL);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
lens_capture_page_dispose (GObject *object)
{
  LensCapturePage *self = LENS_CAPTURE_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->study);
  g_clear_object (&self->visible);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->cards, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_CAPTURE_PAGE);
  G_OBJECT_CLASS (lens_capture_page_parent_class)->dispose (object);
}

static void
show_packets_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_view_stack_set_visible_child_name (LENS_CAPTURE_PAGE (widget)->chart_stack, "packets");
}

static void
lens_capture_page_class_init (LensCapturePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_capture_page_dispose;
  g_type_ensure (LENS_TYPE_FILTER_BAR);
  g_type_ensure (LENS_TYPE_GRAPH_VIEW);
  g_type_ensure (LENS_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-capture-page.ui");
  gtk_widget_class_install_action (widget_class, "page.show-packets", NULL, show_packets_action);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, reading_revealer);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, reading_label);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, read_all_button);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, details_button);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, damage_revealer);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, damage_label);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, paned);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, graph_view);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, chart_stack);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, chart_switcher);
  gtk_widget_class_bind_template_child (widget_class, LensCapturePage, timeline);
  gtk_widget_class_bind_template_callback (widget_class, close_damage_cb);
}

static void
lens_capture_page_init (LensCapturePage *self)
{
  self->queue = lens_draw_queue_new ();
  self->cards = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_paned_keep_to_handle (self->paned);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), divide_cb, NULL, NULL);
}

/* What is in a tab, not cut. */
static int
measure_words (GtkWidget *tab)
{
  int natural = 0;

  gtk_widget_measure (gtk_widget_get_first_child (tab), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL,
                      NULL);
  return natural;
}

/* At least as wide as their words: libadwaita asks for the same width for all, which cuts the long ones where the window is small. */
static void
fit_tabs (LensCapturePage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (self->chart_switcher);
  GtkWidget *first = gtk_widget_get_first_child (self->chart_switcher);
  int total_px = 0;

  for (GtkWidget *tab = first; tab != NULL; tab = gtk_widget_get_next_sibling (tab))
    total_px += measure_words (tab);
  /* Words that are longer than that, in another language, don't make the window wider. */
  if (!GTK_IS_BOX_LAYOUT (layout) || total_px > MAX_TABS_PX)
    return;
  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (layout), FALSE);
  for (GtkWidget *tab = first; tab != NULL; tab = gtk_widget_get_next_sibling (tab))
    {
      gtk_widget_set_size_request (tab, measure_words (tab), -1);
      gtk_widget_set_hexpand (tab, TRUE);
    }
}

void
lens_capture_page_set_session (LensCapturePage *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->study = lens_burst_study_new (session);
  self->visible = lens_visible_time_new (session);
  g_signal_connect_object (session, "notify::capture", G_CALLBACK (capture_cb), self, G_CONNECT_SWAPPED);
  lens_filter_bar_set_session (self->filter_bar, session, self->visible);
  lens_graph_view_set_session (self->graph_view, session);
  lens_timeline_set_session (self->timeline, session);
  for (LensChartPage page = 0; page < LENS_N_CHART_PAGES; page++)
    adw_view_stack_add_titled_with_icon (self->chart_stack, make_chart_page (self, page), tabs[page].id,
                                         _ (tabs[page].title), tabs[page].icon_name);
  self->packets = LENS_PACKET_PAGE (lens_packet_page_new (session, self->study));
  adw_view_stack_add_titled_with_icon (self->chart_stack, GTK_WIDGET (self->packets), "packets",
                                       _ ("Packets"), "lens-packets-symbolic");
  fit_tabs (self);
  lens_packet_page_add_shortcuts (self->packets, GTK_WIDGET (self));
}

LensPacketCsvContent
lens_capture_page_get_packets (LensCapturePage *self)
{
  return lens_packet_page_get_packets (self->packets);
}

void
lens_capture_page_set_is_reading (LensCapturePage *self, gboolean is_reading)
{
  gtk_revealer_set_reveal_child (self->reading_revealer, is_reading);
}

LensAnalysis *
lens_capture_page_get_analysis (LensCapturePage *self)
{
  return lens_burst_study_get_shown (self->study);
}

LensGraphShot *
lens_capture_page_take_graph_shot (LensCapturePage *self)
{
  return lens_graph_view_take_shot (self->graph_view);
}

LensChartPage
lens_capture_page_get_chart_page (LensCapturePage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->chart_stack);

  for (LensChartPage page = 0; page < LENS_N_CHART_PAGES; page++)
    if (g_strcmp0 (name, tabs[page].id) == 0)
      return page;
  return LENS_CHART_PAGE_OVERVIEW;
}

const LensTimeSpan *
lens_capture_page_get_shown (LensCapturePage *self)
{
  return lens_visible_time_get (self->visible);
}

LensChartOptions
lens_capture_page_get_chart_options (LensCapturePage *self, const LensChart *chart)
{
  return lens_chart_card_get_options (g_hash_table_lookup (self->cards, chart));
}

GHashTable *
lens_capture_page_copy_hidden_series (LensCapturePage *self, const LensChart *chart)
{
  return lens_chart_card_copy_hidden (g_hash_table_lookup (self->cards, chart));
}

void
lens_capture_page_zoom_in (LensCapturePage *self)
{
  lens_graph_view_zoom_in (self->graph_view);
}

void
lens_capture_page_zoom_out (LensCapturePage *self)
{
  lens_graph_view_zoom_out (self->graph_view);
}

void
lens_capture_page_fit (LensCapturePage *self)
{
  lens_graph_view_fit (self->graph_view);
}

void
lens_capture_page_find_host (LensCapturePage *self)
{
  lens_graph_view_find_host (self->graph_view);
}
