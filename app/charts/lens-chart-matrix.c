/* Who sends how much to whom. */
#include "lens-chart-matrix.h"

#include "lens-chart-list.h"
#include "lens-chart-words.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

LensChartData *
lens_chart_matrix_build (const LensAnalysis *analysis,
                         const LensAnalysis *whole,
                         const LensChartOptions *options)
{
  LensMatrixWeight weight = options->matrix_weight;
  gboolean is_filtered = !lens_filter_passes_all (lens_analysis_get_filter (analysis));
  const char *which
      = whole != NULL ? _ ("hosts that pass, then the strongest of all") : _ ("hosts that pass");
  LensChartData *data = lens_chart_data_new (
      LENS_CHART_MATRIX, weight == LENS_MATRIX_PAYLOAD ? LENS_UNIT_BYTES : LENS_UNIT_PACKETS);

  data->title = g_strdup (weight == LENS_MATRIX_PAYLOAD ? _ ("Payload from host to host")
                                                        : _ ("Packets from host to host"));
  data->x_title = g_strdup (_ ("Destination"));
  data->y_title = g_strdup (_ ("Source"));
  data->legend_title
      = g_strdup (weight == LENS_MATRIX_PAYLOAD ? _ ("Payload of at least") : _ ("Packets, at least"));
  /* In the window hosts stay where they are; a report has only what passes. */
  lens_chart_set_subtitle (data, analysis, is_filtered ? which : NULL);
  data->matrix = lens_host_matrix_new (analysis, whole, weight, options->matrix_hosts);
  data->matrix_labels = g_new0 (char *, data->matrix->n_hosts + 1);
  for (guint i = 0; i < data->matrix->n_hosts; i++)
    {
      char text[LENS_ADDRESS_TEXT_SIZE];

      data->matrix_labels[i] = g_strdup (lens_address_format (&data->matrix->hosts[i], text));
    }
  if (lens_host_matrix_get_n_sides (data->matrix) == 0)
    lens_chart_set_empty (data, analysis, _ ("There are no IP packets."));
  return data;
}

static LensChartData *
build (const LensAnalysis *analysis)
{
  const LensChartOptions options = lens_chart_options_default ();

  return lens_chart_matrix_build (analysis, NULL, &options);
}

static LensChartData *
build_as (const LensAnalysis *analysis, const LensChartOptions *options)
{
  return lens_chart_matrix_build (analysis, NULL, options);
}

char *
lens_chart_matrix_name_side (const LensChartData *data, guint side)
{
  g_autofree char *count = NULL;

  if (side < data->matrix->n_hosts)
    return g_strdup (data->matrix_labels[side]);
  count = lens_format_count (data->matrix->n_others);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s other host", "%s other hosts", data->matrix->n_others), count);
}

/* "12 packets, 3,400 bytes" */
static char *
describe_figures (guint64 packets, guint64 payload_bytes)
{
  g_autofree char *count = lens_format_count (packets);
  g_autofree char *bytes = lens_format_count (payload_bytes);
  g_autofree char *payload
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", payload_bytes), bytes);

  /* Translators: packets, then the bytes of their payload ("3,400 bytes"). */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s packet, %s", "%s packets, %s", packets), count,
                          payload);
}

static char *
describe_cell (const LensMatrixCell *cell)
{
  g_autofree char *count = lens_format_count (cell->whole_packets);

  if (cell->packets > 0)
    return describe_figures (cell->packets, cell->payload_bytes);
  if (cell->whole_packets == 0)
    return g_strdup (_ ("nothing"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "its %s packet doesn’t pass the filter",
                                       "none of its %s packets passes the filter", cell->whole_packets),
                          count);
}

/* What the hosts of a row sent, or those of a column received. */
static char *
describe_side (const LensChartData *data, guint side, gboolean is_row)
{
  guint n_sides = lens_host_matrix_get_n_sides (data->matrix);
  g_autofree char *name = lens_chart_matrix_name_side (data, side);
  g_autofree char *figures = NULL;
  guint64 packets = 0;
  guint64 payload_bytes = 0;

  for (guint i = 0; i < n_sides; i++)
    {
      const LensMatrixCell *cell
          = lens_host_matrix_get_cell (data->matrix, is_row ? side : i, is_row ? i : side);

      packets += cell->packets;
      payload_bytes += cell->payload_bytes;
    }
  figures = describe_figures (packets, payload_bytes);
  /* Translators: a host, then "12 packets, 3,400 bytes". */
  return g_strdup_printf (is_row ? _ ("Sent by %s: %s") : _ ("Received by %s: %s"), name, figures);
}

/* The address of a host that is shown by name, else NULL. */
static const char *
find_address (const LensChartData *data, int side, char text[LENS_ADDRESS_TEXT_SIZE])
{
  if (side < 0 || (guint) side >= data->matrix->n_hosts)
    return NULL;
  lens_address_format (&data->matrix->hosts[side], text);
  return g_str_equal (text, data->matrix_labels[side]) ? NULL : text;
}

/* The line of addresses, or NULL where hosts are shown by theirs. */
static char *
describe_addresses (const LensChartData *data, int row, int column)
{
  char row_text[LENS_ADDRESS_TEXT_SIZE], column_text[LENS_ADDRESS_TEXT_SIZE];
  const char *source = find_address (data, row, row_text);
  const char *destination = find_address (data, column, column_text);
  g_autofree char *row_name = row >= 0 ? lens_chart_matrix_name_side (data, (guint) row) : NULL;
  g_autofree char *column_name = column >= 0 ? lens_chart_matrix_name_side (data, (guint) column) : NULL;

  if (source == NULL && destination == NULL)
    return NULL;
  if (row < 0 || column < 0)
    return g_strdup (row < 0 ? destination : source);
  return g_strdup_printf ("%s → %s", source != NULL ? source : row_name,
                          destination != NULL ? destination : column_name);
}

char *
lens_chart_matrix_describe (const LensChartData *data, int row, int column)
{
  g_autofree char *said = NULL;
  g_autofree char *addresses = NULL;

  g_return_val_if_fail (row >= 0 || column >= 0, NULL);

  if (row >= 0 && column >= 0)
    {
      g_autofree char *source = lens_chart_matrix_name_side (data, (guint) row);
      g_autofree char *destination = lens_chart_matrix_name_side (data, (guint) column);
      g_autofree char *figures
          = describe_cell (lens_host_matrix_get_cell (data->matrix, (guint) row, (guint) column));

      said = g_strdup_printf ("%s → %s: %s", source, destination, figures);
    }
  else
    said = describe_side (data, (guint) MAX (row, column), row >= 0);
  addresses = describe_addresses (data, row, column);
  return addresses != NULL ? g_strdup_printf ("%s\n%s", said, addresses) : g_steal_pointer (&said);
}

char *
lens_chart_matrix_format_shade (const LensHostMatrix *matrix, guint64 from)
{
  static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB", "EB" };
  guint unit = 0;

  if (matrix->weight == LENS_MATRIX_PACKETS)
    return lens_format_count (from);
  for (; from >= 1000 && unit + 1 < G_N_ELEMENTS (units); unit++)
    from /= 1000;
  return g_strdup_printf ("%u %s", (guint) from, units[unit]);
}

const LensChart lens_chart_matrix = {
  .id = "host-to-host",
  .name = N_ ("Host to host"),
  .page = LENS_CHART_PAGE_MATRIX,
  .build = build,
  .build_as = build_as,
  .build_in_whole = lens_chart_matrix_build,
};
