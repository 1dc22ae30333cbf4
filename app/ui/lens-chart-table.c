#include "lens-chart-table.h"

#include "lens-chart-intervals.h"
#include "lens-chart-rows.h"
#include "lens-clipboard.h"
#include "lens-column-keys.h"
#include "lens-column-titles.h"
#include "lens-interval-table.h"
#include "lens-table-row.h"

#include <glib/gi18n.h>

/* A longer table is scrolled by itself: rows that are not seen cost nothing. */
#define MAX_HEIGHT_PX 420

enum
{
  SPAN_CHOSEN,
  LANE_CHOSEN,
  ROW_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Of a GtkListItem: its column. */
static const char column_key[] = "lens-column";

struct _LensChartTable
{
  GtkBox parent_instance;
  GtkScrolledWindow *scroller;
  GtkColumnView *view; /* owned */
  GListStore *rows;
  LensIntervalTable *intervals; /* owned (nullable): in place of the view */
  GtkSortListModel *sorted;
  GtkSelectionModel *selection;
  GStrv titles;         /* owned: of the columns */
  gboolean is_updating; /* rows are put in order because what they say changed */
  gboolean adds;        /* while a row is activated with Ctrl */
};

G_DEFINE_FINAL_TYPE (LensChartTable, lens_chart_table, GTK_TYPE_BOX)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (GPOINTER_TO_UINT (column) > 0)
    gtk_widget_add_css_class (label, "numeric");
  lens_column_keys_set_cell (item, label);
}

/* The first cell of the row that is chosen says so. */
static void
show_mark (LensTableRow *row, GtkLabel *label, gboolean is_first)
{
  const char *text = gtk_label_get_text (label);
  gboolean is_marked = lens_table_row_get_is_marked (row);
  g_autofree char *name = NULL;

  if (is_marked && is_first)
    /* Translators: the first cell of the chosen row of a table, for a screen reader. */
    name = g_strdup_printf (_ ("%s, selected"), text);
  /* Else the name of an empty one would be that of its type. */
  else
    name = g_strdup (*text != '\0' ? text : _ ("empty"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (is_marked)
    gtk_widget_add_css_class (GTK_WIDGET (label), "chosen-row");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "chosen-row");
}

static void
show_cell (GtkListItem *item, guint column)
{
  LensTableRow *row = LENS_TABLE_ROW (gtk_list_item_get_item (item));
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  gboolean is_figure = lens_table_row_is_figure (row, column);

  gtk_label_set_text (label, lens_table_row_get_text (row, column));
  show_mark (row, label, column == 0);
  gtk_label_set_xalign (label, is_figure && column > 0 ? 1 : 0);
  /* Names may be long; figures are never cut, a table that is too wide is scrolled. */
  gtk_label_set_ellipsize (label, is_figure ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
}

static void
row_changed_cb (LensTableRow *row, GtkListItem *item)
{
  show_cell (item, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), column_key)));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_object_set_data (G_OBJECT (item), column_key, column);
  show_cell (item, GPOINTER_TO_UINT (column));
  g_signal_connect_object (gtk_list_item_get_item (item), "changed", G_CALLBACK (row_changed_cb), item, 0);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return lens_table_row_compare ((LensTableRow *) a, (LensTableRow *) b, GPOINTER_TO_UINT (column));
}

static int
compare_top_places_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return lens_table_row_compare_top_places ((LensTableRow *) a, (LensTableRow *) b);
}

/* By the columns, under the rows that stay at the top. (transfer full) */
static GtkSorter *
new_sorter (GtkColumnView *view)
{
  GtkMultiSorter *sorter = gtk_multi_sorter_new ();

  gtk_multi_sorter_append (sorter, GTK_SORTER (gtk_custom_sorter_new (compare_top_places_cb, NULL, NULL)));
  gtk_multi_sorter_append (sorter, g_object_ref (gtk_column_view_get_sorter (view)));
  return GTK_SORTER (sorter);
}

/* By the first row: a bit for each column. */
static guint64
find_figures (LensChartTable *self)
{
  g_autoptr (LensTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), 0);
  guint64 figures = 0;

  for (guint i = 1; row != NULL && i < MIN (g_strv_length (self->titles), 64); i++)
    if (lens_table_row_is_figure (row, i))
      figures |= (guint64) 1 << i;
  return figures;
}

/* @titles: (transfer full). The same columns stay, with their widths and the order that somebody sorted the rows in. */
static void
take_columns (LensChartTable *self, GStrv titles)
{
  GListModel *old = gtk_column_view_get_columns (self->view);
  gboolean is_same = self->titles != NULL
                     && g_strv_equal ((const char *const *) self->titles, (const char *const *) titles);

  g_strfreev (self->titles);
  self->titles = titles;
  while (!is_same && g_list_model_get_n_items (old) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (old, 0);

      gtk_column_view_remove_column (self->view, column);
    }
  for (guint i = 0; !is_same && titles[i] != NULL; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (i), NULL);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (titles[i], factory);
      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
      gtk_column_view_column_set_expand (column, i == 0);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
    }
  lens_column_titles_set_up (self->view, find_figures (self));
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_chart_table_copy (user_data);
  return TRUE;
}

static void
activate_cb (LensChartTable *self, guint position)
{
  g_autoptr (LensTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  gint64 first_ns;
  gint64 last_ns;

  if (row != NULL && lens_table_row_get_span (row, &first_ns, &last_ns))
    g_signal_emit (self, signals[SPAN_CHOSEN], 0, first_ns, last_ns);
  else if (row != NULL && lens_table_row_get_lane (row) >= 0)
    g_signal_emit (self, signals[LANE_CHOSEN], 0, (guint) lens_table_row_get_lane (row));
  else if (row != NULL && lens_table_row_get_bar (row) >= 0)
    g_signal_emit (self, signals[ROW_CHOSEN], 0, (guint) lens_table_row_get_bar (row), self->adds);
}

/* GTK has a key for one of both only. */
static gboolean
add_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LensChartTable *self = user_data;
  GtkWidget *list = lens_column_keys_get_list (self->view);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, list))
    return FALSE;
  self->adds = TRUE;
  gtk_widget_activate (focus);
  self->adds = FALSE;
  return TRUE;
}

/* What comes first in another order is what is looked for. */
static void
sorter_changed_cb (LensChartTable *self)
{
  if (!self->is_updating && g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (lens_column_keys_get_list (self->view), "list.scroll-to-item", "u", 0);
}

static void
lens_chart_table_dispose (GObject *object)
{
  LensChartTable *self = LENS_CHART_TABLE (object);

  g_clear_object (&self->intervals);
  /* A view that goes takes its columns out, which changes how it sorts. */
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  g_clear_object (&self->view);
  g_clear_object (&self->rows);
  g_clear_object (&self->sorted);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->titles, g_strfreev);
  G_OBJECT_CLASS (lens_chart_table_parent_class)->dispose (object);
}

static gboolean
lens_chart_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LensChartTable *self = LENS_CHART_TABLE (widget);
  gboolean result;

  return lens_column_titles_focus (GTK_COLUMN_VIEW (gtk_scrolled_window_get_child (self->scroller)),
                                   direction, &result)
             ? result
             : GTK_WIDGET_CLASS (lens_chart_table_parent_class)->focus (widget, direction);
}

static void
lens_chart_table_class_init (LensChartTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_chart_table_dispose;
  GTK_WIDGET_CLASS (klass)->focus = lens_chart_table_focus;
  signals[SPAN_CHOSEN] = g_signal_new ("span-chosen", LENS_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[LANE_CHOSEN] = g_signal_new ("lane-chosen", LENS_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ROW_CHOSEN] = g_signal_new ("row-chosen", LENS_TYPE_CHART_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
lens_chart_table_init (LensChartTable *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->rows = g_list_store_new (LENS_TYPE_TABLE_ROW);
  self->view = g_object_ref_sink (GTK_COLUMN_VIEW (gtk_column_view_new (NULL)));
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)), new_sorter (self->view));
  self->selection
      = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->sorted))));
  gtk_column_view_set_model (self->view, self->selection);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (sorter_changed_cb), self);
  lens_column_keys_attach (self->view);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (self->scroller, TRUE);
  gtk_scrolled_window_set_max_content_height (self->scroller, MAX_HEIGHT_PX);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->scroller));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"),
                                                          gtk_callback_action_new (copy_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (add_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

GtkWidget *
lens_chart_table_new (const char *name)
{
  LensChartTable *self = g_object_new (LENS_TYPE_CHART_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/* Where there are as many rows of the same columns, those that are there say what @rows do from now on, and the keys and the scrolled place
 * stay where they are. */
static gboolean
update_rows (LensChartTable *self, GListModel *rows, GStrv titles)
{
  guint n = g_list_model_get_n_items (rows);
  gboolean is_changed = FALSE;

  if (self->titles == NULL || n != g_list_model_get_n_items (G_LIST_MODEL (self->rows))
      || !g_strv_equal ((const char *const *) self->titles, (const char *const *) titles))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LensTableRow) row = g_list_model_get_item (rows, i);
      g_autoptr (LensTableRow) old = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      is_changed = lens_table_row_update (old, row) || is_changed;
    }
  if (is_changed)
    {
      self->is_updating = TRUE;
      gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
      self->is_updating = FALSE;
    }
  return TRUE;
}

static void
show_rows (LensChartTable *self, const LensChartData *data)
{
  g_autoptr (GListStore) rows = g_list_store_new (LENS_TYPE_TABLE_ROW);
  g_auto (GStrv) titles = lens_chart_rows_add (rows, data);
  g_autoptr (GPtrArray) items = NULL;

  if (update_rows (self, G_LIST_MODEL (rows), titles))
    return;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (rows), i));
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)), items->pdata,
                       items->len);
  take_columns (self, g_steal_pointer (&titles));
}

void
lens_chart_table_set_data (LensChartTable *self, const LensChartData *data)
{
  if (lens_chart_data_has_intervals (data))
    {
      g_list_store_remove_all (self->rows);
      g_clear_object (&self->intervals);
      self->intervals = lens_interval_table_new (data);
      gtk_scrolled_window_set_child (self->scroller, lens_interval_table_get_view (self->intervals));
      return;
    }
  g_clear_object (&self->intervals);
  if (gtk_scrolled_window_get_child (self->scroller) != GTK_WIDGET (self->view))
    {
      g_list_store_remove_all (self->rows);
      gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
    }
  gtk_column_view_set_single_click_activate (self->view, data->bands->len + data->lanes->len > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title,
                                  -1);
  show_rows (self, data);
}

void
lens_chart_table_shown_changed (LensChartTable *self, const LensChartData *data)
{
  if (self->intervals != NULL && lens_chart_data_has_intervals (data))
    lens_interval_table_shown_changed (self->intervals, data);
}

void
lens_chart_table_copy (LensChartTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  /* Where a click chooses, a row is selected by the pointer being over it. */
  gboolean takes_all
      = gtk_bitset_is_empty (selected) || gtk_column_view_get_single_click_activate (self->view);

  if (self->intervals != NULL)
    {
      lens_interval_table_copy (self->intervals);
      return;
    }
  for (guint i = 0; self->titles != NULL && self->titles[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", self->titles[i]);
  g_string_append_c (text, '\n');
  for (guint position = 0; position < n_rows; position++)
    {
      g_autoptr (LensTableRow) row = NULL;

      if (!takes_all && !gtk_bitset_contains (selected, position))
        continue;
      row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
      for (guint i = 0; self->titles[i] != NULL; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", lens_table_row_get_text (row, i));
      g_string_append_c (text, '\n');
    }
  lens_clipboard_set_text (GTK_WIDGET (self), text->str, _ ("Select fewer rows."));
}
