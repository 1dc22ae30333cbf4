#include "lens-chart-rows.h"

#include "lens-chart-matrix.h"
#include "lens-format.h"
#include "lens-table-row.h"

#include <glib/gi18n.h>

/* Of a second, where a burst starts. */
#define START_DECIMALS 6

/* Columns of one kind of table. */
typedef struct
{
  const char *titles[LENS_TABLE_MAX_COLUMNS]; /* to be translated; NULL ends them */
} Columns;

static const Columns packet_columns = { { N_ ("Name"), N_ ("Packets") } };
static const Columns byte_columns = { { N_ ("Name"), N_ ("Payload"), N_ ("Bytes") } };
static const Columns series_columns = { { N_ ("Name"), N_ ("Packets"), N_ ("Payload"), N_ ("Bytes") } };
static const Columns named_byte_columns = { { N_ ("Name"), N_ ("Payload"), N_ ("Bytes"), N_ ("Address") } };
static const Columns named_series_columns
    = { { N_ ("Name"), N_ ("Packets"), N_ ("Payload"), N_ ("Bytes"), N_ ("Address") } };
static const Columns matrix_columns
    = { { N_ ("Source"), N_ ("Destination"), N_ ("Packets"), N_ ("Payload"), N_ ("Bytes") } };
static const Columns named_matrix_columns
    = { { N_ ("Source"), N_ ("Destination"), N_ ("Packets"), N_ ("Payload"), N_ ("Bytes"),
          N_ ("Source address"), N_ ("Destination address") } };
static const Columns histogram_columns = { { N_ ("Name"), N_ ("Figure"), N_ ("Packets"), N_ ("Share") } };
static const Columns burst_columns = { { N_ ("Burst"), N_ ("Start"), N_ ("Duration"), N_ ("Packets"),
                                         N_ ("Bytes"), N_ ("Mean size"), N_ ("Gap before") } };

static const Columns lane_columns
    = { { N_ ("Source"), N_ ("Destination"), N_ ("Packets"), N_ ("Bytes"), N_ ("Bursts"),
          N_ ("Packets in bursts"), N_ ("Mean length"), N_ ("Mean size"), N_ ("Duty cycle") } };

/* What is made. */
typedef struct
{
  GListStore *rows; /* (transfer none) */
  GStrv titles;
} Rows;

static void
add_columns (Rows *self, const Columns *columns)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < LENS_TABLE_MAX_COLUMNS && columns->titles[i] != NULL; i++)
    g_strv_builder_add (titles, _ (columns->titles[i]));
  self->titles = g_strv_builder_end (titles);
}

static void
add_row (Rows *self, LensTableRow *row)
{
  g_list_store_append (self->rows, row);
  g_object_unref (row);
}

static gboolean
has_names (const LensChartData *data)
{
  for (guint i = 0; i < data->bars->len; i++)
    if (g_array_index (data->bars, LensChartBar, i).address != NULL)
      return TRUE;
  for (guint i = 0; i < data->series->len; i++)
    if (g_array_index (data->series, LensChartSeries, i).address != NULL)
      return TRUE;
  return FALSE;
}

/* Of a host with a name; of one that has none, the name is the address. */
static char *
describe_address (const char *address, const LensAddress *unnamed)
{
  char text[LENS_ADDRESS_TEXT_SIZE];

  return g_strdup (address != NULL ? address : lens_address_format (unnamed, text));
}

static void
add_bars (Rows *self, const LensChartData *data)
{
  gboolean is_named = has_names (data);

  add_columns (self, is_named                        ? &named_byte_columns
                     : data->unit == LENS_UNIT_BYTES ? &byte_columns
                                                     : &packet_columns);
  for (guint i = 0; i < data->bars->len; i++)
    {
      const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_text (row, 0, g_strdup (bar->label));
      if (data->unit == LENS_UNIT_BYTES)
        lens_table_row_take_figure (row, 2, lens_format_count (bar->value), (double) bar->value);
      lens_table_row_take_figure (row, 1, g_strdup (bar->value_text), (double) bar->value);
      if (is_named)
        lens_table_row_take_text (row, 3, describe_address (bar->address, &bar->term.address));
      lens_table_row_set_bar (row, (int) i);
      add_row (self, row);
    }
}

/* The figures about all first, then a row a bar. */
static void
add_histogram (Rows *self, const LensChartData *data)
{
  guint64 n = 0;

  add_columns (self, &histogram_columns);
  for (guint i = 0; i < data->facts->len; i++)
    {
      const LensChartFact *fact = &g_array_index (data->facts, LensChartFact, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_text (row, 0, g_strdup (fact->label));
      lens_table_row_take_figure (row, 1, g_strdup (fact->text), fact->value);
      lens_table_row_set_top_place (row, i + 1);
      add_row (self, row);
    }
  for (guint i = 0; i < data->bars->len; i++)
    n += g_array_index (data->bars, LensChartBar, i).value;
  for (guint i = 0; i < data->bars->len; i++)
    {
      const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
      LensTableRow *row = lens_table_row_new ();

      /* By where it begins: as texts, 1,000 would come before 2. */
      lens_table_row_take_figure (row, 0, g_strdup (bar->label), bar->from);
      lens_table_row_take_figure (row, 1, g_strdup (bar->edge), bar->from);
      lens_table_row_take_figure (row, 2, lens_format_count (bar->value), (double) bar->value);
      lens_table_row_take_figure (row, 3, lens_format_share (bar->value, n), (double) bar->value);
      add_row (self, row);
    }
}

static void
add_series (Rows *self, const LensChartData *data)
{
  gboolean is_named = has_names (data);

  add_columns (self, is_named ? &named_series_columns : &series_columns);
  for (guint i = 0; i < data->series->len; i++)
    {
      const LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_text (row, 0, g_strdup (series->label));
      lens_table_row_take_figure (row, 1, lens_format_count (series->packets), (double) series->packets);
      lens_table_row_take_figure (row, 2, lens_format_bytes (series->payload_bytes),
                                  (double) series->payload_bytes);
      lens_table_row_take_figure (row, 3, lens_format_count (series->payload_bytes),
                                  (double) series->payload_bytes);
      if (is_named)
        lens_table_row_take_text (row, 4, describe_address (series->address, &series->destination));
      add_row (self, row);
    }
}

/* One end of a lane: the other host by its name, where it has one, beside its address. */
static char *
name_end (const LensChartLane *lane, const LensAddress *address, gboolean is_labelled)
{
  char text[LENS_ADDRESS_TEXT_SIZE];

  lens_address_format (address, text);
  return is_labelled && lane->address != NULL ? g_strdup_printf ("%s (%s)", lane->label, text)
                                              : g_strdup (text);
}

static void
add_bursts (Rows *self, const LensChartData *data)
{
  gboolean has_days = lens_format_has_days (data->first_ns, data->last_ns, FALSE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  add_columns (self, &burst_columns);
  for (guint i = 0; i < data->bands->len; i++)
    {
      const LensChartBand *band = &g_array_index (data->bands, LensChartBand, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_figure (row, 0, g_strdup_printf ("%u", i + 1), i);
      lens_table_row_take_figure (row, 1,
                                  lens_format_moment (band->first_ns, START_DECIMALS, has_days, FALSE),
                                  (double) (band->first_ns - data->first_ns));
      lens_table_row_take_figure (row, 2, lens_format_duration (band->last_ns - band->first_ns),
                                  (double) (band->last_ns - band->first_ns));
      lens_table_row_take_figure (row, 3, lens_format_count (band->packets), (double) band->packets);
      lens_table_row_take_figure (row, 4, lens_format_count (band->payload_bytes),
                                  (double) band->payload_bytes);
      lens_table_row_take_figure (row, 5, g_strdup_printf ("%.2f", band->mean_payload), band->mean_payload);
      if (i > 0)
        lens_table_row_take_figure (row, 6, lens_format_duration (band->first_ns - band[-1].last_ns),
                                    (double) (band->first_ns - band[-1].last_ns));
      else
        lens_table_row_take_figure (row, 6, g_strdup ("–"), -1);
      lens_table_row_set_span (row, band->first_ns, band->last_ns);
      lens_table_row_set_is_marked (row, band->is_selected);
      g_ptr_array_add (rows, row);
    }
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}

static void
add_lanes (Rows *self, const LensChartData *data)
{
  add_columns (self, &lane_columns);
  for (guint i = 0; i < data->lanes->len; i++)
    {
      const LensChartLane *lane = &g_array_index (data->lanes, LensChartLane, i);
      LensBurstSummary summary
          = lens_burst_summarize (lane->bursts, lane->n_bursts, lane->first_ns, lane->last_ns);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_text (row, 0, name_end (lane, &lane->source, !lane->is_sent));
      lens_table_row_take_text (row, 1, name_end (lane, &lane->destination, lane->is_sent));
      lens_table_row_take_figure (row, 2, lens_format_count (lane->packets), (double) lane->packets);
      lens_table_row_take_figure (row, 3, lens_format_count (lane->payload_bytes),
                                  (double) lane->payload_bytes);
      lens_table_row_take_figure (row, 4, lens_format_count (lane->n_bursts), (double) lane->n_bursts);
      lens_table_row_take_figure (row, 5, lens_format_count (summary.packets), (double) summary.packets);
      lens_table_row_take_figure (row, 6, g_strdup_printf ("%.2f", summary.mean_length), summary.mean_length);
      lens_table_row_take_figure (row, 7, g_strdup_printf ("%.2f", summary.mean_payload),
                                  summary.mean_payload);
      lens_table_row_take_figure (row, 8, g_strdup_printf (_ ("%.1f %%"), summary.duty_cycle * 100),
                                  summary.duty_cycle);
      lens_table_row_set_lane (row, (int) i);
      add_row (self, row);
    }
}

static gboolean
has_matrix_names (const LensChartData *data)
{
  char text[LENS_ADDRESS_TEXT_SIZE];

  for (guint i = 0; i < data->matrix->n_hosts; i++)
    if (!g_str_equal (data->matrix_labels[i], lens_address_format (&data->matrix->hosts[i], text)))
      return TRUE;
  return FALSE;
}

static void
take_side (LensTableRow *row, guint column, const LensChartData *data, guint side, gboolean is_address)
{
  char text[LENS_ADDRESS_TEXT_SIZE];

  if (!is_address)
    lens_table_row_take_text (row, column, lens_chart_matrix_name_side (data, side));
  else
    lens_table_row_take_text (row, column,
                              g_strdup (side < data->matrix->n_hosts
                                            ? lens_address_format (&data->matrix->hosts[side], text)
                                            : ""));
}

static void
add_cell (Rows *self, const LensChartData *data, guint source, guint destination, gboolean is_named)
{
  const LensMatrixCell *cell = lens_host_matrix_get_cell (data->matrix, source, destination);
  LensTableRow *row;

  if (cell->whole_packets == 0)
    return;
  row = lens_table_row_new ();
  lens_table_row_set_bar (row, (int) (source * lens_host_matrix_get_n_sides (data->matrix) + destination));
  take_side (row, 0, data, source, FALSE);
  take_side (row, 1, data, destination, FALSE);
  lens_table_row_take_figure (row, 2, lens_format_count (cell->packets), (double) cell->packets);
  lens_table_row_take_figure (row, 3, lens_format_bytes (cell->payload_bytes), (double) cell->payload_bytes);
  lens_table_row_take_figure (row, 4, lens_format_count (cell->payload_bytes), (double) cell->payload_bytes);
  if (is_named)
    {
      take_side (row, 5, data, source, TRUE);
      take_side (row, 6, data, destination, TRUE);
    }
  add_row (self, row);
}

static void
add_matrix (Rows *self, const LensChartData *data)
{
  guint n_sides = lens_host_matrix_get_n_sides (data->matrix);
  gboolean is_named = has_matrix_names (data);

  add_columns (self, is_named ? &named_matrix_columns : &matrix_columns);
  for (guint source = 0; source < n_sides; source++)
    for (guint destination = 0; destination < n_sides; destination++)
      add_cell (self, data, source, destination, is_named);
}

GStrv
lens_chart_rows_add (GListStore *rows, const LensChartData *data)
{
  Rows self = { rows, NULL };

  if (data->matrix != NULL)
    add_matrix (&self, data);
  else if (data->lanes->len > 0)
    add_lanes (&self, data);
  else if (data->bands->len > 0)
    add_bursts (&self, data);
  else if (data->kind == LENS_CHART_HISTOGRAM)
    add_histogram (&self, data);
  else if (data->kind == LENS_CHART_TIME_SERIES)
    add_series (&self, data);
  else
    add_bars (&self, data);
  return self.titles;
}
