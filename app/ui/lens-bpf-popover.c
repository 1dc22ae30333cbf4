#include "lens-bpf-popover.h"

#include "lens-bpf-names.h"
#include "lens-bpf.h"
#include "lens-popover-keys.h"
#include "lens-text.h"

#include <glib/gi18n.h>

/* How much of a name is said. */
#define MAX_NAME_CHARS 60

struct _LensBpfPopover
{
  GtkPopover parent_instance;
  GtkEditable *entry;
  GtkLabel *message;
  GtkLabel *hint;
  GtkWidget *add_button;

  LensSession *session;
  char *
      name; /* (nullable) a host's name in the expression, safe to show: the network is asked for it, once, by Add */
  GCancellable *check; /* owned; NULL: none is under way */
  gboolean is_good;    /* what is in the entry is an expression */
  gboolean is_wanted;  /* as soon as that is known */
  gboolean is_asking;  /* the check asks the network */
};

G_DEFINE_FINAL_TYPE (LensBpfPopover, lens_bpf_popover, GTK_TYPE_POPOVER)

static void
end_check (LensBpfPopover *self)
{
  g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
}

/* The line below the entry where nothing is wrong. */
static void
update_hint (LensBpfPopover *self)
{
  g_autofree char *text = NULL;

  if (self->name == NULL)
    text = g_strdup (_ ("An expression as tcpdump has it: host, net, port, tcp, udp, and, or, not, greater"));
  else if (self->is_asking)
    /* Translators: %s is a host's name. */
    text = g_strdup_printf (_ ("Asking the network for the address of “%s”…"), self->name);
  else
    text = g_strdup_printf (_ ("“%s” is a name: Add asks the network for its address"), self->name);
  gtk_label_set_text (self->hint, text);
}

/* @message: (nullable): what is wrong with the expression. */
static void
show_state (LensBpfPopover *self, gboolean is_good, const char *message)
{
  self->is_good = is_good;
  gtk_widget_set_sensitive (self->add_button, is_good && !self->is_asking);
  update_hint (self);
  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), message == NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message != NULL ? message : gtk_label_get_text (self->hint), -1);
}

/* (transfer full) */
static char *
get_expression (LensBpfPopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static void
add (LensBpfPopover *self, const char *expression)
{
  LensFilterTerm term = lens_filter_term_bpf (expression);

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_editable_set_text (self->entry, "");
  lens_session_add_term (self->session, &term);
}

static void start_check (LensBpfPopover *self, LensBpfNames names);

/* A name is asked for when the person wants the filter, not with each letter of it. */
static void
add_or_ask (LensBpfPopover *self)
{
  self->is_wanted = FALSE;
  if (self->name == NULL)
    {
      g_autofree char *expression = get_expression (self);

      add (self, expression);
      return;
    }
  self->is_asking = TRUE;
  show_state (self, TRUE, NULL);
  start_check (self, LENS_BPF_NAMES_ASK);
}

/* Of a check that was cancelled the popover may be gone. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *checked = lens_bpf_check_finish (result, &error);
  gboolean is_good = checked != NULL;
  LensBpfPopover *self = user_data;
  gboolean was_asking;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->check);
  was_asking = self->is_asking;
  self->is_asking = FALSE;
  /* Who was not answered may ask again. */
  show_state (self, is_good || was_asking, is_good ? NULL : error->message);
  if (is_good && was_asking)
    add (self, checked); /* with the addresses that were found: nobody is asked again, and gets others */
  else if (is_good && self->is_wanted)
    add_or_ask (self);
  else
    self->is_wanted = FALSE;
}

static void
start_check (LensBpfPopover *self, LensBpfNames names)
{
  g_autofree char *expression = get_expression (self);

  self->check = g_cancellable_new ();
  lens_bpf_check_async (expression, names, lens_session_get_capture (self->session), self->check, checked_cb,
                        self);
}

static void
changed_cb (LensBpfPopover *self)
{
  g_autofree char *expression = get_expression (self);
  g_autofree char *checkable = NULL;
  g_autofree char *name = NULL;

  end_check (self);
  checkable = lens_bpf_names_stand_in (expression, &name);
  g_clear_pointer (&self->name, g_free);
  if (name != NULL)
    self->name = lens_text_make_safe_string (name, MAX_NAME_CHARS);
  self->is_wanted = FALSE;
  self->is_good = FALSE;
  self->is_asking = FALSE;
  gtk_widget_set_sensitive (self->add_button, FALSE);
  if (*expression == '\0' || lens_session_get_capture (self->session) == NULL)
    show_state (self, FALSE, NULL);
  else
    start_check (self, LENS_BPF_NAMES_PRETEND);
}

static void
activate_cb (LensBpfPopover *self)
{
  if (self->is_asking)
    return;
  if (self->is_good)
    add_or_ask (self);
  else
    self->is_wanted = self->check != NULL;
}

/* Nobody waits for a name any more. */
static void
closed_cb (LensBpfPopover *self)
{
  if (self->is_asking)
    changed_cb (self);
}

static void
lens_bpf_popover_dispose (GObject *object)
{
  LensBpfPopover *self = LENS_BPF_POPOVER (object);

  if (self->check != NULL)
    end_check (self);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_BPF_POPOVER);
  G_OBJECT_CLASS (lens_bpf_popover_parent_class)->dispose (object);
}

static void
lens_bpf_popover_class_init (LensBpfPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_bpf_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-bpf-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LensBpfPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, LensBpfPopover, message);
  gtk_widget_class_bind_template_child (widget_class, LensBpfPopover, hint);
  gtk_widget_class_bind_template_child (widget_class, LensBpfPopover, add_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
lens_bpf_popover_init (LensBpfPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_popover_keys_add (GTK_POPOVER (self));
  update_hint (self);
}

void
lens_bpf_popover_set_session (LensBpfPopover *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
}
