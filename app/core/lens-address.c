#include "lens-address.h"

#include <arpa/inet.h>
#include <string.h>

LensAddress
lens_address_from_ipv4 (const guint8 bytes[4])
{
  LensAddress address;

  lens_address_set_ipv4 (&address, bytes);
  return address;
}

LensAddress
lens_address_from_ipv6 (const guint8 bytes[16])
{
  LensAddress address = { .version = 6 };

  memcpy (address.bytes, bytes, 16);
  return address;
}

gboolean
lens_address_parse (const char *text, LensAddress *address)
{
  guint8 bytes[16];

  g_return_val_if_fail (text != NULL && address != NULL, FALSE);

  if (inet_pton (AF_INET, text, bytes) == 1)
    {
      *address = lens_address_from_ipv4 (bytes);
      return TRUE;
    }
  if (inet_pton (AF_INET6, text, bytes) == 1)
    {
      *address = lens_address_from_ipv6 (bytes);
      return TRUE;
    }
  return FALSE;
}

guint
lens_address_count_bits (const LensAddress *address)
{
  return address->version == 4 ? 32 : address->version == 6 ? 128 : 0;
}

const char *
lens_address_format (const LensAddress *address, char buffer[LENS_ADDRESS_TEXT_SIZE])
{
  buffer[0] = '\0';
  if (address->version == 4)
    inet_ntop (AF_INET, address->bytes, buffer, LENS_ADDRESS_TEXT_SIZE);
  else if (address->version == 6)
    inet_ntop (AF_INET6, address->bytes, buffer, LENS_ADDRESS_TEXT_SIZE);
  return buffer;
}

guint
lens_address_table_hash (gconstpointer key)
{
  const LensAddress *address = key;
  guint hash = address->version;

  for (gsize i = 0; i < G_N_ELEMENTS (address->bytes); i++)
    hash = hash * 31 + address->bytes[i];
  return hash;
}

gboolean
lens_address_table_equal (gconstpointer a, gconstpointer b)
{
  return lens_address_equal (a, b);
}

int
lens_address_compare (const LensAddress *a, const LensAddress *b)
{
  if (a->version != b->version)
    return a->version < b->version ? -1 : 1;
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

gboolean
lens_address_is_unspecified_or_broadcast (const LensAddress *address)
{
  static const guint8 zeros[16] = { 0 };
  static const guint8 ones[4] = { 255, 255, 255, 255 };

  if (address->version == 0)
    return FALSE;
  return memcmp (address->bytes, zeros, sizeof zeros) == 0
         || (address->version == 4 && memcmp (address->bytes, ones, sizeof ones) == 0);
}

gboolean
lens_address_is_multicast (const LensAddress *address)
{
  static const guint8 ones[4] = { 255, 255, 255, 255 };

  if (address->version == 4)
    return (address->bytes[0] & 0xf0) == 0xe0 || memcmp (address->bytes, ones, sizeof ones) == 0;
  return address->version == 6 && address->bytes[0] == 0xff;
}
