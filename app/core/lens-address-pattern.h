/* What somebody types to find addresses: a whole one, any part of one as it is written ("24.221", "fe80::"), or a subnet ("192.168.24.0/24").
 * A plain value; any thread.
 */
#pragma once

#include "lens-address.h"
#include "lens-subnet.h"

G_BEGIN_DECLS

typedef struct
{
  char text[LENS_ADDRESS_TEXT_SIZE]; /* in small letters; "" for a subnet */
  LensSubnet subnet;                 /* only where is_subnet */
  gboolean is_subnet;
  LensAddress address; /* that the text is; version 0: it is a part of one, or a subnet */
} LensAddressPattern;

/* How well an address matches, the best last. */
typedef enum
{
  LENS_ADDRESS_MATCH_NONE,
  LENS_ADDRESS_MATCH_WITHIN, /* it has the text, and does not begin with it */
  LENS_ADDRESS_MATCH_WELL,   /* it begins with the text, or is in the subnet */
  LENS_ADDRESS_MATCH_EXACT,
} LensAddressMatch;

/* Reads @text, spaces at its ends aside. FALSE with LENS_ERROR_FILTER, which says what is wrong without naming @text, where no address can
 * match: it is empty, has what no address is written with, or a prefix that is longer than an address. */
gboolean lens_address_pattern_parse (const char *text, LensAddressPattern *pattern, GError **error);

/* An IPv6 address is written as lens_address_format() does: "::" stands for the longest run of zeros. */
LensAddressMatch lens_address_pattern_match (const LensAddressPattern *pattern, const LensAddress *address);

G_END_DECLS
