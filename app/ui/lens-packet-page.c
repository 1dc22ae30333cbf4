#include "lens-packet-page.h"

#include "lens-accessible.h"
#include "lens-format.h"
#include "lens-packet-actions.h"
#include "lens-packet-copy.h"
#include "lens-packet-details.h"
#include "lens-packet-find.h"
#include "lens-packet-follow.h"
#include "lens-packet-listing.h"
#include "lens-packet-table-view.h"
#include "lens-paned.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* How much of the height the table has at first. */
#define TABLE_SHARE 0.55

/* The payload of so many packets is summed up before anybody sees that it isn't there. */
#define MAX_SUMMED_AT_ONCE 4096

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
  GtkLabel *selection_label;
  GtkLabel *ceiling_label;
  LensPacketTableView *table;
  LensPacketDetails *details;
  GtkPopoverMenu *menu;

  LensSession *session;
  LensBurstStudy *study;      /* owned: by its rule bursts are told */
  LensPacketListing *listing; /* owned */
  LensPacketActions *actions; /* (transfer none), of this page */
  gsize row;                  /* of the table, that is selected; G_MAXSIZE: none */
  GCancellable *summing;      /* owned (nullable): the payload of those that are selected */
  gboolean is_replacing;      /* the model: what is selected in between is not the person's choice */
};

G_DEFINE_FINAL_TYPE (LensPacketPage, lens_packet_page, GTK_TYPE_BOX)

static LensPacketList *
get_list (LensPacketPage *self)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);

  return model != NULL ? lens_packet_order_get_list (lens_packet_model_get_order (model)) : NULL;
}

static LensFilter *
get_filter (LensPacketOrder *order)
{
  return lens_analysis_get_filter (lens_packet_list_get_analysis (lens_packet_order_get_list (order)));
}

static void
update_actions (LensPacketPage *self)
{
  lens_packet_actions_set_packet (self->actions, get_list (self), self->row);
}

/* "4 packets selected, 1,168 bytes of payload"; while these are being summed up, without them. */
static void
say_selected (LensPacketPage *self, guint64 n_packets, const guint64 *payload_bytes)
{
  g_autofree char *count = lens_format_count (n_packets);
  g_autofree char *bytes = lens_format_count (payload_bytes != NULL ? *payload_bytes : 0);
  g_autofree char *packets
      = g_strdup_printf (ngettext ("%s packet selected", "%s packets selected", (gulong) n_packets), count);
  g_autofree char *payload = g_strdup_printf (
      ngettext ("%s payload byte", "%s payload bytes", payload_bytes != NULL ? (gulong) *payload_bytes : 0),
      bytes);
  /* Translators: how many packets are selected, and how many bytes of payload they have. */
  g_autofree char *both = g_strdup_printf (_ ("%s, %s"), packets, payload);

  gtk_label_set_text (self->selection_label, payload_bytes != NULL ? both : packets);
}

static void
stop_summing (LensPacketPage *self)
{
  if (self->summing != NULL)
    g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
}

static void
summed_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LensPacketPage) self = user_data;
  g_autoptr (GtkBitset) selected = NULL;
  guint64 payload_bytes;

  /* Of another selection by now, if it was cancelled. */
  if (!lens_packet_copy_sum_finish (result, &payload_bytes, NULL))
    return;
  g_clear_object (&self->summing);
  selected = lens_packet_table_view_get_selection (self->table);
  say_selected (self, gtk_bitset_get_size (selected), &payload_bytes);
}

/* In place of how many there are, how many of them are selected, where they are several. */
static void
show_selected (LensPacketPage *self)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);
  g_autoptr (GtkBitset) selected = lens_packet_table_view_get_selection (self->table);
  guint64 n_packets = gtk_bitset_get_size (selected);
  gboolean is_shown = model != NULL && n_packets > 1;
  guint64 payload_bytes;

  stop_summing (self);
  gtk_widget_set_visible (GTK_WIDGET (self->selection_label), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->share_label), model != NULL && !is_shown);
  if (!is_shown)
    return;
  if (n_packets <= MAX_SUMMED_AT_ONCE)
    {
      payload_bytes = lens_packet_copy_sum (model, selected);
      say_selected (self, n_packets, &payload_bytes);
      return;
    }
  say_selected (self, n_packets, NULL);
  self->summing = g_cancellable_new ();
  lens_packet_copy_sum_async (model, selected, self->summing, summed_cb, g_object_ref (self));
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
  show_selected (self);
  lens_packet_find_set_position (self->find, position);
  if (row != self->row)
    {
      self->row = row;
      lens_packet_details_show (self->details, row);
    }
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

/* The packet that was selected stays so, where it is still in the list; so do several (nullable), where the list has only got longer. */
static void
select_again (LensPacketPage *self, gsize row, GtkBitset *several)
{
  LensPacketModel *model = lens_packet_table_view_get_model (self->table);
  gsize place = row != G_MAXSIZE ? lens_packet_list_find_row (get_list (self), row) : LENS_PACKET_LIST_NONE;
  gsize position
      = place != LENS_PACKET_LIST_NONE ? lens_packet_model_find_place (model, place) : LENS_PACKET_LIST_NONE;

  if (several != NULL && position != LENS_PACKET_LIST_NONE && gtk_bitset_contains (several, (guint) position))
    {
      self->is_replacing = TRUE;
      lens_packet_table_view_set_selection (self->table, several, (guint) position);
      self->is_replacing = FALSE;
      selected_cb (self);
    }
  else if (position != LENS_PACKET_LIST_NONE)
    lens_packet_table_view_select (self->table, (guint) position, FALSE);
  else
    selected_cb (self);
}

static void
worked_out_cb (LensPacketPage *self)
{
  lens_packet_table_view_refresh (self->table);
  lens_packet_details_set_list (self->details, get_list (self));
}

/* "5,844 of 9,907 packets, 59.0 %", and where not all of them can be listed, that. */
static void
show_share (LensPacketPage *self, LensAnalysis *analysis, LensPacketModel *model)
{
  g_autofree char *share = lens_analysis_describe_share (analysis);
  gsize n_listed = lens_packet_model_get_n (model);
  gsize n_all = lens_packet_list_get_n (get_list (self));
  g_autofree char *listed = lens_format_count (n_listed);
  g_autofree char *all = lens_format_count (n_all);
  g_autofree char *text = NULL;

  gtk_label_set_text (self->share_label, share);
  show_selected (self);
  gtk_widget_set_visible (GTK_WIDGET (self->ceiling_label), n_listed < n_all);
  /* Translators: how many packets the table has, and how many pass the filter. */
  text = g_strdup_printf (
      _ ("The table ends after the first %s of %s packets in this order, because it can’t be any longer. "
         "Filter, for example by a time, or turn the order round, to see the others."),
      listed, all);
  gtk_label_set_text (self->ceiling_label, n_listed < n_all ? text : "");
}

/* Whether packets have the same order among each other and pass the same filter: hosts have names, or the capture has grown. */
static gboolean
is_alike (LensPacketModel *shown, LensPacketModel *model)
{
  LensPacketOrder *before = shown != NULL ? lens_packet_model_get_order (shown) : NULL;
  LensPacketOrder *now = lens_packet_model_get_order (model);

  return before != NULL && lens_packet_order_get_column (before) == lens_packet_order_get_column (now)
         && lens_packet_model_is_descending (shown) == lens_packet_model_is_descending (model)
         && lens_filter_equal (get_filter (before), get_filter (now));
}

static void
show_order (LensPacketPage *self, LensPacketOrder *order)
{
  LensAnalysis *analysis = lens_packet_list_get_analysis (lens_packet_order_get_list (order));
  gsize row = self->row;
  LensPacketModel *shown = lens_packet_table_view_get_model (self->table);
  g_autoptr (LensPacketModel) model = NULL;
  g_autoptr (GtkBitset) several = NULL;
  gboolean is_descending;

  (void) lens_packet_table_view_get_sort (self->table, &is_descending);
  model = lens_packet_model_new (order, is_descending, lens_session_get_show_names (self->session));
  if (is_alike (shown, model))
    {
      g_autoptr (GtkBitset) selected = lens_packet_table_view_get_selection (self->table);

      several = lens_packet_follow (shown, selected, model);
    }
  self->is_replacing = TRUE;
  if (lens_packet_details_set_capture (self->details, lens_analysis_get_capture (analysis)))
    self->row = G_MAXSIZE;
  lens_packet_table_view_set_model (self->table, model, several != NULL);
  lens_packet_details_set_list (self->details, get_list (self));
  lens_packet_find_set_model (self->find, model);
  self->is_replacing = FALSE;
  show_share (self, analysis, model);
  gtk_spinner_stop (self->spinner);
  if (lens_packet_model_get_n (model) == 0)
    say (self, _ ("No packet passes the filter"), FALSE);
  else
    gtk_stack_set_visible_child (self->stack, self->paned);
  select_again (self, row, several);
  update_actions (self);
}

static void
failed_cb (LensPacketPage *self, const char *message)
{
  say (self, message, FALSE);
}

static void
slow_cb (LensPacketPage *self)
{
  gtk_label_set_text (self->share_label, _ ("Sorting packets…"));
}

/* Sorts anew what is listed; what was there before stays to be seen until then. */
static void
ask (LensPacketPage *self, LensAnalysis *analysis)
{
  gboolean is_descending;
  LensPacketColumn column = lens_packet_table_view_get_sort (self->table, &is_descending);
  LensBurstRule rule = lens_burst_study_get_rule (self->study);

  lens_packet_listing_ask (self->listing, analysis, &rule, column);
}

static void
forget (LensPacketPage *self)
{
  lens_packet_listing_forget (self->listing);
  lens_packet_find_set_model (self->find, NULL);
  lens_packet_table_view_set_model (self->table, NULL, FALSE);
  lens_packet_details_set_list (self->details, NULL);
  lens_packet_details_set_capture (self->details, NULL);
  self->row = G_MAXSIZE;
  show_selected (self);
  gtk_widget_set_visible (GTK_WIDGET (self->ceiling_label), FALSE);
  update_actions (self);
  say (self, _ ("Listing packets…"), TRUE);
}

/* Brings the list to the analysis; only what is seen is worked out. */
static void
update (LensPacketPage *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  LensAnalysis *listed = lens_packet_listing_get_analysis (self->listing);
  LensCapture *capture = listed != NULL ? lens_analysis_get_capture (listed) : NULL;
  LensBurstRule rule = lens_burst_study_get_rule (self->study);

  if (analysis == NULL)
    {
      forget (self);
      return;
    }
  if ((analysis == listed && lens_packet_listing_has_rule (self->listing, &rule))
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (capture != NULL && capture != lens_analysis_get_capture (analysis)
      && !lens_capture_is_growing (capture))
    forget (self);
  ask (self, analysis);
}

/* Turned round, or with other names, it is the same order. */
static void
show_again (LensPacketPage *self)
{
  g_autoptr (LensPacketOrder) order = lens_packet_order_ref (lens_packet_listing_get_order (self->listing));

  show_order (self, order);
}

static void
sort_cb (LensPacketPage *self, guint column, gboolean is_descending)
{
  LensPacketOrder *order = lens_packet_listing_get_order (self->listing);
  LensAnalysis *listed = lens_packet_listing_get_analysis (self->listing);

  if (listed == NULL)
    return;
  if (!lens_packet_listing_is_busy (self->listing) && order != NULL
      && lens_packet_order_get_column (order) == (LensPacketColumn) column)
    show_again (self);
  else
    ask (self, listed);
}

static void
names_cb (LensPacketPage *self)
{
  if (lens_packet_listing_get_order (self->listing) != NULL && !lens_packet_listing_is_busy (self->listing))
    show_again (self);
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

/* Back to the packets. */
static void
left_find_cb (LensPacketPage *self)
{
  (void) gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_BACKWARD);
}

static void
menu_cb (LensPacketPage *self, double x, double y)
{
  lens_packet_actions_popup (self->actions, x, y);
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

  stop_summing (self);
  if (self->listing != NULL)
    lens_packet_listing_forget (self->listing);
  g_clear_object (&self->listing);
  g_clear_object (&self->session);
  g_clear_object (&self->study);
  if (self->actions != NULL)
    lens_packet_actions_detach (self->actions);
  self->actions = NULL;
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
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, ceiling_label);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, table);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, details);
  gtk_widget_class_bind_template_child (widget_class, LensPacketPage, menu);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sort_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_find_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_form_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
}

static void
lens_packet_page_init (LensPacketPage *self)
{
  self->row = G_MAXSIZE;
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_drop_down (self->time_form, _ ("Times"));
  lens_paned_keep_to_handle (GTK_PANED (self->paned));
  gtk_widget_add_tick_callback (self->paned, divide_cb, NULL, NULL);
  self->actions = lens_packet_actions_attach (GTK_WIDGET (self), self->table, self->menu, self->details);
  self->listing = lens_packet_listing_new ();
  g_signal_connect_object (self->listing, "ordered", G_CALLBACK (show_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "slow", G_CALLBACK (slow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "worked-out", G_CALLBACK (worked_out_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lens_packet_page_new (LensSession *session, LensBurstStudy *study)
{
  LensPacketPage *self = g_object_new (LENS_TYPE_PACKET_PAGE, NULL);

  self->session = g_object_ref (session);
  self->study = g_object_ref (study);
  lens_packet_actions_set_session (self->actions, session);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::show-names", G_CALLBACK (names_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

LensPacketCsvContent
lens_packet_page_get_packets (LensPacketPage *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  LensPacketCsvContent content = { .analysis = analysis, .rule = lens_burst_study_get_rule (self->study) };

  content.column = lens_packet_table_view_get_sort (self->table, &content.is_descending);
  if (lens_packet_listing_get_analysis (self->listing) == analysis
      && lens_packet_listing_has_rule (self->listing, &content.rule)
      && !lens_packet_listing_is_busy (self->listing))
    content.order = lens_packet_listing_get_order (self->listing);
  return content;
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
