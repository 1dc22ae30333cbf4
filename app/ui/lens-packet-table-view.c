#include "lens-packet-table-view.h"

#include "lens-column-keys.h"
#include "lens-column-titles.h"
#include "lens-format.h"
#include "lens-packet-rows.h"
#include "lens-row-selection.h"

#include <glib/gi18n.h>

/* What a packet doesn't have. An empty label would be read as what it is. */
#define NOTHING "–"

/* A column is as wide as what was written in it needs, up to an IPv6 address. */
#define MAX_CHARS 40

/* How long rows out of view are written anew at a time: well below what two frames take. */
#define REFRESH_BUDGET_US 6000

/* The columns in their order; the one of the time sorts by what it shows. */
static const struct
{
  LensPacketColumn column;
  const char *title;
  guint width_chars;   /* at least, and as many as what is written there needs */
  guint natural_chars; /* where there is room */
  gboolean is_figure;
} shown_columns[] = {
  { LENS_PACKET_NUMBER, N_ ("No."), 5, 5, TRUE },
  { LENS_PACKET_TIME, N_ ("Time"), 9, 9, TRUE },
  { LENS_PACKET_SOURCE, N_ ("Source"), 9, 26, FALSE },
  { LENS_PACKET_DESTINATION, N_ ("Destination"), 9, 26, FALSE },
  { LENS_PACKET_PROTOCOL, N_ ("Protocol"), 7, 9, FALSE },
  { LENS_PACKET_SOURCE_PORT, N_ ("From port"), 6, 6, TRUE },
  { LENS_PACKET_DESTINATION_PORT, N_ ("To port"), 6, 6, TRUE },
  { LENS_PACKET_PAYLOAD, N_ ("Payload"), 6, 6, TRUE },
  { LENS_PACKET_WIRE, N_ ("Wire length"), 6, 6, TRUE },
  { LENS_PACKET_INTER_ARRIVAL, N_ ("Inter-arrival"), 9, 9, TRUE },
  { LENS_PACKET_BURST, N_ ("Burst"), 5, 5, TRUE },
};

struct _LensPacketTableView
{
  GtkBox parent_instance;
  GtkColumnView *view;
  GtkWidget *rows;             /* (transfer none) the list inside of the view */
  LensRowSelection *selection; /* owned */
  LensPacketRows *positions;   /* owned: as many as there are packets */
  LensPacketModel *model;      /* owned (nullable) */
  LensTimeForm form;
  guint chars[G_N_ELEMENTS (shown_columns)]; /* what the columns have needed so far of this model */
  LensPacketColumn sort;
  gboolean is_descending;
  int probed; /* the column whose sorter was asked first; -1: none */
  guint focus_tick_id;
  guint version;    /* of what the rows say: those that were written for another are outdated */
  guint refresh_id; /* until none is */
};

G_DEFINE_FINAL_TYPE (LensPacketTableView, lens_packet_table_view, GTK_TYPE_BOX)

enum
{
  SORT,
  SELECTED,
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static LensPacketTableView *
view_of (GtkWidget *widget)
{
  return LENS_PACKET_TABLE_VIEW (gtk_widget_get_ancestor (widget, LENS_TYPE_PACKET_TABLE_VIEW));
}

/* GTK keeps some two hundred rows at hand, and a jump writes all of their cells: inscriptions, unlike labels, are not measured again for it. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer index)
{
  GtkWidget *label = gtk_inscription_new (NULL);
  gboolean is_figure = shown_columns[GPOINTER_TO_UINT (index)].is_figure;

  gtk_inscription_set_xalign (GTK_INSCRIPTION (label), is_figure ? 1 : 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label),
                                 shown_columns[GPOINTER_TO_UINT (index)].width_chars);
  if (is_figure)
    gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (label), "lens-list-item", item);
  g_object_set_data (G_OBJECT (label), "lens-column", index);
  lens_column_keys_set_cell (item, label);
}

/* Nothing of these is ever cut: a table that is too wide is scrolled. */
static void
make_room (LensPacketTableView *self, GtkInscription *label, guint index, const char *text)
{
  guint needed = text != NULL ? (guint) MIN (g_utf8_strlen (text, -1), MAX_CHARS) : 0;
  guint chars = MAX (self->chars[index], MAX (needed, shown_columns[index].width_chars));

  self->chars[index] = chars;
  gtk_inscription_set_min_chars (label, chars);
  gtk_inscription_set_nat_chars (label, MAX (chars, shown_columns[index].natural_chars));
}

/* A row that has lost its packet is blank until it goes. */
static void
show_text (LensPacketTableView *self, GtkListItem *item, guint index)
{
  GtkInscription *label = GTK_INSCRIPTION (gtk_list_item_get_child (item));
  LensPacketColumn column = shown_columns[index].column;
  guint position = gtk_list_item_get_position (item);
  g_autofree char *text = NULL;

  if (self->model != NULL && position < lens_packet_model_get_n (self->model))
    text = lens_packet_model_get_text (self->model, position, column, self->form);
  make_room (self, label, index, text);
  gtk_inscription_set_text (label, text != NULL && *text == '\0' ? NOTHING : text);
  g_object_set_data (G_OBJECT (label), "lens-version", GUINT_TO_POINTER (self->version));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer index)
{
  LensPacketTableView *self = g_object_get_data (G_OBJECT (factory), "lens-table");

  show_text (self, item, GPOINTER_TO_UINT (index));
}

typedef struct
{
  int index;                  /* of the column */
  LensPacketTableView *table; /* (transfer none) */
} Probe;

/* GTK 4.8 doesn't say by which column to sort, but it asks the sorter of that one first, and turns round what it says. */
static int
probe_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Probe *probe = user_data;

  if (probe->table->probed < 0)
    probe->table->probed = probe->index;
  return GTK_ORDERING_SMALLER;
}

static LensPacketColumn
column_of_index (const LensPacketTableView *self, int index)
{
  LensPacketColumn column = shown_columns[index].column;

  if (column == LENS_PACKET_TIME && self->form == LENS_TIME_SINCE_PREVIOUS)
    return LENS_PACKET_SINCE_PREVIOUS;
  return column;
}

static void
sorter_changed_cb (LensPacketTableView *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  LensPacketColumn sort = LENS_PACKET_NUMBER;
  gboolean is_descending = FALSE;
  GtkOrdering ordering;

  self->probed = -1;
  /* Whatever two objects: the sorters don't look at them, but GTK calls one equal to itself without asking. */
  ordering = gtk_sorter_compare (sorter, self, self->view);
  if (self->probed >= 0)
    {
      sort = column_of_index (self, self->probed);
      is_descending = ordering == GTK_ORDERING_LARGER;
    }
  if (sort == self->sort && is_descending == self->is_descending)
    return;
  self->sort = sort;
  self->is_descending = is_descending;
  g_signal_emit (self, signals[SORT], 0, (guint) sort, is_descending);
}

static void
add_columns (LensPacketTableView *self)
{
  guint64 figures = 0;

  for (guint i = 0; i < G_N_ELEMENTS (shown_columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      Probe *probe = g_new0 (Probe, 1);
      g_autoptr (GtkCustomSorter) sorter = NULL;

      probe->index = (int) i;
      probe->table = self;
      sorter = gtk_custom_sorter_new (probe_cb, probe, g_free);
      g_object_set_data (G_OBJECT (factory), "lens-table", self);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_ (shown_columns[i].title), factory);
      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
      figures |= (guint64) shown_columns[i].is_figure << i;
    }
  lens_column_titles_set_up (self->view, figures);
}

static void
selected_cb (LensPacketTableView *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* The position of the row at a place in the view, or GTK_INVALID_LIST_POSITION. */
static guint
position_at (LensPacketTableView *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  for (; widget != NULL && widget != GTK_WIDGET (self->view); widget = gtk_widget_get_parent (widget))
    {
      GtkListItem *item = g_object_get_data (G_OBJECT (widget), "lens-list-item");
      GtkWidget *first = gtk_widget_get_first_child (widget);

      /* The margin around a label is a cell's. */
      if (item == NULL && first != NULL)
        item = g_object_get_data (G_OBJECT (first), "lens-list-item");
      if (item != NULL)
        return gtk_list_item_get_position (item);
    }
  return GTK_INVALID_LIST_POSITION;
}

/* As a click does: a range that somebody makes next begins there. */
static void
select_one (LensPacketTableView *self, guint position)
{
  gtk_widget_activate_action (self->rows, "list.select-item", "(ubb)", position, FALSE, FALSE);
}

static void
pressed_cb (LensPacketTableView *self, int n_press, double x, double y)
{
  guint position = position_at (self, x, y);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  /* The menu is of all that are selected, where it is asked for on one of them. */
  if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    lens_row_selection_set_current (self->selection, position);
  else
    select_one (self, position);
  g_signal_emit (self, signals[MENU], 0, x, y);
}

/* (nullable): what is in the first cell of a row. */
static GtkListItem *
get_list_item (GtkWidget *row)
{
  GtkWidget *cell = gtk_widget_get_first_child (row);
  GtkWidget *label = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;

  return label != NULL ? g_object_get_data (G_OBJECT (label), "lens-list-item") : NULL;
}

/* The row of the current packet, where it is in view. */
static GtkWidget *
find_current_row (LensPacketTableView *self)
{
  guint current = lens_row_selection_get_current (self->selection);

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *item = get_list_item (row);

      if (item != NULL && gtk_list_item_get_item (item) != NULL
          && gtk_list_item_get_position (item) == current)
        return row;
    }
  return NULL;
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LensPacketTableView *self = view_of (widget);
  GtkWidget *row = find_current_row (self);
  graphene_point_t at = GRAPHENE_POINT_INIT (24, 24);
  graphene_point_t in_row = GRAPHENE_POINT_INIT (24, 12);

  if (lens_packet_table_view_get_selected (self) == GTK_INVALID_LIST_POSITION)
    return FALSE;
  if (row != NULL && !gtk_widget_compute_point (row, GTK_WIDGET (self->view), &in_row, &at))
    at = in_row;
  g_signal_emit (self, signals[MENU], 0, (double) at.x, (double) at.y);
  return TRUE;
}

static void
add_menu_controllers (LensPacketTableView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>F10|Menu"),
                                                        gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

/* Rows come and go a few at a time: said is how many the list has, not how many it was asked for. */
static void
say_n_rows (LensPacketTableView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->positions));
  g_autofree char *count = lens_format_count (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s packet", "%s packets", n), count);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
lens_packet_table_view_dispose (GObject *object)
{
  LensPacketTableView *self = LENS_PACKET_TABLE_VIEW (object);

  if (self->focus_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->focus_tick_id);
  self->focus_tick_id = 0;
  /* A view that goes takes its columns out, which changes how it sorts. */
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  self->view = NULL;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->positions);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (lens_packet_table_view_parent_class)->dispose (object);
}

static gboolean
lens_packet_table_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LensPacketTableView *self = LENS_PACKET_TABLE_VIEW (widget);
  gboolean result;

  return lens_column_titles_focus (self->view, direction, &result)
             ? result
             : GTK_WIDGET_CLASS (lens_packet_table_view_parent_class)->focus (widget, direction);
}

static void
lens_packet_table_view_class_init (LensPacketTableViewClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_packet_table_view_dispose;
  GTK_WIDGET_CLASS (klass)->focus = lens_packet_table_view_focus;
  signals[SORT] = g_signal_new ("sort", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MENU] = g_signal_new ("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
lens_packet_table_view_init (LensPacketTableView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->sort = LENS_PACKET_NUMBER;
  self->positions = lens_packet_rows_new ();
  self->selection = lens_row_selection_new (G_LIST_MODEL (self->positions));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection))));
  self->rows = lens_column_keys_get_list (self->view);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "packets");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Packets"),
                                  -1);
  add_columns (self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (sorter_changed_cb), self);
  g_signal_connect_object (self->positions, "items-changed", G_CALLBACK (say_n_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  add_menu_controllers (self);
  lens_column_keys_attach (self->view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self), scroller);
}

LensPacketModel *
lens_packet_table_view_get_model (LensPacketTableView *self)
{
  return self->model;
}

/* Writes what is outdated in a row, or in a part of one. */
static void
refresh_labels (LensPacketTableView *self, GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), "lens-list-item");

  if (item != NULL && gtk_list_item_get_item (item) != NULL
      && g_object_get_data (G_OBJECT (widget), "lens-version") != GUINT_TO_POINTER (self->version))
    show_text (self, item, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "lens-column")));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    refresh_labels (self, child);
}

static gboolean
is_in_view (LensPacketTableView *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, self->rows, &bounds) && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < (float) gtk_widget_get_height (self->rows);
}

static gboolean
refresh_cb (gpointer user_data)
{
  LensPacketTableView *self = user_data;
  gint64 end_us = g_get_monotonic_time () + REFRESH_BUDGET_US;

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      refresh_labels (self, row);
      if (g_get_monotonic_time () >= end_us)
        return G_SOURCE_CONTINUE;
    }
  self->refresh_id = 0;
  return G_SOURCE_REMOVE;
}

/* What is seen at once; the rows that GTK keeps at hand, many more, a few at a time. */
void
lens_packet_table_view_refresh (LensPacketTableView *self)
{
  self->version++;
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (is_in_view (self, row))
      refresh_labels (self, row);
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_cb, self);
}

static void
bring_into_view (LensPacketTableView *self, guint position)
{
  gtk_widget_activate_action (self->rows, "list.scroll-to-item", "u", position);
}

/* The rows stay, and say something else: to make them anew takes GTK longer than several frames. */
void
lens_packet_table_view_set_model (LensPacketTableView *self, LensPacketModel *model, gboolean keeps_place)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->positions));
  guint n_rows = model != NULL ? lens_packet_model_get_n (model) : 0;

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  if (model != NULL)
    g_object_ref (model);
  g_clear_object (&self->model);
  self->model = model;
  memset (self->chars, 0, sizeof self->chars);
  /* A table without packets is not shown: its rows are kept for those to come. */
  if (n_rows > 0)
    {
      if (!keeps_place)
        bring_into_view (self, 0);
      else if (n_rows < n_shown)
        bring_into_view (self, n_rows - 1);
      lens_packet_rows_set_n (self->positions, n_rows);
    }
  lens_packet_table_view_refresh (self);
}

void
lens_packet_table_view_set_time_form (LensPacketTableView *self, LensTimeForm form)
{
  if (form == self->form)
    return;
  self->form = form;
  memset (self->chars, 0, sizeof self->chars);
  lens_packet_table_view_refresh (self);
  sorter_changed_cb (self);
}

LensPacketColumn
lens_packet_table_view_get_sort (LensPacketTableView *self, gboolean *is_descending)
{
  *is_descending = self->is_descending;
  return self->sort;
}

guint
lens_packet_table_view_get_selected (LensPacketTableView *self)
{
  return lens_row_selection_get_current (self->selection);
}

GtkBitset *
lens_packet_table_view_get_selection (LensPacketTableView *self)
{
  return lens_row_selection_get_selected (self->selection);
}

LensTimeForm
lens_packet_table_view_get_time_form (LensPacketTableView *self)
{
  return self->form;
}

GStrv
lens_packet_table_view_get_titles (void)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shown_columns); i++)
    g_strv_builder_add (titles, _ (shown_columns[i].title));
  return g_strv_builder_end (titles);
}

LensPacketColumn
lens_packet_table_view_get_column (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (shown_columns), LENS_PACKET_NUMBER);
  return shown_columns[index].column;
}

/* Once the row is there. */
static gboolean
focus_row_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LensPacketTableView *self = LENS_PACKET_TABLE_VIEW (widget);
  GtkWidget *row = find_current_row (self);

  if (row == NULL)
    return G_SOURCE_CONTINUE;
  self->focus_tick_id = 0;
  gtk_widget_grab_focus (row);
  return G_SOURCE_REMOVE;
}

void
lens_packet_table_view_select (LensPacketTableView *self, guint position, gboolean takes_focus)
{
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->positions)))
    lens_packet_rows_show_all (self->positions);
  /* The first time as a click does, so that a range can be made from there. */
  if (lens_row_selection_can_extend (self->selection))
    lens_row_selection_select (self->selection, position);
  else
    select_one (self, position);
  bring_into_view (self, position);
  if (takes_focus && self->focus_tick_id == 0)
    self->focus_tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_row_cb, NULL, NULL);
}

void
lens_packet_table_view_set_selection (LensPacketTableView *self, GtkBitset *selected, guint current)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->positions));
  g_autoptr (GtkBitset) all = NULL;

  if (!gtk_bitset_is_empty (selected) && gtk_bitset_get_maximum (selected) >= n_shown)
    lens_packet_rows_show_all (self->positions);
  all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->positions)));
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
  if (gtk_bitset_contains (selected, current))
    lens_row_selection_set_current (self->selection, current);
}
