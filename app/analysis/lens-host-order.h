/* The hosts of a table in the order of their addresses: worked out once, so that what is sorted by address later only compares numbers.
 * Immutable, any thread. */
#pragma once

#include "lens-packet-table.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 *hosts; /* place -> host index */
  guint32 *ranks; /* host index -> place */
} LensHostOrder;

/* (transfer full); NULL when memory runs out. */
LensHostOrder *lens_host_order_new (LensHostsView hosts);
void lens_host_order_free (LensHostOrder *order);

G_END_DECLS
