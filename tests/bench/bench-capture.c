#include "bench-capture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define ETHERNET_BYTES 14
#define SMALLEST_FRAME 60
#define FIRST_TIME_US G_GINT64_CONSTANT (1700000000000000)

enum
{
  PROTOCOL_ARP = 0, /* not an IP protocol: this number is free here */
  PROTOCOL_ICMP = 1,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_ICMPV6 = 58,
};

typedef struct
{
  guint32 source;
  guint32 destination;
  guint16 source_port;
  guint16 destination_port;
  guint8 protocol;
  gboolean is_ipv6;
} BenchFlow;

/* xorshift64 (Marsaglia, "Xorshift RNGs", 2003). */
static guint64
next_random (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* splitmix64's finisher: what is drawn for a flow depends on its number alone. */
static guint64
mix (guint64 value)
{
  value += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  value = (value ^ value >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ value >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ value >> 31;
}

static double
to_unit (guint64 bits)
{
  return (double) (bits >> 11) / 9007199254740992.0;
}

/* 0 to n - 1, small numbers far more often: the logarithm is even. */
static guint32
skewed (guint32 n, double unit)
{
  return MIN ((guint32) pow ((double) n, unit), n - 1);
}

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

static BenchFlow
describe_flow (guint64 number, guint32 n_hosts)
{
  static const guint16 services[] = { 443, 443, 443, 80, 53, 123, 22, 8080, 5353, 1900 };
  guint64 hash = mix (number);
  guint64 ports = mix (hash + 3);
  double kind = to_unit (mix (hash + 1));
  BenchFlow flow = {
    .source = skewed (n_hosts, to_unit (hash)),
    .destination = skewed (n_hosts, to_unit (mix (hash))),
    .source_port = (guint16) (1024 + ports % 60000),
    .destination_port = services[(ports >> 32) % G_N_ELEMENTS (services)],
    .is_ipv6 = to_unit (mix (hash + 2)) < 0.1,
  };

  if (flow.source == flow.destination)
    flow.destination = (flow.destination + 1) % n_hosts;
  if (kind < 0.79)
    flow.protocol = PROTOCOL_TCP;
  else if (kind < 0.97)
    flow.protocol = PROTOCOL_UDP;
  else if (kind < 0.98)
    flow.protocol = PROTOCOL_ICMP;
  else
    flow.protocol = PROTOCOL_ARP;
  return flow;
}

static void
turn_round (BenchFlow *flow)
{
  guint32 host = flow->source;
  guint16 port = flow->source_port;

  flow->source = flow->destination;
  flow->destination = host;
  flow->source_port = flow->destination_port;
  flow->destination_port = port;
}

/* The IP header, for @n_above bytes above it; returns how long it is. */
static gsize
put_ip (guint8 *at, const BenchFlow *flow, gsize n_above)
{
  if (flow->is_ipv6)
    {
      at[0] = 0x60;
      put_u16 (at + 4, (guint32) n_above);
      at[6] = flow->protocol == PROTOCOL_ICMP ? PROTOCOL_ICMPV6 : flow->protocol;
      at[7] = 64;
      at[8] = at[24] = 0xfd;
      put_u32 (at + 20, flow->source);
      put_u32 (at + 36, flow->destination);
      return 40;
    }
  at[0] = 0x45;
  put_u16 (at + 2, (guint32) (20 + n_above));
  at[8] = 64;
  at[9] = flow->protocol;
  put_u32 (at + 12, 0x0a000000 + flow->source);
  put_u32 (at + 16, 0x0a000000 + flow->destination);
  return 20;
}

/* One frame with @n_payload bytes above the transport header; returns how long it is. */
static gsize
put_frame (guint8 *frame, const BenchFlow *flow, gsize n_payload)
{
  gsize n_transport = flow->protocol == PROTOCOL_TCP ? 20 : 8;
  guint8 *transport;

  memset (frame, 0, 128);
  memcpy (frame, "\2\0\0\0\0\1\2\0\0\0\0\2", 12);
  if (flow->protocol == PROTOCOL_ARP)
    {
      put_u16 (frame + 12, 0x0806);
      memcpy (frame + 14, "\0\1\10\0\6\4\0\1", 8);
      return SMALLEST_FRAME;
    }

  put_u16 (frame + 12, flow->is_ipv6 ? 0x86dd : 0x0800);
  transport = frame + ETHERNET_BYTES;
  transport += put_ip (transport, flow, n_transport + n_payload);
  if (flow->protocol == PROTOCOL_ICMP)
    {
      transport[0] = flow->is_ipv6 ? 128 : 8;
    }
  else
    {
      put_u16 (transport, flow->source_port);
      put_u16 (transport + 2, flow->destination_port);
    }
  if (flow->protocol == PROTOCOL_TCP)
    {
      transport[12] = 0x50;
      transport[13] = n_payload > 0 ? 0x18 : 0x10;
    }
  else if (flow->protocol == PROTOCOL_UDP)
    {
      put_u16 (transport + 4, (guint32) (8 + n_payload));
    }
  return MAX ((gsize) (transport - frame) + n_transport + n_payload, SMALLEST_FRAME);
}

static void
write_packets (FILE *file, guint64 n_packets, guint32 n_hosts, guint64 seed)
{
  static const guint32 file_header[6] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, 1 };
  guint64 random = seed * 2654435761u + G_GUINT64_CONSTANT (88172645463325252);
  guint64 salt = random;
  guint32 n_flows = (guint32) (n_packets / 50 + 10);
  guint64 time_us = FIRST_TIME_US;
  guint8 frame[2048] = { 0 };

  fwrite (file_header, sizeof file_header, 1, file);
  for (guint64 i = 0; i < n_packets; i++)
    {
      BenchFlow flow = describe_flow (skewed (n_flows, to_unit (next_random (&random))) ^ salt, n_hosts);
      gboolean is_full = to_unit (next_random (&random)) < 0.4;
      gsize n_payload = is_full ? 1200 + next_random (&random) % 260 : next_random (&random) % 120;
      guint32 header[4];
      gsize n_bytes;

      time_us += next_random (&random) % 1000 == 0 ? 50000 + next_random (&random) % 2000000
                                                   : next_random (&random) % 40;
      if (flow.protocol == PROTOCOL_TCP && to_unit (next_random (&random)) < 0.3)
        n_payload = 0;
      if (next_random (&random) & 1)
        turn_round (&flow);
      n_bytes = put_frame (frame, &flow, n_payload);
      header[0] = (guint32) (time_us / 1000000);
      header[1] = (guint32) (time_us % 1000000);
      header[2] = header[3] = (guint32) n_bytes;
      fwrite (header, sizeof header, 1, file);
      fwrite (frame, n_bytes, 1, file);
    }
}

gboolean
bench_capture_write (const char *path, guint64 n_packets, guint32 n_hosts, guint64 seed, GError **error)
{
  FILE *file = g_fopen (path, "wb");
  gboolean is_broken;

  if (file != NULL)
    {
      write_packets (file, n_packets, MAX (n_hosts, 2), seed);
      is_broken = ferror (file) != 0;
      if (fclose (file) == 0 && !is_broken)
        return TRUE;
    }
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}
