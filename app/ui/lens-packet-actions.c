#include "lens-packet-actions.h"

#include "lens-clipboard.h"

struct _LensPacketActions
{
  GtkWidget *page; /* owns this */
  LensPacketDetails *details;
  LensSession *session; /* owned (nullable) */
  GtkWidget *menu;      /* (nullable) parented to the table */
  GSimpleActionGroup *actions;
  const LensFlow *flow; /* (nullable) of the packet; the table lives as long as it is shown */
  const LensPacketTable *table;
};

static void
actions_free (gpointer data)
{
  LensPacketActions *self = data;

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

static void
update (LensPacketActions *self)
{
  gboolean has_hosts = self->flow != NULL && self->flow->source_host != LENS_HOST_NONE;
  g_autofree char *text = lens_packet_details_copy (self->details, LENS_COPY_TEXT);

  set_enabled (self, "copy-text", text != NULL);
  set_enabled (self, "copy-hex", text != NULL);
  set_enabled (self, "copy-c", text != NULL);
  set_enabled (self, "filter-source", has_hosts);
  set_enabled (self, "filter-destination", has_hosts);
  set_enabled (self, "filter-connection", has_hosts);
}

static void
copy (LensPacketActions *self, LensCopyForm form)
{
  g_autofree char *text = lens_packet_details_copy (self->details, form);

  if (text != NULL)
    lens_clipboard_set_text (self->page, text, NULL);
}

static void
copy_text_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy (user_data, LENS_COPY_TEXT);
}

static void
copy_hex_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy (user_data, LENS_COPY_HEX);
}

static void
copy_c_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  copy (user_data, LENS_COPY_C);
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
                            GtkWidget *table,
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
  self->details = details;
  self->menu = GTK_WIDGET (menu);
  gtk_widget_set_parent (self->menu, table);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (page, "packet", G_ACTION_GROUP (self->actions));
  add_keys (table);
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
  self->flow = NULL;
  self->table = NULL;
  g_clear_object (&self->session);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}
