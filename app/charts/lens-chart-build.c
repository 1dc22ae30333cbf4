/* Charts built as options say, here or on a worker. */
#include "lens-chart.h"

#include "lens-worker.h"

typedef struct
{
  const LensChart *chart;
  LensAnalysis *analysis; /* owned */
  LensAnalysis *whole;    /* owned (nullable) */
  LensChartOptions options;
} BuildJob;

static void
build_job_free (gpointer data)
{
  BuildJob *job = data;

  lens_analysis_unref (job->analysis);
  g_clear_pointer (&job->whole, lens_analysis_unref);
  g_free (job);
}

LensChartOptions
lens_chart_get_default_options (const LensChart *chart)
{
  LensChartOptions options = lens_chart_options_default ();

  options.split = chart->split;
  options.top = chart->top;
  return options;
}

/* Where the packets could not be read: a chart that says why. */
static LensChartData *
build_failure (const LensChart *chart, const GError *error)
{
  LensChartData *data = lens_chart_data_new (LENS_CHART_BARS, LENS_UNIT_PACKETS);

  data->title = g_strdup (g_dgettext (GETTEXT_PACKAGE, chart->name));
  data->empty_text = g_strdup (error->message);
  return data;
}

LensChartData *
lens_chart_build (const LensChart *chart, const LensAnalysis *analysis, const LensChartOptions *options)
{
  g_autoptr (GError) error = NULL;
  LensChartData *data;

  if (chart->read == NULL)
    data = chart->build_as != NULL ? chart->build_as (analysis, options) : chart->build (analysis);
  else
    data = chart->read (analysis, options, NULL, &error);
  if (data == NULL)
    return build_failure (chart, error);
  data->is_log = options->is_log;
  return data;
}

LensChartData *
lens_chart_build_default (const LensChart *chart, const LensAnalysis *analysis)
{
  LensChartOptions options = lens_chart_get_default_options (chart);

  return lens_chart_build (chart, analysis, &options);
}

static void
build_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  BuildJob *job = task_data;
  GError *error = NULL;
  LensChartData *data;

  if (job->chart->build_in_whole != NULL)
    data = job->chart->build_in_whole (job->analysis, job->whole, &job->options);
  else if (job->chart->read == NULL)
    data = lens_chart_build (job->chart, job->analysis, &job->options);
  else
    data = job->chart->read (job->analysis, &job->options, cancellable, &error);
  if (data != NULL)
    data->is_log = job->options.is_log;
  if (data != NULL)
    g_task_return_pointer (task, data, (GDestroyNotify) lens_chart_data_free);
  else
    g_task_return_error (task, error);
}

void
lens_chart_build_async (const LensChart *chart,
                        LensAnalysis *analysis,
                        LensAnalysis *whole,
                        const LensChartOptions *options,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  BuildJob *job = g_new0 (BuildJob, 1);

  job->chart = chart;
  job->analysis = lens_analysis_ref (analysis);
  job->whole = whole != NULL ? lens_analysis_ref (whole) : NULL;
  job->options = *options;
  g_task_set_task_data (task, job, build_job_free);
  lens_worker_run (task, build_worker);
}

LensChartData *
lens_chart_build_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
