/* What the parts of the dissector share: for lens-dissect*.c alone. One thread, for one packet. */
#pragma once

#include "lens-byte-cursor.h"
#include "lens-dissect.h"
#include "lens-network.h"

G_BEGIN_DECLS

typedef struct
{
  LensFieldTree *tree;
  const guint8 *bytes;
  gsize n_bytes; /* captured */
} LensDissector;

/* How a field is written. */
typedef enum
{
  LENS_FORM_DECIMAL,
  LENS_FORM_HEX,
  LENS_FORM_BIT,     /* whether it is set */
  LENS_FORM_ADDRESS, /* IPv4 or IPv6, by its length */
  LENS_FORM_MAC,     /* hexadecimal, ":" between the bytes */
  LENS_FORM_BYTES,   /* hexadecimal, the first of them where there are many */
} LensFieldForm;

/* What a value means, in words that are translated: (transfer full) (nullable). */
typedef char *(*LensFieldExplainFunc) (guint64 value);

/* One field of a header: where it is from the header's first bit on, in network order. */
typedef struct
{
  const char *id;   /* (nullable) */
  const char *name; /* to be translated */
  guint16 bit;
  guint16 n_bits; /* numbers: at most 64 */
  LensFieldForm form;
  guint depth;
  LensFieldExplainFunc explain; /* (nullable) */
} LensFieldSpec;

/* Appends those of @specs that were captured of the header at @offset, which was added before. */
void lens_dissector_add_fields (const LensDissector *self,
                                gsize offset,
                                const LensFieldSpec *specs,
                                gsize n_specs);
#define LENS_ADD_FIELDS(self, offset, specs)                                                                 \
  lens_dissector_add_fields (self, offset, specs, G_N_ELEMENTS (specs))

/* Appends a header, or anything of a @depth, of @n_bytes bytes from @offset on, of which those are covered that were captured and
 * are before @end. @value: (transfer full) (nullable). Gives its place. */
gsize lens_dissector_add (const LensDissector *self,
                          guint depth,
                          const char *name,
                          char *value,
                          gsize offset,
                          gsize n_bytes,
                          gsize end);

/* The same of bytes that aren't looked into: their beginning is the value. Nothing where there are none. */
void
lens_dissector_add_bytes (const LensDissector *self, guint depth, const char *name, gsize offset, gsize end);

/* What the packet carries for whoever it is for. */
void lens_dissector_add_payload (const LensDissector *self, gsize offset, gsize end);

/* The bytes from @offset to @end, or to the last that was captured. */
LensByteCursor lens_dissector_look (const LensDissector *self, gsize offset, gsize end);

/* The parts, each in a file of its own. All positions are in the packet's bytes. @end: where what they are in ends. */

/* The headers below IP: from the first byte to @end, where IP or something else begins. Gives the EtherType of what follows, 0 where
 * it has none. */
guint16 lens_dissect_link (const LensDissector *self, guint32 link_type, gsize end);
void lens_dissect_arp (const LensDissector *self, gsize offset, gsize end);

/* From the IP header on; @wire_left: bytes on the wire from there on. Gives where the datagram ends. */
gsize lens_dissect_ip (const LensDissector *self, gsize offset, gsize end, guint32 wire_left);

/* From the transport header on. */
void lens_dissect_transport (const LensDissector *self,
                             guint8 ip_version,
                             guint8 protocol,
                             const LensIpRest *rest,
                             gsize offset,
                             gsize end);

/* Words for numbers. */
const char *lens_ethertype_get_name (guint16 ethertype);
char *lens_explain_ethertype (guint64 value);
char *lens_explain_protocol (guint64 value);
char *lens_explain_icmp_type (guint64 value);
char *lens_explain_icmpv6_type (guint64 value);
char *lens_explain_dscp (guint64 value);
char *lens_explain_ecn (guint64 value);
char *lens_explain_ipv4_option (guint64 value);
char *lens_explain_tcp_option (guint64 value);
char *lens_explain_words (guint64 value);
char *lens_explain_eights (guint64 value);
char *lens_explain_arp_operation (guint64 value);
char *lens_explain_cooked_packet (guint64 value);
char *lens_explain_sctp_chunk (guint64 value);

G_END_DECLS
