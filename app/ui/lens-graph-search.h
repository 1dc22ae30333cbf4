/* The bar that finds hosts in the graph: by the beginning of an address, a subnet, or part of a name. Main thread.
 *
 * Signals: "found" (const LensAddress *address, gboolean adds) -> gboolean: a host is found; the handler shows it and returns TRUE, or
 * FALSE when it isn't in the graph and @adds does not allow to add it. "closed": nobody searches any more.
 */
#pragma once

#include "lens-analysis.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_GRAPH_SEARCH (lens_graph_search_get_type ())
G_DECLARE_FINAL_TYPE (LensGraphSearch, lens_graph_search, LENS, GRAPH_SEARCH, GtkBox)

/* Property "is-open" (boolean). */

/* Where hosts are looked for. @whole: (transfer none) (nullable), kept. */
void lens_graph_search_set_whole (LensGraphSearch *search, LensAnalysis *whole);

/* Finds the same host again, for a graph that has others now. */
void lens_graph_search_refresh (LensGraphSearch *search);

/* Opens it and puts the keys there. */
void lens_graph_search_open (LensGraphSearch *search);

G_END_DECLS
