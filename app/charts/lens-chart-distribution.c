/* How the sizes of payloads and the times between packets are distributed. */
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A figure between two whole ones keeps its fraction. */
static char *
format_figure (LensDistributionKind kind, double value)
{
  g_autofree char *count = NULL;

  if (kind == LENS_DISTRIBUTION_GAPS)
    return lens_format_duration (value < (double) G_MAXINT64 ? (gint64) llround (value) : G_MAXINT64);
  if (fabs (value - round (value)) >= 0.05 && value < 1e6)
    {
      g_autofree char *decimal = lens_format_decimal (value, 1);

      /* Translators: a size in bytes with a fraction: a mean. */
      return g_strdup_printf (_ ("%s bytes"), decimal);
    }
  count = lens_format_count ((guint64) llround (value));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", (gulong) llround (value)),
                          count);
}

static gboolean
is_power_of_ten (guint64 value)
{
  while (value >= 10 && value % 10 == 0)
    value /= 10;
  return value == 1;
}

static void
add_bar (LensChartData *data, LensDistributionKind kind, const LensDistributionBin *bin)
{
  g_autofree char *from = format_figure (kind, (double) bin->from);
  g_autofree char *label = NULL;
  LensChartBar *bar;

  if (bin->from == bin->to)
    label = g_strdup (from);
  else if (kind == LENS_DISTRIBUTION_PAYLOAD)
    {
      g_autofree char *first = lens_format_count (bin->from);
      g_autofree char *last = lens_format_count (bin->to);

      /* Translators: from so many bytes to so many. */
      label = g_strdup_printf (_ ("%s – %s bytes"), first, last);
    }
  else
    {
      g_autofree char *end = format_figure (kind, (double) bin->to + 1);

      /* Translators: from one length of time to another. */
      label = g_strdup_printf (_ ("%s to %s"), from, end);
    }
  lens_chart_data_add_bar (data, label, bin->n, LENS_CHART_COLOR_MAIN, NULL);
  bar = &g_array_index (data->bars, LensChartBar, data->bars->len - 1);
  bar->edge = kind == LENS_DISTRIBUTION_PAYLOAD ? lens_format_count (bin->from) : g_steal_pointer (&from);
  bar->from = (double) bin->from;
  bar->is_major = bin->from == 0 || is_power_of_ten (bin->from);
}

static void
add_facts (LensChartData *data, const LensDistribution *distribution)
{
  const struct
  {
    const char *label;
    double value;
  } facts[] = {
    { _ ("Median"), distribution->median },
    { _ ("5 % are below"), distribution->low },
    { _ ("5 % are above"), distribution->high },
    { _ ("Mean"), distribution->mean },
    { _ ("Standard deviation"), distribution->standard_deviation },
    { _ ("Smallest"), (double) distribution->min },
    { _ ("Largest"), (double) distribution->max },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    lens_chart_data_take_fact (data, facts[i].label, format_figure (distribution->kind, facts[i].value),
                               facts[i].value);
}

/* Returns what the subtitle says. (transfer full) */
static char *
add_marks (LensChartData *data, const LensDistribution *distribution, const char *of_what)
{
  g_autofree char *median = format_figure (distribution->kind, distribution->median);
  g_autofree char *low = format_figure (distribution->kind, distribution->low);
  g_autofree char *high = format_figure (distribution->kind, distribution->high);
  g_autofree char *deviation = format_figure (distribution->kind, distribution->standard_deviation);
  g_autofree char *figures = NULL;

  data->median_place = lens_distribution_get_place (distribution, distribution->median);
  data->low_place = lens_distribution_get_place (distribution, distribution->low);
  data->high_place = lens_distribution_get_place (distribution, distribution->high);
  /* Translators: the figure that half of all are below. */
  data->median_text = g_strdup_printf (_ ("median %s"), median);
  /* Translators: between which two figures nine tenths of all are. */
  data->range_text = g_strdup_printf (_ ("90 %%: %s to %s"), low, high);
  /* Translators: the median, what 90 % are between, and the standard deviation. */
  figures = g_strdup_printf (_ ("median %s, 90 %% from %s to %s, standard deviation %s"), median, low, high,
                             deviation);
  return of_what != NULL ? g_strdup_printf ("%s · %s", of_what, figures) : g_steal_pointer (&figures);
}

static const char *
describe_gaps (LensGapsOf gaps)
{
  static const char *const words[LENS_N_GAPS] = {
    [LENS_GAPS_TO_DESTINATION] = N_ ("since the packet before to the same destination"),
    [LENS_GAPS_IN_STREAM] = N_ ("since the packet before of the same source to the same destination"),
    [LENS_GAPS_IN_FLOW] = N_ ("since the packet before of the same flow"),
    [LENS_GAPS_OF_ALL] = N_ ("since the packet before, whatever it is"),
  };

  return _ (words[gaps]);
}

/* Why there are no times between packets. */
static const char *
describe_no_gaps (LensGapsOf gaps)
{
  static const char *const words[LENS_N_GAPS] = {
    [LENS_GAPS_TO_DESTINATION] = N_ ("No packet follows another to the same destination."),
    [LENS_GAPS_IN_STREAM] = N_ ("No packet follows another of the same source to the same destination."),
    [LENS_GAPS_IN_FLOW] = N_ ("No packet follows another of the same flow."),
    [LENS_GAPS_OF_ALL] = N_ ("No packet follows another."),
  };

  return _ (words[gaps]);
}

static LensChartData *
read_chart (const LensAnalysis *analysis,
            LensDistributionKind kind,
            LensGapsOf gaps,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_payload = kind == LENS_DISTRIBUTION_PAYLOAD;
  g_autoptr (LensDistribution) distribution
      = lens_distribution_new (analysis, kind, gaps, cancellable, error);
  g_autofree char *words = NULL;
  LensChartData *data;

  if (distribution == NULL)
    return NULL;
  data = lens_chart_data_new (LENS_CHART_HISTOGRAM, LENS_UNIT_PACKETS);
  data->title = g_strdup (is_payload ? _ ("Distribution of payload sizes")
                                     : _ ("Distribution of inter-arrival times"));
  data->x_title = g_strdup (is_payload ? _ ("Payload in bytes") : _ ("Time since the packet before"));
  data->y_title = g_strdup (_ ("Packets"));
  if (distribution->n == 0)
    {
      lens_chart_set_subtitle (data, analysis, is_payload ? NULL : describe_gaps (gaps));
      lens_chart_set_empty (data, analysis,
                            is_payload ? _ ("There are no packets.") : describe_no_gaps (gaps));
      return data;
    }
  for (gsize i = 0; i < distribution->n_bins; i++)
    add_bar (data, kind, &distribution->bins[i]);
  add_facts (data, distribution);
  words = add_marks (data, distribution, is_payload ? NULL : describe_gaps (gaps));
  lens_chart_set_subtitle (data, analysis, words);
  return data;
}

static LensChartData *
read_sizes (const LensAnalysis *analysis,
            const LensChartOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  return read_chart (analysis, LENS_DISTRIBUTION_PAYLOAD, options->gaps, cancellable, error);
}

static LensChartData *
read_times (const LensAnalysis *analysis,
            const LensChartOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  return read_chart (analysis, LENS_DISTRIBUTION_GAPS, options->gaps, cancellable, error);
}

static LensChartData *
build_sizes (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_sizes, analysis);
}

static LensChartData *
build_times (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_inter_arrival_times, analysis);
}

const LensChart lens_chart_payload_sizes = {
  .id = "payload-sizes",
  .name = N_ ("Distribution of payload sizes"),
  .page = LENS_CHART_PAGE_OVERVIEW,
  .build = build_sizes,
  .read = read_sizes,
  .settings = LENS_CHART_HAS_LOG,
};

const LensChart lens_chart_inter_arrival_times = {
  .id = "inter-arrival-times",
  .name = N_ ("Distribution of inter-arrival times"),
  .page = LENS_CHART_PAGE_OVERVIEW,
  .build = build_times,
  .read = read_times,
  .settings = LENS_CHART_HAS_GAPS | LENS_CHART_HAS_LOG,
};
