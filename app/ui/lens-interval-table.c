#include "lens-interval-table.h"

#include "lens-clipboard.h"
#include "lens-column-keys.h"
#include "lens-column-titles.h"
#include "lens-interval-rows.h"
#include "lens-packet-rows.h"
#include "lens-row-selection.h"
#include "lens-table-text.h"

#include <glib/gi18n.h>

/* How long rows out of view are written anew at a time: well below what two frames take. */
#define REFRESH_BUDGET_US 6000

struct _LensIntervalTable
{
  GObject parent_instance;
  GtkColumnView *view;          /* owned */
  GtkWidget *list;              /* (transfer none) of rows, inside of the view */
  LensPacketRows *positions;    /* owned: as many as there are rows */
  LensIntervalRows *rows;       /* owned: what they say */
  GtkSelectionModel *selection; /* owned */
  guint version;                /* of that: those that were written for another are outdated */
  guint refresh_id;             /* until none is */
  int probed;                   /* the column whose sorter was asked first; -1: none */
  GStrv titles;
  GCancellable *copy_cancel; /* (nullable) of the text that is on its way to the clipboard */
};

G_DEFINE_FINAL_TYPE (LensIntervalTable, lens_interval_table, G_TYPE_OBJECT)

/* Inscriptions, unlike labels, are not measured again for another text. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), GPOINTER_TO_UINT (column) > 0 ? 1 : 0);
  if (GPOINTER_TO_UINT (column) > 0)
    gtk_widget_add_css_class (cell, "numeric");
  g_object_set_data (G_OBJECT (cell), "lens-list-item", item);
  g_object_set_data (G_OBJECT (cell), "lens-column", column);
  lens_column_keys_set_cell (item, cell);
}

/* A row that has lost its interval is blank until it goes. */
static void
show_text (LensIntervalTable *self, GtkListItem *item, guint column)
{
  GtkInscription *cell = GTK_INSCRIPTION (gtk_list_item_get_child (item));
  guint position = gtk_list_item_get_position (item);
  g_autofree char *text = NULL;

  if (position < lens_interval_rows_get_n (self->rows))
    text = lens_interval_rows_write_text (lens_interval_rows_get_intervals (self->rows),
                                          lens_interval_rows_get_interval (self->rows, position), column);
  /* Figures are never cut, a table that is too wide is scrolled. */
  gtk_inscription_set_min_chars (cell, lens_interval_rows_get_chars (self->rows, column) + 1);
  gtk_inscription_set_text (cell, text);
  g_object_set_data (G_OBJECT (cell), "lens-version", GUINT_TO_POINTER (self->version));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  show_text (g_object_get_data (G_OBJECT (factory), "lens-table"), item, GPOINTER_TO_UINT (column));
}

/* Writes what is outdated in a row, or in a part of one. */
static void
refresh_cells (LensIntervalTable *self, GtkWidget *widget)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), "lens-list-item");

  if (item != NULL && gtk_list_item_get_item (item) != NULL
      && g_object_get_data (G_OBJECT (widget), "lens-version") != GUINT_TO_POINTER (self->version))
    show_text (self, item, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "lens-column")));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    refresh_cells (self, child);
}

static gboolean
refresh_cb (gpointer user_data)
{
  LensIntervalTable *self = user_data;
  gint64 end_us = g_get_monotonic_time () + REFRESH_BUDGET_US;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      refresh_cells (self, row);
      if (g_get_monotonic_time () >= end_us)
        return G_SOURCE_CONTINUE;
    }
  self->refresh_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
is_in_view (LensIntervalTable *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, self->list, &bounds) && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < (float) gtk_widget_get_height (self->list);
}

/* The rows stay, and say something else: to make them anew takes GTK longer than several frames. What is seen does at once, the rows that
 * GTK keeps at hand, many more, a few at a time. */
static void
refresh (LensIntervalTable *self)
{
  self->version++;
  gtk_selection_model_unselect_all (self->selection);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->positions)) > 0)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", 0);
  lens_packet_rows_set_n (self->positions, lens_interval_rows_get_n (self->rows));
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (is_in_view (self, row))
      refresh_cells (self, row);
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (refresh_cb, self);
}

typedef struct
{
  int column;
  LensIntervalTable *table; /* (transfer none) */
} Probe;

/* GTK 4.8 doesn't say by which column to sort, but it asks the sorter of that one first, and turns round what it says. */
static int
probe_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Probe *probe = user_data;

  if (probe->table->probed < 0)
    probe->table->probed = probe->column;
  return GTK_ORDERING_SMALLER;
}

static void
sorter_changed_cb (LensIntervalTable *self)
{
  LensIntervalOrder order = { 0 };
  GtkOrdering ordering;

  self->probed = -1;
  /* Whatever two objects: the sorters don't look at them, but GTK calls one equal to itself without asking. */
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), self, self->view);
  if (self->probed >= 0)
    order = (LensIntervalOrder){ (guint) self->probed, ordering == GTK_ORDERING_LARGER };
  lens_interval_rows_sort (self->rows, order);
  refresh (self);
}

static void
add_column (LensIntervalTable *self, guint index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autoptr (GtkCustomSorter) sorter = NULL;
  Probe *probe = g_new (Probe, 1);

  *probe = (Probe){ (int) index, self };
  sorter = gtk_custom_sorter_new (probe_cb, probe, g_free);
  g_object_set_data (G_OBJECT (factory), "lens-table", self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (index));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (index));
  column = gtk_column_view_column_new (self->titles[index], factory);
  gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
  gtk_column_view_column_set_expand (column, index == 0);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

/* "192.0.2.1, bytes/s" */
static char *
name_rate (const LensChartData *data, const LensChartSeries *series)
{
  gboolean is_payload = data->unit == LENS_UNIT_BYTES_PER_SECOND;
  g_autofree char *name = series->address != NULL
                              ? g_strdup_printf ("%s (%s)", series->label, series->address)
                              : g_strdup (series->label);

  if (data->series->len == 1)
    return g_strdup (is_payload ? _ ("Bytes per second") : _ ("Packets per second"));
  /* Translators: the title of a column, with what its series is of. */
  return g_strdup_printf (is_payload ? _ ("%s, bytes/s") : _ ("%s, packets/s"), name);
}

/* (transfer full) */
static GStrv
name_columns (const LensChartData *data)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  g_strv_builder_add (titles, _ ("Time"));
  g_strv_builder_add (titles, data->unit == LENS_UNIT_BYTES_PER_SECOND ? _ ("Bytes") : _ ("Packets"));
  for (guint i = 0; i < data->series->len; i++)
    {
      g_autofree char *title = name_rate (data, &g_array_index (data->series, LensChartSeries, i));

      g_strv_builder_add (titles, title);
    }
  return g_strv_builder_end (titles);
}

void
lens_interval_table_shown_changed (LensIntervalTable *self, const LensChartData *data)
{
  LensChartIntervals *intervals = lens_chart_intervals_new (data);

  if (intervals == NULL)
    return;
  lens_interval_rows_take (self->rows, intervals);
  refresh (self);
}

static void
cancel_copy (LensIntervalTable *self)
{
  if (self->copy_cancel != NULL)
    g_cancellable_cancel (self->copy_cancel);
  g_clear_object (&self->copy_cancel);
}

static void
written_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LensIntervalTable) self = user_data;
  g_autofree char *text = lens_table_text_write_finish (result, NULL);

  /* What was cancelled is copied anew. */
  if (text == NULL || self->view == NULL)
    return;
  g_clear_object (&self->copy_cancel);
  lens_clipboard_set_text (GTK_WIDGET (self->view), text, _ ("Select fewer rows."));
}

void
lens_interval_table_copy (LensIntervalTable *self)
{
  LensChartIntervals *intervals = lens_interval_rows_get_intervals (self->rows);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GArray *rows;

  cancel_copy (self);
  if (intervals == NULL)
    return;
  rows = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint position = 0; position < lens_interval_rows_get_n (self->rows); position++)
    if (gtk_bitset_is_empty (selected) || gtk_bitset_contains (selected, position))
      {
        guint interval = lens_interval_rows_get_interval (self->rows, position);

        g_array_append_val (rows, interval);
      }
  self->copy_cancel = g_cancellable_new ();
  lens_table_text_write_async (self->titles, lens_chart_intervals_ref (intervals),
                               (GDestroyNotify) lens_chart_intervals_unref, lens_interval_rows_write_text,
                               rows, self->copy_cancel, written_cb, g_object_ref (self));
}

static void
lens_interval_table_dispose (GObject *object)
{
  LensIntervalTable *self = LENS_INTERVAL_TABLE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  cancel_copy (self);
  /* A view that goes takes its columns out, which changes how it sorts. */
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      gtk_column_view_set_model (self->view, NULL);
    }
  g_clear_object (&self->view);
  g_clear_object (&self->selection);
  g_clear_object (&self->positions);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->titles, g_strfreev);
  G_OBJECT_CLASS (lens_interval_table_parent_class)->dispose (object);
}

static void
lens_interval_table_class_init (LensIntervalTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_interval_table_dispose;
}

static gboolean
copy_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  lens_interval_table_copy (user_data);
  return TRUE;
}

static void
lens_interval_table_init (LensIntervalTable *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->rows = lens_interval_rows_new ();
  self->positions = lens_packet_rows_new ();
  self->selection = GTK_SELECTION_MODEL (lens_row_selection_new (G_LIST_MODEL (self->positions)));
  self->view = g_object_ref_sink (GTK_COLUMN_VIEW (gtk_column_view_new (g_object_ref (self->selection))));
  self->list = lens_column_keys_get_list (self->view);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                            G_CALLBACK (sorter_changed_cb), self);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"),
                                                          gtk_callback_action_new (copy_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  lens_column_keys_attach (self->view);
}

LensIntervalTable *
lens_interval_table_new (const LensChartData *data)
{
  LensIntervalTable *self = g_object_new (LENS_TYPE_INTERVAL_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title,
                                  -1);
  self->titles = name_columns (data);
  for (guint i = 0; self->titles[i] != NULL; i++)
    add_column (self, i);
  lens_column_titles_set_up (self->view, ~(guint64) 1);
  lens_interval_table_shown_changed (self, data);
  return self;
}

GtkWidget *
lens_interval_table_get_view (LensIntervalTable *self)
{
  return GTK_WIDGET (self->view);
}
