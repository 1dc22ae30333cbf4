/* Which nodes of a graph that is drawn small have names, and where those are: the strongest first, each where there is room beside the place that
 * the layout has for it. The others are dots, which keep out from under the names. A plain calculation; any thread. */
#pragma once

#include "lens-layout.h"

G_BEGIN_DECLS

/* Of @n_nodes nodes, one each; they live as long as it is worked with. */
typedef struct
{
  gsize n_nodes;
  LensPoint *points;     /* where the layout has them, and where they are drawn then */
  const LensSize *sizes; /* of their names */
  const double *dots;    /* across, of those without a name */
  const guint8 *ranks;   /* LensNameRank */
  guint8 *is_mark;       /* (out): is drawn as a dot */
} LensGraphNames;

typedef enum
{
  LENS_NAME_FIXED, /* somebody put it there: it is named before all others and stays */
  LENS_NAME_FIRST, /* gives way as far as it takes to be named */
  LENS_NAME_PLAIN,
  LENS_NAME_LATER,
  LENS_N_NAME_RANKS
} LensNameRank;

/* Gives names in the order of the ranks, in each of the nodes' own, and moves nodes, but for the fixed ones, by no more than a name's height or so. */
void lens_graph_names_place (LensGraphNames *names);

/* Gives them anew, with nodes where they are by now; to @foremost, -1 for none, before all others. That one moves where it can keep its dot's place
 * within its name and leave room for those that are fixed or first. */
void lens_graph_names_choose (LensGraphNames *names, gssize foremost);

G_END_DECLS
