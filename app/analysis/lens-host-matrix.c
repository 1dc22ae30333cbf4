#include "lens-host-matrix.h"

static guint64
weigh_host (const LensHostTotals *host, LensMatrixWeight weight)
{
  return weight == LENS_MATRIX_PAYLOAD ? host->sent_payload_bytes + host->received_payload_bytes
                                       : host->sent_packets + host->received_packets;
}

/* As for qsort(): the stronger first, then by address. */
static int
compare_hosts (const LensHostTotals *a, const LensHostTotals *b, LensMatrixWeight weight)
{
  guint64 weight_a = weigh_host (a, weight);
  guint64 weight_b = weigh_host (b, weight);

  if (weight_a != weight_b)
    return weight_a > weight_b ? -1 : 1;
  return lens_address_compare (&a->address, &b->address);
}

static int
compare_host_pointers (gconstpointer a, gconstpointer b, gpointer weight)
{
  return compare_hosts (*(const LensHostTotals *const *) a, *(const LensHostTotals *const *) b,
                        *(const LensMatrixWeight *) weight);
}

/* The @n strongest, strongest first: one pass with a short list, as there may be very many hosts. (transfer container) */
static GPtrArray *
find_strongest (const LensAnalysis *analysis, LensMatrixWeight weight, guint n)
{
  GPtrArray *found = g_ptr_array_new ();
  gsize n_hosts;
  const LensHostTotals *hosts = lens_analysis_get_hosts (analysis, &n_hosts);

  for (gsize i = 0; i < n_hosts && n > 0; i++)
    {
      guint place = found->len;

      while (place > 0 && compare_hosts (&hosts[i], g_ptr_array_index (found, place - 1), weight) < 0)
        place--;
      if (place == n)
        continue;
      g_ptr_array_insert (found, (int) place, (gpointer) &hosts[i]);
      if (found->len > n)
        g_ptr_array_set_size (found, (int) n);
    }
  return found;
}

/* The hosts to show by name. They are few. (transfer container) */
static GPtrArray *
choose_hosts (const LensAnalysis *analysis, const LensAnalysis *whole, LensMatrixWeight weight, guint n)
{
  g_autoptr (GPtrArray) passing = find_strongest (analysis, weight, n);
  GPtrArray *chosen = find_strongest (whole, weight, n);
  guint n_kept = n > passing->len ? n - passing->len : 0;

  for (guint i = 0; i < passing->len; i++)
    {
      const LensHostTotals *host = g_ptr_array_index (passing, i);
      const LensHostTotals *in_whole = lens_analysis_find_host (whole, &host->address);
      guint place;

      if (!g_ptr_array_find (chosen, in_whole, &place))
        continue;
      /* It has one of the places that are for those that pass. */
      g_ptr_array_remove_index (chosen, place);
    }
  if (chosen->len > n_kept)
    g_ptr_array_set_size (chosen, (int) n_kept);
  for (guint i = 0; i < passing->len; i++)
    {
      const LensHostTotals *host = g_ptr_array_index (passing, i);

      g_ptr_array_add (chosen, (gpointer) lens_analysis_find_host (whole, &host->address));
    }
  g_ptr_array_sort_with_data (chosen, compare_host_pointers, &weight);
  return chosen;
}

/* Of every host of the capture, its side. (transfer full) */
static guint *
make_sides (const LensHostMatrix *matrix, const LensAnalysis *analysis)
{
  const LensPacketTable *table = lens_capture_get_table (lens_analysis_get_capture (analysis));
  LensHostsView hosts = lens_packet_table_get_hosts (table);
  guint *sides = g_new (guint, MAX (hosts.n, 1));

  for (gsize i = 0; i < hosts.n; i++)
    sides[i] = matrix->n_hosts;
  for (guint side = 0; side < matrix->n_hosts; side++)
    sides[lens_packet_table_find_host (table, &matrix->hosts[side])] = side;
  return sides;
}

/* The host that has @address as its own, not as a copy: those of connections have. */
static gsize
get_host (const LensHost *hosts, const LensAddress *address)
{
  return (gsize) ((const char *) address - (const char *) &hosts->address) / sizeof *hosts;
}

static void
add_connections (LensHostMatrix *matrix, const guint *sides, const LensAnalysis *analysis, gboolean is_whole)
{
  const LensHost *hosts
      = lens_packet_table_get_hosts (lens_capture_get_table (lens_analysis_get_capture (analysis))).items;
  guint n_sides = lens_host_matrix_get_n_sides (matrix);
  gsize n_connections;
  const LensConnectionTotals *connections = lens_analysis_get_connections (analysis, &n_connections);

  for (gsize i = 0; i < n_connections; i++)
    {
      const LensConnectionTotals *connection = &connections[i];
      guint row = sides[get_host (hosts, connection->source)];
      guint column = sides[get_host (hosts, connection->destination)];
      LensMatrixCell *cell = &matrix->cells[(gsize) row * n_sides + column];

      if (is_whole)
        {
          cell->whole_packets += connection->packets;
          continue;
        }
      cell->packets += connection->packets;
      cell->payload_bytes += connection->payload_bytes;
    }
}

LensHostMatrix *
lens_host_matrix_new (const LensAnalysis *analysis,
                      const LensAnalysis *whole,
                      LensMatrixWeight weight,
                      guint max_hosts)
{
  LensHostMatrix *matrix = g_new0 (LensHostMatrix, 1);
  g_autofree guint *sides = NULL;
  g_autoptr (GPtrArray) chosen = NULL;
  gsize n_all, n_sides;

  if (whole == NULL || lens_analysis_get_capture (whole) != lens_analysis_get_capture (analysis))
    whole = analysis;
  lens_analysis_get_hosts (whole, &n_all);
  /* Others are never a single one. */
  chosen = choose_hosts (analysis, whole, weight, n_all == (gsize) max_hosts + 1 ? max_hosts + 1 : max_hosts);
  matrix->weight = weight;
  matrix->n_hosts = chosen->len;
  matrix->n_others = n_all - chosen->len;
  matrix->hosts = g_new0 (LensAddress, MAX (chosen->len, 1));
  for (guint i = 0; i < chosen->len; i++)
    matrix->hosts[i] = ((const LensHostTotals *) g_ptr_array_index (chosen, i))->address;
  sides = make_sides (matrix, analysis);
  n_sides = lens_host_matrix_get_n_sides (matrix);
  matrix->cells = g_new0 (LensMatrixCell, MAX (n_sides * n_sides, 1));
  add_connections (matrix, sides, analysis, FALSE);
  add_connections (matrix, sides, whole, TRUE);
  return matrix;
}

void
lens_host_matrix_free (LensHostMatrix *matrix)
{
  if (matrix == NULL)
    return;
  g_free (matrix->hosts);
  g_free (matrix->cells);
  g_free (matrix);
}

guint
lens_host_matrix_get_n_sides (const LensHostMatrix *matrix)
{
  return matrix->n_hosts + (matrix->n_others > 0 ? 1 : 0);
}

const LensMatrixCell *
lens_host_matrix_get_cell (const LensHostMatrix *matrix, guint row, guint column)
{
  guint n_sides = lens_host_matrix_get_n_sides (matrix);

  g_return_val_if_fail (row < n_sides && column < n_sides, NULL);
  return &matrix->cells[(gsize) row * n_sides + column];
}

guint64
lens_host_matrix_weigh (const LensHostMatrix *matrix, const LensMatrixCell *cell)
{
  return matrix->weight == LENS_MATRIX_PAYLOAD ? cell->payload_bytes : cell->packets;
}

gboolean
lens_host_matrix_get_range (const LensHostMatrix *matrix, guint64 *smallest, guint64 *largest)
{
  gsize n_sides = lens_host_matrix_get_n_sides (matrix);

  *smallest = G_MAXUINT64;
  *largest = 0;
  for (gsize i = 0; i < n_sides * n_sides; i++)
    {
      guint64 weight = lens_host_matrix_weigh (matrix, &matrix->cells[i]);

      if (weight == 0)
        continue;
      *smallest = MIN (*smallest, weight);
      *largest = MAX (*largest, weight);
    }
  return *largest > 0;
}

gboolean
lens_host_matrix_get_term (const LensHostMatrix *matrix, int row, int column, LensFilterTerm *term)
{
  int n_hosts = (int) matrix->n_hosts;

  if (row >= n_hosts || column >= n_hosts || (row < 0 && column < 0))
    return FALSE;
  if (row < 0 || column < 0)
    {
      *term = lens_filter_term_host (&matrix->hosts[row < 0 ? column : row]);
      return TRUE;
    }
  if (lens_host_matrix_get_cell (matrix, (guint) row, (guint) column)->whole_packets == 0)
    return FALSE;
  *term = lens_filter_term_connection (&matrix->hosts[row], &matrix->hosts[column]);
  return TRUE;
}
