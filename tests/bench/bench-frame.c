#include "bench-frame.h"

#include <string.h>

#define ETHERNET_BYTES 14
#define SMALLEST_FRAME 60
#define HEADER_BYTES 96 /* no header reaches further */

#define PROTOCOL_ICMPV6 58

static void
put_u16 (guint8 *at, guint32 value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
}

static void
put_u32 (guint8 *at, guint32 value)
{
  put_u16 (at, value >> 16);
  put_u16 (at + 2, value);
}

/* The IP header, for @n_above bytes above it; returns how long it is. */
static gsize
put_ip (guint8 *at, const BenchFrame *frame, gsize n_above)
{
  if (frame->is_ipv6)
    {
      at[0] = 0x60;
      put_u16 (at + 4, (guint32) n_above);
      at[6] = frame->protocol == BENCH_PROTOCOL_ICMP ? PROTOCOL_ICMPV6 : frame->protocol;
      at[7] = 64;
      at[8] = at[24] = 0xfd;
      put_u32 (at + 20, frame->source);
      put_u32 (at + 36, frame->destination);
      return 40;
    }
  at[0] = 0x45;
  put_u16 (at + 2, (guint32) (20 + n_above));
  put_u16 (at + 4, frame->ip_id);
  at[8] = 64;
  at[9] = frame->protocol;
  put_u32 (at + 12, 0x0a000000 + frame->source);
  put_u32 (at + 16, 0x0a000000 + frame->destination);
  return 20;
}

static void
put_transport (guint8 *at, const BenchFrame *frame, gsize n_payload)
{
  if (frame->protocol == BENCH_PROTOCOL_ICMP)
    {
      at[0] = 8;
      return;
    }
  put_u16 (at, frame->source_port);
  put_u16 (at + 2, frame->destination_port);
  if (frame->protocol == BENCH_PROTOCOL_UDP)
    {
      put_u16 (at + 4, (guint32) (8 + n_payload));
      return;
    }
  put_u32 (at + 4, frame->tcp_sequence);
  put_u32 (at + 8, frame->tcp_acknowledgement);
  at[12] = 0x50;
  at[13] = n_payload > 0 ? 0x18 : 0x10;
  put_u16 (at + 14, 64240);
}

gsize
bench_frame_write (const BenchFrame *frame, gsize n_payload, guint8 *at)
{
  gsize n_transport = frame->protocol == BENCH_PROTOCOL_TCP ? 20 : 8;
  gsize n_ip;

  memset (at, 0, HEADER_BYTES);
  memcpy (at, "\2\0\0\0\0\1\2\0\0\0\0\2", 12);
  if (frame->protocol == BENCH_PROTOCOL_ARP)
    {
      put_u16 (at + 12, 0x0806);
      memcpy (at + ETHERNET_BYTES, "\0\1\10\0\6\4\0\1", 8);
      return SMALLEST_FRAME;
    }
  put_u16 (at + 12, frame->is_ipv6 ? 0x86dd : 0x0800);
  n_ip = put_ip (at + ETHERNET_BYTES, frame, n_transport + n_payload);
  put_transport (at + ETHERNET_BYTES + n_ip, frame, n_payload);
  return MAX (ETHERNET_BYTES + n_ip + n_transport + n_payload, SMALLEST_FRAME);
}
