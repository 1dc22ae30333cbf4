/* The headers below IP, spelled out: Ethernet, tags, MPLS, PPPoE and PPP, LLC and SNAP, Linux cooked, loopback, 802.11. Their
 * formats are in the lens-link-NAME.c of each. Where the decoder knows a header that isn't spelled out here, its bytes are shown
 * under the link layer's name.
 */
#include "lens-dissect-private.h"

#include "lens-link.h"

#include <glib/gi18n-lib.h>

/* A header on the way from the first byte to where the decoder says that IP begins. */
typedef struct
{
  const LensDissector *dissector;
  gsize at;
  gsize end;
  guint16 ethertype; /* of what follows; 0: it has none */
} LinkWalk;

/* Spells out the header at @walk->at and moves past it. FALSE: it is none of its kind. */
typedef gboolean (*LinkWalkFunc) (LinkWalk *walk);

static gboolean walk_ethernet (LinkWalk *walk);

static gsize
left (const LinkWalk *walk)
{
  return walk->end - walk->at;
}

static guint16
peek_u16 (const LinkWalk *walk, gsize offset)
{
  LensByteCursor cursor = lens_dissector_look (walk->dissector, walk->at, walk->end);
  guint16 value = 0;

  (void) lens_byte_cursor_peek_u16 (&cursor, offset, &value);
  return value;
}

static guint8
peek_u8 (const LinkWalk *walk, gsize offset)
{
  LensByteCursor cursor = lens_dissector_look (walk->dissector, walk->at, walk->end);
  guint8 value = 0;

  (void) lens_byte_cursor_peek_u8 (&cursor, offset, &value);
  return value;
}

/* Appends a header of @n_bytes with its fields, and moves past it. FALSE: there are not so many. */
static gboolean
take (LinkWalk *walk, const char *name, gsize n_bytes, const LensFieldSpec *specs, gsize n_specs)
{
  if (left (walk) < n_bytes)
    return FALSE;
  lens_dissector_add (walk->dissector, 0, name, NULL, walk->at, n_bytes, walk->end);
  lens_dissector_add_fields (walk->dissector, walk->at, specs, n_specs);
  walk->at += n_bytes;
  return TRUE;
}

static gboolean
walk_mpls (LinkWalk *walk)
{
  static const LensFieldSpec label[] = {
    { NULL, N_ ("Label"), 0, 20, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Traffic class"), 20, 3, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Bottom of the stack"), 23, 1, LENS_FORM_BIT, 1, NULL },
    { NULL, N_ ("Time to live"), 24, 8, LENS_FORM_DECIMAL, 1, NULL },
  };
  gboolean is_bottom = FALSE;

  while (!is_bottom && left (walk) >= 4)
    {
      is_bottom = (peek_u8 (walk, 2) & 0x01) != 0;
      if (!take (walk, "MPLS", 4, label, G_N_ELEMENTS (label)))
        return FALSE;
    }
  if (left (walk) >= 18 && lens_ethertype_get_name (peek_u16 (walk, 16)) != NULL)
    {
      lens_dissector_add_bytes (walk->dissector, 0, _ ("Control word"), walk->at, walk->at + 4);
      walk->at += 4;
    }
  return left (walk) == 0 || walk_ethernet (walk);
}

static gboolean
walk_ppp (LinkWalk *walk)
{
  static const LensFieldSpec frame[] = {
    { NULL, N_ ("Address"), 0, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Control"), 8, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Protocol"), 16, 16, LENS_FORM_HEX, 1, NULL },
  };
  static const LensFieldSpec protocol[] = { { NULL, N_ ("Protocol"), 0, 16, LENS_FORM_HEX, 1, NULL } };
  static const LensFieldSpec short_protocol[] = { { NULL, N_ ("Protocol"), 0, 8, LENS_FORM_HEX, 1, NULL } };
  guint16 number = peek_u16 (walk, 0) == 0xff03 ? peek_u16 (walk, 2) : peek_u16 (walk, 0);
  gboolean is_good;

  if (peek_u16 (walk, 0) == 0xff03)
    is_good = take (walk, "PPP", 4, frame, G_N_ELEMENTS (frame));
  else if ((peek_u8 (walk, 0) & 0x01) != 0)
    is_good = take (walk, "PPP", 1, short_protocol, G_N_ELEMENTS (short_protocol));
  else
    is_good = take (walk, "PPP", 2, protocol, G_N_ELEMENTS (protocol));
  if (is_good && (number == 0x0281 || number == 0x0283) && left (walk) > 0)
    return walk_mpls (walk);
  return is_good;
}

static gboolean
walk_pppoe (LinkWalk *walk)
{
  static const LensFieldSpec session[] = {
    { NULL, N_ ("Version"), 0, 4, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Type"), 4, 4, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Code"), 8, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Session"), 16, 16, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Length"), 32, 16, LENS_FORM_DECIMAL, 1, NULL },
  };

  return take (walk, "PPPoE", 6, session, G_N_ELEMENTS (session)) && (left (walk) == 0 || walk_ppp (walk));
}

/* Whatever an EtherType that was read names: tags, then what has a header of its own. */
static gboolean walk_ethertype (LinkWalk *walk);

static gboolean
walk_llc (LinkWalk *walk)
{
  static const LensFieldSpec llc[] = {
    { NULL, N_ ("Destination service"), 0, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Source service"), 8, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Control"), 16, 8, LENS_FORM_HEX, 1, NULL },
  };
  static const LensFieldSpec snap[] = {
    { NULL, N_ ("Organization"), 0, 24, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("Protocol"), 24, 16, LENS_FORM_HEX, 1, lens_explain_ethertype },
  };
  gboolean is_snap = peek_u16 (walk, 0) == 0xaaaa;
  gboolean is_unnumbered = (peek_u8 (walk, 2) & 0x03) == 0x03;

  if (!take (walk, "LLC", is_unnumbered ? 3 : 4, llc, G_N_ELEMENTS (llc)))
    return FALSE;
  if (!is_snap || left (walk) == 0)
    return TRUE;
  walk->ethertype = peek_u16 (walk, 3);
  if (!take (walk, "SNAP", 5, snap, G_N_ELEMENTS (snap)))
    return FALSE;
  return walk_ethertype (walk);
}

/* A tag: @n_bytes, then the EtherType of what it was put before. */
static gboolean
walk_tag (LinkWalk *walk, gsize n_bytes)
{
  static const LensFieldSpec vlan[] = {
    { NULL, N_ ("Priority"), 0, 3, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Drop eligible"), 3, 1, LENS_FORM_BIT, 1, NULL },
    { NULL, N_ ("VLAN"), 4, 12, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Type"), 16, 16, LENS_FORM_HEX, 1, lens_explain_ethertype },
  };
  LensFieldSpec tag[] = {
    { NULL, N_ ("Tag"), 0, (guint16) (n_bytes * 8), LENS_FORM_BYTES, 1, NULL },
    { NULL, N_ ("Type"), (guint16) (n_bytes * 8), 16, LENS_FORM_HEX, 1, lens_explain_ethertype },
  };
  const char *name = lens_ethertype_get_name (walk->ethertype);

  walk->ethertype = peek_u16 (walk, n_bytes);
  if (n_bytes == 2)
    return take (walk, name, 4, vlan, G_N_ELEMENTS (vlan));
  return take (walk, name, n_bytes + 2, tag, G_N_ELEMENTS (tag));
}

static gboolean
walk_ethertype (LinkWalk *walk)
{
  while (left (walk) > 0)
    {
      switch (walk->ethertype)
        {
        case 0x8100:
        case 0x88a8:
        case 0x9100:
        case 0x9200:
          if (!walk_tag (walk, 2))
            return FALSE;
          break;
        case 0x8926:
        case 0x892f:
        case 0xf1c1:
          if (!walk_tag (walk, 4))
            return FALSE;
          break;
        case 0x893f:
        case 0x8909:
          if (!walk_tag (walk, 6))
            return FALSE;
          break;
        case 0x88e7:
          if (!walk_tag (walk, 16))
            return FALSE;
          break;
        case 0x8847:
        case 0x8848:
          return walk_mpls (walk);
        case 0x8864:
          return walk_pppoe (walk);
        case 0x8870:
          return walk_llc (walk);
        case 0x6558:
          return walk_ethernet (walk);
        default:
          return walk->ethertype <= 1500 && walk_llc (walk);
        }
    }
  return TRUE;
}

static gboolean
walk_ethernet (LinkWalk *walk)
{
  static const LensFieldSpec addresses[] = {
    { NULL, N_ ("Destination"), 0, 48, LENS_FORM_MAC, 1, NULL },
    { NULL, N_ ("Source"), 48, 48, LENS_FORM_MAC, 1, NULL },
  };
  static const LensFieldSpec type[]
      = { { NULL, N_ ("Type"), 96, 16, LENS_FORM_HEX, 1, lens_explain_ethertype } };
  static const LensFieldSpec length[] = { { NULL, N_ ("Length"), 96, 16, LENS_FORM_DECIMAL, 1, NULL } };
  gsize at = walk->at;

  walk->ethertype = peek_u16 (walk, 12);
  if (!take (walk, "Ethernet", 14, addresses, G_N_ELEMENTS (addresses)))
    return FALSE;
  if (walk->ethertype > 1500)
    LENS_ADD_FIELDS (walk->dissector, at, type);
  else
    LENS_ADD_FIELDS (walk->dissector, at, length);
  return walk_ethertype (walk);
}

static gboolean
walk_cooked (LinkWalk *walk)
{
  static const LensFieldSpec fields[] = {
    { NULL, N_ ("Packet type"), 0, 16, LENS_FORM_DECIMAL, 1, lens_explain_cooked_packet },
    { NULL, N_ ("Hardware (ARPHRD)"), 16, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Address length"), 32, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Address"), 48, 64, LENS_FORM_MAC, 1, NULL },
    { NULL, N_ ("Protocol"), 112, 16, LENS_FORM_HEX, 1, lens_explain_ethertype },
  };

  walk->ethertype = peek_u16 (walk, 14);
  return take (walk, _ ("Linux cooked"), 16, fields, G_N_ELEMENTS (fields)) && walk_ethertype (walk);
}

static gboolean
walk_cooked_v2 (LinkWalk *walk)
{
  static const LensFieldSpec fields[] = {
    { NULL, N_ ("Protocol"), 0, 16, LENS_FORM_HEX, 1, lens_explain_ethertype },
    { NULL, N_ ("Interface"), 32, 32, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Hardware (ARPHRD)"), 64, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Packet type"), 80, 8, LENS_FORM_DECIMAL, 1, lens_explain_cooked_packet },
    { NULL, N_ ("Address length"), 88, 8, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Address"), 96, 64, LENS_FORM_MAC, 1, NULL },
  };

  walk->ethertype = peek_u16 (walk, 0);
  return take (walk, _ ("Linux cooked"), 20, fields, G_N_ELEMENTS (fields)) && walk_ethertype (walk);
}

static gboolean
walk_loopback (LinkWalk *walk)
{
  static const LensFieldSpec fields[] = { { NULL, N_ ("Address family"), 0, 32, LENS_FORM_HEX, 1, NULL } };

  return take (walk, _ ("Loopback"), 4, fields, G_N_ELEMENTS (fields));
}

static gboolean
walk_ieee80211 (LinkWalk *walk)
{
  static const LensFieldSpec fields[] = {
    { NULL, N_ ("Subtype"), 0, 4, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Type"), 4, 2, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Flags"), 8, 8, LENS_FORM_HEX, 1, NULL },
    { NULL, N_ ("First address"), 32, 48, LENS_FORM_MAC, 1, NULL },
    { NULL, N_ ("Second address"), 80, 48, LENS_FORM_MAC, 1, NULL },
    { NULL, N_ ("Third address"), 128, 48, LENS_FORM_MAC, 1, NULL },
  };
  const gsize llc_bytes = 8;
  gboolean has_llc = left (walk) >= 24 + llc_bytes && peek_u16 (walk, left (walk) - llc_bytes) == 0xaaaa;
  gsize n_bytes = left (walk) - (has_llc ? llc_bytes : 0);

  if (left (walk) < 24 || !take (walk, "IEEE 802.11", n_bytes, fields, G_N_ELEMENTS (fields)))
    return FALSE;
  return !has_llc || walk_llc (walk);
}

static gboolean
walk_radiotap (LinkWalk *walk)
{
  static const LensFieldSpec fields[] = {
    { NULL, N_ ("Version"), 0, 8, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Length (little-endian)"), 16, 16, LENS_FORM_BYTES, 1, NULL },
  };
  gsize n_bytes = GUINT16_SWAP_LE_BE (peek_u16 (walk, 2));

  if (n_bytes < 8 || !take (walk, "Radiotap", n_bytes, fields, G_N_ELEMENTS (fields)))
    return FALSE;
  return left (walk) == 0 || walk_ieee80211 (walk);
}

typedef struct
{
  guint32 link_type;
  LinkWalkFunc walk;
} LinkWalker;

static const LinkWalker walkers[] = {
  { 0, walk_loopback }, { 1, walk_ethernet },   { 9, walk_ppp },         { 50, walk_ppp },
  { 51, walk_pppoe },   { 100, walk_llc },      { 105, walk_ieee80211 }, { 108, walk_loopback },
  { 113, walk_cooked }, { 127, walk_radiotap }, { 276, walk_cooked_v2 },
};

guint16
lens_dissect_link (const LensDissector *self, guint32 link_type, gsize end)
{
  LinkWalk walk = { .dissector = self, .at = 0, .end = end };
  const char *name = lens_link_layer_get_name (link_type);

  for (gsize i = 0; i < G_N_ELEMENTS (walkers) && end > 0; i++)
    if (walkers[i].link_type == link_type)
      (void) walkers[i].walk (&walk);
  if (walk.at == 0)
    lens_dissector_add_bytes (self, 0, name, walk.at, end);
  else
    lens_dissector_add_bytes (self, 0, _ ("More of the link layer"), walk.at, end);
  return walk.at == end ? walk.ethertype : 0;
}

void
lens_dissect_arp (const LensDissector *self, gsize offset, gsize end)
{
  static const LensFieldSpec start[] = {
    { NULL, N_ ("Hardware type"), 0, 16, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Protocol type"), 16, 16, LENS_FORM_HEX, 1, lens_explain_ethertype },
    { NULL, N_ ("Hardware address length"), 32, 8, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Protocol address length"), 40, 8, LENS_FORM_DECIMAL, 1, NULL },
    { NULL, N_ ("Operation"), 48, 16, LENS_FORM_DECIMAL, 1, lens_explain_arp_operation },
  };
  static const LensFieldSpec addresses[] = {
    { NULL, N_ ("Sender hardware address"), 64, 48, LENS_FORM_MAC, 1, NULL },
    { NULL, N_ ("Sender address"), 112, 32, LENS_FORM_ADDRESS, 1, NULL },
    { NULL, N_ ("Target hardware address"), 144, 48, LENS_FORM_MAC, 1, NULL },
    { NULL, N_ ("Target address"), 192, 32, LENS_FORM_ADDRESS, 1, NULL },
  };
  LensByteCursor cursor = lens_dissector_look (self, offset, end);
  guint16 lengths = 0;
  gsize n_bytes = 8;

  (void) lens_byte_cursor_peek_u16 (&cursor, 4, &lengths);
  n_bytes += 2u * (gsize) (lengths >> 8) + 2u * (gsize) (lengths & 0xff);
  lens_dissector_add (self, 0, "ARP", NULL, offset, n_bytes, end);
  LENS_ADD_FIELDS (self, offset, start);
  if (lengths == 0x0604)
    LENS_ADD_FIELDS (self, offset, addresses);
  lens_dissector_add_bytes (self, 0, _ ("Data"), offset + n_bytes, end);
}
