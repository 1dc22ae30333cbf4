#include "lens-row-selection.h"

/* One row that is left for another are two. */
#define MOST_SAID_ALONE 8

struct _LensRowSelection
{
  GObject parent_instance;
  GListModel *rows;    /* owned */
  GtkBitset *selected; /* owned: never changed, but replaced */
  guint anchor;        /* where a range begins */
  guint gtk_anchor;    /* where GTK believes that it does */
  guint current;
};

static void lens_row_selection_init_list (GListModelInterface *iface);
static void lens_row_selection_init_selection (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LensRowSelection,
                               lens_row_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lens_row_selection_init_list)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          lens_row_selection_init_selection))

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
lens_row_selection_get_item_type (GListModel *model)
{
  return g_list_model_get_item_type (LENS_ROW_SELECTION (model)->rows);
}

static guint
lens_row_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (LENS_ROW_SELECTION (model)->rows);
}

static gpointer
lens_row_selection_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (LENS_ROW_SELECTION (model)->rows, position);
}

static void
lens_row_selection_init_list (GListModelInterface *iface)
{
  iface->get_item_type = lens_row_selection_get_item_type;
  iface->get_n_items = lens_row_selection_get_n_items;
  iface->get_item = lens_row_selection_get_item;
}

/* The selected row at @position or after it, else the last one. */
static guint
find_near (GtkBitset *selected, guint position)
{
  GtkBitsetIter iter;
  guint found;

  if (gtk_bitset_is_empty (selected))
    return GTK_INVALID_LIST_POSITION;
  return gtk_bitset_iter_init_at (&iter, selected, position, &found) ? found
                                                                     : gtk_bitset_get_maximum (selected);
}

/* GTK writes every row anew from the first that changed to the last, those between too: few that may lie far from each other are said
   one by one. */
static void
say_changed (LensRowSelection *self, GtkBitset *changed)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self);
  GtkBitsetIter iter;
  guint at;

  if (!gtk_bitset_iter_init_first (&iter, changed, &at))
    return;
  if (gtk_bitset_get_size (changed) > MOST_SAID_ALONE)
    {
      gtk_selection_model_selection_changed (model, at, gtk_bitset_get_maximum (changed) - at + 1);
      return;
    }
  do
    gtk_selection_model_selection_changed (model, at, 1);
  while (gtk_bitset_iter_next (&iter, &at));
}

/* @selected: (transfer full). @current: where that is to be, if it is among them. */
static void
take (LensRowSelection *self, GtkBitset *selected, guint current)
{
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (selected);
  guint before = self->current;

  gtk_bitset_difference (changed, self->selected);
  gtk_bitset_unref (self->selected);
  self->selected = selected;
  self->current = find_near (selected, current);
  say_changed (self, changed);
  if (!gtk_bitset_is_empty (changed) || self->current != before)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
lens_row_selection_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (LENS_ROW_SELECTION (model)->selected, position);
}

static GtkBitset *
lens_row_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (LENS_ROW_SELECTION (model)->selected);
}

static void
select_item (LensRowSelection *self, guint position, gboolean unselect_rest)
{
  GtkBitset *selected = unselect_rest ? gtk_bitset_new_empty () : gtk_bitset_copy (self->selected);

  gtk_bitset_add (selected, position);
  self->anchor = position;
  take (self, selected, position);
}

static gboolean
lens_row_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  LensRowSelection *self = LENS_ROW_SELECTION (model);

  self->gtk_anchor = position;
  select_item (self, position, unselect_rest);
  return TRUE;
}

static gboolean
lens_row_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  LensRowSelection *self = LENS_ROW_SELECTION (model);
  GtkBitset *selected = gtk_bitset_copy (self->selected);

  gtk_bitset_remove (selected, position);
  self->anchor = position;
  self->gtk_anchor = position;
  take (self, selected, self->current);
  return TRUE;
}

/* GTK makes a range from where it began to where somebody went. What it says of where that was, and of whether that row is selected, is
   of the row it knows. */
static gboolean
change_range (LensRowSelection *self, guint position, guint n_items, gboolean selects, gboolean unselect_rest)
{
  guint end = self->gtk_anchor == position ? position + n_items - 1 : position;
  GtkBitset *selected = unselect_rest ? gtk_bitset_new_empty () : gtk_bitset_copy (self->selected);

  if (self->anchor != self->gtk_anchor && self->anchor != GTK_INVALID_LIST_POSITION)
    {
      position = MIN (self->anchor, end);
      n_items = MAX (self->anchor, end) - position + 1;
      selects = unselect_rest || gtk_bitset_contains (self->selected, self->anchor);
    }
  if (selects)
    gtk_bitset_add_range (selected, position, n_items);
  else
    gtk_bitset_remove_range (selected, position, n_items);
  take (self, selected, selects ? end : self->current);
  return TRUE;
}

static gboolean
lens_row_selection_select_range (GtkSelectionModel *model,
                                 guint position,
                                 guint n_items,
                                 gboolean unselect_rest)
{
  return change_range (LENS_ROW_SELECTION (model), position, n_items, TRUE, unselect_rest);
}

static gboolean
lens_row_selection_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return change_range (LENS_ROW_SELECTION (model), position, n_items, FALSE, FALSE);
}

/* The current row stays. */
static gboolean
lens_row_selection_select_all (GtkSelectionModel *model)
{
  LensRowSelection *self = LENS_ROW_SELECTION (model);
  guint n_items = g_list_model_get_n_items (self->rows);

  take (self, gtk_bitset_new_range (0, n_items),
        self->current != GTK_INVALID_LIST_POSITION ? self->current : 0);
  return TRUE;
}

static gboolean
lens_row_selection_unselect_all (GtkSelectionModel *model)
{
  take (LENS_ROW_SELECTION (model), gtk_bitset_new_empty (), GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
lens_row_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  LensRowSelection *self = LENS_ROW_SELECTION (model);
  GtkBitset *now = gtk_bitset_copy (self->selected);
  g_autoptr (GtkBitset) added = gtk_bitset_copy (selected);

  gtk_bitset_subtract (now, mask);
  gtk_bitset_intersect (added, mask);
  gtk_bitset_union (now, added);
  take (self, now, self->current);
  return TRUE;
}

static void
lens_row_selection_init_selection (GtkSelectionModelInterface *iface)
{
  iface->is_selected = lens_row_selection_is_selected;
  iface->get_selection_in_range = lens_row_selection_get_selection_in_range;
  iface->select_item = lens_row_selection_select_item;
  iface->unselect_item = lens_row_selection_unselect_item;
  iface->select_range = lens_row_selection_select_range;
  iface->unselect_range = lens_row_selection_unselect_range;
  iface->select_all = lens_row_selection_select_all;
  iface->unselect_all = lens_row_selection_unselect_all;
  iface->set_selection = lens_row_selection_set_selection;
}

/* Where a position is once rows before it came or went; one that went itself is none. */
static guint
move (guint at, guint position, guint removed, guint added)
{
  if (at == GTK_INVALID_LIST_POSITION || at < position)
    return at;
  return at - position < removed ? GTK_INVALID_LIST_POSITION : at - removed + added;
}

static void
items_changed_cb (LensRowSelection *self, guint position, guint removed, guint added)
{
  GtkBitset *selected = gtk_bitset_copy (self->selected);
  gboolean is_same;

  gtk_bitset_splice (selected, position, removed, added);
  is_same = gtk_bitset_equals (selected, self->selected);
  gtk_bitset_unref (self->selected);
  self->selected = selected;
  self->anchor = move (self->anchor, position, removed, added);
  self->gtk_anchor = move (self->gtk_anchor, position, removed, added);
  self->current = move (self->current, position, removed, added);
  if (self->current == GTK_INVALID_LIST_POSITION)
    self->current = find_near (selected, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (!is_same)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
lens_row_selection_dispose (GObject *object)
{
  g_clear_object (&LENS_ROW_SELECTION (object)->rows);
  G_OBJECT_CLASS (lens_row_selection_parent_class)->dispose (object);
}

static void
lens_row_selection_finalize (GObject *object)
{
  gtk_bitset_unref (LENS_ROW_SELECTION (object)->selected);
  G_OBJECT_CLASS (lens_row_selection_parent_class)->finalize (object);
}

static void
lens_row_selection_class_init (LensRowSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_row_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = lens_row_selection_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
lens_row_selection_init (LensRowSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->anchor = GTK_INVALID_LIST_POSITION;
  self->gtk_anchor = GTK_INVALID_LIST_POSITION;
  self->current = GTK_INVALID_LIST_POSITION;
}

LensRowSelection *
lens_row_selection_new (GListModel *rows)
{
  LensRowSelection *self = g_object_new (LENS_TYPE_ROW_SELECTION, NULL);

  self->rows = g_object_ref (rows);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
lens_row_selection_select (LensRowSelection *self, guint position)
{
  g_return_if_fail (position < g_list_model_get_n_items (self->rows));
  select_item (self, position, TRUE);
}

gboolean
lens_row_selection_can_extend (LensRowSelection *self)
{
  return self->gtk_anchor != GTK_INVALID_LIST_POSITION;
}

guint
lens_row_selection_get_current (LensRowSelection *self)
{
  return self->current;
}

void
lens_row_selection_set_current (LensRowSelection *self, guint position)
{
  g_return_if_fail (gtk_bitset_contains (self->selected, position));
  if (position == self->current)
    return;
  self->current = position;
  g_signal_emit (self, signals[CHANGED], 0);
}

GtkBitset *
lens_row_selection_get_selected (LensRowSelection *self)
{
  return gtk_bitset_ref (self->selected);
}
