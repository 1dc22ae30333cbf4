#include "lens-time-bins.h"

#define NS_PER_SECOND G_GUINT64_CONSTANT (1000000000)

/* @time_ns and so much before or after it, or the end of time. */
static gint64
move (gint64 time_ns, guint64 back_ns, guint64 forth_ns)
{
  guint64 room_before = (guint64) time_ns - (guint64) G_MININT64;
  guint64 room_after = (guint64) G_MAXINT64 - (guint64) time_ns;

  if (back_ns > forth_ns)
    return back_ns - forth_ns > room_before ? G_MININT64
                                            : (gint64) ((guint64) time_ns - (back_ns - forth_ns));
  return forth_ns - back_ns > room_after ? G_MAXINT64 : (gint64) ((guint64) time_ns + (forth_ns - back_ns));
}

LensTimeBins *
lens_time_bins_new (gint64 first_ns, gint64 last_ns)
{
  LensTimeBins *bins = g_try_new0 (LensTimeBins, 1);
  guint64 span_ns = (guint64) last_ns - (guint64) first_ns;
  guint64 spare_ns;

  if (bins == NULL)
    return NULL;
  g_atomic_ref_count_init (&bins->ref_count);
  bins->width_ns = (span_ns == 0 ? NS_PER_SECOND : span_ns) / LENS_TIME_BINS_N + 1;
  /* What all bins have more than the capture: half of it on each side, or, where it is less than a bin, behind: what begins with a day
   * does not begin on the day before. Unsigned arithmetic wraps where the bins are longer
   * than time is, and the difference is right again. */
  spare_ns = bins->width_ns * LENS_TIME_BINS_N - span_ns - 1;
  bins->start_ns = spare_ns < bins->width_ns ? first_ns : move (first_ns, spare_ns / 2, 0);
  return bins;
}

LensTimeBins *
lens_time_bins_ref (LensTimeBins *bins)
{
  g_atomic_ref_count_inc (&bins->ref_count);
  return bins;
}

void
lens_time_bins_unref (LensTimeBins *bins)
{
  if (g_atomic_ref_count_dec (&bins->ref_count))
    g_free (bins);
}

/* The last moment of a bin; after the last one's nothing comes. */
static gint64
get_end (const LensTimeBins *bins, gsize position)
{
  return position + 1 < LENS_TIME_BINS_N ? lens_time_bins_get_last (bins, position) : G_MAXINT64;
}

/* Rows are in time order: those of a bin are beside each other. */
static void
add_rows (LensTimeBins *bins, const LensPacketColumns *columns, const guint8 *passes, gsize first, gsize end)
{
  gsize row = first;

  while (row < end)
    {
      gsize position = lens_time_bins_find (bins, columns->time_ns[row]);
      gint64 last_ns = get_end (bins, position);
      LensTimeBin bin = bins->bins[position];

      for (; row < end && columns->time_ns[row] <= last_ns; row++)
        {
          guint64 counts = passes == NULL || passes[columns->flow[row]] != 0 ? 1 : 0;

          bin.packets += counts;
          bin.wire_bytes += counts * columns->wire_bytes[row];
        }
      bins->bins[position] = bin;
    }
}

/* The same of a set, which goes from one of its rows to the next. */
static void
add_rows_of_set (LensTimeBins *bins,
                 const LensPacketColumns *columns,
                 const guint8 *passes,
                 const LensRowSet *rows,
                 gsize first,
                 gsize end)
{
  gint64 last_ns = G_MININT64;
  LensTimeBin *bin = NULL;

  for (gsize row = lens_row_set_next (rows, first, end); row < end;
       row = lens_row_set_next (rows, row + 1, end))
    {
      if (passes != NULL && passes[columns->flow[row]] == 0)
        continue;
      if (bin == NULL || columns->time_ns[row] > last_ns)
        {
          gsize position = lens_time_bins_find (bins, columns->time_ns[row]);

          bin = &bins->bins[position];
          last_ns = get_end (bins, position);
        }
      bin->packets++;
      bin->wire_bytes += columns->wire_bytes[row];
    }
}

void
lens_time_bins_add_rows (LensTimeBins *bins,
                         const LensPacketColumns *columns,
                         const guint8 *passes,
                         const LensRowSet *rows,
                         gsize first,
                         gsize end)
{
  if (rows == NULL)
    add_rows (bins, columns, passes, first, end);
  else
    add_rows_of_set (bins, columns, passes, rows, first, end);
}

gsize
lens_time_bins_find (const LensTimeBins *bins, gint64 time_ns)
{
  if (time_ns <= bins->start_ns)
    return 0;
  return (gsize) MIN (((guint64) time_ns - (guint64) bins->start_ns) / bins->width_ns, LENS_TIME_BINS_N - 1);
}

gint64
lens_time_bins_get_first (const LensTimeBins *bins, gsize position)
{
  return move (bins->start_ns, 0, position * bins->width_ns);
}

gint64
lens_time_bins_get_last (const LensTimeBins *bins, gsize position)
{
  return move (lens_time_bins_get_first (bins, position), 0, bins->width_ns - 1);
}

LensTimeSpan
lens_time_bins_get_span (const LensTimeBins *bins)
{
  return (LensTimeSpan){ lens_time_bins_get_first (bins, 0),
                         lens_time_bins_get_last (bins, LENS_TIME_BINS_N - 1) };
}

gsize
lens_time_bins_get_group (gsize max_columns)
{
  gsize group = 1;

  while (LENS_TIME_BINS_N / group > MAX (max_columns, 1))
    group *= 2;
  return group;
}

void
lens_time_bins_sum (const LensTimeBins *bins, gsize group, LensTimeBin *columns)
{
  for (gsize i = 0; i < LENS_TIME_BINS_N / group; i++)
    {
      columns[i] = (LensTimeBin){ 0 };
      for (gsize j = i * group; j < (i + 1) * group; j++)
        {
          columns[i].packets += bins->bins[j].packets;
          columns[i].wire_bytes += bins->bins[j].wire_bytes;
        }
    }
}
