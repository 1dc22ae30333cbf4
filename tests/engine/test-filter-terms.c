/* The filter as a list of terms: which of them are the same, what they are called. */
#include "test-filter-words.h"

#include <locale.h>
#include <string.h>

static void
test_without_kind (void)
{
  const LensAddress a = test_address ("192.0.2.1");
  LensFilterTerm terms[] = { lens_filter_term_time (1, 2), lens_filter_term_host (&a),
                             lens_filter_term_time (5, 6), lens_filter_term_bpf ("tcp") };
  LensFilter *filter = lens_filter_new_empty ();
  g_autoptr (LensFilter) timeless = NULL;
  g_autoptr (LensFilter) same = NULL;

  terms[2].is_inverted = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      LensFilter *more = lens_filter_with_term (filter, &terms[i]);

      lens_filter_unref (filter);
      filter = more;
    }
  timeless = lens_filter_without_kind (filter, LENS_FILTER_TIME);
  lens_filter_unref (filter);
  g_assert_cmpuint (lens_filter_get_n_terms (timeless), ==, 2);
  g_assert_true (lens_filter_has_term (timeless, &terms[1]));
  g_assert_cmpstr (lens_filter_get_term (timeless, 1)->expression, ==, "tcp");
  same = lens_filter_without_kind (timeless, LENS_FILTER_TIME);
  g_assert_true (lens_filter_equal (timeless, same));
}

static void
test_is_immutable (void)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  LensFilterTerm host = term_of ("host 192.0.2.1");
  LensFilterTerm port = term_of ("tcp source 443");
  g_autoptr (LensFilter) one = lens_filter_with_term (empty, &host);
  g_autoptr (LensFilter) two = lens_filter_with_term (one, &port);
  g_autoptr (LensFilter) again = lens_filter_with_term (two, &host);
  g_autoptr (LensFilter) other_order = filter_of ("tcp source 443, host 192.0.2.1");
  g_autoptr (LensFilter) back = lens_filter_without_term (two, &port);
  g_autoptr (LensFilter) unchanged = lens_filter_without_term (one, &port);
  g_autoptr (LensFilter) copy = g_boxed_copy (LENS_TYPE_FILTER, two);

  g_assert_true (lens_filter_is_empty (empty));
  g_assert_cmpuint (lens_filter_get_n_terms (one), ==, 1);
  g_assert_cmpuint (lens_filter_get_n_terms (two), ==, 2);
  g_assert_cmpuint (lens_filter_get_n_terms (again), ==, 2);
  g_assert_true (lens_filter_term_equal (lens_filter_get_term (two, 0), &host));
  g_assert_true (lens_filter_term_equal (lens_filter_get_term (two, 1), &port));
  g_assert_true (lens_filter_has_term (two, &port));
  g_assert_false (lens_filter_has_term (one, &port));

  g_assert_true (lens_filter_equal (two, again));
  g_assert_true (lens_filter_equal (two, other_order));
  g_assert_true (lens_filter_equal (one, back));
  g_assert_true (lens_filter_equal (one, unchanged));
  g_assert_true (lens_filter_equal (two, copy));
  g_assert_false (lens_filter_equal (one, two));
  g_assert_false (lens_filter_equal (two, one));
  g_assert_false (lens_filter_equal (empty, one));
}

/* Inverted and switched off: the term stays where it is, and what it was. */
static void
test_states_of_a_term (void)
{
  g_autoptr (LensFilter) filter = filter_of ("host 192.0.2.1, protocol 6");
  LensFilterTerm host = term_of ("host 192.0.2.1");
  LensFilterTerm other = term_of ("host 192.0.2.2");
  g_autoptr (LensFilter) inverted = lens_filter_with_inverted (filter, &host, TRUE);
  g_autoptr (LensFilter) off = lens_filter_with_enabled (inverted, &host, FALSE);
  g_autoptr (LensFilter) on = lens_filter_with_enabled (off, &host, TRUE);
  g_autoptr (LensFilter) upright = lens_filter_with_inverted (on, &host, FALSE);
  g_autoptr (LensFilter) untouched = lens_filter_with_inverted (filter, &other, TRUE);
  g_autoptr (LensFilter) untouched_too = lens_filter_with_enabled (filter, &other, FALSE);
  g_autoptr (LensFilter) replaced = lens_filter_with_term (off, &host);
  g_autoptr (LensFilter) removed = lens_filter_without_term (off, &host);
  g_autoptr (LensFilter) all_off = filter_of ("off host 192.0.2.1");
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();

  g_assert_true (lens_filter_get_term (inverted, 0)->is_inverted);
  g_assert_false (lens_filter_has_term (inverted, &host));
  g_assert_true (lens_filter_find_term (inverted, &host) == lens_filter_get_term (inverted, 0));
  g_assert_null (lens_filter_find_term (inverted, &other));
  g_assert_true (lens_filter_get_term (off, 0)->is_off && lens_filter_get_term (off, 0)->is_inverted);
  g_assert_true (lens_filter_equal (on, inverted));
  g_assert_true (lens_filter_equal (upright, filter));
  g_assert_true (lens_filter_equal (untouched, filter));
  g_assert_true (lens_filter_equal (untouched_too, filter));
  g_assert_true (lens_filter_equal (replaced, filter));
  g_assert_cmpuint (lens_filter_get_n_terms (removed), ==, 1);
  g_assert_false (lens_filter_equal (off, on));

  g_assert_true (lens_filter_has_same_effect (off, removed));
  g_assert_true (lens_filter_has_same_effect (removed, off));
  g_assert_false (lens_filter_has_same_effect (off, on));
  g_assert_false (lens_filter_has_same_effect (inverted, filter));
  g_assert_true (lens_filter_passes_all (all_off) && !lens_filter_is_empty (all_off));
  g_assert_true (lens_filter_has_same_effect (all_off, empty));
  g_assert_true (lens_filter_passes_all (empty));
  g_assert_false (lens_filter_passes_all (inverted));
}

/* A filter's expressions are its own, however its terms came and go. */
static void
test_expressions_are_owned (void)
{
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();
  g_autoptr (LensFilterTerm) copy = NULL;
  LensFilter *filter;
  LensFilter *inverted;

  {
    g_autofree char *expression = g_strdup ("tcp port 443");
    LensFilterTerm term = lens_filter_term_bpf (expression);

    filter = lens_filter_with_term (empty, &term);
    memset (expression, 'x', strlen (expression));
  }
  g_assert_cmpstr (lens_filter_get_term (filter, 0)->expression, ==, "tcp port 443");
  inverted = lens_filter_with_inverted (filter, lens_filter_get_term (filter, 0), TRUE);
  lens_filter_unref (filter);
  copy = lens_filter_term_copy (lens_filter_get_term (inverted, 0));
  lens_filter_unref (inverted);
  g_assert_cmpstr (copy->expression, ==, "tcp port 443");
  g_assert_true (copy->is_inverted);
}

static void
test_terms_differ (void)
{
  static const char *const texts[] = { "host 192.0.2.1",
                                       "host 192.0.2.2",
                                       "host 2001:db8::1",
                                       "connection 192.0.2.1 192.0.2.2",
                                       "connection 192.0.2.2 192.0.2.1",
                                       "pair 192.0.2.1 192.0.2.2",
                                       "subnets 192.0.2.0/24 192.0.2.2/32",
                                       "subnets 192.0.2.0/25 192.0.2.2/32",
                                       "subnets 192.0.2.2/32 192.0.2.0/24",
                                       "subnet-pair 192.0.2.0/24 192.0.2.2/32",
                                       "flow 192.0.2.1 192.0.2.2 1 2 6",
                                       "flow 192.0.2.1 192.0.2.2 2 1 6",
                                       "flow 192.0.2.1 192.0.2.2 1 2 17",
                                       "flow 192.0.2.1 192.0.2.3 1 2 6",
                                       "protocol 6",
                                       "protocol 17",
                                       "tcp source 443",
                                       "tcp destination 443",
                                       "tcp either 443",
                                       "udp source 443",
                                       "any source 443",
                                       "tcp source 444",
                                       "time 1 2",
                                       "time 1 3",
                                       "time 0 2",
                                       "bpf arp",
                                       "bpf tcp" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        LensFilterTerm a = term_of (texts[i]);
        LensFilterTerm b = term_of (texts[j]);

        g_assert_cmpint (lens_filter_term_is_alike (&a, &b), ==, i == j);
        g_assert_cmpint (lens_filter_term_equal (&a, &b), ==, i == j);
        g_assert_cmpint (lens_filter_term_hash (&a) == lens_filter_term_hash (&b), ==, i == j);
        b.is_inverted = TRUE;
        g_assert_cmpint (lens_filter_term_is_alike (&a, &b), ==, i == j);
        g_assert_cmpint (lens_filter_term_hash (&a) == lens_filter_term_hash (&b), ==, i == j);
        g_assert_false (lens_filter_term_equal (&a, &b));
        b.is_inverted = FALSE;
        b.is_off = TRUE;
        g_assert_false (lens_filter_term_equal (&a, &b));
      }
}

static void
test_words (void)
{
  static const struct
  {
    const char *terms;
    const char *words;
  } cases[] = {
    { "host 192.0.2.1", "host 192.0.2.1" },
    { "connection 192.0.2.1 192.0.2.7", "192.0.2.1 → 192.0.2.7" },
    { "subnets 192.0.2.1/32 198.51.100.9/24", "192.0.2.1 → 198.51.100.0/24" },
    { "subnets 198.51.100.9/24 192.0.2.1/32", "198.51.100.0/24 → 192.0.2.1" },
    { "not subnet-pair 198.51.100.9/24 192.0.2.1/32", "not 192.0.2.1 ↔ 198.51.100.0/24" },
    { "subnets 2001:db8::/64 2001:db8::/64", "2001:db8::/64 → 2001:db8::/64" },
    { "pair 192.0.2.7 192.0.2.1", "192.0.2.1 ↔ 192.0.2.7" },
    { "flow 192.0.2.1 192.0.2.7 5000 443 6", "TCP 192.0.2.1:5000 → 192.0.2.7:443" },
    { "flow 2001:db8::1 2001:db8::2 1 2 200", "IP protocol 200 [2001:db8::1]:1 → [2001:db8::2]:2" },
    { "protocol 132", "protocol SCTP" },
    { "protocol 250", "IP protocol 250" },
    { "tcp source 443", "TCP source port 443" },
    { "udp destination 53", "UDP destination port 53" },
    { "tcp either 53", "TCP port 53" },
    { "any either 53", "port 53" },
    { "any source 53", "source port 53" },
    { "any destination 53", "destination port 53" },
    { "not host 192.0.2.1", "not host 192.0.2.1" },
    { "bpf arp", "arp" },
    { "not bpf arp", "not (arp)" },
    { "time 1617818153 1617818170", "2021-04-07 17:55:53 – 17:56:10 UTC" },
    { "time 1617818153 1617818155", "2021-04-07 17:55:53.000 – 17:55:55.000 UTC" },
    { "time 86399 86410", "1970-01-01 23:59:59 – 1970-01-02 00:00:10 UTC" },
    { "host 192.0.2.1, tcp source 443", "host 192.0.2.1 · TCP source port 443" },
    { "host 192.0.2.1, tcp source 443, host 192.0.2.7",
      "host 192.0.2.1 or host 192.0.2.7 · TCP source port 443" },
    { "not host 192.0.2.1, not host 192.0.2.7", "not host 192.0.2.1 · not host 192.0.2.7" },
    { "off host 192.0.2.9, host 192.0.2.1, not host 192.0.2.3, host 192.0.2.7",
      "host 192.0.2.1 or host 192.0.2.7 · not host 192.0.2.3" },
    { "bpf arp, bpf tcp", "arp · tcp" },
    { "off host 192.0.2.1, tcp source 443", "TCP source port 443" },
    { "off host 192.0.2.1", NULL },
  };
  g_autoptr (LensFilter) empty = lens_filter_new_empty ();

  g_assert_null (lens_filter_describe (empty));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensFilter) filter = filter_of (cases[i].terms);
      g_autofree char *words = lens_filter_describe (filter);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* In the person's time zone, with as many decimals as a short span needs; and an expression that a terminal would obey. */
static void
test_words_of_a_chip (void)
{
  LensFilterTerm time = lens_filter_term_time (1617818153000000000, 1617818153000001000);
  LensFilterTerm hostile = lens_filter_term_bpf ("tcp\x1b[2J\xff and\nudp");
  g_autofree char *time_words = lens_filter_term_describe (&time, LENS_TIME_WORDS_CLOCK);
  g_autofree char *day_words = lens_filter_term_describe (&time, LENS_TIME_WORDS_DAY);
  g_autofree char *utc_words = lens_filter_term_describe (&time, LENS_TIME_WORDS_UTC);
  g_autofree char *hostile_words = lens_filter_term_describe (&hostile, LENS_TIME_WORDS_CLOCK);

  g_assert_cmpstr (time_words, ==, "17:55:53.000000000 – 17:55:53.000001000");
  g_assert_cmpstr (day_words, ==, "2021-04-07 17:55:53.000000000 – 17:55:53.000001000");
  g_assert_cmpstr (utc_words, ==, "2021-04-07 17:55:53.000000000 – 17:55:53.000001000 UTC");
  g_assert_true (g_utf8_validate (hostile_words, -1, NULL));
  g_assert_null (strpbrk (hostile_words, "\x1b\n"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-terms/without-kind", test_without_kind);
  g_test_add_func ("/filter-terms/is-immutable", test_is_immutable);
  g_test_add_func ("/filter-terms/states-of-a-term", test_states_of_a_term);
  g_test_add_func ("/filter-terms/expressions-are-owned", test_expressions_are_owned);
  g_test_add_func ("/filter-terms/terms-differ", test_terms_differ);
  g_test_add_func ("/filter-terms/words", test_words);
  g_test_add_func ("/filter-terms/words-of-a-chip", test_words_of_a_chip);
  return g_test_run ();
}
