#include "lens-fact-list.h"

struct _LensFactRow
{
  GObject parent_instance;
  LensFactList *list; /* owned: the texts are its groups' */
  const LensFactGroup *group;
  const LensFact *fact; /* (nullable): the row says what was left out */
  char *left_out;       /* owned (nullable) */
  gboolean is_first;
  gboolean is_last;
};

G_DEFINE_FINAL_TYPE (LensFactRow, lens_fact_row, G_TYPE_OBJECT)

struct _LensFactList
{
  GObject parent_instance;
  GPtrArray *groups; /* owned (element-type LensFactGroup) */
  GArray *ends;      /* owned (element-type guint): the row after each group's last */
};

static void lens_fact_list_init_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LensFactList,
                               lens_fact_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lens_fact_list_init_model))

static void
lens_fact_row_finalize (GObject *object)
{
  LensFactRow *self = LENS_FACT_ROW (object);

  g_free (self->left_out);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (lens_fact_row_parent_class)->finalize (object);
}

static void
lens_fact_row_class_init (LensFactRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_fact_row_finalize;
}

static void
lens_fact_row_init (LensFactRow *self)
{
}

const char *
lens_fact_row_get_heading (LensFactRow *self)
{
  return self->is_first ? self->group->title : NULL;
}

const char *
lens_fact_row_get_title (LensFactRow *self)
{
  return self->fact != NULL ? self->fact->title : "";
}

const char *
lens_fact_row_get_value (LensFactRow *self)
{
  return self->fact != NULL ? self->fact->value : self->left_out;
}

gboolean
lens_fact_row_is_first (LensFactRow *self)
{
  return self->is_first;
}

gboolean
lens_fact_row_is_last (LensFactRow *self)
{
  return self->is_last;
}

static guint
get_start (LensFactList *self, guint group)
{
  return group > 0 ? g_array_index (self->ends, guint, group - 1) : 0;
}

/* The group that row @position is in. */
static guint
find_group (LensFactList *self, guint position)
{
  guint first = 0;
  guint end = self->ends->len;

  while (first + 1 < end)
    {
      guint middle = first + (end - first) / 2;

      if (get_start (self, middle) <= position)
        first = middle;
      else
        end = middle;
    }
  return first;
}

static GType
lens_fact_list_get_item_type (GListModel *model)
{
  return LENS_TYPE_FACT_ROW;
}

static guint
lens_fact_list_get_n_items (GListModel *model)
{
  LensFactList *self = LENS_FACT_LIST (model);

  return get_start (self, self->ends->len);
}

static gpointer
lens_fact_list_get_item (GListModel *model, guint position)
{
  LensFactList *self = LENS_FACT_LIST (model);
  LensFactRow *row;
  guint group, place;

  if (position >= lens_fact_list_get_n_items (model))
    return NULL;
  group = find_group (self, position);
  place = position - get_start (self, group);
  row = g_object_new (LENS_TYPE_FACT_ROW, NULL);
  row->list = g_object_ref (self);
  row->group = self->groups->pdata[group];
  row->is_first = place == 0;
  row->is_last = position + 1 == g_array_index (self->ends, guint, group);
  if (place < row->group->facts->len)
    row->fact = &g_array_index (row->group->facts, LensFact, place);
  else
    row->left_out = lens_fact_group_describe_left_out (row->group);
  return row;
}

static void
lens_fact_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = lens_fact_list_get_item_type;
  iface->get_n_items = lens_fact_list_get_n_items;
  iface->get_item = lens_fact_list_get_item;
}

static void
lens_fact_list_finalize (GObject *object)
{
  LensFactList *self = LENS_FACT_LIST (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
  G_OBJECT_CLASS (lens_fact_list_parent_class)->finalize (object);
}

static void
lens_fact_list_class_init (LensFactListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_fact_list_finalize;
}

static void
lens_fact_list_init (LensFactList *self)
{
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint));
}

LensFactList *
lens_fact_list_new (GPtrArray *groups)
{
  LensFactList *self = g_object_new (LENS_TYPE_FACT_LIST, NULL);
  guint end = 0;

  self->groups = groups;
  for (guint i = 0; i < groups->len; i++)
    {
      const LensFactGroup *group = groups->pdata[i];

      end += group->facts->len + (group->n_left_out > 0 ? 1 : 0);
      g_array_append_val (self->ends, end);
    }
  return self;
}
