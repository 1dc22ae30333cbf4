#include "lens-series-reducer.h"

gboolean
lens_series_reducer_begin (LensSeriesReducer *reducer,
                           gsize n_expected,
                           gint64 first_ns,
                           gint64 last_ns,
                           gsize n_columns)
{
  gboolean keeps_all = n_expected / 4 < n_columns || n_expected == 4 * n_columns;
  /* Times ascend: the difference fits an unsigned number. One more, so that the last time is inside the last column. */
  double span_ns = (double) ((guint64) last_ns - (guint64) first_ns) + 1.0;

  gsize n_room = MAX (keeps_all ? n_expected : 4 * n_columns, 1);

  *reducer = (LensSeriesReducer){
    .first_ns = first_ns,
    .columns_per_ns = (double) n_columns / span_ns,
    .n_columns = keeps_all ? 0 : n_columns,
    .points = g_try_new (LensSeriesPoint, n_room),
    .n_room = n_room,
  };
  return reducer->points != NULL;
}

static void
add_point (LensSeriesReducer *reducer, const LensSeriesPoint *point)
{
  g_return_if_fail (reducer->n_points < reducer->n_room);
  reducer->points[reducer->n_points++] = *point;
}

/* Adds the packets that stand for the column, each once, in time order. */
static void
flush_column (LensSeriesReducer *reducer)
{
  const LensSeriesExtreme *low = &reducer->smallest;
  const LensSeriesExtreme *high = &reducer->largest;
  const LensSeriesExtreme *ordered[4] = { &reducer->first, low, high, &reducer->last };
  gsize previous = G_MAXSIZE;

  if (!reducer->has_column)
    return;
  if (low->position > high->position)
    {
      ordered[1] = high;
      ordered[2] = low;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ordered); i++)
    {
      if (ordered[i]->position == previous)
        continue;
      previous = ordered[i]->position;
      add_point (reducer, &ordered[i]->point);
    }
  reducer->has_column = FALSE;
}

static gsize
find_column (const LensSeriesReducer *reducer, gint64 time_ns)
{
  gsize column
      = (gsize) ((double) ((guint64) time_ns - (guint64) reducer->first_ns) * reducer->columns_per_ns);

  return MIN (column, reducer->n_columns - 1);
}

/* A time not before @time_ns that is in the same column: mostly the last, where rounding has not moved it into the next. */
static gint64
estimate_last (const LensSeriesReducer *reducer, gint64 time_ns)
{
  double end_ns = (double) (reducer->column + 1) / reducer->columns_per_ns - 1;
  gint64 last_ns;

  if (end_ns >= (double) G_MAXINT64)
    return time_ns;
  last_ns = (gint64) ((guint64) reducer->first_ns + (guint64) MAX (end_ns, 0));
  return last_ns > time_ns && find_column (reducer, last_ns) == reducer->column ? last_ns : time_ns;
}

gboolean
lens_series_reducer_is_one_column (const LensSeriesReducer *reducer, gint64 from_ns, gint64 to_ns)
{
  return reducer->n_columns > 0 && find_column (reducer, from_ns) == find_column (reducer, to_ns);
}

void
lens_series_reducer_push (LensSeriesReducer *reducer, gint64 time_ns, guint64 payload_bytes)
{
  LensSeriesExtreme packet
      = { .point = { .time_ns = time_ns, .payload_bytes = payload_bytes }, .position = reducer->n++ };
  gsize column = reducer->column;

  if (reducer->n_columns == 0)
    {
      add_point (reducer, &packet.point);
      return;
    }

  if (!reducer->has_column || time_ns > reducer->column_last_ns)
    column = find_column (reducer, time_ns);
  if (!reducer->has_column || column != reducer->column)
    {
      flush_column (reducer);
      reducer->column = column;
      reducer->column_last_ns = estimate_last (reducer, time_ns);
      reducer->first = reducer->smallest = reducer->largest = packet;
      reducer->has_column = TRUE;
    }
  else if (payload_bytes < reducer->smallest.point.payload_bytes)
    reducer->smallest = packet;
  else if (payload_bytes > reducer->largest.point.payload_bytes)
    reducer->largest = packet;
  reducer->last = packet;
}

LensSeriesPoint *
lens_series_reducer_end (LensSeriesReducer *reducer, gsize *n_points)
{
  flush_column (reducer);
  *n_points = reducer->n_points;
  reducer->n_points = 0;
  if (*n_points == 0)
    g_clear_pointer (&reducer->points, g_free);
  return g_steal_pointer (&reducer->points);
}

LensSeriesPoint *
lens_series_reduce (const gint64 *time_ns, const guint32 *payload_bytes, gsize n, gsize *n_points)
{
  LensSeriesReducer reducer;

  if (!lens_series_reducer_begin (&reducer, n, n > 0 ? time_ns[0] : 0, n > 0 ? time_ns[n - 1] : 0,
                                  LENS_SERIES_COLUMNS))
    {
      *n_points = 0;
      return NULL;
    }
  for (gsize i = 0; i < n; i++)
    lens_series_reducer_push (&reducer, time_ns[i], payload_bytes[i]);
  return lens_series_reducer_end (&reducer, n_points);
}

LensSeriesPoint *
lens_series_points_reduce (const LensSeriesPoint *points, gsize n, gsize n_columns, gsize *n_points)
{
  LensSeriesReducer reducer;

  if (!lens_series_reducer_begin (&reducer, n, n > 0 ? points[0].time_ns : 0,
                                  n > 0 ? points[n - 1].time_ns : 0, MAX (n_columns, 1)))
    {
      *n_points = 0;
      return NULL;
    }
  for (gsize i = 0; i < n; i++)
    lens_series_reducer_push (&reducer, points[i].time_ns, points[i].payload_bytes);
  return lens_series_reducer_end (&reducer, n_points);
}

gsize
lens_series_points_find (const LensSeriesPoint *points, gsize n, gint64 time_ns)
{
  gsize low = 0;
  gsize high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (points[middle].time_ns < time_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
