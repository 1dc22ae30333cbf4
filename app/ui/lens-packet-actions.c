#include "lens-packet-actions.h"

#include "lens-clipboard.h"
#include "lens-packet-copy.h"

#include <glib/gi18n.h>

struct _LensPacketActions
{
  GtkWidget *page; /* owns this */
  LensPacketTableView *view;
  LensPacketDetails *details;
  LensSession *session; /* owned (nullable) */
  GtkWidget *menu;      /* (nullable) parented to the table */
  GSimpleActionGroup *actions;
  const LensFlow *flow; /* (nullable) of the packet; the table lives as long as it is shown */
  const LensPacketTable *table;
  GCancellable *copying; /* owned (nullable): of several packets */
};

static void
stop_copying (LensPacketActions *self)
{
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
}

static void
actions_free (gpointer data)
{
  LensPacketActions *self = data;

  stop_copying (self);
  g_clear_object (&self->session);
  g_object_unref (self->actions);
  g_free (self);
}

static void
set_enabled (LensPacketActions *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static gboolean
has_several (LensPacketActions *self)
{
  g_autoptr (GtkBitset) selected = lens_packet_table_view_get_selection (self->view);

  return gtk_bitset_get_size (selected) > 1;
}

static void
update (LensPacketActions *self)
{
  gboolean has_hosts = self->flow != NULL && self->flow->source_host != LENS_HOST_NONE;
  g_autofree char *text = lens_packet_details_copy (self->details, LENS_COPY_TEXT);

  gboolean can_copy = text != NULL || has_several (self);

  set_enabled (self, "copy-text", can_copy);
  set_enabled (self, "copy-hex", can_copy);
  set_enabled (self, "copy-c", can_copy);
  set_enabled (self, "filter-source", has_hosts);
  set_enabled (self, "filter-destination", has_hosts);
  set_enabled (self, "filter-connection", has_hosts);
}

static void
copied_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lens_packet_copy_finish (result, &error);

  if (text != NULL)
    {
      lens_clipboard_set_text (page, text, _ ("Select fewer packets."));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* Translators: followed by why. */
      g_autofree char *message = g_strdup_printf (_ ("Not copied: %s"), error->message);

      lens_clipboard_say (page, message);
    }
}

/* What was asked for before and isn't there yet is not wanted any more. */
static void
copy_several (LensPacketActions *self, LensPacketsForm form)
{
  g_autoptr (GtkBitset) selected = lens_packet_table_view_get_selection (self->view);

  self->copying = g_cancellable_new ();
  lens_packet_copy_async (lens_packet_table_view_get_model (self->view), selected, form,
                          lens_packet_table_view_get_time_form (self->view),
                          lens_clipboard_get_max_bytes (self->page), self->copying, copied_cb,
                          g_object_ref (self->page));
}

static void
copy (LensPacketActions *self, LensCopyForm form, LensPacketsForm form_of_several)
{
  g_autofree char *text = NULL;

  stop_copying (self);
  if (has_several (self))
    {
      copy_several (self, form_of_several);
      return;
    }
  text = lens_packet_details_copy (self->details, form);
  if (text != NULL)
    lens_clipboard_set_text (self->page, text, NULL);
}

static void
copy_text_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy (user_data, LENS_COPY_TEXT, LENS_PACKETS_AS_ROWS);
}

static void
copy_hex_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy (user_data, LENS_COPY_HEX, LENS_PACKETS_AS_HEX);
}

static void
copy_c_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy (user_data, LENS_COPY_C, LENS_PACKETS_AS_C);
}

static void
filter_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LensPacketActions *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  LensHostsView hosts;
  LensFilterTerm term;

  if (self->flow == NULL || self->flow->source_host == LENS_HOST_NONE || self->session == NULL)
    return;
  hosts = lens_packet_table_get_hosts (self->table);
  if (g_str_equal (name, "filter-source"))
    term = lens_filter_term_host (&hosts.items[self->flow->source_host].address);
  else if (g_str_equal (name, "filter-destination"))
    term = lens_filter_term_host (&hosts.items[self->flow->destination_host].address);
  else
    term = lens_filter_term_connection (&hosts.items[self->flow->source_host].address,
                                        &hosts.items[self->flow->destination_host].address);
  lens_session_add_term (self->session, &term);
}

static void
add_keys (GtkWidget *table)
{
  static const struct
  {
    const char *keys;
    const char *action;
  } shortcuts[] = {
    { "<Control>c", "packet.copy-text" },
    { "<Control><Shift>c", "packet.copy-hex" },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                          gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (table, keys);
}

LensPacketActions *
lens_packet_actions_attach (GtkWidget *page,
                            LensPacketTableView *view,
                            GtkPopoverMenu *menu,
                            LensPacketDetails *details)
{
  static const GActionEntry entries[] = {
    { .name = "copy-text", .activate = copy_text_cb },
    { .name = "copy-hex", .activate = copy_hex_cb },
    { .name = "copy-c", .activate = copy_c_cb },
    { .name = "filter-source", .activate = filter_cb },
    { .name = "filter-destination", .activate = filter_cb },
    { .name = "filter-connection", .activate = filter_cb },
  };
  LensPacketActions *self = g_new0 (LensPacketActions, 1);

  self->page = page;
  self->view = view;
  self->details = details;
  self->menu = GTK_WIDGET (menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (view));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "packet", G_ACTION_GROUP (self->actions));
  add_keys (GTK_WIDGET (view));
  update (self);
  g_object_set_data_full (G_OBJECT (page), "lens-packet-actions", self, actions_free);
  return self;
}

void
lens_packet_actions_set_session (LensPacketActions *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);
  self->session = g_object_ref (session);
}

void
lens_packet_actions_set_packet (LensPacketActions *self, const LensPacketList *list, gsize row)
{
  self->flow = NULL;
  self->table = list != NULL ? lens_packet_list_get_table (list) : NULL;
  if (list != NULL && row != G_MAXSIZE)
    self->flow = &lens_packet_table_get_flows (self->table)
                      .items[lens_packet_table_get_columns (self->table).flow[row]];
  update (self);
}

void
lens_packet_actions_popup (LensPacketActions *self, double x, double y)
{
  GdkRectangle at = { .x = (int) x, .y = (int) y, .width = 1, .height = 1 };

  update (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

void
lens_packet_actions_detach (LensPacketActions *self)
{
  stop_copying (self);
  self->flow = NULL;
  self->table = NULL;
  g_clear_object (&self->session);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}
