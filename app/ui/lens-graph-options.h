/* What the connection graph leaves out: a popover. Main thread.
 *
 * Signal "changed": the person chose something else.
 */
#pragma once

#include "lens-host-graph.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_GRAPH_OPTIONS (lens_graph_options_get_type ())
G_DECLARE_FINAL_TYPE (LensGraphOptions, lens_graph_options, LENS, GRAPH_OPTIONS, GtkPopover)

/* Writes what is chosen into @options, and leaves what is chosen elsewhere alone. */
void lens_graph_options_apply (LensGraphOptions *popover, LensHostGraphOptions *options);

/* What the least weight is counted in. */
void lens_graph_options_set_weight (LensGraphOptions *popover, LensWeight weight);

G_END_DECLS
