#include "lens-chart-memory.h"

#include <errno.h>

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "packetlens", "charts.ini", NULL);
}

/* Empty where there is none that can be read. */
static GKeyFile *
load (void)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *path = get_path ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

/* A number from @least to @most, else @otherwise. */
static gint64
get_number (GKeyFile *file, const char *chart, const char *key, gint64 least, gint64 most, gint64 otherwise)
{
  g_autoptr (GError) error = NULL;
  gint64 value = g_key_file_get_int64 (file, chart, key, &error);

  return error == NULL && value >= least && value <= most ? value : otherwise;
}

LensChartOptions
lens_chart_memory_recall (const LensChart *chart)
{
  LensChartOptions options = lens_chart_get_default_options (chart);
  g_autoptr (GKeyFile) file = load ();

  options.split
      = (LensSplitBy) get_number (file, chart->id, "split", 0, LENS_N_SPLITS - 1, (gint64) options.split);
  options.interval_ns = get_number (file, chart->id, "interval-ns", 0, G_MAXINT64, options.interval_ns);
  options.gaps = (LensGapsOf) get_number (file, chart->id, "gaps", 0, LENS_N_GAPS - 1, (gint64) options.gaps);
  options.top = (guint) get_number (file, chart->id, "top", 1, chart->max_top, options.top);
  options.is_log = get_number (file, chart->id, "log", 0, 1, options.is_log) != 0;
  return options;
}

void
lens_chart_memory_keep (const LensChart *chart, const LensChartOptions *options)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  if (chart->settings & LENS_CHART_HAS_SPLIT)
    g_key_file_set_int64 (file, chart->id, "split", options->split);
  if (chart->settings & LENS_CHART_HAS_INTERVAL)
    g_key_file_set_int64 (file, chart->id, "interval-ns", options->interval_ns);
  if (chart->settings & LENS_CHART_HAS_GAPS)
    g_key_file_set_int64 (file, chart->id, "gaps", options->gaps);
  if (chart->settings & LENS_CHART_HAS_TOP)
    g_key_file_set_int64 (file, chart->id, "top", options->top);
  if (chart->settings & LENS_CHART_HAS_LOG)
    g_key_file_set_int64 (file, chart->id, "log", options->is_log);
  /* A folder that can't be written into is no reason to disturb: the chart shows what was set. */
  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, path, &error))
    g_debug ("“%s” can’t be written: %s", path, error != NULL ? error->message : g_strerror (errno));
}
