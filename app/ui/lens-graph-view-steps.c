/* What somebody opened, added or focused on in a LensGraphView, and how that is undone. */
#include "lens-graph-view-private.h"

#include <glib/gi18n.h>

static void
show_undo (LensGraphView *self)
{
  gtk_widget_set_visible (self->undo_button, self->past->len > 0);
}

/* Which host is in focus, and how far around it hosts are shown. */
static void
show_focus (LensGraphView *self)
{
  char address[LENS_ADDRESS_TEXT_SIZE];
  g_autofree char *text
      = g_strdup_printf (_ ("Steps from %s"), lens_address_format (&self->options.focus, address));

  gtk_label_set_label (self->focus_label, text);
  gtk_spin_button_set_value (self->steps_spin, self->options.focus_steps);
  gtk_widget_set_visible (self->focus_box, self->options.focus.version != 0);
}

/* Undoing does not go behind a number of hosts that somebody chose. */
void
lens_graph_view_keep_n_hosts (LensGraphView *self, gsize n_hosts)
{
  for (guint i = 0; i < self->past->len; i++)
    g_array_index (self->past, LensHostGraphOptions, i).n_hosts = n_hosts;
}

/* Shows what self->options say now: hosts that are there already keep their places, but for another part of the capture. */
static void
show_options (LensGraphView *self, gboolean is_other_part)
{
  gboolean is_laying_out = is_other_part || self->layout != NULL || self->options_timeout_id != 0;

  g_clear_handle_id (&self->options_timeout_id, g_source_remove);
  gtk_spin_button_set_value (self->hosts_spin, (double) self->options.n_hosts);
  show_undo (self);
  show_focus (self);
  if (is_laying_out)
    lens_graph_view_start_layout (self);
  else
    lens_graph_view_update (self);
}

/* Before a step that can be undone. */
static void
remember (LensGraphView *self)
{
  LensHostGraphOptions copy = lens_host_graph_options_copy (&self->options);

  g_array_append_val (self->past, copy);
}

void
lens_graph_view_open_others (LensGraphView *self)
{
  gsize n_more = lens_host_graph_count_more (lens_graph_canvas_get_graph (self->canvas));

  if (n_more == 0)
    return;
  remember (self);
  /* Another step may be on its way. */
  self->options.n_hosts = MIN (self->options.n_hosts + n_more, LENS_HOST_GRAPH_MAX_NODES - 1);
  show_options (self, FALSE);
}

/* What was chosen in the bar since then stays. */
void
lens_graph_view_undo (LensGraphView *self)
{
  LensHostGraphOptions *before;
  gboolean is_other_part;

  if (self->past->len == 0)
    return;
  before = &g_array_index (self->past, LensHostGraphOptions, self->past->len - 1);
  is_other_part = !lens_address_equal (&self->options.focus, &before->focus)
                  || self->options.focus_steps != before->focus_steps
                  || (self->options.opened != NULL ? self->options.opened->len : 0)
                         != (before->opened != NULL ? before->opened->len : 0);
  self->options.focus = before->focus;
  self->options.focus_steps = before->focus_steps;
  self->options.n_hosts = before->n_hosts;
  g_clear_pointer (&self->options.added, g_array_unref);
  self->options.added = g_steal_pointer (&before->added);
  g_clear_pointer (&self->options.opened, g_array_unref);
  self->options.opened = g_steal_pointer (&before->opened);
  g_array_set_size (self->past, self->past->len - 1);
  show_options (self, is_other_part);
}

/* @address: version 0 ends it. */
void
lens_graph_view_set_focus (LensGraphView *self, const LensAddress *address, guint steps)
{
  if (lens_address_equal (address, &self->options.focus) && steps == self->options.focus_steps)
    return;
  remember (self);
  self->options.focus = *address;
  self->options.focus_steps = steps;
  show_options (self, TRUE);
}

static gboolean
is_added (const LensHostGraphOptions *options, const LensAddress *address)
{
  for (guint i = 0; options->added != NULL && i < options->added->len; i++)
    if (lens_address_equal (&g_array_index (options->added, LensAddress, i), address))
      return TRUE;
  return FALSE;
}

void
lens_graph_view_add_host (LensGraphView *self, const LensAddress *address)
{
  /* It is on its way. */
  if (is_added (&self->options, address))
    return;
  remember (self);
  self->is_adding = TRUE;
  lens_host_graph_options_add (&self->options, address);
  show_options (self, FALSE);
}

/* Where its hosts go is for a new layout to say: they are many at once. */
void
lens_graph_view_set_group_open (LensGraphView *self, const LensSubnet *subnet, gboolean is_open)
{
  remember (self);
  if (is_open)
    lens_host_graph_options_open (&self->options, subnet);
  else
    lens_host_graph_options_close (&self->options, subnet);
  show_options (self, TRUE);
}

void
lens_graph_view_clear_steps (LensGraphView *self)
{
  g_array_set_size (self->past, 0);
  lens_host_graph_options_clear (&self->options);
  self->options.focus = (LensAddress){ .version = 0 };
  lens_graph_canvas_unpin (self->canvas, NULL);
  show_focus (self);
  show_undo (self);
}
