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

/* Those that sent, or received, packets. */
typedef struct
{
  GArray *largest; /* owned: AddressPayload, in their order, as many as bars may need */
  gsize n;         /* with payload */
  gsize n_silent;  /* without */
  guint64 payload_bytes;
} Found;

static void
found_clear (Found *found)
{
  g_array_unref (found->largest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* Leaves @item out where @n_most others are larger. */
static void
add_largest (GArray *largest, const AddressPayload *item, guint n_most)
{
  const AddressPayload *items = (const AddressPayload *) (gconstpointer) largest->data;
  guint low = 0;
  guint high = largest->len;

  if (high == n_most && compare_largest_first (item, &items[high - 1]) > 0)
    return;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_largest_first (&items[middle], item) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (largest->len == n_most)
    g_array_set_size (largest, n_most - 1);
  g_array_insert_vals (largest, low, item, 1);
}

/* A capture may have millions of addresses, and few get a bar: only those are put in order. */
static Found
collect (const LensAnalysis *analysis, Direction direction, guint top)
{
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);
  Found found = { .largest = g_array_new (FALSE, FALSE, sizeof (AddressPayload)) };

  for (gsize i = 0; i < n_hosts; i++)
    {
      const LensHostTotals *host = &hosts[i];
      guint64 packets = direction == SENT ? host->sent_packets : host->received_packets;
      AddressPayload item
          = { host->address, direction == SENT ? host->sent_payload_bytes : host->received_payload_bytes };

      if (item.payload_bytes > 0)
        {
          add_largest (found.largest, &item, top + 1);
          found.n++;
          found.payload_bytes += item.payload_bytes;
        }
      else if (packets > 0)
        found.n_silent++;
    }
  return found;
}

static void
add_bars (LensChartData *data, const Found *found, guint top)
{
  gsize n_named = lens_chart_get_n_named (found->n, top);
  gsize n_others = found->n - n_named;
  guint64 others = found->payload_bytes;

  for (guint i = 0; i < n_named; i++)
    {
      const AddressPayload *item = &g_array_index (found->largest, AddressPayload, i);
      LensFilterTerm term = lens_filter_term_host (&item->address);
      char text[LENS_ADDRESS_TEXT_SIZE];

      lens_chart_data_add_bar (data, lens_address_format (&item->address, text), item->payload_bytes,
                               LENS_CHART_COLOR_MAIN, &term);
      others -= item->payload_bytes;
    }
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
  g_auto (Found) found = collect (analysis, direction, options->top);
  g_autofree char *silent = describe_silent (direction, found.n_silent);
  LensChartData *data = lens_chart_data_new (LENS_CHART_SIDE_BARS, LENS_UNIT_BYTES);

  data->title = g_strdup (direction == SENT ? _ ("Payload sent, by source address")
                                            : _ ("Payload received, by destination address"));
  data->x_title = g_strdup (direction == SENT ? _ ("Payload sent") : _ ("Payload received"));
  data->y_title = g_strdup (direction == SENT ? _ ("Source address") : _ ("Destination address"));
  lens_chart_set_subtitle (data, analysis, silent);
  add_bars (data, &found, options->top);
  if (found.n == 0)
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
