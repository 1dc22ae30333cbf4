/* A capture made up for measuring, with the shapes of real traffic at scale. */
#pragma once

#include <glib.h>

typedef enum
{
  BENCH_SHAPE_NORMAL, /* two packets in five are full frames; about fifty packets a flow */
  BENCH_SHAPE_SMALL,  /* the same with at most 40 bytes of payload: more packets a byte */
  BENCH_SHAPE_SCAN,   /* nearly every packet is a flow of its own */
} BenchShape;

typedef struct
{
  guint64 n_packets;
  guint32 n_hosts; /* at least 2 */
  guint64 seed;
  BenchShape shape;
  gboolean is_pcapng; /* one interface, enhanced packet blocks; else pcap, microseconds */
} BenchCaptureSpec;

/* FALSE where @name is no shape: "normal", "small", "scan". */
gboolean bench_shape_parse (const char *name, BenchShape *shape);

/* Writes a file of Ethernet packets. Few hosts and flows carry most of it: TCP 79 %, UDP 18 %, ICMP 1 %, ARP 2 % of the
 * flows, one in ten IPv6. The same @spec gives the same bytes. Error: G_FILE_ERROR; what was written by then stays. */
gboolean bench_capture_write (const char *path, const BenchCaptureSpec *spec, GError **error);
