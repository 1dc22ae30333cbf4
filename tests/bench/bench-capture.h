/* A capture made up for measuring, with the shapes of real traffic at scale. */
#pragma once

#include <glib.h>

/* Writes a pcap file of @n_packets Ethernet packets between @n_hosts hosts. Few hosts and flows carry most of it: TCP 79 %,
 * UDP 18 %, ICMP 1 %, ARP 2 % of the flows, one in ten IPv6, about fifty packets a flow; two packets in five are full
 * frames. The same arguments give the same bytes. */
gboolean
bench_capture_write (const char *path, guint64 n_packets, guint32 n_hosts, guint64 seed, GError **error);
