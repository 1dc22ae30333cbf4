#include "lens-address-pattern.h"

#include "lens-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
fail (const char *reason, GError **error)
{
  g_set_error_literal (error, LENS_ERROR, LENS_ERROR_FILTER, reason);
  return FALSE;
}

gboolean
lens_address_pattern_parse (const char *text, LensAddressPattern *pattern, GError **error)
{
  g_autofree char *small = g_strstrip (g_ascii_strdown (text, -1));
  gsize n = strlen (small);
  LensAddressPattern read = { 0 };

  if (strchr (small, '/') != NULL)
    {
      if (!lens_subnet_parse (small, &read.subnet))
        return fail (_ ("this is no subnet; those are 192.0.2.0/24 or 2001:db8::/32"), error);
      read.is_subnet = TRUE;
      *pattern = read;
      return TRUE;
    }
  if (n == 0 || n >= sizeof read.text || strspn (small, "0123456789abcdef.:") != n)
    return fail (_ ("this is no IPv4 or IPv6 address, no part of one and no subnet"), error);
  memcpy (read.text, small, n);
  lens_address_parse (small, &read.address);
  *pattern = read;
  return TRUE;
}

LensAddressMatch
lens_address_pattern_match (const LensAddressPattern *pattern, const LensAddress *address)
{
  char text[LENS_ADDRESS_TEXT_SIZE];
  const char *at;

  if (pattern->is_subnet)
    return lens_subnet_contains (&pattern->subnet, address) ? LENS_ADDRESS_MATCH_WELL
                                                            : LENS_ADDRESS_MATCH_NONE;
  if (pattern->address.version != 0 && lens_address_equal (&pattern->address, address))
    return LENS_ADDRESS_MATCH_EXACT;
  at = strstr (lens_address_format (address, text), pattern->text);
  if (at == NULL)
    return LENS_ADDRESS_MATCH_NONE;
  return at == text ? LENS_ADDRESS_MATCH_WELL : LENS_ADDRESS_MATCH_WITHIN;
}
