#include "lens-subnet.h"

LensSubnet
lens_subnet_of (const LensAddress *address, guint prefix_bits)
{
  LensSubnet subnet
      = { .network = *address, .prefix_bits = (guint8) MIN (prefix_bits, lens_address_count_bits (address)) };

  for (guint i = 0; i < G_N_ELEMENTS (subnet.network.bytes); i++)
    {
      guint left = subnet.prefix_bits > i * 8 ? subnet.prefix_bits - i * 8 : 0;

      if (left < 8)
        subnet.network.bytes[i] &= (guint8) (0xff00 >> left);
    }
  return subnet;
}

LensSubnet
lens_subnet_of_host_or_group (const LensAddress *address, guint prefix_bits)
{
  return lens_subnet_of (address, prefix_bits > 0 ? prefix_bits : lens_address_count_bits (address));
}

gboolean
lens_subnet_is_host (const LensSubnet *subnet)
{
  return subnet->prefix_bits == lens_address_count_bits (&subnet->network);
}

gboolean
lens_subnet_equal (const LensSubnet *a, const LensSubnet *b)
{
  return a->prefix_bits == b->prefix_bits && lens_address_equal (&a->network, &b->network);
}

gboolean
lens_subnet_parse (const char *text, LensSubnet *subnet)
{
  const char *slash = strchr (text, '/');
  g_autofree char *start = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : NULL;
  LensAddress address;
  guint64 prefix_bits;

  if (slash == NULL || !lens_address_parse (start, &address)
      || !g_ascii_string_to_unsigned (slash + 1, 10, 0, lens_address_count_bits (&address), &prefix_bits,
                                      NULL))
    return FALSE;
  *subnet = lens_subnet_of (&address, (guint) prefix_bits);
  return TRUE;
}

const char *
lens_subnet_format (const LensSubnet *subnet, char buffer[LENS_SUBNET_TEXT_SIZE])
{
  char address[LENS_ADDRESS_TEXT_SIZE];

  g_snprintf (buffer, LENS_SUBNET_TEXT_SIZE, "%s/%u", lens_address_format (&subnet->network, address),
              subnet->prefix_bits);
  return buffer;
}

gboolean
lens_subnet_contains (const LensSubnet *subnet, const LensAddress *address)
{
  guint n_bytes = subnet->prefix_bits / 8;
  guint n_bits = subnet->prefix_bits % 8;

  if (address->version != subnet->network.version
      || memcmp (address->bytes, subnet->network.bytes, n_bytes) != 0)
    return FALSE;
  return n_bits == 0 || ((address->bytes[n_bytes] ^ subnet->network.bytes[n_bytes]) >> (8 - n_bits)) == 0;
}
