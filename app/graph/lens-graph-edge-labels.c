#include "lens-graph-edge-labels.h"

#include <math.h>

/* What is taken is found through a grid, else every label would be compared with every other. */
#define CELL_SIZE 80.0
#define MAX_CELLS_ACROSS 256

typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} Box;

typedef struct
{
  Box extents;
  double cell_width;
  double cell_height;
  int n_columns;
  int n_rows;
  GArray **cells; /* (element-type Box) (nullable): what is taken in a cell */
} Grid;

static Box
box_around (LensPoint centre, LensSize size)
{
  return (Box){ centre.x - size.width / 2, centre.y - size.height / 2, centre.x + size.width / 2,
                centre.y + size.height / 2 };
}

static int
count_cells (double length)
{
  return (int) CLAMP (ceil (length / CELL_SIZE), 1, MAX_CELLS_ACROSS);
}

static Grid
grid_new (const LensPoint *points, const LensSize *sizes, gsize n_nodes)
{
  Grid grid = { .extents = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE } };
  double width, height;

  for (gsize i = 0; i < n_nodes; i++)
    {
      Box box = box_around (points[i], sizes[i]);

      grid.extents.left = MIN (grid.extents.left, box.left);
      grid.extents.top = MIN (grid.extents.top, box.top);
      grid.extents.right = MAX (grid.extents.right, box.right);
      grid.extents.bottom = MAX (grid.extents.bottom, box.bottom);
    }
  width = MAX (grid.extents.right - grid.extents.left, 1);
  height = MAX (grid.extents.bottom - grid.extents.top, 1);
  grid.n_columns = count_cells (width);
  grid.n_rows = count_cells (height);
  grid.cell_width = width / grid.n_columns;
  grid.cell_height = height / grid.n_rows;
  grid.cells = g_new0 (GArray *, (gsize) grid.n_columns * (gsize) grid.n_rows);
  return grid;
}

static void
grid_clear (Grid *grid)
{
  for (gsize i = 0; i < (gsize) grid->n_columns * (gsize) grid->n_rows; i++)
    g_clear_pointer (&grid->cells[i], g_array_unref);
  g_free (grid->cells);
}

/* Cells that @box lies in; what is outside of the grid counts to its rim. */
static void
find_cells (const Grid *grid, const Box *box, int first[2], int last[2])
{
  first[0] = (int) CLAMP ((box->left - grid->extents.left) / grid->cell_width, 0, grid->n_columns - 1);
  first[1] = (int) CLAMP ((box->top - grid->extents.top) / grid->cell_height, 0, grid->n_rows - 1);
  last[0] = (int) CLAMP ((box->right - grid->extents.left) / grid->cell_width, 0, grid->n_columns - 1);
  last[1] = (int) CLAMP ((box->bottom - grid->extents.top) / grid->cell_height, 0, grid->n_rows - 1);
}

static void
grid_take (Grid *grid, const Box *box)
{
  int first[2], last[2];

  find_cells (grid, box, first, last);
  for (int row = first[1]; row <= last[1]; row++)
    for (int column = first[0]; column <= last[0]; column++)
      {
        GArray **cell = &grid->cells[row * grid->n_columns + column];

        if (*cell == NULL)
          *cell = g_array_new (FALSE, FALSE, sizeof (Box));
        g_array_append_vals (*cell, box, 1);
      }
}

static gboolean
is_taken_in_cell (const GArray *cell, const Box *box)
{
  for (guint i = 0; cell != NULL && i < cell->len; i++)
    {
      const Box *other = &g_array_index (cell, Box, i);

      if (box->left < other->right && box->right > other->left && box->top < other->bottom
          && box->bottom > other->top)
        return TRUE;
    }
  return FALSE;
}

static gboolean
grid_is_taken (const Grid *grid, const Box *box)
{
  int first[2], last[2];

  find_cells (grid, box, first, last);
  for (int row = first[1]; row <= last[1]; row++)
    for (int column = first[0]; column <= last[0]; column++)
      if (is_taken_in_cell (grid->cells[row * grid->n_columns + column], box))
        return TRUE;
  return FALSE;
}

/* From the middle outwards, a little nearer to the destination first: beside its arrow. */
static LensEdgeLabel
place (Grid *grid, const LensEdgePath *path, LensSize size)
{
  static const guint shares[] = { 50, 58, 42, 66, 34, 74, 26, 82, 18 };
  LensEdgeLabel label = { .is_shown = FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (shares) && path->is_visible; i++)
    {
      LensPoint centre = path->points[(LENS_EDGE_PATH_POINTS - 1) * shares[i] / 100];
      Box box = box_around (centre, size);

      if (grid_is_taken (grid, &box))
        continue;
      grid_take (grid, &box);
      return (LensEdgeLabel){ .centre = centre, .is_shown = TRUE };
    }
  return label;
}

LensEdgeLabel *
lens_edge_labels_place (const LensEdgePath *paths,
                        const LensSize *label_sizes,
                        gsize n_edges,
                        const guint8 *first,
                        const LensPoint *points,
                        const LensSize *sizes,
                        gsize n_nodes)
{
  LensEdgeLabel *labels = g_new0 (LensEdgeLabel, MAX (n_edges, 1));
  Grid grid;

  if (n_nodes == 0)
    return labels;
  grid = grid_new (points, sizes, n_nodes);
  for (gsize i = 0; i < n_nodes; i++)
    {
      Box box = box_around (points[i], sizes[i]);

      grid_take (&grid, &box);
    }
  for (guint pass = 0; pass < 2; pass++)
    for (gsize i = 0; i < n_edges; i++)
      if ((first != NULL && first[i] != 0) == (pass == 0))
        labels[i] = place (&grid, &paths[i], label_sizes[i]);
  grid_clear (&grid);
  return labels;
}
