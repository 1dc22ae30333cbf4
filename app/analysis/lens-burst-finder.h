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
  LensBurst *bursts;            /* owned, g_free() */
  gsize n_bursts;
  gsize n_allocated;
  gboolean has_failed; /* memory has run out */
} LensBurstFinder;

/* @n_expected: how many packets will be pushed. */
void lens_burst_finder_begin (LensBurstFinder *finder, const LensBurstRule *rule, gsize n_expected);

/* The next packet in time order. */
void lens_burst_finder_push (LensBurstFinder *finder, gint64 time_ns, guint32 payload_bytes);

/* Gives the bursts: *@bursts (transfer full), g_free(). The finder is empty then. FALSE, with none, when memory has run out. */
gboolean lens_burst_finder_end (LensBurstFinder *finder, LensBurst **bursts, gsize *n_bursts);

G_END_DECLS
