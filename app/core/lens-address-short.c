#include "lens-address-short.h"

#define GAP "…"

/* What is left says which network it is in, and which host of it. */
#define LEAST_COLONS_BEFORE 2

/* For less nobody is to guess what is missing. */
#define LEAST_SAVED 4

/* An IPv6 address has no more. */
#define MAX_COLONS 8

typedef char AddressText[LENS_ADDRESS_TEXT_SIZE];

typedef struct
{
  gsize n_before; /* letters that are left, up to a colon */
  gsize n_after;  /* from a colon on */
} Cut;

static gboolean
is_cut_of (const Cut *cut, const char *whole, const char *text)
{
  gsize length = strlen (text);

  return length >= cut->n_before + cut->n_after && strncmp (whole, text, cut->n_before) == 0
         && strcmp (whole + strlen (whole) - cut->n_after, text + length - cut->n_after) == 0;
}

/* Whether no address but @which could be meant. */
static gboolean
is_unambiguous (const Cut *cut, const AddressText *texts, gsize n_texts, gsize which)
{
  for (gsize i = 0; i < n_texts; i++)
    if (i != which && strcmp (texts[i], texts[which]) != 0 && is_cut_of (cut, texts[which], texts[i]))
      return FALSE;
  return TRUE;
}

/* The one that leaves least; of two, the one that leaves more of the end, where hosts differ. All zero: there is none. */
static Cut
find_cut (const AddressText *texts, gsize n_texts, gsize which)
{
  const char *text = texts[which];
  gsize length = strlen (text);
  gsize colons[MAX_COLONS];
  gsize n_colons = 0, n_left = length - LEAST_SAVED;
  Cut best = { 0, 0 };

  for (gsize i = 0; i < length; i++)
    if (text[i] == ':' && n_colons < MAX_COLONS)
      colons[n_colons++] = i;
  for (gsize before = LEAST_COLONS_BEFORE; before < n_colons; before++)
    for (gsize after = before; after < n_colons; after++)
      {
        Cut cut = { colons[before - 1] + 1, length - colons[after] };
        gsize n = cut.n_before + 1 + cut.n_after;

        if (n > n_left || (n == n_left && cut.n_after <= best.n_after)
            || !is_unambiguous (&cut, texts, n_texts, which))
          continue;
        best = cut;
        n_left = n;
      }
  return best;
}

static char *
shorten (const AddressText *texts, gsize n_texts, gsize which)
{
  const char *text = texts[which];
  gsize length = strlen (text);
  Cut cut;

  if (length <= LENS_ADDRESS_SHORT_ENOUGH)
    return g_strdup (text);
  cut = find_cut (texts, n_texts, which);
  return cut.n_before > 0
             ? g_strdup_printf ("%.*s" GAP "%s", (int) cut.n_before, text, text + length - cut.n_after)
             : g_strdup (text);
}

GStrv
lens_addresses_shorten (const LensAddress *addresses, gsize n_addresses)
{
  GStrv shortened = g_new0 (char *, n_addresses + 1);
  g_autofree AddressText *texts = g_new (AddressText, n_addresses + 1);

  for (gsize i = 0; i < n_addresses; i++)
    lens_address_format (&addresses[i], texts[i]);
  for (gsize i = 0; i < n_addresses; i++)
    shortened[i] = shorten ((const AddressText *) texts, n_addresses, i);
  return shortened;
}
