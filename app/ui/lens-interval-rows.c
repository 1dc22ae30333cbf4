#include "lens-interval-rows.h"

#include "lens-format.h"

#define MAX_COLUMNS (LENS_INTERVAL_COLUMNS + LENS_SPLIT_MAX_LINES)

struct _LensIntervalRows
{
  GObject parent_instance;
  LensChartIntervals *intervals; /* (nullable) */
  LensIntervalOrder order;
  GArray *sorted; /* (element-type guint): intervals, a row each */
  guint chars[MAX_COLUMNS];
};

G_DEFINE_FINAL_TYPE (LensIntervalRows, lens_interval_rows, G_TYPE_OBJECT)

static void
lens_interval_rows_finalize (GObject *object)
{
  LensIntervalRows *self = LENS_INTERVAL_ROWS (object);

  g_clear_pointer (&self->intervals, lens_chart_intervals_unref);
  g_array_unref (self->sorted);
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
  self->sorted = g_array_new (FALSE, FALSE, sizeof (guint));
}

LensIntervalRows *
lens_interval_rows_new (void)
{
  return g_object_new (LENS_TYPE_INTERVAL_ROWS, NULL);
}

/* What a column is sorted by: figures are in the order of their rates. */
static guint64
get_figure (const LensChartIntervals *intervals, guint interval, guint column)
{
  if (column == 0)
    return interval;
  if (column == 1)
    return lens_chart_intervals_get_total (intervals, interval);
  return intervals->figures[(column - LENS_INTERVAL_COLUMNS) * intervals->n_intervals + interval];
}

typedef struct
{
  const guint64 *figures; /* of the column, by interval */
  gboolean is_descending;
} Sorting;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Sorting *sorting = user_data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;
  guint64 x = sorting->figures[sorting->is_descending ? second : first];
  guint64 y = sorting->figures[sorting->is_descending ? first : second];

  return x != y ? (x > y) - (x < y) : (first > second) - (first < second);
}

static void
sort_rows (LensIntervalRows *self)
{
  guint n = self->intervals != NULL ? (guint) self->intervals->n_intervals : 0;
  g_autofree guint64 *figures = g_new (guint64, MAX (n, 1));
  Sorting sorting = { figures, self->order.is_descending };

  g_array_set_size (self->sorted, n);
  for (guint i = 0; i < n; i++)
    g_array_index (self->sorted, guint, i) = i;
  if (self->order.column == 0 && !self->order.is_descending)
    return;
  for (guint i = 0; i < n; i++)
    figures[i] = get_figure (self->intervals, i, self->order.column);
  g_array_sort_with_data (self->sorted, compare_cb, &sorting);
}

/* The largest figure has the longest text. */
static void
count_chars (LensIntervalRows *self)
{
  for (guint column = 0; column < self->intervals->n_series + LENS_INTERVAL_COLUMNS; column++)
    {
      guint largest = 0;
      guint64 most = 0;
      g_autofree char *text = NULL;

      for (guint i = 0; i < self->intervals->n_intervals; i++)
        {
          guint64 figure = get_figure (self->intervals, i, column);

          if (figure > most)
            {
              largest = i;
              most = figure;
            }
        }
      text = lens_interval_rows_write_text (self->intervals, largest, column);
      self->chars[column] = MAX (self->chars[column], (guint) g_utf8_strlen (text, -1));
    }
}

void
lens_interval_rows_take (LensIntervalRows *self, LensChartIntervals *intervals)
{
  g_clear_pointer (&self->intervals, lens_chart_intervals_unref);
  self->intervals = intervals;
  if (self->order.column >= intervals->n_series + LENS_INTERVAL_COLUMNS)
    self->order = (LensIntervalOrder){ 0 };
  sort_rows (self);
  if (intervals->n_intervals > 0)
    count_chars (self);
}

void
lens_interval_rows_sort (LensIntervalRows *self, LensIntervalOrder order)
{
  self->order = order;
  sort_rows (self);
}

guint
lens_interval_rows_get_n (LensIntervalRows *self)
{
  return self->sorted->len;
}

LensChartIntervals *
lens_interval_rows_get_intervals (LensIntervalRows *self)
{
  return self->intervals;
}

guint
lens_interval_rows_get_interval (LensIntervalRows *self, guint position)
{
  g_return_val_if_fail (position < self->sorted->len, 0);
  return g_array_index (self->sorted, guint, position);
}

guint
lens_interval_rows_get_chars (LensIntervalRows *self, guint column)
{
  g_return_val_if_fail (column < MAX_COLUMNS, 0);
  return self->chars[column];
}

char *
lens_interval_rows_write_text (gpointer intervals, guint interval, guint column)
{
  if (column == 0)
    return lens_chart_intervals_write_time (intervals, interval);
  if (column == 1)
    return lens_format_count (lens_chart_intervals_get_total (intervals, interval));
  return lens_chart_intervals_write_rate (intervals, interval, column - LENS_INTERVAL_COLUMNS);
}
