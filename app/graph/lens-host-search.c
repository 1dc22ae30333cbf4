#include "lens-host-search.h"

#include "lens-address-pattern.h"
#include "lens-host-labels.h"

struct _LensHostSearch
{
  LensAddress *addresses; /* owned */
  gsize n_addresses;
  GStrv names; /* owned, one an address, in small letters: its name, or its address again */
};

static GStrv
list_names (const LensHostSearch *search, const LensCapture *capture)
{
  GStrv names = lens_host_labels_new (capture, search->addresses, search->n_addresses);

  for (gsize i = 0; i < search->n_addresses; i++)
    {
      char *small = g_utf8_strdown (names[i], -1);

      g_free (names[i]);
      names[i] = small;
    }
  return names;
}

LensHostSearch *
lens_host_search_new (const LensAnalysis *analysis)
{
  LensHostSearch *search = g_new0 (LensHostSearch, 1);
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &search->n_addresses);

  search->addresses = g_new (LensAddress, search->n_addresses);
  for (gsize i = 0; i < search->n_addresses; i++)
    search->addresses[i] = hosts[i].address;
  search->names = list_names (search, lens_analysis_get_capture (analysis));
  return search;
}

void
lens_host_search_free (LensHostSearch *search)
{
  g_free (search->addresses);
  g_strfreev (search->names);
  g_free (search);
}

/* Hosts that have a name are found by a part of that, too. */
static gboolean
has_in_name (const LensHostSearch *search, gsize host, const char *text)
{
  char address[LENS_ADDRESS_TEXT_SIZE];

  lens_address_format (&search->addresses[host], address);
  return !g_str_equal (search->names[host], address) && strstr (search->names[host], text) != NULL;
}

GArray *
lens_host_search_find (const LensHostSearch *search, const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (LensAddress));
  g_autoptr (GArray) within = g_array_new (FALSE, FALSE, sizeof (LensAddress));
  g_autofree char *small = g_strstrip (g_utf8_strdown (text, -1));
  LensAddressPattern pattern;
  gboolean is_pattern = lens_address_pattern_parse (small, &pattern, NULL);
  gboolean is_name = !is_pattern || !pattern.is_subnet;

  for (gsize i = 0; *small != '\0' && i < search->n_addresses; i++)
    {
      const LensAddress *address = &search->addresses[i];
      LensAddressMatch how
          = is_pattern ? lens_address_pattern_match (&pattern, address) : LENS_ADDRESS_MATCH_NONE;

      if (how == LENS_ADDRESS_MATCH_EXACT)
        g_array_prepend_val (found, *address);
      else if (how == LENS_ADDRESS_MATCH_WELL || (is_name && has_in_name (search, i, small)))
        g_array_append_val (found, *address);
      else if (how == LENS_ADDRESS_MATCH_WITHIN)
        g_array_append_val (within, *address);
    }
  g_array_append_vals (found, within->data, within->len);
  return found;
}
