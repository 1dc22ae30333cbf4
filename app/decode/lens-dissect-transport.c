/* What IP carries, spelled out: TCP (RFC 9293) with options, UDP, UDP-Lite, DCCP, SCTP (RFC 9260) with chunks, ICMP and ICMPv6. */
#include "lens-dissect-private.h"

#include <glib/gi18n-lib.h>

enum
{
  PROTOCOL_ICMP = 1,
  PROTOCOL_TCP = 6,
  PROTOCOL_UDP = 17,
  PROTOCOL_DCCP = 33,
  PROTOCOL_ICMPV6 = 58,
  PROTOCOL_SCTP = 132,
  PROTOCOL_UDP_LITE = 136,
};

enum
{
  TCP_END = 0,
  TCP_PADDING = 1,
  TCP_SEGMENT_SIZE = 2,
  TCP_WINDOW_SCALE = 3,
  TCP_SELECTIVE = 5,
  TCP_TIMESTAMPS = 8,
};

#define UDP_HEADER_BYTES 8
#define ICMP_HEADER_BYTES 8
#define SCTP_HEADER_BYTES 12
/* No packet has more chunks of use; one of nothing but the smallest would make a list that nobody reads. */
#define MAX_CHUNKS 256

static char *
explain_tcp_flags (guint64 value)
{
  static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((value >> i & 1) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);
  if (text->len == 0)
    g_string_append (text, _ ("none"));
  return g_string_free (text, FALSE);
}

static const LensFieldSpec tcp_fields[] = {
  { "TCP_sport", N_ ("Source port"), 0, 16, LENS_FORM_DECIMAL, 1, NULL },
  { "TCP_dport", N_ ("Destination port"), 16, 16, LENS_FORM_DECIMAL, 1, NULL },
  { "TCP_seq", N_ ("Sequence number"), 32, 32, LENS_FORM_DECIMAL, 1, NULL },
  { "TCP_ack", N_ ("Acknowledgment number"), 64, 32, LENS_FORM_DECIMAL, 1, NULL },
  { "TCP_dataofs", N_ ("Header length"), 96, 4, LENS_FORM_DECIMAL, 1, lens_explain_words },
  { "TCP_reserved", N_ ("Reserved"), 100, 3, LENS_FORM_DECIMAL, 1, NULL },
  { "TCP_flags", N_ ("Flags"), 103, 9, LENS_FORM_HEX, 1, explain_tcp_flags },
  { NULL, N_ ("Accurate congestion notification (AE)"), 103, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Congestion window reduced (CWR)"), 104, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Congestion echo (ECE)"), 105, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Urgent (URG)"), 106, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Acknowledgment (ACK)"), 107, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Push (PSH)"), 108, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Reset (RST)"), 109, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Synchronize (SYN)"), 110, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Finish (FIN)"), 111, 1, LENS_FORM_BIT, 2, NULL },
  { "TCP_window", N_ ("Window"), 112, 16, LENS_FORM_DECIMAL, 1, NULL },
  { "TCP_chksum", N_ ("Checksum"), 128, 16, LENS_FORM_HEX, 1, NULL },
  { "TCP_urgptr", N_ ("Urgent pointer"), 144, 16, LENS_FORM_DECIMAL, 1, NULL },
};

/* What an option says, where that is more than its name: (transfer full) (nullable). */
static char *
write_tcp_option (LensByteCursor option, guint8 kind, guint8 length)
{
  guint8 shift = 0;
  guint16 size = 0;
  guint32 first = 0, second = 0;

  (void) lens_byte_cursor_skip (&option, 2);
  if (kind == TCP_SEGMENT_SIZE && length == 4 && lens_byte_cursor_read_u16 (&option, &size))
    return g_strdup_printf ("%u", size);
  if (kind == TCP_WINDOW_SCALE && length == 3 && lens_byte_cursor_read_u8 (&option, &shift) && shift < 32)
    return g_strdup_printf (_ ("%u: windows are multiplied by %u"), shift, 1u << shift);
  if (kind == TCP_TIMESTAMPS && length == 10 && lens_byte_cursor_read_u32 (&option, &first)
      && lens_byte_cursor_read_u32 (&option, &second))
    return g_strdup_printf (_ ("%u, echo of %u"), first, second);
  if (kind == TCP_SELECTIVE)
    {
      GString *text = g_string_new (NULL);

      while (lens_byte_cursor_left (&option) >= 8 && lens_byte_cursor_read_u32 (&option, &first)
             && lens_byte_cursor_read_u32 (&option, &second))
        g_string_append_printf (text, "%s%u–%u", text->len > 0 ? ", " : "", first, second);
      return g_string_free (text, FALSE);
    }
  return NULL;
}

static void
dissect_tcp_options (const LensDissector *self, gsize offset, gsize end)
{
  lens_dissector_add (self, 1, _ ("Options"), NULL, offset, end - offset, end);
  while (offset < end)
    {
      LensByteCursor cursor = lens_dissector_look (self, offset, end);
      LensByteCursor option = cursor;
      guint8 kind = 0;
      guint8 length = 1;
      char *value;
      char *name;

      if (!lens_byte_cursor_peek_u8 (&cursor, 0, &kind))
        return;
      if (kind > TCP_PADDING && (!lens_byte_cursor_peek_u8 (&cursor, 1, &length) || length < 2))
        length = G_MAXUINT8;
      if (!lens_byte_cursor_read_part (&cursor, length, &option))
        option = cursor;
      value = write_tcp_option (option, kind, length);
      name = lens_explain_tcp_option (kind);
      if (name == NULL)
        name = g_strdup_printf ("%u", kind);
      lens_field_tree_append (self->tree, 2, _ ("Option"), name, value, offset,
                              MIN ((gsize) length, MIN (end, self->n_bytes) - offset));
      if (kind == TCP_END)
        return;
      offset += length;
    }
}

static void
dissect_tcp (const LensDissector *self, gsize offset, gsize end)
{
  LensByteCursor cursor = lens_dissector_look (self, offset, end);
  gsize there = MIN (end, self->n_bytes);
  guint8 length = 5 << 4;
  gsize header_bytes;

  (void) lens_byte_cursor_peek_u8 (&cursor, 12, &length);
  header_bytes = MAX ((length >> 4) * 4u, 20u);
  lens_dissector_add (self, 0, "TCP", NULL, offset, header_bytes, end);
  LENS_ADD_FIELDS (self, offset, tcp_fields);
  if (header_bytes > 20 && offset + 20 < there)
    dissect_tcp_options (self, offset + 20, MIN (offset + header_bytes, there));
  lens_dissector_add_payload (self, offset + (length >> 4) * 4u, end);
}

static void
dissect_udp (const LensDissector *self, const LensIpRest *rest, gsize offset, gsize end)
{
  static const LensFieldSpec fields[] = {
    { "UDP_sport", N_ ("Source port"), 0, 16, LENS_FORM_DECIMAL, 1, NULL },
    { "UDP_dport", N_ ("Destination port"), 16, 16, LENS_FORM_DECIMAL, 1, NULL },
    { "UDP_len", N_ ("Length"), 32, 16, LENS_FORM_DECIMAL, 1, NULL },
    { "UDP_chksum", N_ ("Checksum"), 48, 16, LENS_FORM_HEX, 1, NULL },
  };
  LensByteCursor cursor = lens_dissector_look (self, offset, end);
  guint16 length = 0;
  gsize data_end = end;

  (void) lens_byte_cursor_peek_u16 (&cursor, 4, &length);
  lens_dissector_add (self, 0, "UDP", NULL, offset, UDP_HEADER_BYTES, end);
  LENS_ADD_FIELDS (self, offset, fields);
  if (length != 0 || rest->bytes_left <= G_MAXUINT16)
    data_end = MIN (end, offset + MAX (length, UDP_HEADER_BYTES));
  lens_dissector_add_payload (self, offset + UDP_HEADER_BYTES, data_end);
  lens_dissector_add_bytes (self, 0, _ ("Data after the datagram"), MAX (data_end, offset + UDP_HEADER_BYTES),
                            end);
}

static char *
explain_unreachable (guint64 code)
{
  static const char *const words[]
      = { N_ ("network"), N_ ("host"), N_ ("protocol"), N_ ("port"), N_ ("would have to be fragmented") };

  return code < G_N_ELEMENTS (words) ? g_strdup (_ (words[code])) : NULL;
}

static void
dissect_icmp (const LensDissector *self, gboolean is_v6, gsize offset, gsize end)
{
  const LensFieldSpec type[] = {
    { NULL, N_ ("Type"), 0, 8, LENS_FORM_DECIMAL, 1,
      is_v6 ? lens_explain_icmpv6_type : lens_explain_icmp_type },
  };
  static const LensFieldSpec code[] = { { NULL, N_ ("Code"), 8, 8, LENS_FORM_DECIMAL, 1, NULL } };
  static const LensFieldSpec unreachable[]
      = { { NULL, N_ ("Code"), 8, 8, LENS_FORM_DECIMAL, 1, explain_unreachable } };
  static const LensFieldSpec checksum[] = { { NULL, N_ ("Checksum"), 16, 16, LENS_FORM_HEX, 1, NULL } };
  static const LensFieldSpec echo[] = {
    { NULL, N_ ("Identifier"), 32, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Sequence number"), 48, 16, LENS_FORM_DECIMAL, 1, NULL },
  };
  static const LensFieldSpec other[] = { { NULL, N_ ("Rest"), 32, 32, LENS_FORM_HEX, 1, NULL } };
  LensByteCursor cursor = lens_dissector_look (self, offset, end);
  guint8 kind = 0;
  gboolean is_echo;

  (void) lens_byte_cursor_peek_u8 (&cursor, 0, &kind);
  is_echo = is_v6 ? kind == 128 || kind == 129 : kind == 0 || kind == 8;
  lens_dissector_add (self, 0, is_v6 ? "ICMPv6" : "ICMP", NULL, offset, ICMP_HEADER_BYTES, end);
  LENS_ADD_FIELDS (self, offset, type);
  if (!is_v6 && kind == 3)
    LENS_ADD_FIELDS (self, offset, unreachable);
  else
    LENS_ADD_FIELDS (self, offset, code);
  LENS_ADD_FIELDS (self, offset, checksum);
  if (is_echo)
    LENS_ADD_FIELDS (self, offset, echo);
  else
    LENS_ADD_FIELDS (self, offset, other);
  lens_dissector_add_payload (self, offset + ICMP_HEADER_BYTES, end);
}

static void
dissect_sctp (const LensDissector *self, gsize offset, gsize end)
{
  static const LensFieldSpec fields[] = {
    { NULL, N_ ("Source port"), 0, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Destination port"), 16, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Verification tag"), 32, 32, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Checksum"), 64, 32, LENS_FORM_HEX, 1, NULL },
  };
  static const LensFieldSpec chunk[] = {
    { NULL, N_ ("Type"), 0, 8, LENS_FORM_DECIMAL, 1, lens_explain_sctp_chunk },
    { NULL, N_ ("Flags"), 8, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Length"), 16, 16, LENS_FORM_DECIMAL, 1, NULL },
  };

  lens_dissector_add (self, 0, "SCTP", NULL, offset, SCTP_HEADER_BYTES, end);
  LENS_ADD_FIELDS (self, offset, fields);
  offset += SCTP_HEADER_BYTES;
  for (guint n = 0; n < MAX_CHUNKS; n++)
    {
      LensByteCursor cursor = lens_dissector_look (self, offset, end);
      guint16 length = 0;
      gsize n_bytes;

      if (!lens_byte_cursor_peek_u16 (&cursor, 2, &length) || length < 4)
        break;
      n_bytes = ((gsize) length + 3) & ~(gsize) 3;
      lens_dissector_add (self, 0, _ ("SCTP chunk"), NULL, offset, n_bytes, end);
      LENS_ADD_FIELDS (self, offset, chunk);
      lens_dissector_add_bytes (self, 1, _ ("Data"), offset + 4, MIN (end, offset + length));
      offset += n_bytes;
    }
  lens_dissector_add_bytes (self, 0, _ ("Data"), offset, end);
}

/* Protocols that begin with two ports, and of which everything counts as payload. */
static void
dissect_ports (const LensDissector *self, const char *name, gsize offset, gsize end)
{
  static const LensFieldSpec fields[] = {
    { NULL, N_ ("Source port"), 0, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Destination port"), 16, 16, LENS_FORM_DECIMAL, 1, NULL },
  };

  lens_dissector_add (self, 0, name, NULL, offset, 4, end);
  LENS_ADD_FIELDS (self, offset, fields);
  lens_dissector_add_payload (self, offset + 4, end);
}

void
lens_dissect_transport (const LensDissector *self,
                        guint8 ip_version,
                        guint8 protocol,
                        const LensIpRest *rest,
                        gsize offset,
                        gsize end)
{
  const char *name = lens_protocol_get_name (protocol);

  if (offset >= MIN (end, self->n_bytes))
    return;
  if (protocol == PROTOCOL_TCP)
    dissect_tcp (self, offset, end);
  else if (protocol == PROTOCOL_UDP)
    dissect_udp (self, rest, offset, end);
  else if (protocol == (ip_version == 4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6))
    dissect_icmp (self, ip_version == 6, offset, end);
  else if (protocol == PROTOCOL_SCTP)
    dissect_sctp (self, offset, end);
  else if (protocol == PROTOCOL_DCCP || protocol == PROTOCOL_UDP_LITE)
    dissect_ports (self, name, offset, end);
  else
    lens_dissector_add_payload (self, offset, end);
}
