#include "lens-layout-spread.h"

#include <math.h>

/* How much of the way. */
#define SHARE 0.5

/* Where a node is on one axis. */
typedef struct
{
  double at;
  gsize node;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

/* Nodes at one place stay at one place: they get the middle of their ranks. */
static void
spread_axis (GArray *places)
{
  Place *sorted = (Place *) (gpointer) places->data;
  guint n = places->len;
  double first, length;

  g_array_sort (places, compare_places);
  first = sorted[0].at;
  length = sorted[n - 1].at - first;
  for (guint i = 0, end; i < n; i = end)
    {
      double rank, at = sorted[i].at;

      for (end = i + 1; end < n && sorted[end].at == at; end++)
        ;
      rank = i == 0 ? 0 : end == n ? n - 1 : (i + end - 1) / 2.0;
      for (guint j = i; j < end; j++)
        sorted[j].at = at + SHARE * (first + length * rank / MAX (n - 1, 1) - at);
    }
}

/* How much larger all has to be so that no two of @sizes overlap: where none did before, at most twice. */
static double
find_growth (const LensPoint *points, const LensSize *sizes, gsize n)
{
  double growth = 1;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < i; j++)
      {
        double dx = fabs (points[i].x - points[j].x), dy = fabs (points[i].y - points[j].y);
        double width = (sizes[i].width + sizes[j].width) / 2,
               height = (sizes[i].height + sizes[j].height) / 2;

        if (dx < width && dy < height)
          growth = MAX (growth, MIN (dx > 0 ? width / dx : G_MAXDOUBLE, dy > 0 ? height / dy : G_MAXDOUBLE));
      }
  /* A hair more, so that roundings don't matter. */
  return growth > 1 ? MIN (growth, 1 / (1 - SHARE)) * (1 + 1e-6) : 1;
}

void
lens_layout_spread (LensPoint *points, const LensSize *sizes, gsize n)
{
  double growth;

  g_autoptr (GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (Place), (guint) n);

  if (n == 0)
    return;
  for (gsize axis = 0; axis < 2; axis++)
    {
      g_array_set_size (places, 0);
      for (gsize i = 0; i < n; i++)
        {
          Place place = { axis == 0 ? points[i].x : points[i].y, i };

          g_array_append_val (places, place);
        }
      spread_axis (places);
      for (guint i = 0; i < places->len; i++)
        {
          const Place *place = &g_array_index (places, Place, i);

          *(axis == 0 ? &points[place->node].x : &points[place->node].y) = place->at;
        }
    }
  growth = find_growth (points, sizes, n);
  for (gsize i = 0; i < n; i++)
    points[i] = (LensPoint){ points[i].x * growth, points[i].y * growth };
}
