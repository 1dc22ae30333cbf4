#include "lens-window.h"

#include "lens-accessible.h"
#include "lens-capture-page.h"
#include "lens-capture-words.h"
#include "lens-export-actions.h"
#include "lens-format.h"
#include "lens-host-labels.h"
#include "lens-load-job.h"
#include "lens-open-dialog.h"
#include "lens-properties-window.h"
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
  LensLoadJob *load;                       /* that runs (nullable) */
  gboolean is_filling;                     /* the load has given packets already, they are shown */
  char **paths;                            /* of the capture that is shown (nullable) */
  gboolean can_read_again;                 /* none of them is a pipe */
  GtkFileChooserNative *chooser;           /* (nullable) */
  LensPropertiesWindow *properties_window; /* weak (nullable) */
  GtkWidget *figures_dialog;               /* weak (nullable) */
  char *first_expression;                  /* (nullable) filters the next capture from the start */
};

G_DEFINE_FINAL_TYPE (LensWindow, lens_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SHOW_HOST_NAMES,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static gboolean
has_capture (LensWindow *self)
{
  return lens_session_get_capture (self->session) != NULL;
}

static void
update_actions (LensWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  LensCapture *capture = lens_session_get_capture (self->session);
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
  gtk_widget_action_set_enabled (widget, "win.properties", is_shown);
  gtk_widget_action_set_enabled (widget, "win.stop", is_shown && self->is_filling);
  gtk_widget_action_set_enabled (widget, "win.read-all",
                                 is_shown && self->can_read_again && lens_capture_is_at_ceiling (capture));
  gtk_widget_action_set_enabled (widget, "win.host-names", is_shown && lens_host_labels_are_known (capture));
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), has_analysis);
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), is_shown);
  gtk_widget_set_visible (self->back_button, is_shown);
  gtk_widget_set_visible (self->forward_button, is_shown);
}

static void
update_title (LensWindow *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);
  g_autofree char *subtitle = capture != NULL ? lens_capture_words_describe (capture) : g_strdup ("");
  g_autofree char *files = capture != NULL ? lens_capture_words_list_files (capture) : NULL;
  const char *name = capture != NULL ? lens_capture_get_name (capture) : _ ("PacketLens");

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), files);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
show_page (LensWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update_actions (self);
}

/* What has been shown of it stays. */
static void
cancel_load (LensWindow *self)
{
  g_clear_pointer (&self->load, lens_load_job_cancel);
  self->is_filling = FALSE;
  lens_capture_page_set_is_reading (self->capture_page, FALSE);
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
add_first_filter (LensWindow *self)
{
  g_autofree char *expression = g_steal_pointer (&self->first_expression);
  LensFilterTerm term = lens_filter_term_bpf (expression);

  if (expression != NULL)
    lens_session_add_term (self->session, &term);
}

/* Shows @capture, which the load that runs has read. */
static void
show_loaded (LensWindow *self, LensCapture *capture)
{
  if (self->is_filling)
    lens_session_update_capture (self->session, capture);
  else
    {
      g_strfreev (self->paths);
      self->paths = g_strdupv ((char **) lens_load_job_get_paths (self->load));
      self->can_read_again = !lens_load_job_has_pipe (self->load);
      lens_session_set_capture (self->session, capture);
      add_first_filter (self);
    }
  update_title (self);
}

static void
grown_cb (LensCapture *capture, gpointer user_data)
{
  LensWindow *self = user_data;

  show_loaded (self, capture);
  if (self->is_filling)
    return;
  self->is_filling = TRUE;
  lens_capture_page_set_is_reading (self->capture_page, TRUE);
  show_page (self, "capture");
}

static void
done_cb (LensCapture *capture, const GError *error, gpointer user_data)
{
  LensWindow *self = user_data;

  if (capture != NULL)
    show_loaded (self, capture);
  self->load = NULL;
  cancel_load (self);
  if (capture != NULL)
    show_page (self, "capture");
  else
    say_failure (self, gtk_label_get_text (self->loading_label), error);
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
  if (report->packets == 0 && lens_load_job_has_pipe (self->load))
    return; /* it says that it waits */
  /* Translators: how far loading is: packets and bytes read. */
  text = g_strdup_printf (ngettext ("%s packet · %s", "%s packets · %s", report->packets), count, bytes);
  gtk_label_set_text (self->progress_label, text);
}

static void
open_paths (LensWindow *self, const char *const *paths, const char *name, guint64 max_unpacked_bytes)
{
  static const LensLoadJobFuncs funcs = { .progress = progress_cb, .grown = grown_cb, .done = done_cb };

  cancel_load (self);
  self->load = lens_load_job_start (paths, max_unpacked_bytes, &funcs, self);
  gtk_label_set_text (self->loading_label, name);
  gtk_label_set_text (self->progress_label,
                      lens_load_job_has_pipe (self->load) ? _ ("Waiting for packets…") : "");
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  show_page (self, "loading");
}

void
lens_window_open (LensWindow *self, GFile *const *files, guint n_files, guint64 max_unpacked_bytes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (n_files > 0);

  name = lens_capture_words_name_files (files, n_files);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);
      g_autofree char *safe_uri = lens_text_make_safe_path (uri);
      const char *path = g_file_peek_path (files[i]);
      g_autoptr (GError) error = NULL;

      if (path != NULL)
        {
          g_strv_builder_add (builder, g_str_equal (path, LENS_STANDARD_INPUT_PATH) ? "-" : path);
          continue;
        }
      cancel_load (self);
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("“%s” is not a file on this computer. Copy it here and open the copy."),
                           safe_uri);
      say_failure (self, name, error);
      return;
    }
  paths = g_strv_builder_end (builder);
  open_paths (self, (const char *const *) paths, name, max_unpacked_bytes);
}

static void
cancel_loading_cb (LensWindow *self)
{
  cancel_load (self);
  show_page (self, has_capture (self) ? "capture" : "start");
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LensWindow *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GPtrArray) chosen = lens_open_dialog_get_files (self->chooser);

      if (chosen->len > 0)
        lens_window_open (self, (GFile *const *) chosen->pdata, chosen->len, 0);
    }
  g_clear_object (&self->chooser);
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);

  if (self->chooser != NULL)
    return;
  self->chooser = lens_open_dialog_new (GTK_WINDOW (self));
  g_signal_connect (self->chooser, "response", G_CALLBACK (file_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LensWindow *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) dropped = g_ptr_array_new ();

  for (GSList *link = files; link != NULL; link = link->next)
    g_ptr_array_add (dropped, link->data);
  if (dropped->len > 0)
    lens_window_open (self, (GFile *const *) dropped->pdata, dropped->len, 0);
  return TRUE;
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);

  if (self->load != NULL)
    lens_load_job_stop (self->load);
}

/* The same files again, however much they unpack to. */
static void
read_all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LensWindow *self = LENS_WINDOW (widget);
  g_auto (GStrv) paths = g_strdupv (self->paths);
  const char *name = lens_capture_get_name (lens_session_get_capture (self->session));

  open_paths (self, (const char *const *) paths, name, G_MAXUINT64);
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
  LensExport *export = lens_export_new (lens_session_get_analysis (self->session), title);

  lens_export_set_show_names (export, lens_session_get_show_names (self->session));
  return export;
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
  LensExport *export = new_export (self, lens_capture_get_name (lens_session_get_capture (self->session)));

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

  g_clear_pointer (&self->load, lens_load_job_cancel);
  g_clear_pointer (&self->paths, g_strfreev);
  g_clear_pointer (&self->first_expression, g_free);
  g_clear_weak_pointer (&self->properties_window);
  g_clear_weak_pointer (&self->figures_dialog);
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
  gtk_widget_class_install_action (widget_class, "win.properties", NULL, properties_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "win.read-all", NULL, read_all_action);
  gtk_widget_class_install_property_action (widget_class, "win.host-names", "show-host-names");
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
lens_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LensWindow *self = LENS_WINDOW (object);

  if (property_id == PROP_SHOW_HOST_NAMES)
    g_value_set_boolean (value, self->session == NULL || lens_session_get_show_names (self->session));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
lens_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LensWindow *self = LENS_WINDOW (object);

  if (property_id == PROP_SHOW_HOST_NAMES)
    lens_session_set_show_names (self->session, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
lens_window_class_init (LensWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lens_window_dispose;
  object_class->get_property = lens_window_get_property;
  object_class->set_property = lens_window_set_property;
  properties[PROP_SHOW_HOST_NAMES] = g_param_spec_boolean ("show-host-names", NULL, NULL, TRUE,
                                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
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

/* What is shown is of before. While this is said it is not said again: a pipe that goes on asks for figures often. */
static void
figures_failed_cb (LensWindow *self, const char *message)
{
  GtkWidget *dialog;

  if (self->figures_dialog != NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The Figures Are Not Up to Date"), message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  g_set_weak_pointer (&self->figures_dialog, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
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
  g_signal_connect_object (self->session, "failed", G_CALLBACK (figures_failed_cb), self, G_CONNECT_SWAPPED);
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

void
lens_window_set_first_filter (LensWindow *self, const char *expression)
{
  g_free (self->first_expression);
  self->first_expression = g_strdup (expression);
}

gboolean
lens_window_is_empty (LensWindow *self)
{
  return self->load == NULL && !has_capture (self);
}
