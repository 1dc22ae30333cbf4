#include "lens-dissect-private.h"

#include "lens-address.h"
#include "lens-link.h"

#include <glib/gi18n-lib.h>

/* How many bytes of those that aren't looked into are shown as a value. */
#define BYTES_SHOWN 16

#define ETHERTYPE_ARP 0x0806
#define ETHERTYPE_RARP 0x8035

/* The bits from @bit on, at most 64. FALSE: not all were captured. */
static gboolean
read_bits (const LensByteCursor *cursor, gsize bit, gsize n_bits, guint64 *value)
{
  gsize first = bit / 8;
  gsize last = (bit + n_bits - 1) / 8;
  guint64 bits = 0;

  for (gsize at = first; at <= last; at++)
    {
      guint8 byte;

      if (!lens_byte_cursor_peek_u8 (cursor, at, &byte))
        return FALSE;
      bits = bits << 8 | byte;
    }
  bits >>= 7 - (bit + n_bits - 1) % 8;
  *value = n_bits < 64 ? bits & ((G_GUINT64_CONSTANT (1) << n_bits) - 1) : bits;
  return TRUE;
}

static char *
write_bytes (const LensByteCursor *cursor, gsize offset, gsize n_bytes, const char *separator)
{
  GString *text = g_string_new (NULL);
  guint8 byte;

  for (gsize i = 0;
       i < MIN (n_bytes, (gsize) BYTES_SHOWN) && lens_byte_cursor_peek_u8 (cursor, offset + i, &byte); i++)
    g_string_append_printf (text, "%s%02x", i > 0 ? separator : "", byte);
  if (n_bytes > BYTES_SHOWN)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

static char *
write_address (LensByteCursor cursor, gsize offset, gsize n_bytes)
{
  char text[LENS_ADDRESS_TEXT_SIZE];
  guint8 bytes[16] = { 0 };
  LensAddress address;

  (void) lens_byte_cursor_skip (&cursor, offset);
  (void) lens_byte_cursor_read_bytes (&cursor, bytes, n_bytes);
  address = n_bytes == 4 ? lens_address_from_ipv4 (bytes) : lens_address_from_ipv6 (bytes);
  return g_strdup (lens_address_format (&address, text));
}

static char *
write_number (const LensFieldSpec *spec, guint64 value)
{
  if (spec->form == LENS_FORM_BIT)
    return g_strdup (value != 0 ? _ ("set") : _ ("not set"));
  if (spec->form == LENS_FORM_HEX)
    return g_strdup_printf ("0x%0*" G_GINT64_MODIFIER "x", (spec->n_bits + 3) / 4, value);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
}

/* Where the header that was added last ends: beyond are none of its fields. */
static gsize
find_header_end (const LensFieldTree *tree)
{
  gsize place = lens_field_tree_get_n (tree);

  while (place > 0)
    {
      const LensField *field = lens_field_tree_get (tree, --place);

      if (field->depth == 0)
        return field->offset + field->n_bytes;
    }
  return 0;
}

/* FALSE: it was not captured. */
static gboolean
add_field (const LensDissector *self, gsize offset, const LensFieldSpec *spec)
{
  LensByteCursor cursor = lens_dissector_look (self, offset, find_header_end (self->tree));
  gsize first = spec->bit / 8u;
  gsize n_bytes = (spec->bit + spec->n_bits + 7u) / 8u - first;
  char *meaning = NULL;
  char *text;
  guint64 value;
  gsize place;

  if (lens_byte_cursor_left (&cursor) < first + n_bytes)
    return FALSE;
  switch (spec->form)
    {
    case LENS_FORM_ADDRESS:
      text = write_address (cursor, first, n_bytes);
      break;
    case LENS_FORM_MAC:
    case LENS_FORM_BYTES:
      text = write_bytes (&cursor, first, n_bytes, spec->form == LENS_FORM_MAC ? ":" : " ");
      break;
    case LENS_FORM_DECIMAL:
    case LENS_FORM_HEX:
    case LENS_FORM_BIT:
    default:
      if (!read_bits (&cursor, spec->bit, spec->n_bits, &value))
        return FALSE;
      text = write_number (spec, value);
      meaning = spec->explain != NULL ? spec->explain (value) : NULL;
    }
  place = lens_field_tree_append (self->tree, spec->depth, _ (spec->name), text, meaning, offset + first,
                                  n_bytes);
  if (spec->id != NULL)
    lens_field_tree_set_id (self->tree, place, spec->id);
  return TRUE;
}

void
lens_dissector_add_fields (const LensDissector *self, gsize offset, const LensFieldSpec *specs, gsize n_specs)
{
  for (gsize i = 0; i < n_specs; i++)
    if (!add_field (self, offset, &specs[i]))
      return;
}

gsize
lens_dissector_add (const LensDissector *self,
                    guint depth,
                    const char *name,
                    char *value,
                    gsize offset,
                    gsize n_bytes,
                    gsize end)
{
  gsize last = MIN (end, self->n_bytes);
  gsize n_there = offset < last ? MIN (n_bytes, last - offset) : 0;

  return lens_field_tree_append (self->tree, depth, name, value, NULL, MIN (offset, self->n_bytes), n_there);
}

void
lens_dissector_add_bytes (const LensDissector *self, guint depth, const char *name, gsize offset, gsize end)
{
  LensByteCursor cursor = lens_dissector_look (self, offset, end);
  gsize n_bytes = lens_byte_cursor_left (&cursor);
  g_autofree char *start = NULL;

  if (n_bytes == 0)
    return;
  start = write_bytes (&cursor, 0, n_bytes, " ");
  lens_dissector_add (self, depth, name,
                      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" G_GSIZE_FORMAT " byte: %s",
                                                    "%" G_GSIZE_FORMAT " bytes: %s", (gulong) n_bytes),
                                       n_bytes, start),
                      offset, n_bytes, end);
}

void
lens_dissector_add_payload (const LensDissector *self, gsize offset, gsize end)
{
  gsize n_before = lens_field_tree_get_n (self->tree);

  lens_dissector_add_bytes (self, 0, _ ("Payload"), offset, end);
  if (lens_field_tree_get_n (self->tree) > n_before)
    lens_field_tree_set_id (self->tree, n_before, "Raw_load");
}

LensByteCursor
lens_dissector_look (const LensDissector *self, gsize offset, gsize end)
{
  LensByteCursor cursor = lens_byte_cursor_init (self->bytes, MIN (self->n_bytes, end));

  if (!lens_byte_cursor_skip (&cursor, offset))
    cursor.position = cursor.length;
  return cursor;
}

static const char *
describe_status (LensDecodeStatus status)
{
  switch (status)
    {
    case LENS_DECODE_TRUNCATED:
      return _ ("its headers were not captured whole");
    case LENS_DECODE_MALFORMED:
      return _ ("malformed: it says something of itself that can’t be");
    case LENS_DECODE_UNSUPPORTED:
      return _ ("of a link layer that PacketLens doesn’t read");
    case LENS_DECODE_OK:
    default:
      return NULL;
    }
}

/* What was captured of the packet, and how well it could be read. */
static void
add_frame (const LensDissector *self, guint32 link_type, guint32 wire_bytes)
{
  const char *link_name = lens_link_layer_get_name (link_type);
  LensPacket packet;
  const char *status
      = describe_status (lens_decode (link_type, self->bytes, (guint32) self->n_bytes, wire_bytes, &packet));

  lens_field_tree_append (self->tree, 0, _ ("Packet"), NULL, g_strdup (status), 0, self->n_bytes);
  lens_field_tree_append (self->tree, 1, _ ("Bytes on the wire"), g_strdup_printf ("%u", wire_bytes), NULL, 0,
                          0);
  lens_field_tree_append (self->tree, 1, _ ("Bytes captured"),
                          g_strdup_printf ("%" G_GSIZE_FORMAT, self->n_bytes), NULL, 0, 0);
  lens_field_tree_append (self->tree, 1, _ ("Link layer"), g_strdup_printf ("%u", link_type),
                          g_strdup (link_name), 0, 0);
}

/* The decoder says where the link headers end and what is behind them, so that the tree and all figures agree. */
static void
dissect_frame (const LensDissector *self, const LensLinkLayer *layer, guint32 wire_bytes)
{
  LensLinkFrame frame = { .cursor = lens_byte_cursor_init (self->bytes, self->n_bytes),
                          .wire_left = MAX (wire_bytes, (guint32) self->n_bytes),
                          .network = LENS_NETWORK_NONE };
  LensDecodeStatus status = layer->decode (&frame);
  gsize at = frame.cursor.position;
  gsize end = frame.cursor.length;
  guint16 ethertype = lens_dissect_link (self, layer->link_type, at);

  if (status == LENS_DECODE_OK && frame.network != LENS_NETWORK_NONE)
    end = lens_dissect_ip (self, at, end, frame.wire_left);
  else if (ethertype == ETHERTYPE_ARP || ethertype == ETHERTYPE_RARP)
    lens_dissect_arp (self, at, end);
  else
    lens_dissector_add_bytes (self, 0, _ ("Data"), at, end);
  lens_dissector_add_bytes (self, 0, _ ("After the packet (padding, check values)"), end, self->n_bytes);
}

LensFieldTree *
lens_dissect (guint32 link_type, const guint8 *bytes, guint32 captured_bytes, guint32 wire_bytes)
{
  LensDissector self = { .tree = lens_field_tree_new (), .bytes = bytes, .n_bytes = captured_bytes };
  const LensLinkLayer *layer = lens_link_registry_find (link_type);

  add_frame (&self, link_type, wire_bytes);
  if (layer != NULL && layer->decode != NULL)
    dissect_frame (&self, layer, wire_bytes);
  else
    lens_dissector_add_bytes (&self, 0, _ ("Data"), 0, self.n_bytes);
  return self.tree;
}
