/* Terms and filters out of words, for tables of cases. */
#pragma once

#include "lens-filter.h"
#include "test-tables.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

static inline LensFilterTerm
port_term_of (char **words)
{
  LensLayer layer = g_str_equal (words[0], "tcp")   ? LENS_LAYER_TCP
                    : g_str_equal (words[0], "udp") ? LENS_LAYER_UDP
                                                    : LENS_PORT_ANY_LAYER;
  guint side = g_str_equal (words[1], "source")        ? LENS_PORT_SOURCE
               : g_str_equal (words[1], "destination") ? LENS_PORT_DESTINATION
                                                       : LENS_PORT_EITHER;

  return lens_filter_term_port (layer, side, (guint16) g_ascii_strtoull (words[2], NULL, 10));
}

static inline LensFilterTerm
selecting_term_of (char **words)
{
  LensAddress a, b;

  if (g_str_equal (words[0], "bpf"))
    return lens_filter_term_bpf (g_intern_string (words[1]));
  if (g_str_equal (words[0], "protocol"))
    return lens_filter_term_protocol ((guint8) g_ascii_strtoull (words[1], NULL, 10));
  if (g_str_equal (words[0], "time"))
    return lens_filter_term_time (g_ascii_strtoll (words[1], NULL, 10) * SECOND,
                                  g_ascii_strtoll (words[2], NULL, 10) * SECOND);
  if (g_str_equal (words[0], "tcp") || g_str_equal (words[0], "udp") || g_str_equal (words[0], "any"))
    return port_term_of (words);
  if (g_str_equal (words[0], "subnets") || g_str_equal (words[0], "subnet-pair"))
    {
      LensSubnet source, destination;

      g_assert_true (lens_subnet_parse (words[1], &source));
      g_assert_true (lens_subnet_parse (words[2], &destination));
      return lens_filter_term_subnets (&source, &destination, g_str_equal (words[0], "subnet-pair"));
    }
  a = test_address (words[1]);
  if (g_str_equal (words[0], "host"))
    return lens_filter_term_host (&a);
  b = test_address (words[2]);
  if (g_str_equal (words[0], "pair"))
    return lens_filter_term_pair (&a, &b);
  if (g_str_equal (words[0], "connection"))
    return lens_filter_term_connection (&a, &b);
  g_assert_cmpstr (words[0], ==, "flow");
  return lens_filter_term_flow (&a, (guint16) g_ascii_strtoull (words[3], NULL, 10), &b,
                                (guint16) g_ascii_strtoull (words[4], NULL, 10),
                                (guint8) g_ascii_strtoull (words[5], NULL, 10));
}

/* "host 192.0.2.1", "not time 1000 1001", "off tcp source 443": terms for tables of cases. */
static inline LensFilterTerm
term_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean is_off = g_str_equal (words[0], "off");
  gboolean is_inverted = g_str_equal (words[is_off], "not");
  LensFilterTerm term = selecting_term_of (words + is_off + is_inverted);

  term.is_off = is_off;
  term.is_inverted = is_inverted;
  return term;
}

static inline LensFilter *
filter_of (const char *text)
{
  g_auto (GStrv) texts = g_strsplit (text, ", ", -1);
  LensFilter *filter = lens_filter_new_empty ();

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      LensFilterTerm term = term_of (texts[i]);
      LensFilter *longer = lens_filter_with_term (filter, &term);

      lens_filter_unref (filter);
      filter = longer;
    }
  return filter;
}
