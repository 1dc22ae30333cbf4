/* Bytes as orders: terms are put into a filter and taken out again, and each filter is held against a small table. */
#include "fuzz.h"

#include "lens-byte-cursor.h"
#include "lens-filter.h"
#include "lens-packet-table-builder.h"

#define MAX_TERMS 64

static LensAddress
read_address (LensByteCursor *cursor)
{
  guint8 version = 0, last = 0;
  guint8 bytes[16] = { 192, 0, 2 };

  lens_byte_cursor_read_u8 (cursor, &version);
  lens_byte_cursor_read_u8 (cursor, &last);
  bytes[3] = last & 7; /* few, so that some are in the table */
  return version & 1 ? lens_address_from_ipv6 (bytes) : lens_address_from_ipv4 (bytes);
}

static LensFilterTerm
read_term (LensByteCursor *cursor)
{
  guint8 kind = 0, low = 0;
  LensAddress a, b;

  lens_byte_cursor_read_u8 (cursor, &kind);
  a = read_address (cursor);
  b = read_address (cursor);
  lens_byte_cursor_read_u8 (cursor, &low);
  switch (kind % 3)
    {
    case 0:
      return lens_filter_term_host (&a);
    case 1:
      return lens_filter_term_connection (&a, &b);
    default:
      return lens_filter_term_port (kind & 4 ? LENS_LAYER_TCP : LENS_LAYER_UDP, 1 + (kind >> 4) % 3, low & 3);
    }
}

static LensPacketTable *
new_table (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();

  for (guint i = 0; i < 64; i++)
    {
      const guint8 from[16] = { 192, 0, 2, i & 7 };
      const guint8 to[16] = { 192, 0, 2, i >> 3 };
      gboolean is_ipv6 = i % 3 == 0;
      LensPacket packet
          = { .layer = i % 2 ? LENS_LAYER_TCP : LENS_LAYER_UDP,
              .ip_version = is_ipv6 ? 6 : 4,
              .protocol = i % 2 ? 6 : 17,
              .source_port = i & 3,
              .destination_port = (i >> 2) & 3,
              .source = is_ipv6 ? lens_address_from_ipv6 (from) : lens_address_from_ipv4 (from),
              .destination = is_ipv6 ? lens_address_from_ipv6 (to) : lens_address_from_ipv4 (to) };

      g_assert_true (lens_packet_table_builder_append (builder, &packet, i, 60, 60, 100 * i, NULL));
    }
  return lens_packet_table_builder_freeze (builder);
}

/* A filter's matches, counted. */
static gsize
count_matches (const LensFilter *filter, const LensPacketTable *table)
{
  g_autofree guint8 *matches = lens_filter_match_flows (filter, table);
  gsize n = 0;

  for (gsize i = 0; i < lens_packet_table_get_flows (table).n; i++)
    {
      g_assert_cmpuint (matches[i], <=, 1);
      n += matches[i];
    }
  return n;
}

static LensFilter *
obey (LensFilter *filter, LensByteCursor *cursor)
{
  guint8 order = 0;
  LensFilterTerm term;
  LensFilter *changed;
  g_autofree char *words = NULL;

  lens_byte_cursor_read_u8 (cursor, &order);
  term = read_term (cursor);
  if (order & 1 && lens_filter_get_n_terms (filter) < MAX_TERMS)
    {
      changed = lens_filter_add (filter, &term);
      g_assert_true (lens_filter_has_term (changed, &term));
    }
  else
    {
      changed = lens_filter_remove (filter, &term);
      g_assert_false (lens_filter_has_term (changed, &term));
    }
  words = lens_filter_term_describe (&term);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  lens_filter_unref (filter);
  return changed;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static LensPacketTable *table;
  LensByteCursor cursor = lens_byte_cursor_init (data, size);
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();
  g_autofree char *words = NULL;

  if (table == NULL)
    table = new_table ();
  while (lens_byte_cursor_left (&cursor) > 0)
    {
      filter = obey (g_steal_pointer (&filter), &cursor);
      if (lens_filter_is_empty (filter))
        g_assert_cmpuint (count_matches (filter, table), ==, lens_packet_table_get_flows (table).n);
      else
        g_assert_cmpuint (count_matches (filter, table), <=, lens_packet_table_get_flows (table).n);
    }
  words = lens_filter_describe (filter);
  g_assert_true ((words == NULL) == lens_filter_is_empty (filter));
  return 0;
}
