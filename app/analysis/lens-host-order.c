#include "lens-host-order.h"

#include <stdlib.h>

static int
compare_host_addresses (gconstpointer a, gconstpointer b, gpointer hosts)
{
  const LensHost *items = hosts;

  return lens_address_compare (&items[*(const guint32 *) a].address, &items[*(const guint32 *) b].address);
}

LensHostOrder *
lens_host_order_new (LensHostsView hosts)
{
  LensHostOrder *order = g_new0 (LensHostOrder, 1);

  order->hosts = g_try_new (guint32, MAX (hosts.n, 1));
  order->ranks = g_try_new (guint32, MAX (hosts.n, 1));
  if (order->hosts == NULL || order->ranks == NULL)
    {
      lens_host_order_free (order);
      return NULL;
    }

  for (gsize i = 0; i < hosts.n; i++)
    order->hosts[i] = (guint32) i;
  /* Unlike GLib's, this does with the memory there is. */
  qsort_r (order->hosts, hosts.n, sizeof *order->hosts, compare_host_addresses, (gpointer) hosts.items);
  for (gsize i = 0; i < hosts.n; i++)
    order->ranks[order->hosts[i]] = (guint32) i;
  return order;
}

void
lens_host_order_free (LensHostOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->hosts);
  g_free (order->ranks);
  g_free (order);
}
