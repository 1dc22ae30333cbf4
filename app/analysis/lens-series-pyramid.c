#include "lens-series-pyramid.h"

#include "lens-memory.h"

/* Packets of a block; so many pieces of a level make one of the next. */
#define BLOCK 32
#define FAN 8
#define N_LEVELS 4

/* A line that has one in so many packets of the table, or more, is found again by looking through the table. Of the others a copy
 * is kept: their packets are far from each other there, and to fetch each of them would cost more than all the rest. */
#define DENSE 4

/* With what is drawn of it: looking that up in the table would cost more than all the rest. */
typedef struct
{
  gint64 time_ns;
  guint32 payload_bytes;
  guint32 row;
} Packet;

/* All four are the same for a piece of one packet. */
typedef struct
{
  Packet first;
  Packet smallest;
  Packet largest;
  Packet last;
} Piece;

typedef struct
{
  gsize n_packets;
  gint64 *times_ns;        /* owned (nullable): of each packet, unless the line is dense */
  guint32 *payload_bytes;  /* owned (nullable): likewise */
  Piece *levels[N_LEVELS]; /* owned; blocks first */
  guint64 *sums; /* owned: the payload of all packets before each block, and at the end of all there are */
  guint64 sum;   /* while it is filled: so far */
  gsize n_blocks;
} PyramidLine;

struct _LensSeriesPyramid
{
  gatomicrefcount ref_count;
  LensAnalysis *analysis; /* owned */
  LensPacketColumns columns;
  LensSelectionView selected;
  GMutex mutex; /* while it is filled */
  gboolean is_filled;
  guint8 *line_of_flow; /* owned */
  PyramidLine *lines;   /* owned */
  gsize n_lines;
};

LensSeriesPyramid *
lens_series_pyramid_new (LensAnalysis *analysis, gsize n_lines)
{
  LensSeriesPyramid *self = g_new0 (LensSeriesPyramid, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->analysis = lens_analysis_ref (analysis);
  self->columns
      = lens_packet_table_get_columns (lens_capture_get_table (lens_analysis_get_capture (analysis)));
  self->selected = lens_selection_get_view (lens_analysis_get_selection (analysis));
  self->n_lines = MIN (n_lines, LENS_PYRAMID_NO_LINE);
  self->lines = g_new0 (PyramidLine, MAX (self->n_lines, 1));
  return self;
}

LensSeriesPyramid *
lens_series_pyramid_ref (LensSeriesPyramid *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear_lines (LensSeriesPyramid *self)
{
  for (gsize i = 0; i < self->n_lines; i++)
    {
      lens_memory_free_aside (self->lines[i].times_ns);
      lens_memory_free_aside (self->lines[i].payload_bytes);
      g_free (self->lines[i].sums);
      for (gsize level = 0; level < N_LEVELS; level++)
        lens_memory_free_aside (self->lines[i].levels[level]);
      self->lines[i] = (PyramidLine){ 0 };
    }
  g_clear_pointer (&self->line_of_flow, g_free);
}

void
lens_series_pyramid_unref (LensSeriesPyramid *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  clear_lines (self);
  g_free (self->lines);
  lens_analysis_unref (self->analysis);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Room for as many packets as the flows of each line have in all. FALSE when memory runs out. */
static gboolean
make_room (LensSeriesPyramid *self)
{
  LensFlowsView flows
      = lens_packet_table_get_flows (lens_capture_get_table (lens_analysis_get_capture (self->analysis)));
  g_autofree gsize *most = g_new0 (gsize, MAX (self->n_lines, 1));

  for (gsize i = 0; i < flows.n; i++)
    if (!self->selected.flows[i])
      self->line_of_flow[i] = LENS_PYRAMID_NO_LINE;
    else if (self->line_of_flow[i] < self->n_lines)
      most[self->line_of_flow[i]] += flows.items[i].packets;
  for (gsize i = 0; i < self->n_lines; i++)
    {
      PyramidLine *line = &self->lines[i];
      gsize n_pieces = most[i] / BLOCK + 1;
      gboolean is_dense = most[i] >= self->columns.n_packets / DENSE;

      if (!is_dense)
        {
          line->times_ns = g_try_new (gint64, MAX (most[i], 1));
          line->payload_bytes = g_try_new (guint32, MAX (most[i], 1));
          if (line->times_ns == NULL || line->payload_bytes == NULL)
            return FALSE;
        }
      line->sums = g_try_new (guint64, n_pieces + 1);
      if (line->sums == NULL)
        return FALSE;
      for (gsize level = 0; level < N_LEVELS; level++, n_pieces = n_pieces / FAN + 1)
        {
          line->levels[level] = g_try_new (Piece, n_pieces);
          if (line->levels[level] == NULL)
            return FALSE;
        }
    }
  return TRUE;
}

/* What stands for both, @piece being the earlier one. */
static inline void
join (Piece *piece, const Piece *next)
{
  if (next->smallest.payload_bytes < piece->smallest.payload_bytes)
    piece->smallest = next->smallest;
  if (next->largest.payload_bytes > piece->largest.payload_bytes)
    piece->largest = next->largest;
  piece->last = next->last;
}

static inline void
add_row (const LensSeriesPyramid *self, PyramidLine *line, gsize row)
{
  const Packet packet = { .time_ns = self->columns.time_ns[row],
                          .payload_bytes = self->columns.payload_bytes[row],
                          .row = (guint32) row };
  const Piece piece = { packet, packet, packet, packet };
  gsize n = line->n_packets++;
  Piece *block = &line->levels[0][n / BLOCK];

  if (line->times_ns != NULL)
    {
      line->times_ns[n] = packet.time_ns;
      line->payload_bytes[n] = packet.payload_bytes;
    }
  if (n % BLOCK == 0)
    {
      *block = piece;
      line->sums[n / BLOCK] = line->sum;
    }
  else
    join (block, &piece);
  line->sum += packet.payload_bytes;
}

static void
make_levels (PyramidLine *line)
{
  gsize n_below = line->n_packets / BLOCK + (line->n_packets % BLOCK != 0);

  line->n_blocks = n_below;
  line->sums[n_below] = line->sum;
  for (gsize level = 1; level < N_LEVELS; level++)
    {
      const Piece *below = line->levels[level - 1];
      Piece *pieces = line->levels[level];

      for (gsize i = 0; i < n_below; i++)
        if (i % FAN == 0)
          pieces[i / FAN] = below[i];
        else
          join (&pieces[i / FAN], &below[i]);
      n_below = n_below / FAN + (n_below % FAN != 0);
    }
}

static void
read_rows (LensSeriesPyramid *self)
{
  const LensSelectionView *selected = &self->selected;

  for (gsize i = 0; i < selected->n_ranges; i++)
    for (gsize row = selected->ranges[i].first; row < selected->ranges[i].end; row++)
      {
        guint8 line = self->line_of_flow[self->columns.flow[row]];

        if (line < self->n_lines && (selected->rows == NULL || lens_row_set_has (selected->rows, row)))
          add_row (self, &self->lines[line], row);
      }
  for (gsize i = 0; i < self->n_lines; i++)
    make_levels (&self->lines[i]);
}

gboolean
lens_series_pyramid_fill (LensSeriesPyramid *self, LensPyramidLinesFunc make_lines, gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->is_filled)
    return TRUE;
  self->line_of_flow = make_lines (user_data);
  if (self->line_of_flow == NULL || !make_room (self))
    {
      clear_lines (self);
      return FALSE;
    }
  read_rows (self);
  self->is_filled = TRUE;
  return TRUE;
}

gsize
lens_series_pyramid_get_n_lines (const LensSeriesPyramid *self)
{
  return self->n_lines;
}

gsize
lens_series_pyramid_get_n_packets (const LensSeriesPyramid *self, gsize line)
{
  g_return_val_if_fail (line < self->n_lines, 0);
  return self->lines[line].n_packets;
}

/* A line on its way through a span. */
typedef struct
{
  const LensSeriesPyramid *pyramid;
  const PyramidLine *line;
  guint8 number;
  LensLineMeasure measure;
  guint64 sum; /* of the block that is taken apart and those before it, so far */
  LensTimeSpan span;
  LensSeriesReducer reducer;
  LensPyramidEdge before;
  LensPyramidEdge after;
} Walk;

static void
push (Walk *walk, const Packet *packet)
{
  lens_series_reducer_push (&walk->reducer, packet->time_ns, packet->payload_bytes);
}

/* FALSE once the span is over. */
static inline gboolean
take_packet (Walk *walk, gint64 time_ns, guint32 payload_bytes)
{
  LensSeriesPoint point = { .time_ns = time_ns, .payload_bytes = payload_bytes };

  walk->sum += point.payload_bytes;
  if (walk->measure == LENS_LINE_SUMS)
    point.payload_bytes = walk->sum;
  if (point.time_ns < walk->span.first_ns)
    walk->before = (LensPyramidEdge){ TRUE, point };
  else if (point.time_ns <= walk->span.last_ns)
    lens_series_reducer_push (&walk->reducer, point.time_ns, point.payload_bytes);
  else
    {
      walk->after = (LensPyramidEdge){ TRUE, point };
      return FALSE;
    }
  return TRUE;
}

static void
push_sizes (Walk *walk, const Piece *piece)
{
  gboolean is_up = piece->smallest.row <= piece->largest.row;
  const Packet *low = is_up ? &piece->smallest : &piece->largest; /* the earlier one */
  const Packet *high = is_up ? &piece->largest : &piece->smallest;

  push (walk, &piece->first);
  if (low->row != piece->first.row)
    push (walk, low);
  if (high->row != low->row)
    push (walk, high);
  if (piece->last.row != high->row && piece->last.row != piece->first.row)
    push (walk, &piece->last);
}

/* Sums never fall: the first is the smallest, the last the largest. */
static void
push_sums (Walk *walk, const Piece *piece, guint64 before, guint64 until)
{
  lens_series_reducer_push (&walk->reducer, piece->first.time_ns, before + piece->first.payload_bytes);
  if (piece->last.row != piece->first.row)
    lens_series_reducer_push (&walk->reducer, piece->last.time_ns, until);
}

/* TRUE where a few packets of @piece, which is the blocks from @from to before @end, stand for it, and are pushed. */
static gboolean
take_piece (Walk *walk, const Piece *piece, gsize from, gsize end)
{
  if (piece->first.time_ns < walk->span.first_ns || piece->last.time_ns > walk->span.last_ns
      || !lens_series_reducer_is_one_column (&walk->reducer, piece->first.time_ns, piece->last.time_ns))
    return FALSE;
  if (walk->measure == LENS_LINE_SUMS)
    push_sums (walk, piece, walk->line->sums[from], walk->line->sums[MIN (end, walk->line->n_blocks)]);
  else
    push_sizes (walk, piece);
  return TRUE;
}

static gboolean
is_of_line (const Walk *walk, gsize row)
{
  const LensSeriesPyramid *self = walk->pyramid;

  if (self->line_of_flow[self->columns.flow[row]] != walk->number)
    return FALSE;
  return (self->selected.rows == NULL && self->selected.n_ranges == 1)
         || lens_selection_has_row (lens_analysis_get_selection (self->analysis), &self->columns, row);
}

/* Each packet of a block. FALSE once the span is over. */
static gboolean
take_block_apart (Walk *walk, gsize number)
{
  const PyramidLine *line = walk->line;
  const LensPacketColumns *columns = &walk->pyramid->columns;
  const Piece *block = &line->levels[0][number];
  gsize end = MIN ((number + 1) * BLOCK, line->n_packets);

  walk->sum = line->sums[number];
  if (line->times_ns == NULL)
    {
      for (gsize row = block->first.row; row <= block->last.row; row++)
        if (is_of_line (walk, row) && !take_packet (walk, columns->time_ns[row], columns->payload_bytes[row]))
          return FALSE;
      return TRUE;
    }
  for (gsize i = number * BLOCK; i < end; i++)
    if (!take_packet (walk, line->times_ns[i], line->payload_bytes[i]))
      return FALSE;
  return TRUE;
}

/* The first block that does not begin before @time_ns. */
static gsize
find_block (const PyramidLine *line, gint64 time_ns)
{
  gsize low = 0;
  gsize high = line->n_blocks;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (line->levels[0][middle].first.time_ns < time_ns)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Takes the largest piece that begins with block @number and lies within a column. Returns how many blocks that are, or 0: none does. */
static gsize
take_largest_piece (Walk *walk, gsize number)
{
  gsize size = 1;
  gsize level = 0;

  while (level + 1 < N_LEVELS && number % (size * FAN) == 0)
    {
      size *= FAN;
      level++;
    }
  for (;; level--, size /= FAN)
    {
      if (take_piece (walk, &walk->line->levels[level][number / size], number, number + size))
        return size;
      if (level == 0)
        return 0;
    }
}

static void
take_blocks (Walk *walk, gsize from)
{
  gsize i = from;

  while (i < walk->line->n_blocks)
    {
      gsize n_taken = take_largest_piece (walk, i);

      if (n_taken == 0 && !take_block_apart (walk, i))
        return;
      i += MAX (n_taken, 1);
    }
}

gboolean
lens_series_pyramid_reduce (const LensSeriesPyramid *self,
                            gsize line,
                            LensLineMeasure measure,
                            LensTimeSpan span,
                            gsize n_columns,
                            LensSeriesPoint **points,
                            gsize *n_points,
                            LensPyramidEdge *before,
                            LensPyramidEdge *after)
{
  Walk walk = {
    .pyramid = self, .line = &self->lines[line], .number = (guint8) line, .measure = measure, .span = span
  };
  gsize from, end, n_most;

  g_return_val_if_fail (self->is_filled && line < self->n_lines, FALSE);

  /* What is before the span is in the block that begins before it. */
  from = find_block (walk.line, span.first_ns);
  from -= from > 0 ? 1 : 0;
  end = find_block (walk.line, span.last_ns);
  while (end < walk.line->n_blocks && walk.line->levels[0][end].first.time_ns <= span.last_ns)
    end++;
  n_most = MIN ((end - from) * BLOCK, walk.line->n_packets);
  if (!lens_series_reducer_begin (&walk.reducer, n_most, span.first_ns, span.last_ns, n_columns))
    return FALSE;
  take_blocks (&walk, from);
  *before = walk.before;
  *after = walk.after;
  *points = lens_series_reducer_end (&walk.reducer, n_points);
  return TRUE;
}
