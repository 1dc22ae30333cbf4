#include "lens-interval-rows.h"

#include "lens-format.h"
#include "lens-table-row.h"

struct _LensIntervalRows
{
  GObject parent_instance;
  LensChartIntervals *intervals;
};

static char *
write_text (gpointer source, guint interval, guint column)
{
  const LensChartIntervals *intervals = LENS_INTERVAL_ROWS (source)->intervals;

  if (column == 0)
    return lens_chart_intervals_write_time (intervals, interval);
  if (column == 1)
    return lens_format_count (lens_chart_intervals_get_total (intervals, interval));
  return lens_chart_intervals_write_rate (intervals, interval, column - LENS_INTERVAL_COLUMNS);
}

static GType
get_item_type (GListModel *model)
{
  return LENS_TYPE_TABLE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return (guint) LENS_INTERVAL_ROWS (model)->intervals->n_intervals;
}

static gpointer
get_item (GListModel *model, guint position)
{
  const LensChartIntervals *intervals = LENS_INTERVAL_ROWS (model)->intervals;
  LensTableRow *row;

  if (position >= intervals->n_intervals)
    return NULL;
  row = lens_table_row_new ();
  lens_table_row_set_writer (row, G_OBJECT (model), write_text, position);
  lens_table_row_set_key (row, 0, position);
  lens_table_row_set_key (row, 1, (double) lens_chart_intervals_get_total (intervals, position));
  for (guint i = 0; i < intervals->n_series; i++)
    lens_table_row_set_key (row, LENS_INTERVAL_COLUMNS + i,
                            lens_chart_intervals_get_rate (intervals, position, i));
  return row;
}

static void
init_model (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LensIntervalRows,
                               lens_interval_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_model))

static void
lens_interval_rows_finalize (GObject *object)
{
  lens_chart_intervals_free (LENS_INTERVAL_ROWS (object)->intervals);
  G_OBJECT_CLASS (lens_interval_rows_parent_class)->finalize (object);
}

static void
lens_interval_rows_class_init (LensIntervalRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_interval_rows_finalize;
}

static void
lens_interval_rows_init (LensIntervalRows *self)
{
}

LensIntervalRows *
lens_interval_rows_new (LensChartIntervals *intervals)
{
  LensIntervalRows *self = g_object_new (LENS_TYPE_INTERVAL_ROWS, NULL);

  self->intervals = intervals;
  return self;
}
