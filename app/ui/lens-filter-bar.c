#include "lens-filter-bar.h"

#include "lens-accessible.h"
#include "lens-bpf-popover.h"
#include "lens-filter-chip.h"
#include "lens-filter-popover.h"
#include "lens-wrap-layout.h"

#include <glib/gi18n.h>

/* Work that is done sooner shows no spinner. */
#define SPINNER_DELAY_MS 200

struct _LensFilterBar
{
  GtkBox parent_instance;
  GtkBox *terms; /* the buttons, which stay where they are, the hint, and a chip for each term */
  GtkWidget *hint;
  GtkWidget *clear_button;
  GtkMenuButton *add_button;
  LensFilterPopover *popover;
  GtkMenuButton *bpf_button;
  LensBpfPopover *bpf_popover;
  GtkSpinner *spinner;
  GtkLabel *reading_label;
  GtkLabel *share_label;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;

  LensSession *session;
  guint spinner_timeout_id;
};

G_DEFINE_FINAL_TYPE (LensFilterBar, lens_filter_bar, GTK_TYPE_BOX)

/* The chip after @before, or NULL. */
static GtkWidget *
get_next_chip (GtkWidget *before)
{
  GtkWidget *next = gtk_widget_get_next_sibling (before);

  return LENS_IS_FILTER_CHIP (next) ? next : NULL;
}

/* The chip after @before that shows a term that is alike; with no @term, one that shows none. Or NULL. */
static GtkWidget *
find_chip (GtkWidget *before, const LensFilterTerm *term)
{
  for (GtkWidget *chip = get_next_chip (before); chip != NULL; chip = get_next_chip (chip))
    {
      gboolean is_shown = gtk_widget_get_visible (chip);

      if (term == NULL
              ? !is_shown
              : is_shown
                    && lens_filter_term_is_alike (lens_filter_chip_get_term (LENS_FILTER_CHIP (chip)), term))
        return chip;
    }
  return NULL;
}

static void
edit_cb (LensFilterBar *self, LensFilterChip *chip)
{
  lens_filter_popover_edit_time (self->popover, lens_filter_chip_get_term (chip));
  gtk_menu_button_popup (self->add_button);
}

/* A chip for @term after @before, made where there is none to spare. */
static GtkWidget *
take_chip (LensFilterBar *self, GtkWidget *before, const LensFilterTerm *term)
{
  GtkWidget *chip = find_chip (before, term);

  if (chip == NULL)
    chip = find_chip (before, NULL);
  if (chip == NULL)
    {
      chip = lens_filter_chip_new (self->session, term);
      g_signal_connect_object (chip, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
      gtk_box_insert_child_after (self->terms, chip, before);
      return chip;
    }
  lens_filter_chip_set_term (LENS_FILTER_CHIP (chip), term);
  gtk_widget_set_visible (chip, TRUE);
  gtk_box_reorder_child_after (self->terms, chip, before);
  return chip;
}

/* A chip whose term is still there stays the same widget, so that it keeps the focus when it is switched. Those that aren't needed are kept
 * for later: the menu that took its own chip away would go while the pointer is still on it. */
static void
update_chips (LensFilterBar *self)
{
  LensFilter *filter = lens_session_get_filter (self->session);
  gboolean is_empty = lens_filter_is_empty (filter);
  GtkWidget *before = self->hint;

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    before = take_chip (self, before, lens_filter_get_term (filter, i));
  for (GtkWidget *rest = get_next_chip (before); rest != NULL; rest = get_next_chip (rest))
    gtk_widget_set_visible (rest, FALSE);
  gtk_widget_set_visible (self->hint, is_empty);
  gtk_widget_set_visible (self->clear_button, !is_empty);
}

static void
update_share (LensFilterBar *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  g_autofree char *share = analysis != NULL ? lens_analysis_describe_share (analysis) : g_strdup ("");

  gtk_label_set_text (self->share_label, share);
}

/* Where the filter's figures can't be had: what is shown then is of another filter. */
static void
update_error (LensFilterBar *self)
{
  const GError *error = lens_session_get_filter_error (self->session);
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->error_revealer, error != NULL);
  if (error == NULL)
    return;
  /* Translators: %s is a sentence that says why. */
  text = g_strdup_printf (_ ("What is shown is not of this filter. %s"), error->message);
  gtk_label_set_text (self->error_label, text);
}

/* How far the capture has been read again for a BPF expression, beside the spinner. */
static void
update_reading (LensFilterBar *self)
{
  double fraction = lens_session_get_reading_fraction (self->session);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->reading_label),
                          fraction >= 0.0 && gtk_widget_get_visible (GTK_WIDGET (self->spinner)));
  if (fraction < 0.0)
    return;
  /* Translators: how much of the capture's files has been read again for a filter. */
  text = g_strdup_printf (_ ("Reading: %d %%"), (int) (100.0 * fraction));
  gtk_label_set_text (self->reading_label, text);
}

static gboolean
spinner_timeout_cb (gpointer user_data)
{
  LensFilterBar *self = user_data;

  self->spinner_timeout_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  update_reading (self);
  return G_SOURCE_REMOVE;
}

static void
update_spinner (LensFilterBar *self)
{
  g_clear_handle_id (&self->spinner_timeout_id, g_source_remove);
  if (lens_session_get_is_busy (self->session))
    {
      self->spinner_timeout_id = g_timeout_add (SPINNER_DELAY_MS, spinner_timeout_cb, self);
      return;
    }
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  update_reading (self);
}

static void
lens_filter_bar_dispose (GObject *object)
{
  LensFilterBar *self = LENS_FILTER_BAR (object);

  g_clear_handle_id (&self->spinner_timeout_id, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (lens_filter_bar_parent_class)->dispose (object);
}

static void
lens_filter_bar_class_init (LensFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_filter_bar_dispose;
  g_type_ensure (LENS_TYPE_BPF_POPOVER);
  g_type_ensure (LENS_TYPE_FILTER_POPOVER);
  g_type_ensure (LENS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, terms);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, hint);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, clear_button);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, add_button);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, popover);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, bpf_button);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, bpf_popover);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, reading_label);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, share_label);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, LensFilterBar, error_label);
}

/* @arguments: whether the expression is meant. */
static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LensFilterBar *self = LENS_FILTER_BAR (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  gtk_menu_button_popup (g_variant_get_boolean (arguments) ? self->bpf_button : self->add_button);
  return TRUE;
}

static void
lens_filter_bar_init (LensFilterBar *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_menu_button (self->add_button, _ ("Add filter"));
  lens_accessible_name_menu_button (self->bpf_button, _ ("Filter by a BPF expression"));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("<Control>k"),
                                       gtk_callback_action_new (key_cb, NULL, NULL), "b", FALSE));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("<Control>l"),
                                       gtk_callback_action_new (key_cb, NULL, NULL), "b", TRUE));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
lens_filter_bar_set_session (LensFilterBar *self, LensSession *session, LensVisibleTime *visible)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  lens_filter_popover_set_session (self->popover, session, visible);
  lens_bpf_popover_set_session (self->bpf_popover, session);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (update_chips), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update_share), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::filter-error", G_CALLBACK (update_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::reading-fraction", G_CALLBACK (update_reading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-busy", G_CALLBACK (update_spinner), self, G_CONNECT_SWAPPED);
  update_chips (self);
  update_share (self);
}
