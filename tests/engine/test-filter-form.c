/* Terms that are filled in: every kind, what is wrong said in words, and the protocols that there are. */
#include "lens-error.h"
#include "lens-filter-form.h"
#include "test-tables.h"

#include <locale.h>
#include <string.h>

#define TCP 6
#define UDP 17
#define ICMP 1

static void
test_read (void)
{
  static const struct
  {
    LensFilterForm form;
    const char *words; /* of the term; NULL: there is none */
    const char *wrong; /* in the error; NULL: there is none */
  } cases[] = {
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "192.0.2.1" }, "host 192.0.2.1", NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = " 2001:db8::1\t", .is_inverted = TRUE },
      "not host 2001:db8::1",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "" }, NULL, NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "  " }, NULL, NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "192.0.2" },
      NULL,
      "“192.0.2” is no address" },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "\x1b[2J" }, NULL, "␛" },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = " 10.1.2.3/8 " },
      "subnet 10.0.0.0/8",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_SOURCE, .source = "2001:db8:1::/32" },
      "from subnet 2001:db8::/32",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_DESTINATION, .source = "0.0.0.0/0", .is_inverted = TRUE },
      "not to subnet 0.0.0.0/0",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "192.0.2.1/32" },
      "host 192.0.2.1",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_SOURCE, .source = "192.0.2.1" },
      "from host 192.0.2.1",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_DESTINATION, .source = "2001:db8::1/128" },
      "to host 2001:db8::1",
      NULL },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "10.0.0.0/33" },
      NULL,
      "“10.0.0.0/33” is no subnet" },
    { { .kind = LENS_FILTER_HOST, .side = LENS_PORT_EITHER, .source = "10.0.0.0/" }, NULL, "is no subnet" },
    { { .kind = LENS_FILTER_LAYER, .class = LENS_CLASS_NOT_IP }, "without IP", NULL },
    { { .kind = LENS_FILTER_LAYER, .class = LENS_CLASS_MALFORMED, .is_inverted = TRUE },
      "not malformed",
      NULL },
    { { .kind = LENS_FILTER_LAYER, .class = LENS_CLASS_IPV6 }, "layer IPv6", NULL },
    { { .kind = LENS_FILTER_LAYER, .class = LENS_CLASS_OTHER_IP }, "layer other IP", NULL },
    { { .kind = LENS_FILTER_CONNECTION, .source = "192.0.2.7", .destination = "192.0.2.1" },
      "192.0.2.7 → 192.0.2.1",
      NULL },
    { { .kind = LENS_FILTER_CONNECTION,
        .source = "192.0.2.7",
        .destination = "192.0.2.1",
        .is_either_way = TRUE },
      "192.0.2.1 ↔ 192.0.2.7",
      NULL },
    { { .kind = LENS_FILTER_CONNECTION, .source = "192.0.2.7", .destination = "" }, NULL, NULL },
    { { .kind = LENS_FILTER_CONNECTION, .source = "", .destination = "b" }, NULL, "“b” is no address" },
    { { .kind = LENS_FILTER_CONNECTION, .source = "a", .destination = "b" }, NULL, "“a” is no address" },
    { { .kind = LENS_FILTER_CONNECTION, .source = "192.0.2.7", .destination = "::1" }, NULL, "IPv6" },
    { { .kind = LENS_FILTER_PORT, .port = "443", .side = LENS_PORT_EITHER, .layer = LENS_PORT_ANY_LAYER },
      "port 443",
      NULL },
    { { .kind = LENS_FILTER_PORT, .port = "0", .side = LENS_PORT_SOURCE, .layer = LENS_LAYER_TCP },
      "TCP source port 0",
      NULL },
    { { .kind = LENS_FILTER_PORT, .port = "65535", .side = LENS_PORT_DESTINATION, .layer = LENS_LAYER_UDP },
      "UDP destination port 65535",
      NULL },
    { { .kind = LENS_FILTER_PORT, .port = "", .side = LENS_PORT_EITHER, .layer = LENS_LAYER_UDP },
      NULL,
      NULL },
    { { .kind = LENS_FILTER_PORT, .port = "65536", .side = LENS_PORT_EITHER, .layer = LENS_LAYER_UDP },
      NULL,
      "“65536” is no port" },
    { { .kind = LENS_FILTER_PORT, .port = "-1", .side = LENS_PORT_EITHER, .layer = LENS_LAYER_UDP },
      NULL,
      "“-1” is no port" },
    { { .kind = LENS_FILTER_PORT, .port = "http", .side = LENS_PORT_EITHER, .layer = LENS_LAYER_UDP },
      NULL,
      "“http” is no port" },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "2", .end = "4.5" },
      "1970-01-01 00:00:02.000 – 00:00:04.500 UTC",
      NULL },
    { { .kind = LENS_FILTER_TIME,
        .frame = { 0, 9000000000 },
        .start = " ",
        .end = "4.5",
        .is_inverted = TRUE },
      "not 1970-01-01 00:00:00.000 – 00:00:04.500 UTC",
      NULL },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "2", .end = "" },
      "1970-01-01 00:00:02.000 – 00:00:09.000 UTC",
      NULL },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "2", .end = "2" },
      "1970-01-01 00:00:02 UTC",
      NULL },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "2.0005", .end = "2.0005" },
      "1970-01-01 00:00:02.000500 UTC",
      NULL },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "", .end = " " }, NULL, NULL },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "4", .end = "2" },
      NULL,
      "The end is before the start." },
    { { .kind = LENS_FILTER_TIME, .frame = { 0, 9000000000 }, .start = "then", .end = "2" },
      NULL,
      "“then” is no time" },
    { { .kind = LENS_FILTER_PROTOCOL, .protocol = UDP }, "protocol UDP", NULL },
    { { .kind = LENS_FILTER_PROTOCOL, .protocol = 253, .is_inverted = TRUE }, "not IP protocol 253", NULL },
    { { .kind = LENS_FILTER_FLOW,
        .source = "192.0.2.1",
        .destination = "192.0.2.7",
        .port = "1000",
        .destination_port = "443",
        .protocol = TCP },
      "TCP 192.0.2.1:1000 → 192.0.2.7:443",
      NULL },
    { { .kind = LENS_FILTER_FLOW,
        .source = "192.0.2.1",
        .destination = "192.0.2.7",
        .port = "1000",
        .destination_port = "",
        .protocol = TCP },
      NULL,
      NULL },
    { { .kind = LENS_FILTER_FLOW,
        .source = "",
        .destination = "192.0.2.7",
        .port = "",
        .destination_port = "x",
        .protocol = TCP },
      NULL,
      "“x” is no port" },
    { { .kind = LENS_FILTER_FLOW,
        .source = "192.0.2.1",
        .destination = "192.0.2.7",
        .port = "left over",
        .destination_port = "",
        .protocol = ICMP },
      "ICMP 192.0.2.1:0 → 192.0.2.7:0",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;
      LensFilterTerm term;
      gboolean is_there = lens_filter_form_read (&cases[i].form, &term, &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      if (is_there)
        words = lens_filter_term_describe (&term, LENS_TIME_WORDS_UTC);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpint (error != NULL, ==, cases[i].wrong != NULL);
      if (error == NULL)
        continue;
      g_assert_error (error, LENS_ERROR, LENS_ERROR_FILTER);
      g_assert_nonnull (strstr (error->message, cases[i].wrong));
    }
}

static void
test_protocols (void)
{
  static const TestPacket packets[] = {
    { 1, "192.0.2.1", "192.0.2.2", LENS_LAYER_ICMP, 0, 0, 1 },
    { 2, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 1 },
    { 3, "192.0.2.1", "192.0.2.2", LENS_LAYER_UDP, 1, 2, 1 },
    { 4, "192.0.2.2", "192.0.2.1", LENS_LAYER_UDP, 2, 1, 1 },
    { 5, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 1, 2, 1 },
    { 6, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 0 },
  };
  static const LensProtocolCount expected[] = { { UDP, 3 }, { ICMP, 1 }, { TCP, 1 } };
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  g_autoptr (LensPacketTable) table = NULL;
  g_autoptr (GArray) counts = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
    test_append (builder, &packets[i]);
  table = lens_packet_table_builder_freeze (builder);
  counts = lens_filter_form_list_protocols (table);
  g_assert_cmpuint (counts->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < counts->len; i++)
    {
      const LensProtocolCount *count = &g_array_index (counts, LensProtocolCount, i);

      g_assert_cmpuint (count->protocol, ==, expected[i].protocol);
      g_assert_cmpuint (count->packets, ==, expected[i].packets);
    }
}

static void
test_protocol_words (void)
{
  g_autofree char *tcp = lens_filter_form_name_protocol (TCP);
  g_autofree char *unknown = lens_filter_form_name_protocol (253);

  g_assert_cmpstr (tcp, ==, "TCP");
  g_assert_cmpstr (unknown, ==, "IP protocol 253");
  g_assert_true (lens_filter_form_has_ports (TCP));
  g_assert_true (lens_filter_form_has_ports (136));
  g_assert_false (lens_filter_form_has_ports (ICMP));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-form/read", test_read);
  g_test_add_func ("/filter-form/protocols", test_protocols);
  g_test_add_func ("/filter-form/protocol-words", test_protocol_words);
  return g_test_run ();
}
