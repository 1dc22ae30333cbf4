/* Which packets are looked at: the one selection every view follows.
 *
 * An immutable, reference-counted set of terms. It speaks of addresses and not of indexes, so it outlives a table. A
 * packet passes when it passes, for each kind of term that is there, at least one term of that kind: two hosts mean
 * either of them, a host and a port mean both. No terms: everything passes. Any thread.
 */
#pragma once

#include "lens-address.h"
#include "lens-packet-table.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER (lens_filter_get_type ())

typedef struct _LensFilter LensFilter;

typedef enum
{
  LENS_FILTER_HOST,       /* from or to an address */
  LENS_FILTER_CONNECTION, /* from an address to another: this direction only */
  LENS_FILTER_PORT,       /* TCP or UDP with this port at an end */
} LensFilterKind;

typedef enum
{
  LENS_PORT_SOURCE = 1,
  LENS_PORT_DESTINATION = 2,
} LensPortSide;

typedef struct
{
  LensFilterKind kind;
  LensAddress address;     /* host; connection: its source */
  LensAddress destination; /* connection */
  LensLayer layer;         /* port: LENS_LAYER_TCP or LENS_LAYER_UDP */
  guint side;              /* port: which end, LensPortSide or both */
  guint16 port;            /* port */
} LensFilterTerm;

GType lens_filter_get_type (void);
LensFilter *lens_filter_new_empty (void);
LensFilter *lens_filter_ref (LensFilter *filter);
void lens_filter_unref (LensFilter *filter);

/* Shorthands for a term, to be added. */
LensFilterTerm lens_filter_term_host (const LensAddress *address);
LensFilterTerm lens_filter_term_connection (const LensAddress *source, const LensAddress *destination);
LensFilterTerm lens_filter_term_port (LensLayer layer, guint side, guint16 port);

/* New filters (transfer full) made from @filter. Adding a term that is there changes nothing. */
LensFilter *lens_filter_add (const LensFilter *filter, const LensFilterTerm *term);
LensFilter *lens_filter_remove (const LensFilter *filter, const LensFilterTerm *term);

gsize lens_filter_get_n_terms (const LensFilter *filter);
const LensFilterTerm *lens_filter_get_term (const LensFilter *filter, gsize position);
gboolean lens_filter_has_term (const LensFilter *filter, const LensFilterTerm *term);
gboolean lens_filter_is_empty (const LensFilter *filter);
gboolean lens_filter_equal (const LensFilter *a, const LensFilter *b);
gboolean lens_filter_term_equal (const LensFilterTerm *a, const LensFilterTerm *b);

/* The words for a chip: "host 192.0.2.1", "192.0.2.1 → 192.0.2.7", "TCP source port 443". (transfer full), translated. */
char *lens_filter_term_describe (const LensFilterTerm *term);

/* All terms in one line ("host 192.0.2.1 · TCP source port 443"), or NULL for an empty filter. (transfer full) */
char *lens_filter_describe (const LensFilter *filter);

/* Which flows of @table pass: one byte a flow, 1 or 0, as many as the table has flows. (transfer full), g_free(); NULL
 * when memory runs out, and only then. */
guint8 *lens_filter_match_flows (const LensFilter *filter, const LensPacketTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensFilter, lens_filter_unref)

G_END_DECLS
