/* A term as somebody fills it in: a kind, and texts for what that kind needs. Any thread. */
#pragma once

#include "lens-filter.h"
#include "lens-packet-table.h"

G_BEGIN_DECLS

/* Texts are borrowed, and may have white space around them; those that the kind doesn't need are not looked at. */
typedef struct
{
  LensFilterKind kind;          /* host, connection, port, protocol or flow */
  const char *source;           /* host: it; connection, flow: where from */
  const char *destination;      /* connection, flow: where to */
  gboolean is_either_way;       /* connection: a host pair */
  const char *port;             /* port: it; flow: the source's, where the protocol has ports */
  const char *destination_port; /* flow, as above */
  guint side;                   /* port: LensPortSide */
  LensLayer layer;              /* port: TCP, UDP or LENS_PORT_ANY_LAYER */
  guint8 protocol;              /* protocol, flow: IANA protocol number */
  gboolean is_inverted;
} LensFilterForm;

/* The term that @form says. FALSE with LENS_ERROR_FILTER where something in it is wrong; FALSE without an error where something is still to
 * be filled in, and nothing is wrong so far. */
gboolean lens_filter_form_read (const LensFilterForm *form, LensFilterTerm *term, GError **error);

/* Whether flows of an IANA protocol number are told by ports. */
gboolean lens_filter_form_has_ports (guint8 protocol);

typedef struct
{
  guint8 protocol; /* IANA protocol number */
  guint64 packets;
} LensProtocolCount;

/* The protocols above IP that packets of @table have (element-type LensProtocolCount), the one with most packets first; equal ones by number.
 * Looks at every flow. (transfer full) */
GArray *lens_filter_form_list_protocols (const LensPacketTable *table);

/* "TCP", or "IP protocol 253" where it has no name that people know. (transfer full), translated */
char *lens_filter_form_name_protocol (guint8 protocol);

G_END_DECLS
