/* A term as somebody fills it in: a kind, and texts for what that kind needs. Any thread. */
#pragma once

#include "lens-filter.h"
#include "lens-packet-table.h"
#include "lens-time-text.h"

G_BEGIN_DECLS

/* Texts are borrowed, and may have white space around them; those that the kind doesn't need are not looked at. */
typedef struct
{
  LensFilterKind kind;          /* host, connection, port, protocol, layer, flow or time */
  const char *source;           /* host: it, or a subnet; connection, flow: where from */
  const char *destination;      /* connection, flow: where to */
  gboolean is_either_way;       /* connection: a host pair */
  const char *port;             /* port: it; flow: the source's, where the protocol has ports */
  const char *destination_port; /* flow, as above */
  guint side;                   /* port, host: LensPortSide */
  LensLayer layer;              /* port: TCP, UDP or LENS_PORT_ANY_LAYER */
  LensLayerClass class;         /* layer */
  guint8 protocol;              /* protocol, flow: IANA protocol number */
  const char *start;            /* time: see lens_time_text_read(); empty: the capture's first packet */
  const char *end;              /* time: empty: its last one */
  LensTimeFrame frame;          /* time: of the capture */
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

/* "IP", "IPv4", "Without IP": what a list to choose from calls it. Translated; not to be freed. */
const char *lens_filter_form_name_class (LensLayerClass class);

/* "TCP", or "IP protocol 253" where it has no name that people know. (transfer full), translated */
char *lens_filter_form_name_protocol (guint8 protocol);

G_END_DECLS
