/* Who sends to whom, as a matrix: sources as rows, destinations as columns, the same hosts in the same order on both sides.
 *
 * The strongest hosts have a row and a column each, all others are added up in the last of both, so that the cells together are
 * every IP packet there is. Owned by who made it; holds copies. Any thread may make one, one thread at a time uses it.
 */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

/* What hosts are ranked and cells are shaded by. */
typedef enum
{
  LENS_MATRIX_PAYLOAD,
  LENS_MATRIX_PACKETS
} LensMatrixWeight;

typedef struct
{
  guint64 packets; /* under the filter */
  guint64 payload_bytes;
  guint64 whole_packets; /* without it; the same where only the filtered analysis was given */
} LensMatrixCell;

typedef struct
{
  LensMatrixWeight weight;
  LensAddress *hosts; /* owned: those with a row and a column of their own, strongest first */
  guint n_hosts;
  gsize n_others;        /* hosts added up in the row and the column after them; 0: there are none */
  LensMatrixCell *cells; /* owned: a row a source; see lens_host_matrix_get_cell() */
} LensHostMatrix;

/* Of @analysis, with at most @max_hosts hosts by name, or one more where that leaves no other.
 * @whole (nullable): the analysis of the same capture without a filter. With it hosts keep their places whatever is filtered: those
 * that pass come first to be chosen, then the strongest of all, in the order they have in all. One of another capture is not used. */
LensHostMatrix *lens_host_matrix_new (const LensAnalysis *analysis,
                                      const LensAnalysis *whole,
                                      LensMatrixWeight weight,
                                      guint max_hosts);
void lens_host_matrix_free (LensHostMatrix *matrix);

/* Rows, and as many columns: the hosts by name and the others, if any. */
guint lens_host_matrix_get_n_sides (const LensHostMatrix *matrix);

/* From the hosts of @row to those of @column, both less than the number of sides. (transfer none) */
const LensMatrixCell *lens_host_matrix_get_cell (const LensHostMatrix *matrix, guint row, guint column);

/* A cell's packets or payload, as the matrix is shaded. */
guint64 lens_host_matrix_weigh (const LensHostMatrix *matrix, const LensMatrixCell *cell);

/* The smallest and the largest of what cells weigh, but for nothing; FALSE where all weigh nothing. */
gboolean lens_host_matrix_get_range (const LensHostMatrix *matrix, guint64 *smallest, guint64 *largest);

/* The term that a cell filters by: its connection; with LENS_MATRIX_NAMES as the row or the column, the other's host. FALSE where that
 * is not one: it has to do with the others, or nothing was ever sent. */
#define LENS_MATRIX_NAMES (-1)
gboolean lens_host_matrix_get_term (const LensHostMatrix *matrix, int row, int column, LensFilterTerm *term);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensHostMatrix, lens_host_matrix_free)

G_END_DECLS
