#include "lens-subnet.h"

static guint
count_bits (const LensAddress *address)
{
  return address->version == 4 ? 32 : address->version == 6 ? 128 : 0;
}

LensSubnet
lens_subnet_of (const LensAddress *address, guint prefix_bits)
{
  LensSubnet subnet
      = { .network = *address, .prefix_bits = (guint8) MIN (prefix_bits, count_bits (address)) };

  for (guint i = 0; i < G_N_ELEMENTS (subnet.network.bytes); i++)
    {
      guint left = subnet.prefix_bits > i * 8 ? subnet.prefix_bits - i * 8 : 0;

      if (left < 8)
        subnet.network.bytes[i] &= (guint8) (0xff00 >> left);
    }
  return subnet;
}

gboolean
lens_subnet_parse (const char *text, LensSubnet *subnet)
{
  const char *slash = strchr (text, '/');
  g_autofree char *start = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : NULL;
  LensAddress address;
  guint64 prefix_bits;

  if (slash == NULL || !lens_address_parse (start, &address)
      || !g_ascii_string_to_unsigned (slash + 1, 10, 0, count_bits (&address), &prefix_bits, NULL))
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
  LensSubnet other;

  if (address->version != subnet->network.version)
    return FALSE;
  other = lens_subnet_of (address, subnet->prefix_bits);
  return lens_address_equal (&other.network, &subnet->network);
}
