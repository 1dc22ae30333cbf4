#include "lens-graph-names.h"

#include <math.h>
#include <string.h>

#define GAP 4

/* How far a node may be drawn from its place to get its name: hardly more than a name is high. */
#define REACH_X 36
#define REACH_Y 34

/* Beyond what the graph would take by itself, which is as much as there is room for at its rim. */
#define RIM 6

typedef struct
{
  LensGraphNames *names;
  gsize *named; /* owned: the nodes that have their names so far */
  gsize n_named;
  gboolean has_rim; /* all names lie between these two */
  LensPoint from;
  LensPoint to;
} Placing;

static void
placing_init (Placing *placing, LensGraphNames *names)
{
  placing->names = names;
  placing->named = g_new (gsize, names->n_nodes + 1);
  placing->n_named = 0;
  placing->has_rim = TRUE;
  placing->from = (LensPoint){ G_MAXDOUBLE, G_MAXDOUBLE };
  placing->to = (LensPoint){ -G_MAXDOUBLE, -G_MAXDOUBLE };
  for (gsize i = 0; i < names->n_nodes; i++)
    {
      const LensPoint *point = &names->points[i];
      const LensSize *size = &names->sizes[i];

      placing->from.x = MIN (placing->from.x, point->x - size->width / 2 - RIM);
      placing->from.y = MIN (placing->from.y, point->y - size->height / 2 - RIM);
      placing->to.x = MAX (placing->to.x, point->x + size->width / 2 + RIM);
      placing->to.y = MAX (placing->to.y, point->y + size->height / 2 + RIM);
    }
}

static gboolean
is_within (const Placing *placing, const LensPoint *at, double width, double height)
{
  if (!placing->has_rim)
    return TRUE;
  return at->x - width / 2 >= placing->from.x && at->x + width / 2 <= placing->to.x
         && at->y - height / 2 >= placing->from.y && at->y + height / 2 <= placing->to.y;
}

/* Whether what is @width x @height about @at keeps its distance from the names there are. */
static gboolean
has_room (const Placing *placing, const LensPoint *at, double width, double height)
{
  const LensGraphNames *names = placing->names;
  /* What was moved to where it just doesn't touch has room there. */
  const double gap = GAP - 0.001;

  for (gsize i = 0; i < placing->n_named; i++)
    {
      const LensPoint *other = &names->points[placing->named[i]];
      const LensSize *size = &names->sizes[placing->named[i]];

      if (fabs (at->x - other->x) < (width + size->width) / 2 + gap
          && fabs (at->y - other->y) < (height + size->height) / 2 + gap)
        return FALSE;
    }
  return TRUE;
}

/* Takes @at for the best place if it is nearer to the node's own than that and there is room. */
static void
consider (const Placing *placing,
          const LensPoint *own,
          const LensPoint *at,
          double width,
          double height,
          LensPoint *best,
          double *best_distance)
{
  double distance = fabs (at->x - own->x) + fabs (at->y - own->y);

  if (distance >= *best_distance || !is_within (placing, at, width, height)
      || !has_room (placing, at, width, height))
    return;
  *best = *at;
  *best_distance = distance;
}

/* The nearest place for what is @width x @height where it touches no name, within @reach of @point, straight up, down or aside. FALSE: there is none. */
static gboolean
find_room (const Placing *placing, LensPoint *point, double width, double height, LensPoint reach)
{
  const LensGraphNames *names = placing->names;
  LensPoint best = *point;
  double best_distance = G_MAXDOUBLE;

  if (has_room (placing, point, width, height))
    return TRUE;
  for (gsize i = 0; i < placing->n_named; i++)
    {
      const LensPoint *other = &names->points[placing->named[i]];
      const LensSize *size = &names->sizes[placing->named[i]];
      double away_x = (width + size->width) / 2 + GAP, away_y = (height + size->height) / 2 + GAP;

      for (int side = -1; side <= 1; side += 2)
        {
          LensPoint beside = { other->x + side * away_x, point->y };
          LensPoint above = { point->x, other->y + side * away_y };

          if (fabs (other->y - point->y) < away_y && fabs (beside.x - point->x) <= reach.x)
            consider (placing, point, &beside, width, height, &best, &best_distance);
          if (fabs (other->x - point->x) < away_x && fabs (above.y - point->y) <= reach.y)
            consider (placing, point, &above, width, height, &best, &best_distance);
        }
    }
  *point = best;
  return best_distance < G_MAXDOUBLE;
}

static void
name (Placing *placing, gsize node)
{
  placing->named[placing->n_named++] = node;
  placing->names->is_mark[node] = 0;
}

/* What has to be named may go somewhat further. */
static LensPoint
get_reach (const LensGraphNames *names, gsize node)
{
  double more = names->ranks[node] == LENS_NAME_FIRST ? 2 : 1;

  return names->ranks[node] == LENS_NAME_FIXED ? (LensPoint){ 0, 0 }
                                               : (LensPoint){ REACH_X * more, REACH_Y * more };
}

/* A dot that has a name drawn over it comes out at its side. */
static void
move_dots (const Placing *placing)
{
  LensGraphNames *names = placing->names;

  for (gsize i = 0; i < names->n_nodes; i++)
    if (names->is_mark[i] && names->ranks[i] != LENS_NAME_FIXED)
      (void) find_room (placing, &names->points[i], names->dots[i], names->dots[i],
                        (LensPoint){ REACH_X, REACH_Y });
}

void
lens_graph_names_place (LensGraphNames *names)
{
  Placing placing;

  placing_init (&placing, names);
  memset (names->is_mark, 1, names->n_nodes);
  for (int rank = 0; rank < LENS_N_NAME_RANKS; rank++)
    {
      placing.has_rim = rank != LENS_NAME_FIRST;
      for (gsize i = 0; i < names->n_nodes; i++)
        if (names->ranks[i] == rank
            && find_room (&placing, &names->points[i], names->sizes[i].width, names->sizes[i].height,
                          get_reach (names, i)))
          name (&placing, i);
    }
  move_dots (&placing);
  g_free (placing.named);
}

/* Moves @foremost away from names that are to stay, if it can. */
static void
make_room (Placing *placing, gsize foremost)
{
  LensGraphNames *names = placing->names;
  const LensSize *size = &names->sizes[foremost];
  double dot = names->dots[foremost];

  if (names->ranks[foremost] == LENS_NAME_FIXED)
    return;
  for (gsize i = 0; i < names->n_nodes; i++)
    if (i != foremost && names->ranks[i] <= LENS_NAME_FIRST)
      placing->named[placing->n_named++] = i;
  /* The pointer that rests on its dot is on its name then. */
  (void) find_room (placing, &names->points[foremost], size->width, size->height,
                    (LensPoint){ MAX (size->width - dot, 0) / 2, MAX (size->height - dot, 0) / 2 });
  placing->n_named = 0;
}

void
lens_graph_names_choose (LensGraphNames *names, gssize foremost)
{
  Placing placing;

  placing_init (&placing, names);
  memset (names->is_mark, 1, names->n_nodes);
  if (foremost >= 0)
    {
      make_room (&placing, (gsize) foremost);
      name (&placing, (gsize) foremost);
    }
  for (int rank = 0; rank < LENS_N_NAME_RANKS; rank++)
    for (gsize i = 0; i < names->n_nodes; i++)
      if (names->ranks[i] == rank && (gssize) i != foremost
          && has_room (&placing, &names->points[i], names->sizes[i].width, names->sizes[i].height))
        name (&placing, i);
  g_free (placing.named);
}
