/* Times and memory of opening one capture. Main thread. */
#pragma once

#include <glib.h>

#define BENCH_MAX_ROUNDS 101

typedef enum
{
  BENCH_STEP_REFERENCE, /* reading alone */
  BENCH_STEP_LOAD,      /* lens_loader_load() */
  BENCH_STEP_ANALYSIS,  /* of everything */
  BENCH_STEP_OPEN,      /* both */
  BENCH_STEP_CLICK,     /* analysis of the strongest host */
  BENCH_N_STEPS
} BenchStep;

typedef struct
{
  const char *reference; /* what was the reference: "bare libpcap loop", "zcat", "zstd -dc" */
  double median_ms[BENCH_N_STEPS];
  guint64 n_packets;
  guint64 n_flows;
  guint64 n_hosts;
  guint64 peak_kb; /* of a process of its own that loads and analyses this file */
} BenchOpenFigures;

/* Takes all steps in turns, @n_rounds (1 to BENCH_MAX_ROUNDS) times, after one round that warms the file's cache and counts for
 * nothing. FALSE with @error where the file can't be read, or has been read differently by the reference. */
gboolean bench_measure_open (const char *path, gsize n_rounds, BenchOpenFigures *figures, GError **error);

/* Loads and analyses @path here; returns the most memory this process ever had (VmHWM), kB, or 0 with @error. */
guint64 bench_measure_own_peak (const char *path, GError **error);
