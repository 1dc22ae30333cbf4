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
};

enum
{
  PROP_0,
  PROP_IS_MARKED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LensTableRow, lens_table_row, G_TYPE_OBJECT)

static void
lens_table_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_IS_MARKED)
    g_value_set_boolean (value, lens_table_row_get_is_marked (LENS_TABLE_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

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
  G_OBJECT_CLASS (klass)->get_property = lens_table_row_get_property;
  G_OBJECT_CLASS (klass)->finalize = lens_table_row_finalize;
  properties[PROP_IS_MARKED] = g_param_spec_boolean (
      "is-marked", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
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
  if (self->is_marked == is_marked)
    return;
  self->is_marked = is_marked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_MARKED]);
}

gboolean
lens_table_row_get_is_marked (LensTableRow *self)
{
  return self->is_marked;
}

gboolean
lens_table_row_is_same (LensTableRow *a, LensTableRow *b)
{
  if (a->has_span != b->has_span || a->first_ns != b->first_ns || a->last_ns != b->last_ns
      || a->lane != b->lane || a->bar != b->bar)
    return FALSE;
  for (guint i = 0; i < LENS_TABLE_MAX_COLUMNS; i++)
    if (g_strcmp0 (a->texts[i], b->texts[i]) != 0 || isnan (a->keys[i]) != isnan (b->keys[i])
        || a->keys[i] < b->keys[i] || a->keys[i] > b->keys[i])
      return FALSE;
  return TRUE;
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

int
lens_table_row_compare (LensTableRow *a, LensTableRow *b, guint column)
{
  if (isnan (a->keys[column]) || isnan (b->keys[column]))
    return strcmp (get_text_key (a, column), get_text_key (b, column));
  return (a->keys[column] > b->keys[column]) - (a->keys[column] < b->keys[column]);
}
