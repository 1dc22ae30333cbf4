#include "lens-field-view.h"

#include "lens-clipboard.h"
#include "lens-column-titles.h"

#include <glib/gi18n.h>

/* A field as an object. Signal "changed": it is that of another packet now. */
#define LENS_TYPE_FIELD_ITEM (lens_field_item_get_type ())
G_DECLARE_FINAL_TYPE (LensFieldItem, lens_field_item, LENS, FIELD_ITEM, GObject)

struct _LensFieldItem
{
  GObject parent_instance;
  LensFieldTree *tree; /* owned */
  gsize place;
};

G_DEFINE_FINAL_TYPE (LensFieldItem, lens_field_item, G_TYPE_OBJECT)

struct _LensFieldView
{
  GtkBox parent_instance;
  GtkListView *view;
  LensFieldTree *tree;           /* owned (nullable) */
  GtkTreeListModel *rows;        /* owned (nullable) */
  GtkSingleSelection *selection; /* owned */
  GHashTable *opened; /* owned: path of a field (char *, owned) -> whether the person opened or closed it */
  gboolean is_selecting; /* not by the person; nor does the person open anything */
};

G_DEFINE_FINAL_TYPE (LensFieldView, lens_field_view, GTK_TYPE_BOX)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static guint changed_signal;

static void
lens_field_item_finalize (GObject *object)
{
  lens_field_tree_unref (LENS_FIELD_ITEM (object)->tree);
  G_OBJECT_CLASS (lens_field_item_parent_class)->finalize (object);
}

static void
lens_field_item_class_init (LensFieldItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_field_item_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
lens_field_item_init (LensFieldItem *self)
{
}

/* The parts of the field at @parent, or the headers: (transfer full). */
static GListModel *
list_parts (LensFieldTree *tree, gsize parent)
{
  GListStore *store = g_list_store_new (LENS_TYPE_FIELD_ITEM);
  gsize first = parent == LENS_FIELD_NONE ? 0 : parent + 1;
  guint depth = parent == LENS_FIELD_NONE ? 0 : lens_field_tree_get (tree, parent)->depth + 1;

  for (gsize place = first; place < lens_field_tree_get_n (tree); place++)
    {
      const LensField *field = lens_field_tree_get (tree, place);
      g_autoptr (LensFieldItem) item = NULL;

      if (field->depth < depth)
        break;
      if (field->depth > depth)
        continue;
      item = g_object_new (LENS_TYPE_FIELD_ITEM, NULL);
      item->tree = lens_field_tree_ref (tree);
      item->place = place;
      g_list_store_append (store, item);
    }
  return G_LIST_MODEL (store);
}

static GListModel *
create_parts_cb (gpointer data, gpointer user_data)
{
  LensFieldItem *item = data;

  return lens_field_tree_has_parts (item->tree, item->place) ? list_parts (item->tree, item->place) : NULL;
}

/* What the field at @place is called in every packet: its name after those of what it is a part of. (transfer full) */
static char *
make_path (const LensFieldTree *tree, gsize place)
{
  GString *path = g_string_new (NULL);

  for (; place != LENS_FIELD_NONE; place = lens_field_tree_get_parent (tree, place))
    {
      g_string_prepend_c (path, '\n');
      g_string_prepend (path, lens_field_tree_get (tree, place)->name);
    }
  return g_string_free (path, FALSE);
}

/* Its text, and what it is for. (transfer full) */
static char *
explain_field (const LensField *field)
{
  g_autofree char *text = lens_field_describe (field);
  const char *purpose = lens_field_get_purpose (field);

  return purpose != NULL ? g_strdup_printf ("%s\n%s", text, purpose) : g_steal_pointer (&text);
}

/* Made when it is asked for: GTK asks the X server where the pointer is whenever one is set. */
static gboolean
query_tooltip_cb (GtkWidget *label,
                  int x,
                  int y,
                  gboolean is_keyboard,
                  GtkTooltip *tooltip,
                  GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  g_autoptr (LensFieldItem) field_item = NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return FALSE;
  field_item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
  text = explain_field (lens_field_tree_get (field_item->tree, field_item->place));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect_object (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), item, 0);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), label);
  gtk_list_item_set_child (item, expander);
}

static void
write_label (GtkLabel *label, LensFieldItem *item)
{
  const LensField *field = lens_field_tree_get (item->tree, item->place);
  g_autofree char *text = lens_field_describe (field);
  g_autofree char *explanation = NULL;

  if (g_str_equal (text, gtk_label_get_text (label)))
    return;
  gtk_label_set_text (label, text);
  explanation = explain_field (field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, explanation,
                                  -1);
}

static void
expanded_cb (LensFieldView *self, GParamSpec *pspec, GtkTreeListRow *row)
{
  g_autoptr (LensFieldItem) item = NULL;

  if (self->is_selecting)
    return;
  item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
  /* NULL: it goes, as what it is a part of is closed. */
  if (item != NULL)
    g_hash_table_insert (self->opened, make_path (item->tree, item->place),
                         GINT_TO_POINTER (gtk_tree_list_row_get_expanded (row)));
}

static void
bind_cb (LensFieldView *self, GtkListItem *item)
{
  GtkTreeListRow *row = GTK_TREE_LIST_ROW (gtk_list_item_get_item (item));
  g_autoptr (LensFieldItem) field_item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_tree_expander_get_child (expander);

  gtk_tree_expander_set_list_row (expander, row);
  write_label (GTK_LABEL (label), field_item);
  g_signal_connect_object (field_item, "changed", G_CALLBACK (write_label), label, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
  if (lens_field_tree_get (field_item->tree, field_item->place)->depth == 0)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
}

static void
unbind_cb (LensFieldView *self, GtkListItem *item)
{
  GtkTreeListRow *row = GTK_TREE_LIST_ROW (gtk_list_item_get_item (item));
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  /* NULL: the row is gone from its list. */
  g_autoptr (LensFieldItem) field_item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));

  g_signal_handlers_disconnect_by_data (row, self);
  if (field_item != NULL)
    g_signal_handlers_disconnect_by_data (field_item, gtk_tree_expander_get_child (expander));
}

static void
selected_cb (LensFieldView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (LensFieldItem) item = NULL;

  if (row == NULL || self->is_selecting)
    return;
  item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
  g_signal_emit (self, signals[PICKED], 0, (guint64) item->place);
}

/* Opens or closes the row that is selected. FALSE: it is so, or has no parts. */
static gboolean
set_open (LensFieldView *self, gboolean is_open)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (row == NULL || !gtk_tree_list_row_is_expandable (row)
      || gtk_tree_list_row_get_expanded (row) == is_open)
    return FALSE;
  gtk_tree_list_row_set_expanded (row, is_open);
  return TRUE;
}

/* Return, or a double click. */
static void
activate_cb (LensFieldView *self, guint position)
{
  if (!set_open (self, TRUE))
    (void) set_open (self, FALSE);
}

static void
copy_field (LensFieldView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (LensFieldItem) item = NULL;
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
  text = lens_field_describe (lens_field_tree_get (item->tree, item->place));
  lens_clipboard_set_text (GTK_WIDGET (self), text, NULL);
}

/* GTK's own are those of the arrow beside a header, which has the keys only where one came to it with them. */
static gboolean
key_cb (LensFieldView *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean is_control = (state & GDK_CONTROL_MASK) != 0;

  if ((state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  if (is_control && (keyval == GDK_KEY_c || keyval == GDK_KEY_C))
    {
      copy_field (self);
      return TRUE;
    }
  if (!is_control && (keyval == GDK_KEY_Right || keyval == GDK_KEY_Left))
    return set_open (self, keyval == GDK_KEY_Right);
  return FALSE;
}

static void
lens_field_view_dispose (GObject *object)
{
  LensFieldView *self = LENS_FIELD_VIEW (object);

  g_clear_pointer (&self->tree, lens_field_tree_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->opened, g_hash_table_unref);
  G_OBJECT_CLASS (lens_field_view_parent_class)->dispose (object);
}

static gboolean
lens_field_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LensFieldView *self = LENS_FIELD_VIEW (widget);
  gboolean result;

  return lens_list_focus (GTK_WIDGET (self->view), direction, &result)
             ? result
             : GTK_WIDGET_CLASS (lens_field_view_parent_class)->focus (widget, direction);
}

static void
lens_field_view_class_init (LensFieldViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_field_view_dispose;
  GTK_WIDGET_CLASS (klass)->focus = lens_field_view_focus;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
lens_field_view_init (LensFieldView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view
      = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "fields");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Fields"),
                                  -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self), scroller);
}

/* The position of the row of the field at @place, where what it is a part of is open. */
static guint
find_row (LensFieldView *self, gsize place)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  for (guint position = 0; position < n; position++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
      g_autoptr (LensFieldItem) item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));

      if (item->place == place)
        return position;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
open_up_to (LensFieldView *self, gsize place)
{
  gsize parent = lens_field_tree_get_parent (self->tree, place);
  guint position;

  if (parent == LENS_FIELD_NONE)
    return;
  open_up_to (self, parent);
  position = find_row (self, parent);
  if (position != GTK_INVALID_LIST_POSITION)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

void
lens_field_view_select (LensFieldView *self, gsize place)
{
  guint position;

  if (self->tree == NULL || place >= lens_field_tree_get_n (self->tree))
    return;
  self->is_selecting = TRUE;
  open_up_to (self, place);
  position = find_row (self, place);
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  self->is_selecting = FALSE;
}

gsize
lens_field_view_get_selected (LensFieldView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (LensFieldItem) item = NULL;

  if (row == NULL)
    return LENS_FIELD_NONE;
  item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
  return item->place;
}

/* Opens what the person has opened of the packets before, and the headers, but those that they closed and the first, which says of the
 * packet as a whole what the table says too. */
static void
open_fields (LensFieldView *self)
{
  for (guint position = 0; position < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); position++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
      g_autoptr (LensFieldItem) item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));
      g_autofree char *path = make_path (item->tree, item->place);
      gpointer is_open;

      if (!g_hash_table_lookup_extended (self->opened, path, NULL, &is_open))
        is_open = GINT_TO_POINTER (position > 0 && gtk_tree_list_row_get_depth (row) == 0);
      if (is_open != NULL && gtk_tree_list_row_is_expandable (row))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

/* Whether the same fields are at the same places. */
static gboolean
has_same_fields (const LensFieldTree *a, const LensFieldTree *b)
{
  gsize n = lens_field_tree_get_n (a);

  if (n != lens_field_tree_get_n (b))
    return FALSE;
  for (gsize place = 0; place < n; place++)
    {
      const LensField *x = lens_field_tree_get (a, place);
      const LensField *y = lens_field_tree_get (b, place);

      if (x->depth != y->depth || !g_str_equal (x->name, y->name))
        return FALSE;
    }
  return TRUE;
}

/* Other values in the rows that are there: what is selected, open and in view stays. */
static void
change_values (LensFieldView *self)
{
  for (guint position = 0; position < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); position++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
      g_autoptr (LensFieldItem) item = LENS_FIELD_ITEM (gtk_tree_list_row_get_item (row));

      lens_field_tree_unref (item->tree);
      item->tree = lens_field_tree_ref (self->tree);
      g_signal_emit (item, changed_signal, 0);
    }
}

static void
replace_rows (LensFieldView *self)
{
  self->is_selecting = TRUE;
  gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->rows);
  if (self->tree != NULL)
    {
      self->rows = gtk_tree_list_model_new (list_parts (self->tree, LENS_FIELD_NONE), FALSE, FALSE,
                                            create_parts_cb, NULL, NULL);
      open_fields (self);
      gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->rows));
    }
  self->is_selecting = FALSE;
}

/* The first field of that path, or LENS_FIELD_NONE. */
static gsize
find_path (const LensFieldTree *tree, const char *path)
{
  for (gsize place = 0; place < lens_field_tree_get_n (tree); place++)
    {
      g_autofree char *other = make_path (tree, place);

      if (g_str_equal (other, path))
        return place;
    }
  return LENS_FIELD_NONE;
}

void
lens_field_view_set_tree (LensFieldView *self, LensFieldTree *tree)
{
  g_autoptr (LensFieldTree) before = g_steal_pointer (&self->tree);
  gsize selected = lens_field_view_get_selected (self);
  g_autofree char *path = NULL;

  self->tree = tree != NULL ? lens_field_tree_ref (tree) : NULL;
  if (before != NULL && tree != NULL && has_same_fields (before, tree))
    {
      change_values (self);
      return;
    }
  if (selected != LENS_FIELD_NONE)
    path = make_path (before, selected);
  replace_rows (self);
  if (path != NULL && tree != NULL)
    lens_field_view_select (self, find_path (tree, path));
}
