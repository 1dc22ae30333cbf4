/* Where each node of a host graph is drawn: asked of Graphviz in a helper process of its own.
 *
 * The helper (packetlens-layout) is killed on cancel and when it takes too long; whatever it does, the caller gets positions
 * or an error. Main thread, or any with a main context.
 */
#pragma once

#include "lens-host-graph.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A layout that takes longer is given up. */
#define LENS_LAYOUT_TIME_LIMIT_MS 15000

typedef struct
{
  double x; /* centre of the node, points, to the right */
  double y; /* centre of the node, points, down */
} LensPoint;

/* Which Graphviz engine. */
typedef enum
{
  LENS_LAYOUT_SFDP,
  LENS_LAYOUT_FDP,
  LENS_LAYOUT_NEATO,
  LENS_LAYOUT_DOT,
  LENS_LAYOUT_TWOPI,
  LENS_LAYOUT_CIRCO,
  LENS_N_LAYOUTS
} LensLayoutEngine;

typedef struct
{
  const char *id;   /* Graphviz's name of it */
  const char *name; /* for people, to be translated with _() */
  gsize max_hosts;  /* more would take too long; or groups of them. The other hosts are one node more */
} LensLayoutEngineInfo;

/* A row of the registry. */
const LensLayoutEngineInfo *lens_layout_engine_get_info (LensLayoutEngine engine);

/* Whether it has no more hosts than that. */
gboolean lens_layout_engine_can_do (LensLayoutEngine engine, const LensHostGraph *graph);

/* The size of a node as drawn, points. */
typedef struct
{
  double width;
  double height;
} LensSize;

/* @sizes: one a node. Errors: LENS_ERROR_LAYOUT (helper missing, crashed, hung, nonsense reply), G_IO_ERROR_CANCELLED. */
void lens_layout_run_async (LensHostGraph *graph,
                            const LensSize *sizes,
                            LensLayoutEngine engine,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* (transfer full) one point a node, the top left of all nodes at about (0, 0); g_free(). */
LensPoint *lens_layout_run_finish (GAsyncResult *result, gsize *n_points, GError **error);

/* Without a helper: nodes on a circle, strongest first; what is shown when a layout failed. (transfer full) */
LensPoint *lens_layout_circle (gsize n_nodes, const LensSize *sizes);

G_END_DECLS
