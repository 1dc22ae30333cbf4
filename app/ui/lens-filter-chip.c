#include "lens-filter-chip.h"

#include "lens-accessible.h"
#include "lens-format.h"

#include <glib/gi18n.h>

struct _LensFilterChip
{
  GtkBox parent_instance;
  GtkLabel *label;
  GtkMenuButton *menu_button;
  GtkWidget *remove_button;

  LensSession *session;
  LensFilterTerm *term;        /* owned */
  GSimpleActionGroup *actions; /* owned */
};

enum
{
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensFilterChip, lens_filter_chip, GTK_TYPE_BOX)

static void
remove_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LensFilterChip *self = user_data;
  /* The chip's own goes with the filter. */
  g_autoptr (LensFilterTerm) term = lens_filter_term_copy (self->term);

  gtk_menu_button_popdown (self->menu_button);
  lens_session_remove_term (self->session, term);
}

static void
edit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[EDIT], 0);
}

static void
inverted_action (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  LensFilterChip *self = user_data;
  g_autoptr (LensFilterTerm) term = lens_filter_term_copy (self->term);

  lens_session_set_term_inverted (self->session, term, g_variant_get_boolean (value));
}

static void
enabled_action (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  LensFilterChip *self = user_data;
  g_autoptr (LensFilterTerm) term = lens_filter_term_copy (self->term);

  lens_session_set_term_enabled (self->session, term, g_variant_get_boolean (value));
}

static void
set_state (LensFilterChip *self, const char *name, gboolean state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (state));
}

static void
set_class (LensFilterChip *self, const char *name, gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* Middle click: off, and on again. */
static void
middle_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensFilterChip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "enabled", NULL);
}

static void
secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensFilterChip *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_menu_button_popup (self->menu_button);
}

static void
add_click (LensFilterChip *self, guint button, GCallback callback)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect (click, "pressed", callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
lens_filter_chip_dispose (GObject *object)
{
  LensFilterChip *self = LENS_FILTER_CHIP (object);

  g_clear_object (&self->session);
  g_clear_object (&self->actions);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_FILTER_CHIP);
  G_OBJECT_CLASS (lens_filter_chip_parent_class)->dispose (object);
}

static void
lens_filter_chip_finalize (GObject *object)
{
  LensFilterChip *self = LENS_FILTER_CHIP (object);

  g_clear_pointer (&self->term, lens_filter_term_free);
  G_OBJECT_CLASS (lens_filter_chip_parent_class)->finalize (object);
}

static void
lens_filter_chip_class_init (LensFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_filter_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = lens_filter_chip_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-filter-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, LensFilterChip, label);
  gtk_widget_class_bind_template_child (widget_class, LensFilterChip, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LensFilterChip, remove_button);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "chip.remove", NULL);

  signals[EDIT]
      = g_signal_new ("edit", LENS_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lens_filter_chip_init (LensFilterChip *self)
{
  static const GActionEntry actions[] = {
    { .name = "remove", .activate = remove_action },
    { .name = "edit", .activate = edit_action },
    { .name = "inverted", .state = "false", .change_state = inverted_action },
    { .name = "enabled", .state = "true", .change_state = enabled_action },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chip", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  add_click (self, GDK_BUTTON_MIDDLE, G_CALLBACK (middle_cb));
  add_click (self, GDK_BUTTON_SECONDARY, G_CALLBACK (secondary_cb));
}

GtkWidget *
lens_filter_chip_new (LensSession *session, const LensFilterTerm *term)
{
  LensFilterChip *self = g_object_new (LENS_TYPE_FILTER_CHIP, NULL);

  self->session = g_object_ref (session);
  lens_filter_chip_set_term (self, term);
  return GTK_WIDGET (self);
}

/* A time of day is enough where the capture has but one day. */
static LensTimeWords
get_time_words (LensFilterChip *self)
{
  LensCapture *capture = lens_session_get_capture (self->session);
  gint64 first_ns;
  gint64 last_ns;

  return capture != NULL && lens_capture_get_time_span (capture, &first_ns, &last_ns)
                 && lens_format_has_days (first_ns, last_ns, FALSE)
             ? LENS_TIME_WORDS_DAY
             : LENS_TIME_WORDS_CLOCK;
}

void
lens_filter_chip_set_term (LensFilterChip *self, const LensFilterTerm *term)
{
  g_autofree char *words = lens_filter_term_describe (term, get_time_words (self));
  g_autofree char *removal = NULL;
  g_autofree char *options = NULL;
  g_autofree char *tip = NULL;

  /* Translators: what is said of a filter's chip: what it filters by, which may be cut in the chip, and what can be done. */
  tip = g_strdup_printf (_ ("%s\nMiddle click: switch off and on again"), words);
  /* Translators: what the button on a filter's chip does: "Remove filter host 192.0.2.1". */
  removal = g_strdup_printf (_ ("Remove filter %s"), words);
  /* Translators: the button with the menu of a filter's chip. */
  options = g_strdup_printf (
      term->is_off ? _ ("Options of filter %s, which is off") : _ ("Options of filter %s"), words);
  if (self->term != term)
    {
      g_clear_pointer (&self->term, lens_filter_term_free);
      self->term = lens_filter_term_copy (term);
    }
  gtk_label_set_text (self->label, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), tip);
  gtk_widget_set_tooltip_text (self->remove_button, removal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  removal, -1);
  lens_accessible_name_menu_button (self->menu_button, options);
  set_class (self, "inverted", term->is_inverted);
  set_class (self, "off", term->is_off);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "edit")),
      term->kind == LENS_FILTER_TIME);
  set_state (self, "inverted", term->is_inverted);
  set_state (self, "enabled", !term->is_off);
}

const LensFilterTerm *
lens_filter_chip_get_term (LensFilterChip *self)
{
  return self->term;
}
