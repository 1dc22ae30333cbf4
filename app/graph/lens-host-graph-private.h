/* A host graph from totals of one's own: what lens_host_graph_new() and the tests are made of. Any thread. */
#pragma once

#include "lens-host-graph.h"

G_BEGIN_DECLS

/* @hosts and @connections: as those of an analysis, in any order, every host and connection once. (transfer full) */
LensHostGraph *lens_host_graph_new_from_totals (const LensHostTotals *hosts,
                                                gsize n_hosts,
                                                const LensConnectionTotals *connections,
                                                gsize n_connections,
                                                const LensHostGraphOptions *options);

G_END_DECLS
