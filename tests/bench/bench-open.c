/* How long PacketLens takes to open a capture, beside what reads the same bytes and does nothing with them, in the same run:
 * a bare libpcap loop, or for a compressed file the tool that unpacks it. And how much memory that takes, of a process that
 * opens this one file. Judges nothing; a file that can't be read is said, and is exit status 1.
 *
 *   bench-open [--rounds N] [--json OUT] FILE...    medians; OUT gets a line of JSON a file, added to what is there
 *   bench-open --memory FILE                        opens FILE once; says the most memory that took, in kB
 */
#include "bench-measure.h"

#include "lens-json-writer.h"
#include "lens-memory.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define DEFAULT_ROUNDS 7

static int n_rounds = DEFAULT_ROUNDS;
static char *json_path = NULL;
static gboolean is_memory_only = FALSE;
static char **paths = NULL;

static const GOptionEntry entries[] = {
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Take the median of so many rounds", "N" },
  { "json", 0, 0, G_OPTION_ARG_FILENAME, &json_path, "Add a line of JSON a file to OUT", "OUT" },
  { "memory", 0, 0, G_OPTION_ARG_NONE, &is_memory_only, "Open FILE once and print the peak memory", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "FILE" },
  { NULL },
};

/* What an opening may take: see the README. */
static guint64
get_budget_kb (const BenchOpenFigures *figures)
{
  return (figures->n_packets * 24 + figures->n_flows * 64 + figures->n_hosts * 96) / 1024
         + 32 * 1000 * 1000 / 1024;
}

static void
print_text (const char *path, const BenchOpenFigures *figures)
{
  static const char *const names[BENCH_N_STEPS]
      = { NULL, "load", "analysis of everything", "open (load + analysis)", "click on strongest host" };
  double reference_ms = figures->median_ms[BENCH_STEP_REFERENCE];

  g_print ("%s: %" G_GUINT64_FORMAT " packets, %" G_GUINT64_FORMAT " flows, %" G_GUINT64_FORMAT
           " hosts, median of %d rounds\n",
           path, figures->n_packets, figures->n_flows, figures->n_hosts, n_rounds);
  for (int step = 0; step < BENCH_N_STEPS; step++)
    g_print ("  %-24s %9.1f ms  %6.3f x\n", step == BENCH_STEP_REFERENCE ? figures->reference : names[step],
             figures->median_ms[step], figures->median_ms[step] / reference_ms);
  g_print ("  %-24s %9" G_GUINT64_FORMAT " kB  %6.3f x of the budget, %" G_GUINT64_FORMAT " kB\n",
           "peak memory of opening", figures->peak_kb,
           (double) figures->peak_kb / (double) get_budget_kb (figures), get_budget_kb (figures));
}

static void
write_line (char *text)
{
  g_autofree char *line = text;
  FILE *file = g_fopen (json_path, "a");

  if (file == NULL || fputs (line, file) < 0 || fclose (file) != 0)
    g_error ("%s can't be written", json_path);
}

static void
write_figures (const char *path, const BenchOpenFigures *figures)
{
  LensJsonWriter writer;

  lens_json_writer_begin (&writer);
  lens_json_writer_begin_line_object (&writer, NULL);
  lens_json_writer_add_text (&writer, "kind", "open");
  lens_json_writer_add_text (&writer, "file", path);
  lens_json_writer_add_count (&writer, "packets", figures->n_packets);
  lens_json_writer_add_count (&writer, "flows", figures->n_flows);
  lens_json_writer_add_count (&writer, "hosts", figures->n_hosts);
  lens_json_writer_add_count (&writer, "rounds", (guint64) n_rounds);
  lens_json_writer_add_text (&writer, "reference", figures->reference);
  lens_json_writer_add_number (&writer, "reference_ms", figures->median_ms[BENCH_STEP_REFERENCE]);
  lens_json_writer_add_number (&writer, "load_ms", figures->median_ms[BENCH_STEP_LOAD]);
  lens_json_writer_add_number (&writer, "analysis_ms", figures->median_ms[BENCH_STEP_ANALYSIS]);
  lens_json_writer_add_number (&writer, "open_ms", figures->median_ms[BENCH_STEP_OPEN]);
  lens_json_writer_add_number (&writer, "click_ms", figures->median_ms[BENCH_STEP_CLICK]);
  lens_json_writer_add_count (&writer, "peak_kb", figures->peak_kb);
  lens_json_writer_add_count (&writer, "budget_kb", get_budget_kb (figures));
  lens_json_writer_end_object (&writer);
  write_line (lens_json_writer_end (&writer));
}

static void
write_failure (const char *path, const char *message)
{
  LensJsonWriter writer;

  lens_json_writer_begin (&writer);
  lens_json_writer_begin_line_object (&writer, NULL);
  lens_json_writer_add_text (&writer, "kind", "open");
  lens_json_writer_add_text (&writer, "file", path);
  lens_json_writer_add_text (&writer, "error", message);
  lens_json_writer_end_object (&writer);
  write_line (lens_json_writer_end (&writer));
}

static gboolean
measure_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  BenchOpenFigures figures;

  if (!bench_measure_open (path, (gsize) n_rounds, &figures, &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      if (json_path != NULL)
        write_failure (path, error->message);
      return FALSE;
    }
  print_text (path, &figures);
  if (json_path != NULL)
    write_figures (path, &figures);
  return TRUE;
}

static int
measure_memory (const char *path)
{
  g_autoptr (GError) error = NULL;
  guint64 peak_kb = bench_measure_own_peak (path, &error);

  if (peak_kb == 0)
    {
      g_printerr ("%s: %s\n", path, error->message);
      return 1;
    }
  g_print ("%" G_GUINT64_FORMAT "\n", peak_kb);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_good = TRUE;

  lens_memory_set_large_blocks_apart (); /* as the program does */
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_rounds < 1 || n_rounds > BENCH_MAX_ROUNDS
      || paths == NULL)
    {
      g_printerr ("%s\n",
                  error != NULL ? error->message : "bench-open [--rounds 1 to 101] [--json OUT] FILE...");
      return 2;
    }
  if (is_memory_only)
    return measure_memory (paths[0]);
  for (gsize i = 0; paths[i] != NULL; i++)
    is_good = measure_file (paths[i]) && is_good;
  return is_good ? 0 : 1;
}
