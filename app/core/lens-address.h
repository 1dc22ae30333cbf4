/* An IPv4 or IPv6 address as a plain value. Any thread. */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Room for the longest text of an address with its terminating NUL. */
#define LENS_ADDRESS_TEXT_SIZE 48

typedef struct
{
  guint8 bytes[16]; /* network order; IPv4: the first four, the rest zero */
  guint8 version;   /* 4, 6, or 0 for none */
} LensAddress;

LensAddress lens_address_from_ipv4 (const guint8 bytes[4]);
LensAddress lens_address_from_ipv6 (const guint8 bytes[16]);

/* lens_address_from_ipv4() in place, for each packet's two: a value that is returned would be stored in parts and read as a whole, which
 * processors wait for. */
static inline void
lens_address_set_ipv4 (LensAddress *address, const guint8 bytes[4])
{
  memcpy (address->bytes, bytes, 4);
  memset (address->bytes + 4, 0, sizeof address->bytes - 4);
  address->version = 4;
}

/* Reads "192.0.2.1" or "2001:db8::1" (RFC 4291). Returns FALSE, @address untouched, when @text is neither. */
gboolean lens_address_parse (const char *text, LensAddress *address);

/* How many bits an address has: 32, 128, or 0 for none. */
guint lens_address_count_bits (const LensAddress *address);

/* Writes the text form (IPv6 as in RFC 5952) and returns @buffer; "" for no address. */
const char *lens_address_format (const LensAddress *address, char buffer[LENS_ADDRESS_TEXT_SIZE]);

static inline gboolean
lens_address_equal (const LensAddress *a, const LensAddress *b)
{
  return a->version == b->version && memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* For a GHashTable with LensAddress pointers as keys. Not for keys that a file could choose to clump. */
guint lens_address_table_hash (gconstpointer address);
gboolean lens_address_table_equal (gconstpointer a, gconstpointer b);

/* Orders IPv4 before IPv6, then by number: negative, 0 or positive, as for qsort(). */
int lens_address_compare (const LensAddress *a, const LensAddress *b);

/* 0.0.0.0, :: and 255.255.255.255: no host of its own. */
gboolean lens_address_is_unspecified_or_broadcast (const LensAddress *address);

/* 224.0.0.0/4 (RFC 5771), ff00::/8 (RFC 4291) and 255.255.255.255: addresses of many hosts, which nobody sends from. */
gboolean lens_address_is_multicast (const LensAddress *address);

G_END_DECLS
