#include "lens-application.h"

#include "lens-capture-words.h"
#include "lens-command-line.h"
#include "lens-text.h"
#include "lens-window.h"

#include <glib/gi18n.h>

struct _LensApplication
{
  AdwApplication parent_instance;
  LensBurstRule rule; /* of windows opened without one of their own */
};

G_DEFINE_FINAL_TYPE (LensApplication, lens_application, ADW_TYPE_APPLICATION)

/* What the command line said of how to open files travels to the instance that runs already as the hint of "open". */
static char *
job_to_hint (const LensBatchJob *job)
{
  const char *expression = job->filter_expression;

  return g_strdup_printf ("%" G_GINT64_FORMAT " %u %d %" G_GUINT64_FORMAT "%s%s", job->rule.gap_ns,
                          job->rule.size_bytes, job->rule.is_size_from_mean, job->max_unpacked_bytes,
                          expression != NULL ? " " : "", expression != NULL ? expression : "");
}

/* FALSE, with nothing changed, where @hint is none of ours. @expression: (transfer full), NULL for none. */
static gboolean
hint_to_job (const char *hint, LensBurstRule *rule, guint64 *max_unpacked_bytes, char **expression)
{
  g_auto (GStrv) words = g_strsplit (hint, " ", 5);
  guint64 size_bytes, is_size_from_mean, max_bytes;
  gint64 gap_ns;

  if (g_strv_length (words) < 4 || !g_ascii_string_to_signed (words[0], 10, 0, G_MAXINT64, &gap_ns, NULL)
      || !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT32, &size_bytes, NULL)
      || !g_ascii_string_to_unsigned (words[2], 10, 0, 1, &is_size_from_mean, NULL)
      || !g_ascii_string_to_unsigned (words[3], 10, 0, G_MAXUINT64, &max_bytes, NULL))
    return FALSE;
  rule->gap_ns = gap_ns;
  rule->size_bytes = (guint32) size_bytes;
  rule->is_size_from_mean = is_size_from_mean != 0;
  *max_unpacked_bytes = max_bytes;
  *expression = g_strdup (words[4]);
  return TRUE;
}

static void
lens_application_activate (GApplication *application)
{
  LensApplication *self = LENS_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (lens_window_new (GTK_APPLICATION (application), &self->rule));
  gtk_window_present (window);
}

/* All files in one window, as one capture: one that shows nothing yet, or a new one. */
static void
lens_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  LensApplication *self = LENS_APPLICATION (application);
  LensBurstRule rule = self->rule;
  guint64 max_unpacked_bytes = 0;
  g_autofree char *expression = NULL;
  gboolean is_from_command_line = hint_to_job (hint, &rule, &max_unpacked_bytes, &expression);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (application));
  LensWindow *window;

  if (!is_from_command_line && LENS_IS_WINDOW (active) && lens_window_is_empty (LENS_WINDOW (active)))
    window = LENS_WINDOW (active);
  else
    window = lens_window_new (GTK_APPLICATION (application), &rule);
  gtk_window_present (GTK_WINDOW (window));
  lens_window_set_first_filter (window, expression);
  lens_window_open (window, files, (guint) n_files, max_unpacked_bytes);
}

static gboolean
open_files (LensApplication *self, char **names, const LensBatchJob *job, GError **error)
{
  GApplication *application = G_APPLICATION (self);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *hint = job_to_hint (job);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      gboolean is_stdin = g_str_equal (names[i], "-");

      /* Standard input belongs to this process: another instance could not read it. */
      if (is_stdin)
        g_application_set_flags (application,
                                 g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
      g_ptr_array_add (files, is_stdin ? g_file_new_for_path (LENS_STANDARD_INPUT_PATH)
                                       : g_file_new_for_commandline_arg (names[i]));
    }
  if (!g_application_register (application, NULL, error))
    return FALSE;
  g_application_open (application, (GFile **) files->pdata, (int) files->len, hint);
  return TRUE;
}

static int
lens_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LensApplication *self = LENS_APPLICATION (application);
  int status = lens_command_line_handle (options);
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  LensBatchJob job;

  if (status != LENS_COMMAND_LINE_WINDOW)
    return status;
  names = lens_command_line_get_files (options);
  if (!lens_command_line_parse (options, (const char *const *) names, &job, &error))
    {
      lens_text_print_error (error->message);
      return LENS_EXIT_USAGE;
    }
  self->rule = job.rule;
  if (names == NULL || names[0] == NULL)
    return -1; /* an empty window */
  if (!open_files (self, names, &job, &error))
    {
      lens_text_print_error (error->message);
      return LENS_EXIT_NOTHING_READ;
    }
  return LENS_EXIT_OK; /* goes on while there are windows */
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  adw_show_about_window (
      gtk_application_get_active_window (application), "application-name", _ ("PacketLens"),
      "application-icon", LENS_APP_ID, "version", LENS_VERSION, "developer-name",
      _ ("The PacketLens authors"), "license-type", GTK_LICENSE_MIT_X11, "comments",
      _ ("See who talks to whom in a packet capture, how much, when, and in what bursts."), NULL);
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  LensApplication *self = application;

  gtk_window_present (GTK_WINDOW (lens_window_new (application, &self->rule)));
}

/* Windows are closed one by one, so that each stops what it does. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GList *windows;

  /* One may take others with it. */
  while ((windows = gtk_application_get_windows (application)) != NULL)
    {
      /* The one with the keys is held until the key is dealt with, and GTK 4.8 would touch its parent then. */
      gtk_window_set_transient_for (windows->data, NULL);
      gtk_window_destroy (windows->data);
    }
  g_application_quit (application);
}

static void
lens_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_action },
    { .name = "new-window", .activate = new_window_action },
    { .name = "quit", .activate = quit_action },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "win.open", { "<Control>o" } },
    { "win.properties", { "<Alt>Return" } },
    { "win.back", { "<Alt>Left" } },
    { "win.forward", { "<Alt>Right" } },
    { "win.zoom-in", { "<Control>plus", "<Control>equal" } },
    { "win.zoom-out", { "<Control>minus" } },
    { "win.zoom-fit", { "<Control>0" } },
    { "win.find-host", { "<Control><Shift>f" } },
    { "win.save-graph", { "<Control><Shift>g" } },
    { "win.save-page", { "<Control>s" } },
    { "win.save-report", { "<Control><Shift>s" } },
    { "window.close", { "<Control>w" } },
    { "app.new-window", { "<Control>n" } },
    { "app.quit", { "<Control>q" } },
  };

  G_APPLICATION_CLASS (lens_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           (const char *const *) accelerators[i].keys);
  gtk_window_set_default_icon_name (LENS_APP_ID);
}

static void
lens_application_class_init (LensApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = lens_application_activate;
  application_class->open = lens_application_open;
  application_class->startup = lens_application_startup;
  application_class->handle_local_options = lens_application_handle_local_options;
}

static void
lens_application_init (LensApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  self->rule = lens_burst_rule_default ();
  g_application_add_main_option_entries (application, lens_command_line_get_entries ());
  g_application_set_option_context_parameter_string (application, lens_command_line_get_parameter_text ());
  g_application_set_option_context_summary (application, lens_command_line_get_summary_text ());
}

LensApplication *
lens_application_new (void)
{
  return g_object_new (LENS_TYPE_APPLICATION, "application-id", LENS_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/com/example/PacketLens", NULL);
}
