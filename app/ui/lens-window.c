#include "lens-window-private.h"

#include "lens-accessible.h"
#include "lens-capture-words.h"
#include "lens-host-labels.h"
#include "lens-icon-loading.h"
#include "lens-side-buttons.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (LensWindow, lens_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SHOW_HOST_NAMES,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

gboolean
lens_window_has_capture (LensWindow *self)
{
  return lens_session_get_capture (self->session) != NULL;
}

static void
update_actions (LensWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  LensCapture *capture = lens_session_get_capture (self->session);
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  gboolean is_shown = g_strcmp0 (page, "capture") == 0 && lens_window_has_capture (self);
  gboolean has_analysis = is_shown && lens_session_get_analysis (self->session) != NULL;
  static const char *const analysis_actions[]
      = { "win.save-graph", "win.save-page", "win.save-report", "win.save-chart",  "win.zoom-in",
          "win.zoom-out",   "win.zoom-fit",  "win.find-host",   "win.save-packets" };

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
                                 is_shown && self->can_read_again && lens_capture_can_read_all (capture));
  gtk_widget_action_set_enabled (widget, "win.host-names", is_shown && lens_host_labels_are_known (capture));
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), has_analysis);
  gtk_widget_set_visible (GTK_WIDGET (self->export_button), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->forward_button), is_shown);
}

void
lens_window_update_title (LensWindow *self)
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

void
lens_window_show_page (LensWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update_actions (self);
}

static void
cancel_loading_cb (LensWindow *self)
{
  lens_window_cancel_load (self);
  lens_window_show_page (self, lens_window_has_capture (self) ? "capture" : "start");
}

static void
lens_window_dispose (GObject *object)
{
  LensWindow *self = LENS_WINDOW (object);

  g_clear_pointer (&self->load, lens_load_job_cancel);
  g_clear_handle_id (&self->loaded_timeout_id, g_source_remove);
  g_clear_pointer (&self->loaded, lens_capture_unref);
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
  g_type_ensure (LENS_TYPE_HISTORY_BUTTON);
  g_type_ensure (LENS_TYPE_PACKET_SAVER);
  lens_window_install_actions (widget_class);

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
  gtk_widget_class_bind_template_child (widget_class, LensWindow, packet_saver);
  gtk_widget_class_bind_template_callback (widget_class, cancel_loading_cb);
}

/* What is shown is of before. Where it is the filter's figures that can't be had, the filter bar says so. While this is said it is not said again: a pipe that goes on asks for figures often. */
static void
figures_failed_cb (LensWindow *self, const char *message)
{
  GtkWidget *dialog;

  if (self->figures_dialog != NULL || lens_session_get_filter_error (self->session) != NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("The Figures Are Not Up to Date"), message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  g_set_weak_pointer (&self->figures_dialog, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
lens_window_init (LensWindow *self)
{
  static const char *const watched[] = { "notify::capture", "notify::analysis", "notify::filter",
                                         "notify::can-go-back", "notify::can-go-forward" };

  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_menu_button (self->export_button, _ ("Export"));

  self->session = lens_session_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->session, watched[i], G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (figures_failed_cb), self, G_CONNECT_SWAPPED);
  lens_capture_page_set_session (self->capture_page, self->session);
  lens_history_button_set_session (self->back_button, self->session, TRUE);
  lens_history_button_set_session (self->forward_button, self->session, FALSE);

  lens_window_accept_drops (self);
  lens_side_buttons_add (GTK_WINDOW (self));
  lens_icon_loading_add (GTK_WINDOW (self));
  lens_window_update_title (self);
  lens_window_show_page (self, "start");
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
  return self->load == NULL && self->loaded == NULL && !lens_window_has_capture (self);
}
