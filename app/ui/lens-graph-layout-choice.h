/* The choice of a layout: all there are, those that could not bear the graph insensitive and with the reason. Main thread. */
#pragma once

#include "lens-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Fills @drop_down, whose rows are the engines in their order. */
void lens_graph_layout_choice_set_up (GtkDropDown *drop_down);

/* Says of each engine whether it can bear a graph of @n_hosts. */
void lens_graph_layout_choice_set_n_hosts (GtkDropDown *drop_down, gsize n_hosts);

G_END_DECLS
