#include "bench-window-save.h"

#include "bench-loop.h"

#include <glib/gstdio.h>

#define FILE_NAME "packets.csv"
#define MOST_S 600.0
#define MOST_QUIET_S 30.0

static GtkWidget *
find_file_chooser (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (toplevel) && gtk_widget_get_mapped (toplevel))
        return toplevel;
    }
  return NULL;
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

double
bench_window_save (GtkWidget *window)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("bench-window-XXXXXX", &error);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  GtkWidget *dialog;
  gint64 begin_us;
  double ms;

  if (folder == NULL)
    g_error ("%s", error->message);
  path = g_build_filename (folder, FILE_NAME, NULL);
  file = g_file_new_for_path (folder);
  gtk_widget_activate_action (window, "win.save-packets", NULL);
  bench_loop_run_until_quiet (MOST_QUIET_S);
  dialog = find_file_chooser ();
  if (dialog == NULL || !gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), file, &error))
    g_error ("There is no dialog that packets can be saved by");
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), FILE_NAME);
  bench_loop_run_until_quiet (MOST_QUIET_S);

  bench_loop_begin ();
  begin_us = g_get_monotonic_time ();
  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  if (!bench_loop_run_until (is_there, path, MOST_S))
    g_error ("Saving took too long");
  ms = (double) (g_get_monotonic_time () - begin_us) / 1e3;
  bench_loop_run_until_quiet (MOST_QUIET_S);
  g_unlink (path);
  g_rmdir (folder);
  return ms;
}
