#include "lens-chart-table.h"

#include "lens-chart-matrix.h"
#include "lens-format.h"
#include "lens-interval-rows.h"
#include "lens-table-row.h"

#include <glib/gi18n.h>

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

/* A longer table is scrolled by itself: rows that are not seen cost nothing. */
#define MAX_HEIGHT_PX 420

enum
{
  SPAN_CHOSEN,
  LANE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _LensChartTable
{
  GtkBox parent_instance;
  GtkColumnView *view;
  GListStore *rows; /* what is shown, unless the rows are made when they are asked for */
  GtkSortListModel *sorted;
  GtkSelectionModel *selection;
  GStrv titles; /* owned: of the columns */
};

G_DEFINE_FINAL_TYPE (LensChartTable, lens_chart_table, GTK_TYPE_BOX)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (GPOINTER_TO_UINT (column) > 0)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  LensTableRow *row = LENS_TABLE_ROW (gtk_list_item_get_item (item));
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  gboolean is_figure = lens_table_row_is_figure (row, GPOINTER_TO_UINT (column));
  const char *text = lens_table_row_get_text (row, GPOINTER_TO_UINT (column));

  gtk_label_set_text (label, text);
  /* Else the name of an empty one would be that of its type. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *text != '\0' ? text : _ ("empty"), -1);
  gtk_label_set_xalign (label, is_figure && GPOINTER_TO_UINT (column) > 0 ? 1 : 0);
  /* Names may be long; figures are never cut, a table that is too wide is scrolled. */
  gtk_label_set_ellipsize (label, is_figure ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return lens_table_row_compare ((LensTableRow *) a, (LensTableRow *) b, GPOINTER_TO_UINT (column));
}

/* @titles: (transfer full) */
static void
take_columns (LensChartTable *self, GStrv titles)
{
  GListModel *old = gtk_column_view_get_columns (self->view);

  g_strfreev (self->titles);
  self->titles = titles;
  while (g_list_model_get_n_items (old) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (old, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; titles[i] != NULL; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (i), NULL);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (titles[i], factory);
      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
      gtk_column_view_column_set_expand (column, i == 0);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
    }
}

static void
add_columns (LensChartTable *self, const Columns *columns)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < LENS_TABLE_MAX_COLUMNS && columns->titles[i] != NULL; i++)
    g_strv_builder_add (titles, _ (columns->titles[i]));
  take_columns (self, g_strv_builder_end (titles));
}

static void
add_row (LensChartTable *self, LensTableRow *row)
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
add_bars (LensChartTable *self, const LensChartData *data)
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
      add_row (self, row);
    }
}

/* The figures about all first, then a row a bar. */
static void
add_histogram (LensChartTable *self, const LensChartData *data)
{
  guint64 n = 0;

  add_columns (self, &histogram_columns);
  for (guint i = 0; i < data->facts->len; i++)
    {
      const LensChartFact *fact = &g_array_index (data->facts, LensChartFact, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_text (row, 0, g_strdup (fact->label));
      lens_table_row_take_figure (row, 1, g_strdup (fact->text), fact->value);
      add_row (self, row);
    }
  for (guint i = 0; i < data->bars->len; i++)
    n += g_array_index (data->bars, LensChartBar, i).value;
  for (guint i = 0; i < data->bars->len; i++)
    {
      const LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_text (row, 0, g_strdup (bar->label));
      lens_table_row_take_figure (row, 1, g_strdup (bar->edge), bar->from);
      lens_table_row_take_figure (row, 2, lens_format_count (bar->value), (double) bar->value);
      lens_table_row_take_figure (row, 3, lens_format_share (bar->value, n), (double) bar->value);
      add_row (self, row);
    }
}

static void
add_series (LensChartTable *self, const LensChartData *data)
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

/* "192.0.2.1, bytes/s" */
static char *
name_rate (const LensChartData *data, const LensChartSeries *series)
{
  gboolean is_payload = data->unit == LENS_UNIT_BYTES_PER_SECOND;
  g_autofree char *name = series->address != NULL
                              ? g_strdup_printf ("%s (%s)", series->label, series->address)
                              : g_strdup (series->label);

  if (data->series->len == 1)
    return g_strdup (is_payload ? _ ("Bytes per second") : _ ("Packets per second"));
  /* Translators: the title of a column, with what its series is of. */
  return g_strdup_printf (is_payload ? _ ("%s, bytes/s") : _ ("%s, packets/s"), name);
}

/* A row an interval, a column a series. */
static void
show_intervals (LensChartTable *self, const LensChartData *data)
{
  LensChartIntervals *intervals = lens_chart_intervals_new (data);
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_autoptr (LensIntervalRows) rows = NULL;

  if (intervals == NULL)
    return;
  G_STATIC_ASSERT (LENS_INTERVAL_COLUMNS + LENS_SPLIT_MAX_LINES <= LENS_TABLE_MAX_COLUMNS);
  rows = lens_interval_rows_new (intervals);
  g_strv_builder_add (titles, _ ("Time"));
  g_strv_builder_add (titles, data->unit == LENS_UNIT_BYTES_PER_SECOND ? _ ("Bytes") : _ ("Packets"));
  for (guint i = 0; i < data->series->len; i++)
    {
      g_autofree char *title = name_rate (data, &g_array_index (data->series, LensChartSeries, i));

      g_strv_builder_add (titles, title);
    }
  take_columns (self, g_strv_builder_end (titles));
  gtk_sort_list_model_set_model (self->sorted, G_LIST_MODEL (rows));
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
add_bursts (LensChartTable *self, const LensChartData *data)
{
  const guint time_decimals = 6;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  add_columns (self, &burst_columns);
  for (guint i = 0; i < data->bands->len; i++)
    {
      const LensChartBand *band = &g_array_index (data->bands, LensChartBand, i);
      LensTableRow *row = lens_table_row_new ();

      lens_table_row_take_figure (row, 0, g_strdup_printf ("%u", i + 1), i);
      lens_table_row_take_figure (row, 1, lens_format_time_of_day (band->first_ns, time_decimals, FALSE),
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
      g_ptr_array_add (rows, row);
    }
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
}

static void
add_lanes (LensChartTable *self, const LensChartData *data)
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
add_cell (LensChartTable *self, const LensChartData *data, guint source, guint destination, gboolean is_named)
{
  const LensMatrixCell *cell = lens_host_matrix_get_cell (data->matrix, source, destination);
  LensTableRow *row;

  if (cell->packets == 0)
    return;
  row = lens_table_row_new ();
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
add_matrix (LensChartTable *self, const LensChartData *data)
{
  guint n_sides = lens_host_matrix_get_n_sides (data->matrix);
  gboolean is_named = has_matrix_names (data);

  add_columns (self, is_named ? &named_matrix_columns : &matrix_columns);
  for (guint source = 0; source < n_sides; source++)
    for (guint destination = 0; destination < n_sides; destination++)
      add_cell (self, data, source, destination, is_named);
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_chart_table_copy (user_data);
  return TRUE;
}

static void
activate_cb (LensChartTable *self, guint position)
{
  g_autoptr (LensTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  gint64 first_ns;
  gint64 last_ns;

  if (row != NULL && lens_table_row_get_span (row, &first_ns, &last_ns))
    g_signal_emit (self, signals[SPAN_CHOSEN], 0, first_ns, last_ns);
  else if (row != NULL && lens_table_row_get_lane (row) >= 0)
    g_signal_emit (self, signals[LANE_CHOSEN], 0, (guint) lens_table_row_get_lane (row));
}

static void
lens_chart_table_dispose (GObject *object)
{
  LensChartTable *self = LENS_CHART_TABLE (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->sorted);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->titles, g_strfreev);
  G_OBJECT_CLASS (lens_chart_table_parent_class)->dispose (object);
}

static void
lens_chart_table_class_init (LensChartTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_chart_table_dispose;
  signals[SPAN_CHOSEN] = g_signal_new ("span-chosen", LENS_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[LANE_CHOSEN] = g_signal_new ("lane-chosen", LENS_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lens_chart_table_init (LensChartTable *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_list_store_new (LENS_TYPE_TABLE_ROW);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)),
                                          g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection
      = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->sorted))));
  gtk_column_view_set_model (self->view, self->selection);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (self), scroller);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"),
                                                          gtk_callback_action_new (copy_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

GtkWidget *
lens_chart_table_new (const char *name)
{
  LensChartTable *self = g_object_new (LENS_TYPE_CHART_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
lens_chart_table_set_data (LensChartTable *self, const LensChartData *data)
{
  g_list_store_remove_all (self->rows);
  gtk_sort_list_model_set_model (self->sorted, G_LIST_MODEL (self->rows));
  gtk_column_view_set_single_click_activate (self->view, data->bands->len + data->lanes->len > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title,
                                  -1);
  if (data->matrix != NULL)
    add_matrix (self, data);
  else if (data->lanes->len > 0)
    add_lanes (self, data);
  else if (data->bands->len > 0)
    add_bursts (self, data);
  else if (data->kind == LENS_CHART_HISTOGRAM)
    add_histogram (self, data);
  else if (lens_chart_data_has_intervals (data))
    show_intervals (self, data);
  else if (data->kind == LENS_CHART_TIME_SERIES)
    add_series (self, data);
  else
    add_bars (self, data);
}

void
lens_chart_table_copy (LensChartTable *self)
{
  GString *text = g_string_new (NULL);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  /* Where a click chooses, a row is selected by the pointer being over it. */
  gboolean takes_all
      = gtk_bitset_is_empty (selected) || gtk_column_view_get_single_click_activate (self->view);

  for (guint i = 0; self->titles != NULL && self->titles[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", self->titles[i]);
  g_string_append_c (text, '\n');
  for (guint position = 0; position < n_rows; position++)
    {
      g_autoptr (LensTableRow) row = NULL;

      if (!takes_all && !gtk_bitset_contains (selected, position))
        continue;
      row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
      for (guint i = 0; self->titles[i] != NULL; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", lens_table_row_get_text (row, i));
      g_string_append_c (text, '\n');
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
  g_string_free (text, TRUE);
}
