#include "lens-window.h"

#include "lens-accessible.h"
#include "lens-capture-page.h"
#include "lens-export-actions.h"
#include "lens-format.h"
#include "lens-loader.h"
#include "lens-text.h"

#include <glib/gi18n.h>

struct _LensWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkMenuButton *export_button;
  GtkWidget *back_button;
  GtkWidget *forward_button;
  GtkStack *stack;
  GtkLabel *loading_label;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  AdwStatusPage *error_page;
  LensCapturePage *capture_page;

  LensSession *session;
  GCancellable *loading;          /* of the load that runs (nullable) */
  LensProgress *loading_progress; /* the same */
  GtkFileChooserNative *chooser;  /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LensWindow, lens_window, ADW_TYPE_APPLICATION_WINDOW)

/* A load that runs; a late one is told by its cancellable. */
typedef struct
{
  LensWindow *window;
  GCancellable *cancellable;
} LoadJob;

static gboolean
has_capture (LensWindow *self)
{
  return lens_session_get_capture (self->session) != NULL;
}

static void
update_actions (LensWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  gboolean is_shown = g_strcmp0 (page, "capture") == 0 && has_capture (self);
  gboolean has_analysis = is_shown && lens_session_get_analysis (self->session) != NULL;
  static const char *const analysis_actions[]
      = { "win.save-graph", "win.save-page", "win.save-report", "win.save-chart",
          "win.zoom-in",    "win.zoom-out",  "win.zoom-fit" };

  gtk_widget_action_set_enabled (widget, "win.back",
                                 is_shown && lens_session_get_can_go_back (self->session));
  gtk_widget_action_set_enabled (widget, "win.forward",
                                 is_shown && lens_session_get_can_go_forward (self->session));
  gtk_widget_action_set_enabled (widget, "win.clear-filter",
                                 is_shown && !lens_filter_is_empty (lens_session_get_filter (self->session)));
  for (gsize i = 0; i < G_N_ELEMENTS (analysis_actions); i++)
    gtk_widget_action_set_enabled (widget, analysis_actions[i], has_analysis);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), has_analysis);
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), is_shown);
  gtk_widget_set_visible (self->back_button, is_shown);
  gtk_widget_set_visible (self->forward_button, is_shown);
}

/* "9,907 packets · 3 min 12 s" */
static char *
describe_capture (LensCapture *capture)
{
  guint64 n_packets = lens_capture_get_n_packets (capture);
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *packets = g_strdup_printf (ngettext ("%s packet", "%s packets", n_packets), count);
  g_autofree char *duration = NULL;
  gint64 first_ns, last_ns;

  if (!lens_capture_get_time_span (capture, &first_ns, &last_ns))
    return g_steal_pointer (&packets);
  duration = lens_format_duration (last_ns - first_ns);
  return g_strdup_printf ("%s · %s", packets, duration);
}

static void
update_title (LensWindow *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);
  g_autofree char *subtitle = capture != NULL ? describe_capture (capture) : g_strdup ("");
  const char *name = capture != NULL ? lens_capture_get_name (capture) : _ ("PacketLens");

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
show_page (LensWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update_actions (self);
}

static void
stop_loading (LensWindow *self)
{
  if (self->loading_progress != NULL)
    lens_progress_stop (self->loading_progress);
  g_clear_pointer (&self->loading_progress, lens_progress_unref);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
say_failure (LensWindow *self, const char *name, const GError *error)
{
  g_autofree char *escaped = NULL;
  GtkWidget *dialog;

  if (!has_capture (self))
    {
      escaped = g_markup_escape_text (error->message, -1);
      adw_status_page_set_description (self->error_page, escaped);
      show_page (self, "error");
      return;
    }
  /* What was shown is still there: a dialog over it. */
  show_page (self, "capture");
  dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, error->message);
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Could Not Open “%s”"), name);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LoadJob *job = user_data;
  LensWindow *self = job->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensCapture) capture = lens_loader_load_finish (result, &error);

  if (self->loading == job->cancellable)
    {
      g_autofree char *name = g_strdup (gtk_label_get_text (self->loading_label));

      stop_loading (self);
      if (capture != NULL)
        {
          lens_session_set_capture (self->session, capture);
          update_title (self);
          show_page (self, "capture");
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say_failure (self, name, error);
    }
  g_object_unref (job->cancellable);
  g_object_unref (job->window);
  g_free (job);
}

static void
progress_cb (const LensProgressReport *report, gpointer user_data)
{
  LensWindow *self = user_data;
  g_autofree char *count = lens_format_count (report->packets);
  g_autofree char *bytes = lens_format_bytes (report->bytes);
  g_autofree char *text = NULL;

  if (report->fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, MIN (report->fraction, 1));
  else
    gtk_progress_bar_pulse (self->progress_bar);
  /* Translators: how far loading is: packets and bytes read. */
  text = g_strdup_printf (ngettext ("%s packet · %s", "%s packets · %s", report->packets), count, bytes);
  gtk_label_set_text (self->progress_label, text);
}

void
lens_window_open (LensWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = lens_text_make_safe_path (base != NULL ? base : "");
  LoadJob *job;

  stop_loading (self);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *safe_uri = lens_text_make_safe_path (uri);
      g_autoptr (GError) error = g_error_new (
          G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          _ ("“%s” is not a file on this computer. Copy it here and open the copy."), safe_uri);

      say_failure (self, name, error);
      return;
    }

  gtk_label_set_text (self->loading_label, name);
  gtk_label_set_text (self->progress_label, "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  show_page (self, "loading");

  self->loading = g_cancellable_new ();
  self->loading_progress = lens_progress_new (progress_cb, self, NULL);
  job = g_new0 (LoadJob, 1);
  job->window = g_object_ref (self);
  job->cancellable = g_object_ref (self->loading);
  lens_loader_load_async ((const char *const[]){ path, NULL }, NULL, self->loading_progress, self->loading,
                          loaded_cb, job);
}

static void
cancel_loading_cb (LensWindow *self)
{
  stop_loading (self);
  show_page (self, has_capture (self) ? "capture" : "start");
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LensWindow *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      lens_window_open (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  g_autoptr (GtkFileFilter) captures = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  gtk_file_filter_set_name (captures, _ ("Packet captures"));
  gtk_file_filter_add_mime_type (captures, "application/vnd.tcpdump.pcap");
  gtk_file_filter_add_suffix (captures, "pcap");
  gtk_file_filter_add_suffix (captures, "cap");
  gtk_file_filter_add_suffix (captures, "dmp");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");

  self->chooser = gtk_file_chooser_native_new (_ ("Open a Capture"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), captures);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect (self->chooser, "response", G_CALLBACK (file_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LensWindow *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files != NULL)
    lens_window_open (self, files->data);
  g_slist_free (files);
  return TRUE;
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

static void
save_graph_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  LensGraphShot *shot = lens_capture_page_take_graph_shot (self->capture_page);
  LensExport *export;

  if (shot == NULL)
    return;
  export = lens_export_new (lens_session_get_analysis (self->session), _ ("Connection graph"));
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
  export = lens_export_new (lens_session_get_analysis (self->session), _ (chart->name));
  lens_export_add_chart (export, chart);
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
  LensExport *export = lens_export_new (lens_session_get_analysis (self->session),
                                        lens_capture_get_name (lens_session_get_capture (self->session)));

  if (shot != NULL)
    lens_export_take_graph (export, shot);
  for (gsize i = 0; i < n_charts; i++)
    if (is_report || charts[i]->page == page)
      lens_export_add_chart (export, charts[i]);
  save (self, export, is_report ? "report" : "charts");
}

static void
lens_window_dispose (GObject *object)
{
  LensWindow *self = LENS_WINDOW (object);

  stop_loading (self);
  g_clear_object (&self->chooser);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      lens_session_set_capture (self->session, NULL);
    }
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_WINDOW);
  G_OBJECT_CLASS (lens_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, forward_action);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-in", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-out", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "win.zoom-fit", NULL, zoom_action);
  gtk_widget_class_install_action (widget_class, "win.save-graph", NULL, save_graph_action);
  gtk_widget_class_install_action (widget_class, "win.save-chart", "s", save_chart_action);
  gtk_widget_class_install_action (widget_class, "win.save-page", NULL, save_many_action);
  gtk_widget_class_install_action (widget_class, "win.save-report", NULL, save_many_action);
  /* A binding and no accelerator: a popover or an entry that is open has the first use of Escape. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.clear-filter", NULL);
}

static void
lens_window_class_init (LensWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_window_dispose;
  g_type_ensure (LENS_TYPE_CAPTURE_PAGE);
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LensWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, forward_button);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, loading_label);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, LensWindow, capture_page);
  gtk_widget_class_bind_template_callback (widget_class, cancel_loading_cb);
}

static void
lens_window_init (LensWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  static const char *const watched[] = { "notify::capture", "notify::analysis", "notify::filter",
                                         "notify::can-go-back", "notify::can-go-forward" };

  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_menu_button (self->export_button, _ ("Export"));

  self->session = lens_session_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->session, watched[i], G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  lens_capture_page_set_session (self->capture_page, self->session);

  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  update_title (self);
  show_page (self, "start");
}

LensWindow *
lens_window_new (GtkApplication *application, const LensBurstRule *rule)
{
  LensWindow *self = g_object_new (LENS_TYPE_WINDOW, "application", application, NULL);

  lens_session_set_burst_rule (self->session, rule);
  return self;
}

gboolean
lens_window_is_empty (LensWindow *self)
{
  return self->loading == NULL && !has_capture (self);
}
