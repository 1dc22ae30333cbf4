#include "lens-time-order.h"

#include <string.h>

/* Runs shorter than this are made longer by insertion, so that disorder among neighbours makes no long list of runs. */
#define SHORTEST_RUN 32

/* Extends the run that begins at @first, by insertion where it is too short. Returns its end. */
static gsize
take_run (guint32 *order, const gint64 *time_ns, gsize first, gsize n)
{
  gsize end = first + 1;
  gsize enough = MIN (n, first + SHORTEST_RUN);

  while (end < n && time_ns[order[end]] >= time_ns[order[end - 1]])
    end++;
  for (; end < enough; end++)
    {
      guint32 position = order[end];
      gsize place = end;

      for (; place > first && time_ns[order[place - 1]] > time_ns[position]; place--)
        order[place] = order[place - 1];
      order[place] = position;
    }
  return end;
}

/* Merges @order[first .. middle) with @order[middle .. end), both in order, with room for as many in @spare. */
static void
merge (guint32 *order, guint32 *spare, const gint64 *time_ns, gsize first, gsize middle, gsize end)
{
  gsize n_left = middle - first;
  gsize left = 0;
  gsize right = middle;

  /* Runs that follow each other are the usual case: files of a ring buffer. */
  if (time_ns[order[middle - 1]] <= time_ns[order[middle]])
    return;
  memcpy (spare, order + first, n_left * sizeof *spare);
  for (gsize to = first; left < n_left; to++)
    {
      if (right < end && time_ns[order[right]] < time_ns[spare[left]])
        order[to] = order[right++];
      else
        order[to] = spare[left++];
    }
}

/* The ends of the runs in @order. */
static GArray *
find_runs (guint32 *order, const gint64 *time_ns, gsize n)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize first = 0; first < n;)
    {
      first = take_run (order, time_ns, first, n);
      g_array_append_val (ends, first);
    }
  return ends;
}

/* Merges neighbours until one run is left. */
static void
merge_runs (GArray *ends, guint32 *order, guint32 *spare, const gint64 *time_ns)
{
  while (ends->len > 1)
    {
      guint n_kept = 0;
      gsize first = 0;

      for (guint i = 0; i < ends->len; i += 2)
        {
          gsize middle = g_array_index (ends, gsize, i);
          gsize end = middle;

          if (i + 1 < ends->len)
            {
              end = g_array_index (ends, gsize, i + 1);
              merge (order, spare, time_ns, first, middle, end);
            }
          g_array_index (ends, gsize, n_kept++) = end;
          first = end;
        }
      g_array_set_size (ends, n_kept);
    }
}

guint32 *
lens_time_order_new (const gint64 *time_ns, gsize n)
{
  g_autofree guint32 *order = g_try_new (guint32, MAX (n, 1));
  g_autofree guint32 *spare = g_try_new (guint32, MAX (n, 1));
  g_autoptr (GArray) ends = NULL;

  if (order == NULL || spare == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;
  ends = find_runs (order, time_ns, n);
  merge_runs (ends, order, spare, time_ns);
  return g_steal_pointer (&order);
}
