/* The command line's jobs that need no window: --summary and --report. Main thread, no display, no D-Bus. */
#pragma once

#include "lens-burst.h"

#include <glib.h>

G_BEGIN_DECLS

/* Exit codes of the program. */
typedef enum
{
  LENS_EXIT_OK = 0,
  LENS_EXIT_NOTHING_READ = 1, /* or the result could not be written */
  LENS_EXIT_USAGE = 2,        /* also an expression that is none */
  LENS_EXIT_DAMAGED = 3,      /* what was written is good, but the capture is damaged or cut short */
} LensExit;

typedef struct
{
  gboolean print_summary;           /* JSON on standard output */
  const char *report_path;          /* (nullable): the report goes there */
  const char *const *capture_paths; /* NULL-terminated, borrowed; "-": standard input */
  guint64 max_unpacked_bytes;       /* as in LensLoadOptions */
  LensBurstRule rule;
  const char *filter_expression; /* (nullable): BPF; only packets that it is true for are counted */
} LensBatchJob;

/* Does the job; what people need to know goes to standard error. Returns a LensExit. */
int lens_batch_run (const LensBatchJob *job);

G_END_DECLS
