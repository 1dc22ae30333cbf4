#include "lens-command-line.h"

#include "lens-error.h"
#include "lens-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A gap of more than some thirty years says nothing, and as nanoseconds would soon not fit. */
#define MAX_GAP_S 1e9

/* What GApplication itself looks at. */
#define GAPPLICATION_PREFIX "--gapplication-"

const GOptionEntry *
lens_command_line_get_entries (void)
{
  static const GOptionEntry entries[] = {
    { "summary", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Write all figures as JSON to standard output"), NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Write the graph and every chart as a PDF"),
      N_ ("OUT.pdf") },
    { "gap", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Bursts: packets this far apart are not in one (0.3)"),
      N_ ("SECONDS") },
    { "size", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Bursts: payload of a large packet (1.1 times the mean of all IP packets)"), N_ ("BYTES") },
    { "filter", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Only packets that this is true for, written as for tcpdump, such as “tcp port 443”"),
      N_ ("EXPR") },
    { "max-unpacked", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Read at most so much out of a compressed file, such as 20G, or “none” for no limit (1 GiB or 100 "
          "times the file, whichever is more)"),
      N_ ("BYTES") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Say which version this is"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, NULL },
    { NULL },
  };

  return entries;
}

const char *
lens_command_line_get_parameter_text (void)
{
  return _ ("[FILE…]");
}

const char *
lens_command_line_get_summary_text (void)
{
  return _ ("Shows who talks to whom in a packet capture, how much, when, and in what bursts.\n"
            "Several files become one capture, merged by time; a folder stands for the captures in it.\n"
            "FILE may be “-”, standard input. Without --summary or --report a window is opened.\n"
            "Exit code: 0; 1 nothing could be read or written; 2 wrong usage; 3 the capture is damaged.");
}

/* A standard stream that is closed has its number taken, so that no file opened later gets it and is written to by
 * mistake. Opened the other way round: using it fails, as it did. */
static void
hold_standard_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
        g_open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY, 0);
    }
}

static gboolean
is_for_gapplication (const char *argument)
{
  return g_str_equal (argument, "-h") || g_str_equal (argument, "-?") || g_str_has_prefix (argument, "--help")
         || g_str_has_prefix (argument, GAPPLICATION_PREFIX);
}

/* The entries with places for their values, as GOptionContext wants them. */
static GOptionContext *
make_context (gpointer places, gsize place_size)
{
  const GOptionEntry *entries = lens_command_line_get_entries ();
  GOptionContext *context = g_option_context_new (NULL);
  GOptionEntry copies[16] = { 0 };

  for (gsize i = 0; entries[i].long_name != NULL && i + 1 < G_N_ELEMENTS (copies); i++)
    {
      copies[i] = entries[i];
      copies[i].arg_data = (guint8 *) places + i * place_size;
    }
  g_option_context_add_main_entries (context, copies, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

int
lens_command_line_check (const char *const *arguments)
{
  union
  {
    gboolean flag;
    char *text;
    char **texts;
  } places[16] = { 0 };
  g_autoptr (GOptionContext) context = make_context (places, sizeof places[0]);
  const GOptionEntry *entries = lens_command_line_get_entries ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ours = NULL;
  g_autoptr (GError) error = NULL;
  gboolean are_options = TRUE;
  gboolean is_good;

  hold_standard_streams ();
  for (gsize i = 0; arguments[i] != NULL; i++)
    {
      if (are_options && is_for_gapplication (arguments[i]))
        continue;
      are_options = are_options && !g_str_equal (arguments[i], "--");
      g_strv_builder_add (builder, arguments[i]);
    }
  ours = g_strv_builder_end (builder);
  is_good = g_option_context_parse_strv (context, &ours, &error);

  for (gsize i = 0; entries[i].long_name != NULL; i++)
    {
      if (entries[i].arg == G_OPTION_ARG_FILENAME_ARRAY)
        g_strfreev (places[i].texts);
      else if (entries[i].arg != G_OPTION_ARG_NONE)
        g_free (places[i].text);
    }
  if (is_good)
    return LENS_EXIT_OK;
  lens_text_print_error (error->message);
  g_printerr ("%s\n", _ ("“packetlens --help” says what there is."));
  return LENS_EXIT_USAGE;
}

static gboolean
usage_error (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

/* A decimal number of seconds, whatever the locale: digits, a point, an exponent. */
static gboolean
parse_gap (const char *text, LensBurstRule *rule, GError **error)
{
  char *end = NULL;
  double seconds = g_ascii_strtod (text, &end);
  g_autofree char *message = NULL;

  if (*text != '\0' && *end == '\0' && strspn (text, "0123456789.eE+-") == strlen (text) && isfinite (seconds)
      && seconds <= MAX_GAP_S && llround (seconds * 1e9) > 0)
    {
      rule->gap_ns = llround (seconds * 1e9);
      return TRUE;
    }
  message = g_strdup_printf (
      _ ("“%s” is no gap: give seconds greater than 0 and at most 1000000000, such as --gap 0.3."), text);
  return usage_error (error, message);
}

static gboolean
parse_size (const char *text, LensBurstRule *rule, GError **error)
{
  guint64 size;
  g_autofree char *message = NULL;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &size, NULL))
    {
      rule->size_bytes = (guint32) size;
      rule->is_size_from_mean = FALSE;
      return TRUE;
    }
  message = g_strdup_printf (
      _ ("“%s” is no size: give a whole number of bytes from 0 to %u, such as --size 417."), text,
      G_MAXUINT32);
  return usage_error (error, message);
}

/* "1500000", "1.5M", "20G" (SI, as sizes are shown), "none". */
static gboolean
parse_max_unpacked (const char *text, guint64 *bytes, GError **error)
{
  static const char suffixes[] = "kMGT";
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);
  const char *suffix = *end != '\0' ? strchr (suffixes, *end) : NULL;
  g_autofree char *message = NULL;

  if (g_str_equal (text, "none"))
    {
      *bytes = G_MAXUINT64;
      return TRUE;
    }
  if (suffix != NULL)
    {
      number *= pow (1000, (double) (suffix - suffixes + 1));
      end++;
    }
  if (end != text && *end == '\0' && strspn (text, "0123456789.") >= 1 && number >= 1 && number < 1e18)
    {
      *bytes = (guint64) number;
      return TRUE;
    }
  message = g_strdup_printf (
      _ ("“%s” is no size: give bytes, such as --max-unpacked 20G, or --max-unpacked none."), text);
  return usage_error (error, message);
}

/* Writing the report over the capture it is made from would lose the capture. */
static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat x;
  struct stat y;

  return stat (a, &x) == 0 && stat (b, &y) == 0 && S_ISREG (x.st_mode) && x.st_dev == y.st_dev
         && x.st_ino == y.st_ino;
}

/* Reading standard input twice gives nothing the second time. */
static gboolean
check_files (const LensBatchJob *job, GError **error)
{
  guint n_standard_inputs = 0;

  for (gsize i = 0; job->capture_paths[i] != NULL; i++)
    {
      if (*job->capture_paths[i] == '\0')
        return usage_error (error, _ ("The name of the capture file is empty."));
      if (g_str_equal (job->capture_paths[i], "-") && n_standard_inputs++ > 0)
        return usage_error (error, _ ("Standard input, “-”, can be given only once."));
      if (job->report_path != NULL && is_same_file (job->report_path, job->capture_paths[i]))
        return usage_error (error,
                            _ ("The report would replace the capture: give --report another file name."));
    }
  return TRUE;
}

static gboolean
check_job (const LensBatchJob *job, GError **error)
{
  gboolean wants_window = !job->print_summary && job->report_path == NULL;

  if (job->report_path != NULL && *job->report_path == '\0')
    return usage_error (error, _ ("--report needs a file name to write to."));
  if (!wants_window && job->capture_paths[0] == NULL)
    return usage_error (error, _ ("Which capture? Give its file name, or “-” for standard input."));
  return check_files (job, error);
}

gboolean
lens_command_line_parse (GVariantDict *options, const char *const *files, LensBatchJob *job, GError **error)
{
  LensBatchJob parsed = { .rule = lens_burst_rule_default (), .capture_paths = files };
  const char *text;

  g_variant_dict_lookup (options, "summary", "b", &parsed.print_summary);
  g_variant_dict_lookup (options, "report", "^&ay", &parsed.report_path);
  if (g_variant_dict_lookup (options, "gap", "&s", &text) && !parse_gap (text, &parsed.rule, error))
    return FALSE;
  if (g_variant_dict_lookup (options, "size", "&s", &text) && !parse_size (text, &parsed.rule, error))
    return FALSE;
  g_variant_dict_lookup (options, "filter", "&s", &parsed.filter_expression);
  if (g_variant_dict_lookup (options, "max-unpacked", "&s", &text)
      && !parse_max_unpacked (text, &parsed.max_unpacked_bytes, error))
    return FALSE;
  if (!check_job (&parsed, error))
    return FALSE;
  *job = parsed;
  return TRUE;
}

char **
lens_command_line_get_files (GVariantDict *options)
{
  char **files = NULL;

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^aay", &files))
    files = g_new0 (char *, 1);
  return files;
}

int
lens_command_line_handle (GVariantDict *options)
{
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;
  LensBatchJob job;
  gboolean wants_version = FALSE;

  g_variant_dict_lookup (options, "version", "b", &wants_version);
  if (wants_version)
    {
      g_print ("PacketLens %s\n", LENS_VERSION);
      return LENS_EXIT_OK;
    }
  files = lens_command_line_get_files (options);
  if (!lens_command_line_parse (options, (const char *const *) files, &job, &error))
    {
      lens_text_print_error (error->message);
      return LENS_EXIT_USAGE;
    }
  if (!job.print_summary && job.report_path == NULL)
    return LENS_COMMAND_LINE_WINDOW;
  return lens_batch_run (&job);
}
