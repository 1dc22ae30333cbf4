/* Bytes as orders: terms are put into a filter, inverted, switched off and taken out again, and what each filter selects of a small
 * table is held against a plain reading of its terms. A first byte of 0 has the rest be a BPF expression instead, which is compiled for
 * some link layers and run over itself. */
#include "fuzz.h"

#include "lens-bpf.h"
#include "lens-byte-cursor.h"
#include "lens-packet-table-builder.h"
#include "lens-selection.h"

#include <netdb.h>

#define MAX_TERMS 64
#define MAX_EXPRESSION 1024
#define N_PACKETS 64

/* The expression's names are not asked of any network. */
int
getaddrinfo (const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result)
{
  return EAI_NONAME;
}

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
  static const LensLayer layers[] = { LENS_LAYER_TCP, LENS_LAYER_UDP, LENS_PORT_ANY_LAYER };
  static const char *const expressions[] = { "tcp", "udp", "\x1b[2J\xff", "" };
  guint8 kind = 0, low = 0;
  LensAddress a, b;

  lens_byte_cursor_read_u8 (cursor, &kind);
  a = read_address (cursor);
  b = read_address (cursor);
  lens_byte_cursor_read_u8 (cursor, &low);
  switch (kind % 8)
    {
    case 0:
      return lens_filter_term_host (&a);
    case 1:
      return lens_filter_term_connection (&a, &b);
    case 2:
      return lens_filter_term_pair (&a, &b);
    case 3:
      return lens_filter_term_flow (&a, low & 3, &b, low >> 2 & 3, kind & 8 ? 6 : 17);
    case 4:
      return lens_filter_term_protocol (kind & 8 ? 6 : low);
    case 5:
      return lens_filter_term_time (kind, low);
    case 6:
      return lens_filter_term_bpf (expressions[low & 3]);
    default:
      return lens_filter_term_port (layers[kind / 8 % 3], 1 + (kind >> 6) % 3, low & 3);
    }
}

static LensPacketTable *
new_table (void)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();

  for (guint i = 0; i < N_PACKETS; i++)
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

      g_assert_true (lens_packet_table_builder_append (builder, &packet, 4 * i, 60, 60, 100 * i, NULL));
    }
  return lens_packet_table_builder_freeze (builder);
}

/* Which rows an expression stands for: it is not compiled here. */
static gboolean
expression_means (const LensFilterTerm *term, gsize row)
{
  return (g_str_hash (term->expression) >> row % 16 & 1) != 0;
}

static gboolean
is_host (const LensPacketTable *table, guint32 host, const LensAddress *address)
{
  return lens_address_equal (&lens_packet_table_get_hosts (table).items[host].address, address);
}

static gboolean
is_connection (const LensPacketTable *table, const LensFlow *flow, const LensAddress *a, const LensAddress *b)
{
  return is_host (table, flow->source_host, a) && is_host (table, flow->destination_host, b);
}

/* Whether @term speaks of the packet, as the comments in lens-filter.h have it. */
static gboolean
means (const LensFilterTerm *term, const LensPacketTable *table, gsize row)
{
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  const LensFlow *flow = &lens_packet_table_get_flows (table).items[columns.flow[row]];

  switch (term->kind)
    {
    case LENS_FILTER_HOST:
      return is_host (table, flow->source_host, &term->address)
             || is_host (table, flow->destination_host, &term->address);
    case LENS_FILTER_CONNECTION:
      return is_connection (table, flow, &term->address, &term->destination)
             || (term->is_either_way && is_connection (table, flow, &term->destination, &term->address));
    case LENS_FILTER_FLOW:
      return is_connection (table, flow, &term->address, &term->destination)
             && flow->protocol == term->protocol && flow->source_port == term->port
             && flow->destination_port == term->destination_port;
    case LENS_FILTER_PROTOCOL:
      return flow->protocol == term->protocol;
    case LENS_FILTER_TIME:
      return columns.time_ns[row] >= term->first_ns && columns.time_ns[row] <= term->last_ns;
    case LENS_FILTER_BPF:
      return expression_means (term, row);
    default:
      return (term->layer == LENS_PORT_ANY_LAYER || term->layer == (LensLayer) flow->layer)
             && (((term->side & LENS_PORT_SOURCE) != 0 && flow->source_port == term->port)
                 || ((term->side & LENS_PORT_DESTINATION) != 0 && flow->destination_port == term->port));
    }
}

static gboolean
passes (const LensFilter *filter, const LensPacketTable *table, gsize row)
{
  gboolean is_there[LENS_N_FILTER_KINDS] = { FALSE };
  gboolean is_passed[LENS_N_FILTER_KINDS] = { FALSE };

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);

      if (term->is_off)
        continue;
      if (term->is_inverted && means (term, table, row))
        return FALSE;
      is_there[term->kind] |= !term->is_inverted;
      is_passed[term->kind] |= !term->is_inverted && means (term, table, row);
    }
  for (gsize kind = 0; kind < LENS_N_FILTER_KINDS; kind++)
    if (is_there[kind] && !is_passed[kind])
      return FALSE;
  return TRUE;
}

static void
check_selection (const LensFilter *filter, const LensPacketTable *table)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_row_set_unref);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  g_autoptr (LensSelection) selection = NULL;

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);
      LensRowSet *set;

      if (term->is_off || term->kind != LENS_FILTER_BPF)
        continue;
      set = lens_row_set_new (columns.n_packets);
      for (gsize row = 0; row < columns.n_packets; row++)
        if (expression_means (term, row))
          lens_row_set_add (set, row);
      g_ptr_array_add (sets, set);
    }
  selection = lens_selection_new (filter, table, sets);
  for (gsize row = 0; row < columns.n_packets; row++)
    g_assert_cmpint (lens_selection_has_row (selection, &columns, row), ==, passes (filter, table, row));
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
  term.is_inverted = (order & 8) != 0;
  term.is_off = (order & 16) != 0;
  if (order & 1 && lens_filter_get_n_terms (filter) < MAX_TERMS)
    {
      changed = lens_filter_with_term (filter, &term);
      g_assert_true (lens_filter_has_term (changed, &term));
    }
  else if (order & 2)
    {
      changed = lens_filter_with_inverted (filter, &term, term.is_inverted);
      g_assert_cmpuint (lens_filter_get_n_terms (changed), ==, lens_filter_get_n_terms (filter));
    }
  else if (order & 4)
    {
      changed = lens_filter_with_enabled (filter, &term, !term.is_off);
      g_assert_cmpuint (lens_filter_get_n_terms (changed), ==, lens_filter_get_n_terms (filter));
    }
  else
    {
      changed = lens_filter_without_term (filter, &term);
      g_assert_null (lens_filter_find_term (changed, &term));
    }
  words = lens_filter_term_describe (&term, (order & 32) != 0 ? LENS_TIME_WORDS_UTC : LENS_TIME_WORDS_CLOCK);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  lens_filter_unref (filter);
  return changed;
}

/* Any text: it compiles or says why not, in words that are safe; and what compiled reads no byte beyond the packet. */
static void
try_expression (const uint8_t *data, size_t size)
{
  static const guint32 link_types[] = { 0, 1, 101, 105, 113, 127, 276, 0xffffffff };
  g_autofree char *expression = g_strndup ((const char *) data, MIN (size, MAX_EXPRESSION));
  g_autoptr (LensBpf) bpf = lens_bpf_new (expression);
  g_autofree guint8 *packet = g_memdup2 (data, size); /* of its own, so that its end is watched */

  for (gsize i = 0; i < G_N_ELEMENTS (link_types); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_good = lens_bpf_compile (bpf, link_types[i], i % 2 != 0, &error);

      g_assert_true (is_good == (error == NULL));
      g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
      if (lens_bpf_matches (bpf, link_types[i], i % 2 != 0, packet, (guint32) size, (guint32) size))
        g_assert_true (is_good);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static LensPacketTable *table;
  LensByteCursor cursor = lens_byte_cursor_init (data, size);
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();
  g_autofree char *words = NULL;

  if (size > 0 && data[0] == 0)
    {
      try_expression (data + 1, size - 1);
      return 0;
    }
  if (table == NULL)
    table = new_table ();
  while (lens_byte_cursor_left (&cursor) > 0)
    {
      filter = obey (g_steal_pointer (&filter), &cursor);
      check_selection (filter, table);
    }
  words = lens_filter_describe (filter);
  g_assert_true ((words == NULL) == lens_filter_passes_all (filter));
  return 0;
}
