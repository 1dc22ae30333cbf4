/* IPv4 and IPv6, spelled out, with options and extension headers: formats in lens-ipv4.c, lens-ipv6.c, lens-ip-extensions.c. */
#include "lens-dissect-private.h"

#include "lens-address.h"

#include <glib/gi18n-lib.h>

static char *
explain_fragment_offset (guint64 value)
{
  return value == 0 ? NULL : g_strdup_printf (_ ("byte %u of the datagram"), (guint) value * 8);
}

static char *
explain_total_length (guint64 value)
{
  return value == 0 ? g_strdup (_ ("left to the network card: the wire says how long it is")) : NULL;
}

static const LensFieldSpec ipv4_fields[] = {
  { "IP_version", N_ ("Version"), 0, 4, LENS_FORM_DECIMAL, 1, NULL },
  { "IP_ihl", N_ ("Header length"), 4, 4, LENS_FORM_DECIMAL, 1, lens_explain_words },
  { "IP_tos", N_ ("Type of service"), 8, 8, LENS_FORM_HEX, 1, NULL },
  { NULL, N_ ("Differentiated services"), 8, 6, LENS_FORM_DECIMAL, 2, lens_explain_dscp },
  { NULL, N_ ("Congestion notification"), 14, 2, LENS_FORM_DECIMAL, 2, lens_explain_ecn },
  { "IP_len", N_ ("Total length"), 16, 16, LENS_FORM_DECIMAL, 1, explain_total_length },
  { "IP_id", N_ ("Identification"), 32, 16, LENS_FORM_HEX, 1, NULL },
  { "IP_flags", N_ ("Flags"), 48, 3, LENS_FORM_HEX, 1, NULL },
  { NULL, N_ ("Reserved"), 48, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("Don’t fragment (DF)"), 49, 1, LENS_FORM_BIT, 2, NULL },
  { NULL, N_ ("More fragments (MF)"), 50, 1, LENS_FORM_BIT, 2, NULL },
  { "IP_frag", N_ ("Fragment offset"), 51, 13, LENS_FORM_DECIMAL, 1, explain_fragment_offset },
  { "IP_ttl", N_ ("Time to live"), 64, 8, LENS_FORM_DECIMAL, 1, NULL },
  { "IP_proto", N_ ("Protocol"), 72, 8, LENS_FORM_DECIMAL, 1, lens_explain_protocol },
  { "IP_chksum", N_ ("Header checksum"), 80, 16, LENS_FORM_HEX, 1, NULL },
  { "IP_src", N_ ("Source"), 96, 32, LENS_FORM_ADDRESS, 1, NULL },
  { "IP_dst", N_ ("Destination"), 128, 32, LENS_FORM_ADDRESS, 1, NULL },
};

static const LensFieldSpec ipv6_fields[] = {
  { "IP_version", N_ ("Version"), 0, 4, LENS_FORM_DECIMAL, 1, NULL },
  { "IP_tos", N_ ("Traffic class"), 4, 8, LENS_FORM_HEX, 1, NULL },
  { NULL, N_ ("Differentiated services"), 4, 6, LENS_FORM_DECIMAL, 2, lens_explain_dscp },
  { NULL, N_ ("Congestion notification"), 10, 2, LENS_FORM_DECIMAL, 2, lens_explain_ecn },
  { NULL, N_ ("Flow label"), 12, 20, LENS_FORM_HEX, 1, NULL },
  { "IP_len", N_ ("Payload length"), 32, 16, LENS_FORM_DECIMAL, 1, explain_total_length },
  { "IP_proto", N_ ("Next header"), 48, 8, LENS_FORM_DECIMAL, 1, lens_explain_protocol },
  { "IP_ttl", N_ ("Hop limit"), 56, 8, LENS_FORM_DECIMAL, 1, NULL },
  { "IP_src", N_ ("Source"), 64, 128, LENS_FORM_ADDRESS, 1, NULL },
  { "IP_dst", N_ ("Destination"), 192, 128, LENS_FORM_ADDRESS, 1, NULL },
};

/* An option of IPv4 or TCP: kind, length and what it says, all of which are below a node of the options. */
static void
dissect_options (const LensDissector *self, gsize offset, gsize end)
{
  lens_dissector_add (self, 1, _ ("Options"), NULL, offset, end - offset, end);
  while (offset < end)
    {
      LensByteCursor cursor = lens_dissector_look (self, offset, end);
      guint8 kind = 0;
      guint8 length = 0;
      g_autofree char *name = NULL;

      if (!lens_byte_cursor_peek_u8 (&cursor, 0, &kind))
        return;
      if (kind > 1 && (!lens_byte_cursor_peek_u8 (&cursor, 1, &length) || length < 2))
        length = G_MAXUINT8;
      name = lens_explain_ipv4_option (kind);
      if (name == NULL)
        name = g_strdup_printf ("%u", kind);
      lens_dissector_add (self, 2, _ ("Option"), g_steal_pointer (&name), offset, MAX (length, 1), end);
      if (kind == 0)
        return;
      offset += MAX (length, 1);
    }
}

/* The sum of RFC 1071 over a header that was captured whole is all ones where its checksum is right. */
static char *
check_header (LensByteCursor header)
{
  guint32 sum = 0;
  guint16 word;

  while (lens_byte_cursor_read_u16 (&header, &word))
    sum += word;
  while (sum >> 16 != 0)
    sum = (sum & 0xffff) + (sum >> 16);
  return g_strdup (sum == 0xffff ? _ ("right") : _ ("not right for this header"));
}

static void
dissect_ipv4_header (const LensDissector *self, gsize offset, gsize n_bytes, gsize end)
{
  static const LensFieldSpec *const checksum = &ipv4_fields[14];
  LensByteCursor whole = lens_dissector_look (self, offset, end);
  LensByteCursor header;

  lens_dissector_add (self, 0, "IPv4", NULL, offset, n_bytes, end);
  lens_dissector_add_fields (self, offset, ipv4_fields, 14);
  if (lens_byte_cursor_read_part (&whole, n_bytes, &header))
    {
      guint16 value = 0;
      gsize place;

      (void) lens_byte_cursor_peek_u16 (&header, 10, &value);
      place = lens_field_tree_append (self->tree, 1, _ (checksum->name), g_strdup_printf ("0x%04x", value),
                                      check_header (header), offset + 10, 2);
      lens_field_tree_set_id (self->tree, place, checksum->id);
    }
  else
    lens_dissector_add_fields (self, offset, checksum, 1);
  lens_dissector_add_fields (self, offset, ipv4_fields + 15, 2);
  if (n_bytes > 20 && offset + 20 < MIN (end, self->n_bytes))
    dissect_options (self, offset + 20, MIN (offset + n_bytes, MIN (end, self->n_bytes)));
}

/* Extension headers from @offset to @end, the first of them called @next. */
static void
dissect_extensions (const LensDissector *self, guint8 next, gsize offset, gsize end)
{
  static const LensFieldSpec usual[] = {
    { NULL, N_ ("Next header"), 0, 8, LENS_FORM_DECIMAL, 1, lens_explain_protocol },
    { NULL, N_ ("Length"), 8, 8, LENS_FORM_DECIMAL, 1, lens_explain_eights },
  };
  static const LensFieldSpec fragment[] = {
    { NULL, N_ ("Next header"), 0, 8, LENS_FORM_DECIMAL, 1, lens_explain_protocol },
    { "IP_frag", N_ ("Fragment offset"), 16, 13, LENS_FORM_DECIMAL, 1, explain_fragment_offset },
    { "IP_flags", N_ ("More fragments (MF)"), 31, 1, LENS_FORM_BIT, 1, NULL },
    { "IP_id", N_ ("Identification"), 32, 32, LENS_FORM_HEX, 1, NULL },
  };
  static const LensFieldSpec authentication[] = {
    { NULL, N_ ("Next header"), 0, 8, LENS_FORM_DECIMAL, 1, lens_explain_protocol },
    { NULL, N_ ("Length"), 8, 8, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Security parameters index"), 32, 32, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Sequence number"), 64, 32, LENS_FORM_DECIMAL, 1, NULL },
  };

  while (offset < end)
    {
      LensByteCursor cursor = lens_dissector_look (self, offset, end);
      const char *name = lens_protocol_get_name (next);
      gboolean is_fragment = next == 44;
      gboolean is_authentication = next == 51;
      guint8 length = 0;
      gsize n_bytes;

      (void) lens_byte_cursor_peek_u8 (&cursor, 0, &next);
      (void) lens_byte_cursor_peek_u8 (&cursor, 1, &length);
      n_bytes = is_fragment ? 8 : is_authentication ? (length + 2u) * 4 : (length + 1u) * 8;
      lens_dissector_add (self, 0, name != NULL ? name : _ ("Extension header"), NULL, offset, n_bytes, end);
      if (is_fragment)
        LENS_ADD_FIELDS (self, offset, fragment);
      else if (is_authentication)
        LENS_ADD_FIELDS (self, offset, authentication);
      else
        {
          LENS_ADD_FIELDS (self, offset, usual);
          lens_dissector_add_bytes (self, 1, _ ("Data"), offset + 2, MIN (end, offset + n_bytes));
        }
      offset += n_bytes;
    }
}

gsize
lens_dissect_ip (const LensDissector *self, gsize offset, gsize end, guint32 wire_left)
{
  LensByteCursor cursor = lens_dissector_look (self, offset, end);
  LensPacket packet = { 0 };
  LensIpRest rest = { 0 };
  LensDecodeStatus status;
  gsize header_bytes = 40;
  guint8 first = 0;
  guint8 next = 0;

  (void) lens_byte_cursor_peek_u8 (&cursor, 0, &first);
  if (first >> 4 != 6)
    {
      header_bytes = MAX ((gsize) (first & 0x0f) * 4, 20);
      (void) lens_byte_cursor_peek_u8 (&cursor, 9, &next);
      dissect_ipv4_header (self, offset, header_bytes, end);
      status = lens_ipv4_decode (&cursor, wire_left, &packet, &rest);
    }
  else
    {
      (void) lens_byte_cursor_peek_u8 (&cursor, 6, &next);
      lens_dissector_add (self, 0, "IPv6", NULL, offset, header_bytes, end);
      LENS_ADD_FIELDS (self, offset, ipv6_fields);
      status = lens_ipv6_decode (&cursor, wire_left, &packet, &rest);
    }
  if (packet.ip_version == 0)
    {
      lens_dissector_add_bytes (self, 0, _ ("Data"), offset + header_bytes, end);
      return end;
    }
  dissect_extensions (self, next, offset + header_bytes, cursor.position);
  end = MIN (end, cursor.position + (gsize) rest.bytes_left);
  if (status != LENS_DECODE_OK)
    lens_dissector_add_bytes (self, 0, _ ("Data"), MAX (cursor.position, offset + header_bytes), end);
  else if (rest.is_later_fragment)
    lens_dissector_add_payload (self, cursor.position, end);
  else
    lens_dissect_transport (self, packet.ip_version, packet.protocol, &rest, cursor.position, end);
  return MAX (end, MIN (offset + header_bytes, self->n_bytes));
}
