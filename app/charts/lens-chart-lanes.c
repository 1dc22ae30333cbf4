/* Bursts of all streams of a host side by side: do they come together, one after the other, or have nothing to do with each other? */
#include "lens-chart-lanes.h"

#include "lens-chart-list.h"
#include "lens-chart-words.h"
#include "lens-format.h"
#include "lens-stream.h"

#include <glib/gi18n-lib.h>

static void
add_lane (LensChartData *data, const LensAddress *host, const LensStream *stream, const LensStream *chosen)
{
  gboolean is_sent = lens_address_equal (&stream->source, host);
  char text[LENS_ADDRESS_TEXT_SIZE];
  LensChartLane lane = {
    .source = stream->source,
    .destination = stream->destination,
    .is_sent = is_sent,
    .label = g_strdup (lens_address_format (is_sent ? &stream->destination : &stream->source, text)),
    .packets = stream->packets,
    .payload_bytes = stream->payload_bytes,
    .first_ns = stream->first_ns,
    .last_ns = stream->last_ns,
    .bursts = g_memdup2 (stream->bursts, stream->n_bursts * sizeof *stream->bursts),
    .n_bursts = stream->n_bursts,
    .is_chosen = lens_address_equal (&stream->source, &chosen->source)
                 && lens_address_equal (&stream->destination, &chosen->destination),
  };

  g_array_append_val (data->lanes, lane);
}

/* "the 12 of its 31 streams with the most packets; 19 others are not shown", or NULL where all are. */
static char *
describe_others (const LensBurstLanes *lanes)
{
  gsize n_others = lanes->n_streams - lanes->n_lanes;
  g_autofree char *shown = lens_format_count (lanes->n_lanes);
  g_autofree char *all = lens_format_count (lanes->n_streams);
  g_autofree char *others = lens_format_count (n_others);

  if (n_others == 0)
    return NULL;
  return g_strdup_printf (
      /* Translators: how many streams of a host are shown, how many there are, and how many are left out. */
      g_dngettext (GETTEXT_PACKAGE, "the %s of its %s streams with the most packets; %s other is not shown",
                   "the %s of its %s streams with the most packets; %s others are not shown", n_others),
      shown, all, others);
}

static void
fill (LensChartData *data, const LensAnalysis *analysis, const LensBurstLanes *lanes)
{
  g_autofree char *rule = lens_burst_rule_describe (&lanes->rule);
  g_autofree char *others = describe_others (lanes);
  g_autofree char *more = others != NULL ? g_strdup_printf ("%s · %s", others, rule) : g_strdup (rule);
  char host[LENS_ADDRESS_TEXT_SIZE];

  /* Translators: %s is a host. */
  data->title = g_strdup_printf (_ ("Bursts of all streams of %s"), lens_address_format (&lanes->host, host));
  data->legend_title = g_strdup (host);
  lens_chart_set_burst_subtitle (data, analysis, more);
  for (gsize i = 0; i < lanes->n_lanes; i++)
    add_lane (data, &lanes->host, &lanes->lanes[i], lens_analysis_get_stream (analysis));
  data->first_ns = lanes->first_ns;
  data->last_ns = lanes->last_ns;
}

static LensChartData *
build (const LensAnalysis *analysis)
{
  LensChartData *data = lens_chart_data_new (LENS_CHART_LANES, LENS_UNIT_BYTES);
  const LensStream *stream = lens_analysis_get_stream (analysis);
  const LensBurstLanes *lanes = lens_analysis_get_burst_lanes (analysis);
  g_autoptr (LensBurstLanes) own = NULL;
  g_autoptr (GError) error = NULL;

  data->x_title = g_strdup (_ ("Time"));
  data->y_title = g_strdup (_ ("Streams"));
  /* A window has them worked out already, a report asks for them here. */
  if (lanes == NULL && stream->source.version != 0)
    lanes = own = lens_burst_lanes_new (analysis, &stream->source, lens_analysis_get_burst_rule (analysis),
                                        NULL, &error);
  if (lanes != NULL && lanes->host.version != 0)
    fill (data, analysis, lanes);
  else
    {
      data->title = g_strdup (_ ("Bursts of all streams of a host"));
      lens_chart_set_burst_subtitle (data, analysis, NULL);
    }
  if (error != NULL)
    data->empty_text = g_strdup (error->message);
  else if (data->lanes->len == 0)
    lens_chart_set_empty (data, lens_analysis_get_burst_scope (analysis),
                          _ ("No IP packet carries a payload."));
  return data;
}

char *
lens_chart_lane_name (const LensChartLane *lane)
{
  return g_strdup_printf (lane->is_sent ? "→ %s" : "← %s", lane->label);
}

char *
lens_chart_lane_count (const LensChartLane *lane)
{
  g_autofree char *count = lens_format_count (lane->n_bursts);
  g_autofree char *packets = lens_format_count (lane->packets);
  g_autofree char *bursts
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s burst", "%s bursts", lane->n_bursts), count);

  /* Translators: the first %s is "13 bursts", the second a number of packets. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s in %s packet", "%s in %s packets", lane->packets),
                          bursts, packets);
}

/* How far @time_ns is from a burst. */
static guint64
get_distance (const LensBurst *burst, gint64 time_ns)
{
  if (time_ns < burst->first_ns)
    return (guint64) burst->first_ns - (guint64) time_ns;
  return time_ns > burst->last_ns ? (guint64) time_ns - (guint64) burst->last_ns : 0;
}

gssize
lens_chart_lane_find_burst (const LensChartLane *lane, gint64 from_ns, gint64 to_ns, gint64 time_ns, gsize *n)
{
  gsize low = 0;
  gsize high = lane->n_bursts;
  gssize nearest = -1;

  /* They don't overlap: the first that ends at from_ns or later. */
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (lane->bursts[middle].last_ns < from_ns)
        low = middle + 1;
      else
        high = middle;
    }
  *n = 0;
  for (gsize i = low; i < lane->n_bursts && lane->bursts[i].first_ns <= to_ns; i++, (*n)++)
    if (nearest < 0
        || get_distance (&lane->bursts[i], time_ns) < get_distance (&lane->bursts[nearest], time_ns))
      nearest = (gssize) i;
  return nearest;
}

/* "192.0.2.1 → 192.0.2.7: 13 bursts in 5,844 packets" */
static char *
describe_stream (const LensChartLane *lane)
{
  char source[LENS_ADDRESS_TEXT_SIZE], destination[LENS_ADDRESS_TEXT_SIZE];
  g_autofree char *count = lens_chart_lane_count (lane);

  lens_address_format (&lane->source, source);
  lens_address_format (&lane->destination, destination);
  if (lane->address != NULL)
    /* Translators: a stream, the name of the host at its other end, and "13 bursts in 5,844 packets". */
    return g_strdup_printf (_ ("%s → %s (%s): %s"), source, destination, lane->label, count);
  return g_strdup_printf (_ ("%s → %s: %s"), source, destination, count);
}

/* "5 packets, 1,723 bytes, mean 344.60 bytes, 1.2 s" */
static char *
describe_figures (const LensBurst *burst)
{
  gsize n_packets = lens_burst_get_n_packets (burst);
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *bytes = lens_format_count (burst->payload_bytes);
  g_autofree char *lasts = lens_format_duration (burst->last_ns - burst->first_ns);
  g_autofree char *payload
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", burst->payload_bytes), bytes);

  /* Translators: a burst's packets, the bytes of their payload, their mean size and how long it lasts. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s packet, %s, mean size %.2f bytes, %s",
                                       "%s packets, %s, mean size %.2f bytes, %s", n_packets),
                          count, payload, lens_burst_get_mean_payload (burst), lasts);
}

char *
lens_chart_lane_describe (const LensChartLane *lane, gssize index, gsize n, gboolean is_utc)
{
  g_autofree char *stream = describe_stream (lane);
  g_autofree char *number = NULL;
  g_autofree char *figures = NULL;
  g_autofree char *begins = NULL;
  g_autofree char *others = NULL;
  g_autofree char *burst = NULL;

  if (index < 0)
    return g_steal_pointer (&stream);
  number = lens_format_count ((guint64) index + 1);
  figures = describe_figures (&lane->bursts[index]);
  begins = lens_format_date_time (lane->bursts[index].first_ns, is_utc);
  /* Translators: a burst's number, its figures, and when it begins. */
  burst = g_strdup_printf (_ ("Burst %s: %s\nfrom %s"), number, figures, begins);
  if (n < 2)
    return g_strdup_printf ("%s\n%s", stream, burst);
  others = lens_format_count (n - 1);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s\n%s\n%s other burst is here: zoom in",
                                       "%s\n%s\n%s other bursts are here: zoom in", n - 1),
                          stream, burst, others);
}

const LensChart lens_chart_lanes = {
  .id = "bursts-side-by-side",
  .name = N_ ("Bursts of all streams of a host"),
  .page = LENS_CHART_PAGE_BURSTS,
  .build = build,
};
