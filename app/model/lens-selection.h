/* What a filter selects in one packet table. Immutable, reference counted, any thread.
 *
 * Hosts, subnets, connections, flows, layers, protocols and ports are answered by flows, a span of time by the rows in it (found by binary
 * search), a BPF expression by a row set that somebody who can read the file has made.
 */
#pragma once

#include "lens-filter.h"
#include "lens-packet-table.h"
#include "lens-row-set.h"

G_BEGIN_DECLS

typedef struct
{
  gsize first;
  gsize end; /* the one after the last */
} LensRowRange;

/* A row is selected where its flow passes, it is in one of the ranges, and in the set, if there is one. */
typedef struct
{
  const guint8 *flows;        /* one byte a flow, 1 where it passes */
  const LensRowRange *ranges; /* none is empty, none touches another; ascending */
  gsize n_ranges;
  const LensRowSet *rows; /* (nullable) */
  gboolean is_by_flows;   /* flows alone say it: there is one range, of all rows, and no set */
} LensSelectionView;

typedef struct _LensSelection LensSelection;

/* @bpf_sets: (nullable) where @filter has no BPF term that has an effect, else (element-type LensRowSet): the rows that each of them
 * is true for, in the order of the terms. (transfer full); NULL when memory runs out, and only then. */
LensSelection *
lens_selection_new (const LensFilter *filter, const LensPacketTable *table, const GPtrArray *bpf_sets);
LensSelection *lens_selection_ref (LensSelection *selection);
void lens_selection_unref (LensSelection *selection);

/* Lives as long as @selection. */
LensSelectionView lens_selection_get_view (const LensSelection *selection);

/* Whether every flow passes. */
gboolean lens_selection_has_all_flows (const LensSelection *selection);

/* Whether a row of @columns, which are the table's, is selected. */
gboolean lens_selection_has_row (const LensSelection *selection, const LensPacketColumns *columns, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensSelection, lens_selection_unref)

G_END_DECLS
