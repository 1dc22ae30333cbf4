/* A range of addresses that begin alike: "10.1.0.0/16", "2001:db8::/32" (RFC 4632, RFC 4291). A plain value; any thread. */
#pragma once

#include "lens-address.h"

G_BEGIN_DECLS

/* Room for the longest text with its terminating NUL. */
#define LENS_SUBNET_TEXT_SIZE (LENS_ADDRESS_TEXT_SIZE + 4)

typedef struct
{
  LensAddress network; /* the bits after the prefix are 0 */
  guint8 prefix_bits;  /* up to 32 for IPv4, 128 for IPv6 */
} LensSubnet;

/* The subnet of @prefix_bits (at most as many as the address has) that @address is in. */
LensSubnet lens_subnet_of (const LensAddress *address, guint prefix_bits);

/* The same; @prefix_bits 0 is the address by itself, a subnet of all its bits, and lens_subnet_is_host() says so of it. */
LensSubnet lens_subnet_of_host_or_group (const LensAddress *address, guint prefix_bits);
gboolean lens_subnet_is_host (const LensSubnet *subnet);

gboolean lens_subnet_equal (const LensSubnet *a, const LensSubnet *b);

/* Reads "10.1.2.3/16", whatever the bits after the prefix are. Returns FALSE, @subnet untouched, when @text is none. */
gboolean lens_subnet_parse (const char *text, LensSubnet *subnet);

/* Writes "10.1.0.0/16" and returns @buffer. */
const char *lens_subnet_format (const LensSubnet *subnet, char buffer[LENS_SUBNET_TEXT_SIZE]);

gboolean lens_subnet_contains (const LensSubnet *subnet, const LensAddress *address);

G_END_DECLS
