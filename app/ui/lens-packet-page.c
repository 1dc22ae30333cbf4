#include "lens-packet-page.h"

#include "lens-accessible.h"
#include "lens-packet-details.h"
#include "lens-packet-find.h"
#include "lens-packet-table-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* What takes longer to list or sort is said. */
#define BUSY_DELAY_MS 200

/* How much of the height the table has at first. */
#define TABLE_SHARE 0.55

struct _LensPacketPage
{
  GtkBox parent_instance;
  GtkDropDown *time_form;
  LensPacketFind *find;
  GtkStack *stack;
  GtkWidget *paned;
  GtkWidget *message;
  GtkLabel *message_label;
  GtkSpinner *spinner;
  GtkLabel *share_label;
  LensPacketTableView *table;
  LensPacketDetails *details;
  GtkWidget *menu;

  LensSession *session;
  GSimpleActionGroup *actions;
  GCancellable *cancellable; /* owned (nullable): an order is being worked out */
  GCancellable *working_out; /* owned (nullable): inter-arrival times and bursts are */
  guint busy_timeout_id;     /* until that is said */
  LensAnalysis *listed;      /* owned (nullable): what the order that is worked out, or shown, is of */
  gsize row;                 /* of the table, that is selected; G_MAXSIZE: none */
  gboolean is_replacing;     /* the model: what is selected in between is not the person's choice */
};

G_DEFINE_FINAL_TYPE (LensPacketPage, lens_packet_page, GTK_TYPE_BOX)

static LensPacketList *
get_list (LensPacketPage *self)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);

  return model != NULL ? lens_packet_order_get_list (lens_packet_model_get_order (model)) : NULL;
}

static void
set_enabled (LensPacketPage *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static const LensFlow *
get_selected_flow (LensPacketPage *self)
{
  const LensPacketTable *table;

  if (self->row == G_MAXSIZE || get_list (self) == NULL)
    return NULL;
  table = lens_packet_list_get_table (get_list (self));
  return &lens_packet_table_get_flows (table).items[lens_packet_table_get_columns (table).flow[self->row]];
}

static void
update_actions (LensPacketPage *self)
{
  const LensFlow *flow = get_selected_flow (self);
  gboolean has_hosts = flow != NULL && flow->source_host != LENS_HOST_NONE;
  g_autofree char *text = lens_packet_details_copy (self->details, LENS_COPY_TEXT);

  set_enabled (self, "copy-text", text != NULL);
  set_enabled (self, "copy-hex", text != NULL);
  set_enabled (self, "copy-c", text != NULL);
  set_enabled (self, "filter-source", has_hosts);
  set_enabled (self, "filter-destination", has_hosts);
  set_enabled (self, "filter-connection", has_hosts);
}

static void
selected_cb (LensPacketPage *self)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);
  guint position = lens_packet_table_view_get_selected (self->table);
  gboolean is_one = model != NULL && position != GTK_INVALID_LIST_POSITION;
  gsize row = is_one ? lens_packet_model_get_row (model, position) : G_MAXSIZE;

  if (self->is_replacing)
    return;
  lens_packet_find_set_position (self->find, position);
  if (row == self->row)
    return;
  self->row = row;
  lens_packet_details_show (self->details, row);
  update_actions (self);
}

static void
say (LensPacketPage *self, const char *text, gboolean is_busy)
{
  gtk_label_set_text (self->message_label, text);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_stack_set_visible_child (self->stack, self->message);
}

/* The packet that was selected stays so, where it is still in the list. */
static void
select_again (LensPacketPage *self, gsize row)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);
  gsize place = row != G_MAXSIZE ? lens_packet_list_find_row (get_list (self), row) : LENS_PACKET_LIST_NONE;
  gsize position
      = place != LENS_PACKET_LIST_NONE ? lens_packet_model_find_place (model, place) : LENS_PACKET_LIST_NONE;

  if (position != LENS_PACKET_LIST_NONE)
    lens_packet_table_view_select (self->table, (guint) position, FALSE);
  else
    selected_cb (self);
}

static void
worked_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  LensPacketPage *self;

  (void) lens_packet_list_work_out_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  g_clear_object (&self->working_out);
  lens_packet_table_view_refresh (self->table);
}

static void
stop_working_out (LensPacketPage *self)
{
  if (self->working_out != NULL)
    g_cancellable_cancel (self->working_out);
  g_clear_object (&self->working_out);
}

/* The columns that need more than a look at the packet are filled when that is done. */
static void
work_out (LensPacketPage *self)
{
  stop_working_out (self);
  self->working_out = g_cancellable_new ();
  lens_packet_list_work_out_async (get_list (self), self->working_out, worked_out_cb, self);
}

static void
show_order (LensPacketPage *self, LensPacketOrder *order)
{
  gboolean is_other_list = get_list (self) != lens_packet_order_get_list (order);
  LensCapture *capture = lens_analysis_get_capture (self->listed);
  gsize row = self->row;
  g_autoptr (LensPacketModel) model = NULL;
  g_autofree char *share = lens_analysis_describe_share (self->listed);
  gboolean is_descending;

  (void) lens_packet_table_view_get_sort (self->table, &is_descending);
  model = lens_packet_model_new (order, is_descending, lens_session_get_show_names (self->session));
  self->is_replacing = TRUE;
  if (lens_packet_details_set_capture (self->details, capture))
    self->row = G_MAXSIZE;
  lens_packet_table_view_set_model (self->table, model);
  lens_packet_find_set_model (self->find, model);
  self->is_replacing = FALSE;
  gtk_label_set_text (self->share_label, share);
  gtk_widget_set_visible (GTK_WIDGET (self->share_label), TRUE);
  gtk_spinner_stop (self->spinner);
  if (g_list_model_get_n_items (G_LIST_MODEL (model)) == 0)
    say (self, _ ("No packet passes the filter"), FALSE);
  else
    gtk_stack_set_visible_child (self->stack, self->paned);
  select_again (self, row);
  update_actions (self);
  if (is_other_list)
    work_out (self);
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketOrder) order = lens_packet_order_new_finish (result, &error);
  LensPacketPage *self;

  /* Whoever cancels has gone on, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->busy_timeout_id, g_source_remove);
  if (order != NULL)
    show_order (self, order);
  else
    say (self, error->message, FALSE);
}

static void
stop_ordering (LensPacketPage *self)
{
  g_clear_handle_id (&self->busy_timeout_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
busy_timeout_cb (gpointer user_data)
{
  LensPacketPage *self = user_data;

  self->busy_timeout_id = 0;
  gtk_label_set_text (self->share_label, _ ("Sorting packets…"));
  return G_SOURCE_REMOVE;
}

/* Sorts anew what is listed; what was there before stays to be seen until then. */
static void
start_ordering (LensPacketPage *self)
{
  gboolean is_descending;
  LensPacketColumn column = lens_packet_table_view_get_sort (self->table, &is_descending);
  LensPacketList *list = get_list (self);

  stop_ordering (self);
  if (list != NULL && lens_packet_list_get_analysis (list) != self->listed)
    list = NULL;
  self->cancellable = g_cancellable_new ();
  self->busy_timeout_id = g_timeout_add (BUSY_DELAY_MS, busy_timeout_cb, self);
  lens_packet_order_new_async (self->listed, list, column, self->cancellable, order_cb, self);
}

static void
forget (LensPacketPage *self)
{
  stop_ordering (self);
  stop_working_out (self);
  g_clear_pointer (&self->listed, lens_analysis_unref);
  lens_packet_find_set_model (self->find, NULL);
  lens_packet_table_view_set_model (self->table, NULL);
  lens_packet_details_set_capture (self->details, NULL);
  self->row = G_MAXSIZE;
  gtk_widget_set_visible (GTK_WIDGET (self->share_label), FALSE);
  update_actions (self);
  say (self, _ ("Listing packets…"), TRUE);
}

/* Brings the list to the analysis; only what is seen is worked out. */
static void
update (LensPacketPage *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);

  if (analysis == NULL)
    {
      forget (self);
      return;
    }
  if (analysis == self->listed || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->listed != NULL && lens_analysis_get_capture (self->listed) != lens_analysis_get_capture (analysis)
      && !lens_capture_is_growing (lens_analysis_get_capture (self->listed)))
    forget (self);
  g_clear_pointer (&self->listed, lens_analysis_unref);
  self->listed = lens_analysis_ref (analysis);
  start_ordering (self);
}

static void
sort_cb (LensPacketPage *self, guint column, gboolean is_descending)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);

  if (self->listed == NULL)
    return;
  /* Turned round, it is the same order. */
  if (self->cancellable == NULL && model != NULL
      && lens_packet_order_get_column (lens_packet_model_get_order (model)) == (LensPacketColumn) column)
    {
      g_autoptr (LensPacketOrder) order = lens_packet_order_ref (lens_packet_model_get_order (model));

      show_order (self, order);
      return;
    }
  start_ordering (self);
}

static void
names_cb (LensPacketPage *self)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);
  g_autoptr (LensPacketOrder) order = NULL;

  if (model == NULL || self->cancellable != NULL)
    return;
  order = lens_packet_order_ref (lens_packet_model_get_order (model));
  show_order (self, order);
}

static void
time_form_cb (LensPacketPage *self)
{
  lens_packet_table_view_set_time_form (self->table,
                                        (LensTimeForm) gtk_drop_down_get_selected (self->time_form));
}

static void
found_cb (LensPacketPage *self, guint position, gboolean takes_focus)
{
  lens_packet_table_view_select (self->table, position, takes_focus);
}

static void
menu_cb (LensPacketPage *self, double x, double y)
{
  GdkRectangle at = { .x = (int) x, .y = (int) y, .width = 1, .height = 1 };

  update_actions (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
copy (LensPacketPage *self, LensCopyForm form)
{
  g_autofree char *text = lens_packet_details_copy (self->details, form);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
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
  LensPacketPage *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  const LensFlow *flow = get_selected_flow (self);
  LensHostsView hosts;
  LensFilterTerm term;

  if (flow == NULL || flow->source_host == LENS_HOST_NONE)
    return;
  hosts = lens_packet_table_get_hosts (lens_packet_list_get_table (get_list (self)));
  if (g_str_equal (name, "filter-source"))
    term = lens_filter_term_host (&hosts.items[flow->source_host].address);
  else if (g_str_equal (name, "filter-destination"))
    term = lens_filter_term_host (&hosts.items[flow->destination_host].address);
  else
    term = lens_filter_term_connection (&hosts.items[flow->source_host].address,
                                        &hosts.items[flow->destination_host].address);
  lens_session_add_term (self->session, &term);
}

static void
add_actions (LensPacketPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "copy-text", .activate = copy_text_cb },
    { .name = "copy-hex", .activate = copy_hex_cb },
    { .name = "copy-c", .activate = copy_c_cb },
    { .name = "filter-source", .activate = filter_cb },
    { .name = "filter-destination", .activate = filter_cb },
    { .name = "filter-connection", .activate = filter_cb },
  };
  static const struct
  {
    const char *keys;
    const char *action;
  } shortcuts[] = {
    { "<Control>c", "packet.copy-text" },
    { "<Control><Shift>c", "packet.copy-hex" },
  };
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "packet", G_ACTION_GROUP (self->actions));
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                          gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->table), keys);
}

/* Divides the height once there is one. */
static gboolean
divide_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  int height = gtk_widget_get_height (widget);

  if (height < 1)
    return G_SOURCE_CONTINUE;
  gtk_paned_set_position (GTK_PANED (widget), (int) (height * TABLE_SHARE));
  return G_SOURCE_REMOVE;
}

static void
lens_packet_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lens_packet_page_parent_class)->map (widget);
  update (LENS_PACKET_PAGE (widget));
}

static void
lens_packet_page_dispose (GObject *object)
{
  LensPacketPage *self = LENS_PACKET_PAGE (object);

  stop_ordering (self);
  stop_working_out (self);
  g_clear_pointer (&self->listed, lens_analysis_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_PACKET_PAGE);
  G_OBJECT_CLASS (lens_packet_page_parent_class)->dispose (object);
}

static void
lens_packet_page_class_init (LensPacketPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_packet_page_dispose;
  widget_class->map = lens_packet_page_map;
  g_type_ensure (LENS_TYPE_PACKET_FIND);
  g_type_ensure (LENS_TYPE_PACKET_TABLE_VIEW);
  g_type_ensure (LENS_TYPE_PACKET_DETAILS);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-packet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, time_form);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, find);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, paned);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, message);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, share_label);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, table);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, details);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, menu);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sort_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_form_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
}

static void
lens_packet_page_init (LensPacketPage *self)
{
  self->row = G_MAXSIZE;
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_drop_down (self->time_form, _ ("Times"));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self->table));
  gtk_widget_add_tick_callback (self->paned, divide_cb, NULL, NULL);
  add_actions (self);
  update_actions (self);
}

GtkWidget *
lens_packet_page_new (LensSession *session)
{
  LensPacketPage *self = g_object_new (LENS_TYPE_PACKET_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::show-names", G_CALLBACK (names_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static gboolean
begin_to_find_cb (GtkWidget *widget, GVariant *is_number, gpointer user_data)
{
  LensPacketPage *self = user_data;
  GtkWidget *stack = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_VIEW_STACK);

  if (stack != NULL)
    adw_view_stack_set_visible_child (ADW_VIEW_STACK (stack), GTK_WIDGET (self));
  lens_packet_find_begin (self->find, g_variant_get_boolean (is_number));
  return TRUE;
}

static gboolean
step_cb (GtkWidget *widget, GVariant *is_forward, gpointer user_data)
{
  LensPacketPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  lens_packet_find_step (self->find, g_variant_get_boolean (is_forward));
  return TRUE;
}

void
lens_packet_page_add_shortcuts (LensPacketPage *self, GtkWidget *widget)
{
  static const struct
  {
    const char *keys;
    GtkShortcutFunc func;
    gboolean argument;
  } shortcuts[] = {
    { "<Control>g", begin_to_find_cb, TRUE },
    { "<Control>f", begin_to_find_cb, FALSE },
    { "F3", step_cb, TRUE },
    { "<Shift>F3", step_cb, FALSE },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                                                gtk_callback_action_new (shortcuts[i].func, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (shortcuts[i].argument));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (widget, controller);
}
