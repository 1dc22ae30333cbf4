/* How much payload each address sent, and how much each received. */
#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  SENT,
  RECEIVED,
} Direction;

typedef struct
{
  LensAddress address;
  guint64 payload_bytes;
} AddressPayload;

static int
compare_largest_first (gconstpointer a, gconstpointer b)
{
  const AddressPayload *one = a;
  const AddressPayload *other = b;

  if (one->payload_bytes != other->payload_bytes)
    return one->payload_bytes > other->payload_bytes ? -1 : 1;
  return lens_address_compare (&one->address, &other->address);
}

/* Those that sent, or received, packets; *@n_silent of them without any payload, which are at the end. */
static GArray *
collect (const LensAnalysis *analysis, Direction direction, gsize *n_silent)
{
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (AddressPayload));

  *n_silent = 0;
  for (gsize i = 0; i < n_hosts; i++)
    {
      const LensHostTotals *host = &hosts[i];
      guint64 packets = direction == SENT ? host->sent_packets : host->received_packets;
      AddressPayload item
          = { host->address, direction == SENT ? host->sent_payload_bytes : host->received_payload_bytes };

      if (item.payload_bytes > 0)
        g_array_append_val (found, item);
      else if (packets > 0)
        (*n_silent)++;
    }
  g_array_sort (found, compare_largest_first);
  return found;
}

static void
add_bars (LensChartData *data, GArray *found, guint top)
{
  gsize n_named = lens_chart_get_n_named (found->len, top);
  gsize n_others = found->len - n_named;
  guint64 others = 0;

  for (guint i = 0; i < n_named; i++)
    {
      const AddressPayload *item = &g_array_index (found, AddressPayload, i);
      LensFilterTerm term = lens_filter_term_host (&item->address);
      char text[LENS_ADDRESS_TEXT_SIZE];

      lens_chart_data_add_bar (data, lens_address_format (&item->address, text), item->payload_bytes,
                               LENS_CHART_COLOR_MAIN, &term);
    }
  for (guint i = (guint) n_named; i < found->len; i++)
    others += g_array_index (found, AddressPayload, i).payload_bytes;
  if (n_others > 0)
    {
      g_autofree char *count = lens_format_count (n_others);
      g_autofree char *label = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%s other address", "%s other addresses", n_others), count);

      lens_chart_data_add_bar (data, label, others, LENS_CHART_COLOR_OTHERS, NULL);
    }
}

static char *
describe_silent (Direction direction, gsize n)
{
  g_autofree char *count = lens_format_count (n);

  if (n == 0)
    return NULL;
  return g_strdup_printf (
      direction == SENT ? g_dngettext (GETTEXT_PACKAGE, "%s more address sent packets without payload",
                                       "%s more addresses sent packets without payload", n)
                        : g_dngettext (GETTEXT_PACKAGE, "%s more address received packets without payload",
                                       "%s more addresses received packets without payload", n),
      count);
}

static LensChartData *
build_direction (const LensAnalysis *analysis, Direction direction, const LensChartOptions *options)
{
  gsize n_silent;
  g_autoptr (GArray) found = collect (analysis, direction, &n_silent);
  g_autofree char *silent = describe_silent (direction, n_silent);
  LensChartData *data = lens_chart_data_new (LENS_CHART_SIDE_BARS, LENS_UNIT_BYTES);

  data->title = g_strdup (direction == SENT ? _ ("Payload sent, by source address")
                                            : _ ("Payload received, by destination address"));
  data->x_title = g_strdup (direction == SENT ? _ ("Payload sent") : _ ("Payload received"));
  data->y_title = g_strdup (direction == SENT ? _ ("Source address") : _ ("Destination address"));
  lens_chart_set_subtitle (data, analysis, silent);
  add_bars (data, found, options->top);
  if (found->len == 0)
    lens_chart_set_empty (data, analysis, _ ("No IP packet carries a payload."));
  return data;
}

static LensChartData *
build_sent (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_by_source, analysis);
}

static LensChartData *
build_sent_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return build_direction (analysis, SENT, options);
}

static LensChartData *
build_received (const LensAnalysis *analysis)
{
  return lens_chart_build_default (&lens_chart_payload_by_destination, analysis);
}

static LensChartData *
build_received_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return build_direction (analysis, RECEIVED, options);
}

const LensChart lens_chart_payload_by_source = {
  .id = "payload-by-source",
  .name = N_ ("Payload by source address"),
  .page = LENS_CHART_PAGE_ADDRESSES,
  .build = build_sent,
  .build_as = build_sent_as,
  .settings = LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_CHART_TOP_BARS,
  .max_top = LENS_CHART_MAX_TOP_BARS,
};

const LensChart lens_chart_payload_by_destination = {
  .id = "payload-by-destination",
  .name = N_ ("Payload by destination address"),
  .page = LENS_CHART_PAGE_ADDRESSES,
  .build = build_received,
  .build_as = build_received_as,
  .settings = LENS_CHART_HAS_TOP | LENS_CHART_HAS_LOG,
  .top = LENS_CHART_TOP_BARS,
  .max_top = LENS_CHART_MAX_TOP_BARS,
};
