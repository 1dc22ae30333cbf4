/* Bursts of one stream, packet after packet, without keeping the packets. One thread. */
#pragma once

#include "lens-burst.h"

G_BEGIN_DECLS

typedef struct
{
  LensBurstRule rule;
  gsize n_expected;             /* packets the stream has: the last one is an anchor */
  gsize n;                      /* packets so far */
  gint64 anchor_ns;             /* the latest anchor */
  guint64 payload_since_anchor; /* of the packets after it */
  LensBurst current;            /* from an anchor on, perhaps of one packet still */
  GArray *bursts;               /* owned */
} LensBurstFinder;

/* @n_expected: how many packets will be pushed. */
void lens_burst_finder_begin (LensBurstFinder *finder, const LensBurstRule *rule, gsize n_expected);

/* The next packet in time order. */
void lens_burst_finder_push (LensBurstFinder *finder, gint64 time_ns, guint32 payload_bytes);

/* (transfer full) (element-type LensBurst); the finder is empty then. */
GArray *lens_burst_finder_end (LensBurstFinder *finder);

G_END_DECLS
