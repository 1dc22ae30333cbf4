/* One Ethernet frame of a capture made up for measuring. Pure; any thread. */
#pragma once

#include <glib.h>

/* No frame is longer. */
#define BENCH_FRAME_MAX 2048

enum
{
  BENCH_PROTOCOL_ARP = 0, /* not an IP protocol: this number is free here */
  BENCH_PROTOCOL_ICMP = 1,
  BENCH_PROTOCOL_TCP = 6,
  BENCH_PROTOCOL_UDP = 17,
};

/* What a frame's headers say. */
typedef struct
{
  guint32 source;
  guint32 destination;
  guint16 source_port;
  guint16 destination_port;
  guint8 protocol;
  gboolean is_ipv6;
  guint16 ip_id;
  guint32 tcp_sequence;
  guint32 tcp_acknowledgement;
} BenchFrame;

/* Writes @frame with @n_payload zero bytes above its transport header to @at, which has BENCH_FRAME_MAX bytes, zero beyond
 * the first 96 of them; returns how long it is. @n_payload: at most 1500. */
gsize bench_frame_write (const BenchFrame *frame, gsize n_payload, guint8 *at);
