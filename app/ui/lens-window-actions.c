/* What a window's menus, buttons and keys do. */
#include "lens-window-private.h"

#include "lens-export-actions.h"

#include <glib/gi18n.h>

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_window_choose_files (LENS_WINDOW (widget));
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);

  if (self->load != NULL)
    lens_load_job_stop (self->load);
}

static void
read_all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_window_open_again (LENS_WINDOW (widget));
}

static void
properties_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);

  if (self->properties_window == NULL)
    g_set_weak_pointer (&self->properties_window,
                        lens_properties_window_new (self->session, GTK_WINDOW (self)));
  gtk_window_present (GTK_WINDOW (self->properties_window));
}

static void
back_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_session_go_back (LENS_WINDOW (widget)->session);
}

static void
forward_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_session_go_forward (LENS_WINDOW (widget)->session);
}

/* As many steps as @parameter says. */
static void
go_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_session_go (LENS_WINDOW (widget)->session, g_variant_get_int32 (parameter));
}

static void
clear_filter_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_session_clear_filter (LENS_WINDOW (widget)->session);
}

static void
zoom_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensCapturePage *page = LENS_WINDOW (widget)->capture_page;

  if (g_str_equal (action, "win.zoom-in"))
    lens_capture_page_zoom_in (page);
  else if (g_str_equal (action, "win.zoom-out"))
    lens_capture_page_zoom_out (page);
  else
    lens_capture_page_fit (page);
}

/* "ring overview": what a file is offered as. */
static char *
make_file_name (LensWindow *self, const char *what)
{
  g_autofree char *stem = g_strdup (lens_capture_get_name (lens_session_get_capture (self->session)));
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return g_strdup_printf ("%s %s", stem, what);
}

static void
save (LensWindow *self, LensExport *export, const char *what)
{
  g_autofree char *name = make_file_name (self, what);

  lens_export_actions_save (export, name, GTK_WINDOW (self), self->toasts);
}

static LensExport *
new_export (LensWindow *self, const char *title)
{
  LensExport *export = lens_export_new (lens_capture_page_get_analysis (self->capture_page),
                                        lens_session_get_whole (self->session), title);

  lens_export_set_show_names (export, lens_session_get_show_names (self->session));
  lens_export_set_shown (export, lens_capture_page_get_shown (self->capture_page));
  return export;
}

/* As it is shown on its card. */
static void
add_chart (LensWindow *self, LensExport *export, const LensChart *chart)
{
  LensChartOptions options = lens_capture_page_get_chart_options (self->capture_page, chart);

  lens_export_add_chart (export, chart, &options,
                         lens_capture_page_copy_hidden_series (self->capture_page, chart));
}

static void
find_host_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lens_capture_page_find_host (LENS_WINDOW (widget)->capture_page);
}

static void
save_graph_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  LensGraphShot *shot = lens_capture_page_take_graph_shot (self->capture_page);
  LensExport *export;

  if (shot == NULL)
    return;
  export = new_export (self, _ ("Connection graph"));
  lens_export_take_graph (export, shot);
  save (self, export, "graph");
}

static void
save_chart_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  const LensChart *chart = lens_charts_find (g_variant_get_string (parameter, NULL));
  LensExport *export;

  if (chart == NULL)
    return;
  export = new_export (self, _ (chart->name));
  add_chart (self, export, chart);
  save (self, export, chart->id);
}

/* The charts of one page, or of all of them with the graph. */
static void
save_many_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  gboolean is_report = g_str_equal (action, "win.save-report");
  LensChartPage page = lens_capture_page_get_chart_page (self->capture_page);
  LensGraphShot *shot = is_report ? lens_capture_page_take_graph_shot (self->capture_page) : NULL;
  gsize n_charts;
  const LensChart *const *charts = lens_charts_get_all (&n_charts);
  LensExport *export = new_export (self, lens_capture_get_name (lens_session_get_capture (self->session)));

  if (shot != NULL)
    lens_export_take_graph (export, shot);
  for (gsize i = 0; i < n_charts; i++)
    if (is_report || charts[i]->page == page)
      add_chart (self, export, charts[i]);
  save (self, export, is_report ? "report" : "charts");
}

/* In the order of the table. */
static void
save_packets_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  g_autofree char *name = make_file_name (self, "packets");
  LensPacketCsvContent content = lens_capture_page_get_packets (self->capture_page);

  lens_packet_saver_save (self->packet_saver, &content, name, self->toasts);
}

void
lens_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.properties", NULL, properties_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "win.read-all", NULL, read_all_action);
  gtk_widget_class_install_property_action (widget_class, "win.host-names", "show-host-names");
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "win.go", "i", go_action);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "win.find-host", NULL, find_host_action);
  gtk_widget_class_install_action (widget_class, "win.save-graph", NULL, save_graph_action);
  gtk_widget_class_install_action (widget_class, "win.save-chart", "s", save_chart_action);
  gtk_widget_class_install_action (widget_class, "win.save-page", NULL, save_many_action);
  gtk_widget_class_install_action (widget_class, "win.save-report", NULL, save_many_action);
  gtk_widget_class_install_action (widget_class, "win.save-packets", NULL, save_packets_action);
  /* A binding and no accelerator: a popover or an entry that is open has the first use of Escape. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.clear-filter", NULL);
}
