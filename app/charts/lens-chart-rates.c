/* How much there is in each interval of time: payload and packets per second. */
#include "lens-chart-lines.h"
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"
#include "lens-rates.h"

#include <glib/gi18n-lib.h>

static guint64
get_figure (const LensRateBin *bin, LensUnit unit)
{
  return unit == LENS_UNIT_BYTES_PER_SECOND ? bin->payload_bytes : bin->packets;
}

/* A point wherever another figure begins to hold, and a last one where the last ends. */
static void
add_line (LensChartData *data, const LensSplit *split, const LensRates *rates, gsize line)
{
  const LensRateBin *bins = lens_rates_get_line (rates, line);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LensSeriesPoint));
  LensSeriesPoint end = { rates->end_ns, 0 };
  gsize n;
  LensSeriesPoint *items;

  for (gsize i = 0; i < rates->n_bins; i++)
    {
      LensSeriesPoint point = { (gint64) ((guint64) rates->start_ns + i * (guint64) rates->interval_ns),
                                get_figure (&bins[i], data->unit) };

      if (i == 0
          || point.payload_bytes != g_array_index (points, LensSeriesPoint, points->len - 1).payload_bytes)
        g_array_append_val (points, point);
    }
  g_array_append_val (points, end);
  n = points->len;
  items = (LensSeriesPoint *) (gpointer) g_array_free (g_steal_pointer (&points), FALSE);
  lens_chart_take_line (data, split, line, items, n)->is_stepped = TRUE;
}

/* "in intervals of 500 ms, at most 1.2 MB in one" */
static char *
describe_rates (const LensRates *rates, LensUnit unit, gboolean is_zoomed)
{
  guint64 most = 0;
  g_autofree char *interval = lens_format_duration (rates->interval_ns);
  g_autofree char *asked = lens_format_duration (rates->asked_ns);
  g_autofree char *figure = NULL;
  g_autofree char *text = NULL;

  if (is_zoomed)
    /* Translators: the length of an interval of time. */
    return g_strdup_printf (_ ("in intervals of %s, which fit the time that is shown"), interval);
  for (gsize i = 0; i < rates->n_bins; i++)
    {
      guint64 sum = 0;

      for (gsize line = 0; line < rates->n_lines; line++)
        sum += get_figure (&lens_rates_get_line (rates, line)[i], unit);
      most = MAX (most, sum);
    }
  figure = unit == LENS_UNIT_BYTES_PER_SECOND ? lens_format_bytes (most) : lens_format_count (most);
  text = unit == LENS_UNIT_BYTES_PER_SECOND
             /* Translators: the length of an interval of time, then how much there was in the fullest one. */
             ? g_strdup_printf (_ ("in intervals of %s, at most %s in one"), interval, figure)
             : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in intervals of %s, at most %s packet in one",
                                             "in intervals of %s, at most %s packets in one", most),
                                interval, figure);
  if (rates->asked_ns == 0 || rates->asked_ns == rates->interval_ns)
    return g_steal_pointer (&text);
  /* Translators: what was said of the intervals; then the length that was asked for, for which the time is too long. */
  return g_strdup_printf (_ ("%s (those of %s would be too many)"), text, asked);
}

/* The axis is that of all the time, whatever of it was counted. */
static void
set_time (LensChartData *data, const LensRates *rates, const LensChartOptions *options)
{
  guint64 before;

  data->first_ns = rates->start_ns;
  data->last_ns = rates->end_ns;
  if (!options->has_shown || !data->is_fitting)
    return;
  data->has_counted = TRUE;
  data->counted = rates->n_bins > 0 ? (LensTimeSpan){ rates->start_ns, rates->end_ns } : options->shown;
  data->last_ns = MAX (data->last_ns, rates->whole.last_ns);
  if (rates->whole.first_ns >= rates->start_ns)
    return;
  /* Intervals begin at whole multiples of their length. */
  before = (guint64) rates->start_ns - (guint64) rates->whole.first_ns;
  before = ((before - 1) / (guint64) rates->interval_ns + 1) * (guint64) rates->interval_ns;
  data->first_ns = (gint64) ((guint64) rates->start_ns - before);
}

static LensChartData *
read_chart (const LensAnalysis *analysis,
            const LensChartOptions *options,
            LensUnit unit,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_payload = unit == LENS_UNIT_BYTES_PER_SECOND;
  gboolean is_zoomed = options->interval_ns == 0 && options->has_shown;
  LensSplitSpec spec = lens_chart_get_split (analysis, options);
  g_autoptr (LensSplit) split = lens_split_new (analysis, &spec, cancellable, error);
  g_autoptr (LensRates) rates = NULL;
  g_autofree char *words = NULL;
  LensChartData *data;

  if (split == NULL)
    return NULL;
  rates = is_zoomed ? lens_rates_new_shown (analysis, split, options->shown, cancellable, error)
                    : lens_rates_new (analysis, split, options->interval_ns, cancellable, error);
  if (rates == NULL)
    return NULL;
  data = lens_chart_data_new (LENS_CHART_TIME_SERIES, unit);
  data->title = g_strdup (is_payload ? _ ("Payload per second") : _ ("Packets per second"));
  data->x_title = g_strdup (_ ("Time"));
  data->y_title = g_strdup (is_payload ? _ ("Payload per second") : _ ("Packets per second"));
  lens_chart_set_lines_title (data, spec.by);
  if (rates->n_bins == 0 && !(is_zoomed && rates->has_packets))
    {
      lens_chart_set_subtitle (data, analysis, NULL);
      lens_chart_set_empty (data, analysis, _ ("There are no packets."));
      return data;
    }
  words = describe_rates (rates, unit, is_zoomed);
  lens_chart_set_subtitle (data, analysis, words);
  data->value_factor = 1e9 / (double) rates->interval_ns;
  data->interval_ns = rates->interval_ns;
  data->is_fitting = options->interval_ns == 0;
  set_time (data, rates, options);
  for (gsize i = 0; i < rates->n_lines; i++)
    add_line (data, split, rates, i);
  return data;
}

static LensChartData *
read_payload (const LensAnalysis *analysis,
              const LensChartOptions *options,
              GCancellable *cancellable,
              GError **error)
{
  return read_chart (analysis, options, LENS_UNIT_BYTES_PER_SECOND, cancellable, error);
}

static LensChartData *
read_packets (const LensAnalysis *analysis,
              const LensChartOptions *options,
              GCancellable *cancellable,
              GError **error)
{
  return read_chart (analysis, options, LENS_UNIT_PACKETS_PER_SECOND, cancellable, error);
}

static LensChartData *
build_payload (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_rate, analysis);
}

static LensChartData *
build_packets (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_packet_rate, analysis);
}

const LensChart lens_chart_payload_rate = {
  .id = "payload-per-second",
  .name = N_ ("Payload per second"),
  .page = LENS_CHART_PAGE_OVER_TIME,
  .build = build_payload,
  .read = read_payload,
  .settings = LENS_CHART_HAS_SPLIT | LENS_CHART_HAS_INTERVAL | LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_SERIES_MAX_NAMED,
  .max_top = LENS_SERIES_MAX_NAMED,
};

const LensChart lens_chart_packet_rate = {
  .id = "packets-per-second",
  .name = N_ ("Packets per second"),
  .page = LENS_CHART_PAGE_OVER_TIME,
  .build = build_packets,
  .read = read_packets,
  .settings = LENS_CHART_HAS_SPLIT | LENS_CHART_HAS_INTERVAL | LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_SERIES_MAX_NAMED,
  .max_top = LENS_SERIES_MAX_NAMED,
};
