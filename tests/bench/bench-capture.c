#include "bench-capture.h"

#include "bench-frame.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FIRST_TIME_US G_GUINT64_CONSTANT (1700000000000000)
#define SNAP_LENGTH 262144
#define LINK_ETHERNET 1
#define FILE_BUFFER_BYTES (4 * 1024 * 1024)

typedef struct
{
  BenchCaptureSpec spec;
  guint64 random;
  guint64 salt; /* flows differ from seed to seed */
  guint32 n_flows;
  guint64 time_us;
  guint32 *sequences; /* owned (nullable): two a flow, one a direction */
} Generator;

/* xorshift64 (Marsaglia, "Xorshift RNGs", 2003). */
static guint64
next_random (Generator *self)
{
  self->random ^= self->random << 13;
  self->random ^= self->random >> 7;
  self->random ^= self->random << 17;
  return self->random;
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

static BenchFrame
describe_flow (guint64 number, guint32 n_hosts)
{
  static const guint16 services[] = { 443, 443, 443, 80, 53, 123, 22, 8080, 5353, 1900 };
  guint64 hash = mix (number);
  guint64 ports = mix (hash + 3);
  double kind = to_unit (mix (hash + 1));
  BenchFrame frame = {
    .source = skewed (n_hosts, to_unit (hash)),
    .destination = skewed (n_hosts, to_unit (mix (hash))),
    .source_port = (guint16) (1024 + ports % 60000),
    .destination_port = services[(ports >> 32) % G_N_ELEMENTS (services)],
    .is_ipv6 = to_unit (mix (hash + 2)) < 0.1,
    .protocol = kind < 0.79   ? BENCH_PROTOCOL_TCP
                : kind < 0.97 ? BENCH_PROTOCOL_UDP
                : kind < 0.98 ? BENCH_PROTOCOL_ICMP
                              : BENCH_PROTOCOL_ARP,
  };

  if (frame.source == frame.destination)
    frame.destination = (frame.destination + 1) % n_hosts;
  return frame;
}

static void
turn_round (BenchFrame *frame)
{
  guint32 host = frame->source;
  guint16 port = frame->source_port;

  frame->source = frame->destination;
  frame->destination = host;
  frame->source_port = frame->destination_port;
  frame->destination_port = port;
}

static gsize
draw_payload (Generator *self)
{
  if (self->spec.shape == BENCH_SHAPE_SMALL)
    return next_random (self) % 40;
  if (to_unit (next_random (self)) < 0.4)
    return 1200 + next_random (self) % 260;
  return next_random (self) % 120;
}

/* The next packet into @at; returns how long it is. */
static gsize
make_packet (Generator *self, guint64 number, guint8 *at)
{
  guint64 flow;
  gsize n_payload;
  BenchFrame frame;
  gsize direction;

  self->time_us
      += next_random (self) % 1000 == 0 ? 50000 + next_random (self) % 2000000 : next_random (self) % 40;
  flow = self->spec.shape == BENCH_SHAPE_SCAN ? next_random (self)
                                              : skewed (self->n_flows, to_unit (next_random (self)));
  frame = describe_flow (flow ^ self->salt, self->spec.n_hosts);
  n_payload = draw_payload (self);
  if (frame.protocol == BENCH_PROTOCOL_TCP && to_unit (next_random (self)) < 0.3)
    n_payload = 0;
  direction = next_random (self) & 1;
  if (direction == 1)
    turn_round (&frame);
  frame.ip_id = (guint16) number;
  frame.tcp_sequence = frame.tcp_acknowledgement = 1;
  if (self->sequences != NULL && frame.protocol == BENCH_PROTOCOL_TCP)
    {
      frame.tcp_sequence = self->sequences[2 * flow + direction];
      frame.tcp_acknowledgement = self->sequences[2 * flow + 1 - direction];
      self->sequences[2 * flow + direction] += (guint32) n_payload;
    }
  return bench_frame_write (&frame, n_payload, at);
}

static void
write_file_header (FILE *file, gboolean is_pcapng)
{
  static const guint32 pcap[] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, SNAP_LENGTH, LINK_ETHERNET };
  /* A section header block of unknown length and an interface description block, neither with options. */
  static const guint32 pcapng[]
      = { 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28, 1, 20, LINK_ETHERNET, SNAP_LENGTH, 20 };

  if (is_pcapng)
    fwrite (pcapng, sizeof pcapng, 1, file);
  else
    fwrite (pcap, sizeof pcap, 1, file);
}

static void
write_pcap_record (FILE *file, guint64 time_us, const guint8 *bytes, guint32 n)
{
  const guint32 header[] = { (guint32) (time_us / 1000000), (guint32) (time_us % 1000000), n, n };

  fwrite (header, sizeof header, 1, file);
  fwrite (bytes, n, 1, file);
}

static void
write_pcapng_block (FILE *file, guint64 time_us, const guint8 *bytes, guint32 n)
{
  static const guint8 padding[3] = { 0 };
  guint32 n_padding = -n & 3;
  guint32 length = 32 + n + n_padding;
  const guint32 header[] = { 6, length, 0, (guint32) (time_us >> 32), (guint32) time_us, n, n };

  fwrite (header, sizeof header, 1, file);
  fwrite (bytes, n, 1, file);
  fwrite (padding, 1, n_padding, file);
  fwrite (&length, sizeof length, 1, file);
}

static void
write_packets (FILE *file, Generator *self)
{
  guint8 bytes[BENCH_FRAME_MAX] = { 0 };

  write_file_header (file, self->spec.is_pcapng);
  for (guint64 i = 0; i < self->spec.n_packets && !ferror (file); i++)
    {
      guint32 n = (guint32) make_packet (self, i, bytes);

      if (self->spec.is_pcapng)
        write_pcapng_block (file, self->time_us, bytes, n);
      else
        write_pcap_record (file, self->time_us, bytes, n);
    }
}

gboolean
bench_shape_parse (const char *name, BenchShape *shape)
{
  static const char *const names[] = { "normal", "small", "scan" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *shape = (BenchShape) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
bench_capture_write (const char *path, const BenchCaptureSpec *spec, GError **error)
{
  guint64 random = spec->seed * 2654435761u + G_GUINT64_CONSTANT (88172645463325252);
  guint32 n_flows = (guint32) (spec->n_packets / 50 + 10);
  g_autofree guint32 *sequences
      = spec->shape != BENCH_SHAPE_SCAN ? g_new0 (guint32, 2 * (gsize) n_flows) : NULL;
  Generator generator = { .spec = *spec,
                          .random = random,
                          .salt = random,
                          .n_flows = n_flows,
                          .time_us = FIRST_TIME_US,
                          .sequences = sequences };
  FILE *file = g_fopen (path, "wb");
  gboolean is_broken = TRUE;
  int code = errno;

  g_return_val_if_fail (spec->n_hosts >= 2, FALSE);

  if (file != NULL)
    {
      setvbuf (file, NULL, _IOFBF, FILE_BUFFER_BYTES);
      write_packets (file, &generator);
      is_broken = ferror (file) != 0;
      code = errno;
      if (fclose (file) != 0)
        {
          is_broken = TRUE;
          code = errno;
        }
    }
  if (is_broken)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return !is_broken;
}
