/* Which packets are looked at: the one selection every view follows.
 *
 * An immutable, reference-counted list of terms. It speaks of addresses and not of indexes, so it outlives a table. A
 * packet passes when it passes, for each kind of term that selects, at least one term of that kind, and none of the terms
 * that are inverted: two hosts mean either of them, a host and a port mean both, and “not host A” leaves A out whatever else
 * is there. Hosts and subnets are of one kind in this, “malformed” is a kind apart from the layers, and every BPF expression, which can
 * say “or” itself, is a kind of its own: all of them have to pass. Terms that are switched off are kept and have no effect. No terms:
 * everything passes. Any thread.
 */
#pragma once

#include "lens-address.h"
#include "lens-packet.h"
#include "lens-subnet.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER (lens_filter_get_type ())

typedef struct _LensFilter LensFilter;

typedef enum
{
  LENS_FILTER_HOST,   /* from or to an address */
  LENS_FILTER_SUBNET, /* from, to, or from or to the addresses of a subnet */
  LENS_FILTER_CONNECTION, /* from an address, or a subnet's, to another; or between the two, either way: a host pair */
  LENS_FILTER_FLOW,     /* one flow: a connection, its protocol and ports, this direction only */
  LENS_FILTER_PROTOCOL, /* IP with this protocol above it, as BPF's "ip proto" and "ip6 protochain" */
  LENS_FILTER_LAYER,    /* of a layer as they are counted, without IP, or malformed */
  LENS_FILTER_PORT,     /* with this port at an end */
  LENS_FILTER_TIME,     /* captured in a span of time */
  LENS_FILTER_BPF,      /* what libpcap's expression says of the packet's bytes */
  LENS_N_FILTER_KINDS
} LensFilterKind;

/* What a layer term speaks of: the layers of LensLayerCounts. */
typedef enum
{
  LENS_CLASS_IP,
  LENS_CLASS_IPV4,
  LENS_CLASS_IPV6,
  LENS_CLASS_TCP,
  LENS_CLASS_UDP,
  LENS_CLASS_ICMP,
  LENS_CLASS_OTHER_IP,
  LENS_CLASS_NOT_IP,
  LENS_CLASS_MALFORMED, /* of whatever layer */
  LENS_N_CLASSES
} LensLayerClass;

/* Of a port term: which port; of a subnet: which address. */
typedef enum
{
  LENS_PORT_SOURCE = 1,
  LENS_PORT_DESTINATION = 2,
  LENS_PORT_EITHER = LENS_PORT_SOURCE | LENS_PORT_DESTINATION,
} LensPortSide;

/* As a port term's layer: whatever has ports (TCP, UDP, UDP-Lite, SCTP, DCCP). */
#define LENS_PORT_ANY_LAYER LENS_LAYER_OTHER_IP

/* A plain value, but for the expression: it is borrowed, and lives as long as the filter it is from or as whoever made the
 * term keeps it. To keep a term beyond that take a lens_filter_term_copy(). */
typedef struct
{
  LensFilterKind kind;
  gboolean is_inverted;           /* leaves out what it would select */
  gboolean is_off;                /* has no effect */
  LensAddress address;            /* host; subnet: its first; connection and flow: the source */
  LensAddress destination;        /* connection, flow */
  gboolean is_either_way;         /* connection: also from its destination to its source */
  guint8 prefix_bits;             /* subnet; connection: 0, or of the source's subnet */
  guint8 destination_prefix_bits; /* connection: 0, or of the destination's subnet */
  LensLayerClass class;           /* layer */
  guint8 protocol;                /* protocol, flow: IANA protocol number */
  LensLayer layer;                /* port: LENS_LAYER_TCP, LENS_LAYER_UDP or LENS_PORT_ANY_LAYER */
  guint side;                     /* port, subnet: which end, LensPortSide */
  guint16 port;                   /* port; flow: the source's */
  guint16 destination_port;       /* flow */
  gint64 first_ns;                /* time: both ends are in the span */
  gint64 last_ns;                 /* time */
  const char *expression;         /* BPF */
} LensFilterTerm;

GType lens_filter_get_type (void);
LensFilter *lens_filter_new_empty (void);
LensFilter *lens_filter_ref (LensFilter *filter);
void lens_filter_unref (LensFilter *filter);

/* Shorthands for a term that selects and is on. */
LensFilterTerm lens_filter_term_host (const LensAddress *address);

/* @side: LensPortSide, the end that is in the subnet. */
LensFilterTerm lens_filter_term_subnet (const LensSubnet *subnet, guint side);
LensFilterTerm lens_filter_term_connection (const LensAddress *source, const LensAddress *destination);

/* From the hosts of one subnet to those of another, or either way: then the order of the two does not matter. A prefix of all bits is that address. */
LensFilterTerm
lens_filter_term_subnets (const LensSubnet *source, const LensSubnet *destination, gboolean is_either_way);

/* The ends of a connection, an address by itself with all its bits. */
void lens_filter_term_get_subnets (const LensFilterTerm *term, LensSubnet *source, LensSubnet *destination);

/* A host pair: connections either way. The order of the two does not matter. */
LensFilterTerm lens_filter_term_pair (const LensAddress *a, const LensAddress *b);
LensFilterTerm lens_filter_term_flow (const LensAddress *source,
                                      guint16 source_port,
                                      const LensAddress *destination,
                                      guint16 destination_port,
                                      guint8 protocol);
LensFilterTerm lens_filter_term_protocol (guint8 protocol);
LensFilterTerm lens_filter_term_layer (LensLayerClass class);
LensFilterTerm lens_filter_term_port (LensLayer layer, guint side, guint16 port);

/* Nanoseconds since 1970, both in the span; given the other way round they are turned. */
LensFilterTerm lens_filter_term_time (gint64 first_ns, gint64 last_ns);

/* @expression: (transfer none), see LensFilterTerm. It is not looked at: lens_bpf_check() does. */
LensFilterTerm lens_filter_term_bpf (const char *expression);

/* A term by itself. (transfer full) */
LensFilterTerm *lens_filter_term_copy (const LensFilterTerm *term);
void lens_filter_term_free (LensFilterTerm *term);

/* Whether both are the same in all, also inverted and off alike. */
gboolean lens_filter_term_equal (const LensFilterTerm *a, const LensFilterTerm *b);

/* Whether both speak of the same packets, inverted, off or not: a filter has one such term at most. With its hash, which is the
 * same before and after a term is inverted or switched, this is what a chip is known by. Not for keys that a file chooses. */
gboolean lens_filter_term_is_alike (const LensFilterTerm *a, const LensFilterTerm *b);
guint lens_filter_term_hash (const LensFilterTerm *term);

/* New filters (transfer full) made from @filter, which copy what they keep of @term.
 * with_term: where a term alike is there, @term takes its place; else it comes last.
 * The others find the term alike; where there is none they change nothing. */
LensFilter *lens_filter_with_term (const LensFilter *filter, const LensFilterTerm *term);
LensFilter *lens_filter_without_term (const LensFilter *filter, const LensFilterTerm *term);
LensFilter *
lens_filter_with_inverted (const LensFilter *filter, const LensFilterTerm *term, gboolean is_inverted);
LensFilter *
lens_filter_with_enabled (const LensFilter *filter, const LensFilterTerm *term, gboolean is_enabled);

/* With @term, a span of time that selects, in the place of all others that do and are on; @term: (nullable) with none. (transfer full) */
LensFilter *lens_filter_with_span (const LensFilter *filter, const LensFilterTerm *term);

/* Whether it is such a span. */
gboolean lens_filter_term_is_span (const LensFilterTerm *term);

/* A bit for what counts as one kind: of flows, any one term of it that selects is enough. */
guint lens_filter_term_get_kind_bit (const LensFilterTerm *term);

/* Whether it is enough that one of the two terms, which both select, is passed. */
gboolean lens_filter_terms_are_alternatives (const LensFilterTerm *a, const LensFilterTerm *b);

/* Without any term of that kind. (transfer full) */
LensFilter *lens_filter_without_kind (const LensFilter *filter, LensFilterKind kind);

gsize lens_filter_get_n_terms (const LensFilter *filter);
const LensFilterTerm *lens_filter_get_term (const LensFilter *filter, gsize position);

/* The term of @filter that is alike (transfer none), or NULL. */
const LensFilterTerm *lens_filter_find_term (const LensFilter *filter, const LensFilterTerm *term);

/* Whether a term equal to @term is there: not one that is inverted or off where @term isn't. */
gboolean lens_filter_has_term (const LensFilter *filter, const LensFilterTerm *term);

/* Whether there is no term; and whether there is none that has an effect, so that every packet passes. */
gboolean lens_filter_is_empty (const LensFilter *filter);
gboolean lens_filter_passes_all (const LensFilter *filter);

/* The same terms in whatever order; and, whatever is off, the same effect. */
gboolean lens_filter_equal (const LensFilter *a, const LensFilter *b);
gboolean lens_filter_has_same_effect (const LensFilter *a, const LensFilter *b);

/* How the words for a filter say times. */
typedef enum
{
  LENS_TIME_WORDS_CLOCK, /* "17:55:53 – 17:56:10", in the person's time zone */
  LENS_TIME_WORDS_DAY,   /* "2021-04-07 17:55:53 – 17:56:10", the same where other days could be meant */
  LENS_TIME_WORDS_UTC,   /* "2021-04-07 17:55:53 – 17:56:10 UTC" */
} LensTimeWords;

/* The words for a chip: "host 192.0.2.1", "192.0.2.1 → 192.0.2.7", "not TCP source port 443", "17:55:53 – 17:56:10". Safe to
 * show. (transfer full), translated. */
char *lens_filter_term_describe (const LensFilterTerm *term, LensTimeWords time_words);

/* All terms that have an effect in one line, times in UTC ("host 192.0.2.1 or host 192.0.2.7 · TCP source port 443"), or NULL where
 * everything passes. (transfer full) */
char *lens_filter_describe (const LensFilter *filter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensFilter, lens_filter_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensFilterTerm, lens_filter_term_free)

G_END_DECLS
