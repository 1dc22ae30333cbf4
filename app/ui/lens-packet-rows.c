#include "lens-packet-rows.h"

/* Rows that a view keeps at hand at most, rounded up: GTK's GTK_LIST_VIEW_MAX_LIST_ITEMS is 200. */
#define ROWS_AT_HAND 240

/* How many of them come at a time. */
#define ROWS_A_STEP 12

struct _LensPacketRows
{
  GObject parent_instance;
  guint n_rows;
  guint n_shown;      /* as the list says */
  guint show_more_id; /* until the others are shown */
};

static void lens_packet_rows_init_list (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LensPacketRows,
                               lens_packet_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, lens_packet_rows_init_list))

static GType
lens_packet_rows_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
lens_packet_rows_get_n_items (GListModel *model)
{
  return LENS_PACKET_ROWS (model)->n_shown;
}

static gpointer
lens_packet_rows_get_item (GListModel *model, guint position)
{
  return position < LENS_PACKET_ROWS (model)->n_shown ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
lens_packet_rows_init_list (GListModelInterface *iface)
{
  iface->get_item_type = lens_packet_rows_get_item_type;
  iface->get_n_items = lens_packet_rows_get_n_items;
  iface->get_item = lens_packet_rows_get_item;
}

static void
lens_packet_rows_dispose (GObject *object)
{
  g_clear_handle_id (&LENS_PACKET_ROWS (object)->show_more_id, g_source_remove);
  G_OBJECT_CLASS (lens_packet_rows_parent_class)->dispose (object);
}

static void
lens_packet_rows_class_init (LensPacketRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_packet_rows_dispose;
}

static void
lens_packet_rows_init (LensPacketRows *self)
{
}

LensPacketRows *
lens_packet_rows_new (void)
{
  return g_object_new (LENS_TYPE_PACKET_ROWS, NULL);
}

/* Never a change in the middle: a view would ask for every row after it. */
static void
show (LensPacketRows *self, guint n_shown)
{
  guint before = self->n_shown;

  self->n_shown = n_shown;
  if (n_shown > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n_shown - before);
  else if (n_shown < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_shown, before - n_shown, 0);
}

static gboolean
show_more_cb (gpointer user_data)
{
  LensPacketRows *self = user_data;

  /* A view that has them all at hand takes the widgets of those for others. */
  if (self->n_shown + ROWS_A_STEP < MIN (self->n_rows, ROWS_AT_HAND))
    {
      show (self, self->n_shown + ROWS_A_STEP);
      return G_SOURCE_CONTINUE;
    }
  self->show_more_id = 0;
  show (self, self->n_rows);
  return G_SOURCE_REMOVE;
}

void
lens_packet_rows_set_n (LensPacketRows *self, guint n_rows)
{
  self->n_rows = n_rows;
  if (n_rows <= self->n_shown)
    show (self, n_rows);
  if (self->show_more_id == 0 && show_more_cb (self))
    self->show_more_id = g_idle_add (show_more_cb, self);
}

void
lens_packet_rows_show_all (LensPacketRows *self)
{
  g_clear_handle_id (&self->show_more_id, g_source_remove);
  show (self, self->n_rows);
}
