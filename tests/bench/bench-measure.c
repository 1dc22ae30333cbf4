#include "bench-measure.h"

#include "bench-bare.h"

#include "lens-analysis.h"
#include "lens-error.h"
#include "lens-loader.h"

#include <stdlib.h>
#include <string.h>

/* What a capture is compared with, by its name's end. The last row is for all others: the bare loop. */
static const struct
{
  const char *suffix;
  const char *name;
  const char *argv[3]; /* with the file's name behind them: unpacks it onto standard output */
} references[] = {
  { ".gz", "zcat", { "zcat", NULL } },
  { ".zst", "zstd -dc", { "zstd", "-dcq", NULL } },
  { ".lz4", "lz4 -dc", { "lz4", "-dcq", NULL } },
  { "", "bare libpcap loop", { NULL } },
};

typedef struct
{
  const char *path;
  gsize reference; /* index into references */
  double ms[BENCH_N_STEPS][BENCH_MAX_ROUNDS];
} Rounds;

static double
elapsed_ms (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

static gsize
find_reference (const char *path)
{
  gsize i = 0;

  while (!g_str_has_suffix (path, references[i].suffix))
    i++;
  return i;
}

/* Unpacks the file as `zcat FILE >/dev/null` does. */
static gboolean
unpack (const Rounds *rounds, GError **error)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  int status = 0;

  for (gsize i = 0; references[rounds->reference].argv[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) references[rounds->reference].argv[i]);
  g_ptr_array_add (argv, (char *) rounds->path);
  g_ptr_array_add (argv, NULL);
  return g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, error)
         && g_spawn_check_wait_status (status, error);
}

static LensCapture *
load (const char *path, GError **error)
{
  const LensLoadOptions options = { .max_unpacked_bytes = G_MAXUINT64 };

  return lens_loader_load ((const char *const[]){ path, NULL }, &options, NULL, NULL, error);
}

static LensAnalysis *
analyse (LensCapture *capture, LensFilter *filter, GError **error)
{
  LensBurstRule rule = lens_burst_rule_default ();

  return lens_analysis_new (capture, filter, &rule, NULL, error);
}

static gboolean
measure_reference (Rounds *rounds, gsize round, guint64 *captured_bytes, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  gboolean is_good = references[rounds->reference].argv[0] != NULL
                         ? unpack (rounds, error)
                         : bench_bare_read (rounds->path, captured_bytes, error);

  rounds->ms[BENCH_STEP_REFERENCE][round] = elapsed_ms (start_us);
  return is_good;
}

static gboolean
measure_click (Rounds *rounds, gsize round, LensCapture *capture, const LensAnalysis *whole, GError **error)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensFilter) filter = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (whole, &n_hosts);
  LensFilterTerm term;
  gint64 start_us;

  if (n_hosts == 0)
    return TRUE;
  term = lens_filter_term_host (&hosts[0].address);
  filter = lens_filter_with_term (everything, &term);
  start_us = g_get_monotonic_time ();
  analysis = analyse (capture, filter, error);
  rounds->ms[BENCH_STEP_CLICK][round] = elapsed_ms (start_us);
  return analysis != NULL;
}

static gboolean
measure_round (Rounds *rounds, gsize round, BenchOpenFigures *figures, GError **error)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;
  guint64 captured_bytes = 0;
  const LensPacketTable *table;
  gint64 start_us;

  if (!measure_reference (rounds, round, &captured_bytes, error))
    return FALSE;

  start_us = g_get_monotonic_time ();
  capture = load (rounds->path, error);
  rounds->ms[BENCH_STEP_LOAD][round] = elapsed_ms (start_us);
  if (capture == NULL)
    return FALSE;

  start_us = g_get_monotonic_time ();
  analysis = analyse (capture, everything, error);
  rounds->ms[BENCH_STEP_ANALYSIS][round] = elapsed_ms (start_us);
  if (analysis == NULL || !measure_click (rounds, round, capture, analysis, error))
    return FALSE;
  rounds->ms[BENCH_STEP_OPEN][round]
      = rounds->ms[BENCH_STEP_LOAD][round] + rounds->ms[BENCH_STEP_ANALYSIS][round];

  table = lens_capture_get_table (capture);
  figures->n_packets = lens_capture_get_n_packets (capture);
  figures->n_flows = lens_packet_table_get_flows (table).n;
  figures->n_hosts = lens_packet_table_get_hosts (table).n;
  if (captured_bytes != 0 && lens_capture_get_captured_bytes (capture) != captured_bytes)
    {
      g_set_error (error, LENS_ERROR, LENS_ERROR_READ, "the reference read other packets");
      return FALSE;
    }
  return TRUE;
}

static int
compare_times (const void *a, const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* A field of /proc/self/status in kB, such as "VmHWM:". */
static guint64
read_status_kb (const char *field)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  at = strstr (text, field);
  return at != NULL ? g_ascii_strtoull (at + strlen (field), NULL, 10) : 0;
}

guint64
bench_measure_own_peak (const char *path, GError **error)
{
  g_autoptr (LensFilter) everything = lens_filter_new_empty ();
  g_autoptr (LensCapture) capture = load (path, error);
  g_autoptr (LensAnalysis) analysis = capture != NULL ? analyse (capture, everything, error) : NULL;

  return analysis != NULL ? read_status_kb ("VmHWM:") : 0;
}

/* The same in a process of its own: this one's heap is as earlier rounds left it. */
static gboolean
measure_peak (const char *path, guint64 *peak_kb, GError **error)
{
  const char *argv[] = { "/proc/self/exe", "--memory", path, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, error)
      || !g_spawn_check_wait_status (status, error))
    return FALSE;
  *peak_kb = g_ascii_strtoull (output, NULL, 10);
  return TRUE;
}

gboolean
bench_measure_open (const char *path, gsize n_rounds, BenchOpenFigures *figures, GError **error)
{
  g_autofree Rounds *rounds = g_new0 (Rounds, 1);

  g_return_val_if_fail (n_rounds >= 1 && n_rounds <= BENCH_MAX_ROUNDS, FALSE);

  *figures = (BenchOpenFigures){ 0 };
  rounds->path = path;
  rounds->reference = find_reference (path);
  figures->reference = references[rounds->reference].name;
  if (!measure_peak (path, &figures->peak_kb, error) || !measure_round (rounds, 0, figures, error))
    return FALSE;
  for (gsize round = 0; round < n_rounds; round++)
    if (!measure_round (rounds, round, figures, error))
      return FALSE;
  for (gsize step = 0; step < BENCH_N_STEPS; step++)
    {
      qsort (rounds->ms[step], n_rounds, sizeof rounds->ms[step][0], compare_times);
      figures->median_ms[step] = rounds->ms[step][n_rounds / 2];
    }
  return TRUE;
}
