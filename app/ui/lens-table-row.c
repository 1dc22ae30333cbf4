#include "lens-table-row.h"

#include <math.h>
#include <string.h>

struct _LensTableRow
{
  GObject parent_instance;
  char *texts[LENS_TABLE_MAX_COLUMNS];
  char *text_keys[LENS_TABLE_MAX_COLUMNS]; /* what these are sorted by, once they were */
  double keys[LENS_TABLE_MAX_COLUMNS];     /* NaN: sort by the text */
  gboolean has_span;
  gint64 first_ns;
  gint64 last_ns;
  int lane;
  int bar;
  gboolean is_marked;
  guint top_place; /* 0: it is sorted */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (LensTableRow, lens_table_row, G_TYPE_OBJECT)

static void
lens_table_row_finalize (GObject *object)
{
  LensTableRow *self = LENS_TABLE_ROW (object);

  for (guint i = 0; i < LENS_TABLE_MAX_COLUMNS; i++)
    {
      g_free (self->texts[i]);
      g_free (self->text_keys[i]);
    }
  G_OBJECT_CLASS (lens_table_row_parent_class)->finalize (object);
}

static void
lens_table_row_class_init (LensTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_table_row_finalize;
  changed_signal
      = g_signal_new ("changed", LENS_TYPE_TABLE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lens_table_row_init (LensTableRow *self)
{
  self->lane = -1;
  self->bar = -1;
}

LensTableRow *
lens_table_row_new (void)
{
  return g_object_new (LENS_TYPE_TABLE_ROW, NULL);
}

void
lens_table_row_take_figure (LensTableRow *self, guint column, char *text, double key)
{
  g_return_if_fail (column < LENS_TABLE_MAX_COLUMNS);

  g_clear_pointer (&self->text_keys[column], g_free);
  g_free (self->texts[column]);
  self->texts[column] = text;
  self->keys[column] = key;
}

void
lens_table_row_take_text (LensTableRow *self, guint column, char *text)
{
  lens_table_row_take_figure (self, column, text, NAN);
}

void
lens_table_row_set_span (LensTableRow *self, gint64 first_ns, gint64 last_ns)
{
  self->has_span = TRUE;
  self->first_ns = first_ns;
  self->last_ns = last_ns;
}

gboolean
lens_table_row_get_span (LensTableRow *self, gint64 *first_ns, gint64 *last_ns)
{
  *first_ns = self->first_ns;
  *last_ns = self->last_ns;
  return self->has_span;
}

void
lens_table_row_set_lane (LensTableRow *self, int lane)
{
  self->lane = lane;
}

int
lens_table_row_get_lane (LensTableRow *self)
{
  return self->lane;
}

void
lens_table_row_set_bar (LensTableRow *self, int bar)
{
  self->bar = bar;
}

int
lens_table_row_get_bar (LensTableRow *self)
{
  return self->bar;
}

void
lens_table_row_set_is_marked (LensTableRow *self, gboolean is_marked)
{
  self->is_marked = is_marked;
}

gboolean
lens_table_row_get_is_marked (LensTableRow *self)
{
  return self->is_marked;
}

static gboolean
take_column (LensTableRow *self, LensTableRow *other, guint column)
{
  gboolean is_same = g_strcmp0 (self->texts[column], other->texts[column]) == 0
                     && isnan (self->keys[column]) == isnan (other->keys[column])
                     && !(self->keys[column] < other->keys[column])
                     && !(self->keys[column] > other->keys[column]);

  if (!is_same)
    lens_table_row_take_figure (self, column, g_strdup (other->texts[column]), other->keys[column]);
  return !is_same;
}

gboolean
lens_table_row_update (LensTableRow *self, LensTableRow *other)
{
  gboolean is_marked_anew = self->is_marked != other->is_marked;
  gboolean is_changed = FALSE;

  for (guint i = 0; i < LENS_TABLE_MAX_COLUMNS; i++)
    is_changed = take_column (self, other, i) || is_changed;
  self->has_span = other->has_span;
  self->first_ns = other->first_ns;
  self->last_ns = other->last_ns;
  self->lane = other->lane;
  self->bar = other->bar;
  self->top_place = other->top_place;
  self->is_marked = other->is_marked;
  if (is_changed || is_marked_anew)
    g_signal_emit (self, changed_signal, 0);
  return is_changed;
}

gboolean
lens_table_row_is_figure (LensTableRow *self, guint column)
{
  return column < LENS_TABLE_MAX_COLUMNS && !isnan (self->keys[column]);
}

const char *
lens_table_row_get_text (LensTableRow *self, guint column)
{
  if (column >= LENS_TABLE_MAX_COLUMNS)
    return "";
  return self->texts[column] != NULL ? self->texts[column] : "";
}

static const char *
get_text_key (LensTableRow *self, guint column)
{
  if (self->text_keys[column] == NULL)
    self->text_keys[column] = g_utf8_collate_key_for_filename (lens_table_row_get_text (self, column), -1);
  return self->text_keys[column];
}

void
lens_table_row_set_top_place (LensTableRow *self, guint place)
{
  self->top_place = place;
}

int
lens_table_row_compare_top_places (LensTableRow *a, LensTableRow *b)
{
  /* None is after all others. */
  guint place_a = a->top_place - 1, place_b = b->top_place - 1;

  return (place_a > place_b) - (place_a < place_b);
}

int
lens_table_row_compare (LensTableRow *a, LensTableRow *b, guint column)
{
  if (isnan (a->keys[column]) || isnan (b->keys[column]))
    return strcmp (get_text_key (a, column), get_text_key (b, column));
  return (a->keys[column] > b->keys[column]) - (a->keys[column] < b->keys[column]);
}
