/* What somebody opened, added or focused on in a LensGraphView, and how that is undone. */
#include "lens-graph-view-private.h"

#include <glib/gi18n.h>

/* Whether the same is opened, added and focused on. */
static gboolean
is_same_step (const LensHostGraphOptions *a, const LensHostGraphOptions *b)
{
  LensHostGraphOptions mixed = *a;

  mixed.n_hosts = b->n_hosts;
  mixed.added = b->added;
  mixed.opened = b->opened;
  mixed.focus = b->focus;
  mixed.focus_steps = b->focus_steps;
  return lens_host_graph_options_equal (a, &mixed);
}

/* Steps that would change nothing any more are no steps. */
static void
drop_idle (LensGraphView *self, GArray *steps)
{
  while (steps->len > 0
         && is_same_step (&self->options, &g_array_index (steps, LensHostGraphOptions, steps->len - 1)))
    g_array_set_size (steps, steps->len - 1);
}

static void
show_undo (LensGraphView *self)
{
  drop_idle (self, self->past);
  drop_idle (self, self->future);
  gtk_widget_set_visible (self->undo_button, self->past->len > 0);
}

/* Whose focus it is, as nodes are called. Returns @buffer. */
static const char *
format_focus (const LensSubnet *focus, char buffer[LENS_SUBNET_TEXT_SIZE])
{
  const LensGraphNode node
      = { .address = focus->network, .prefix_bits = lens_subnet_is_host (focus) ? 0 : focus->prefix_bits };

  return lens_graph_node_format (&node, buffer);
}

/* What is in focus, and how far around it hosts are shown. */
static void
show_focus (LensGraphView *self)
{
  char name[LENS_SUBNET_TEXT_SIZE];
  g_autofree char *text = g_strdup_printf (_ ("Steps from %s"), format_focus (&self->options.focus, name));

  gtk_label_set_label (self->focus_label, text);
  gtk_spin_button_set_value (self->steps_spin, self->options.focus_steps);
  gtk_widget_set_visible (self->focus_box, self->options.focus.network.version != 0);
}

static void
take_into (const LensHostGraphOptions *before, const LensHostGraphOptions *options, GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      LensHostGraphOptions *step = &g_array_index (steps, LensHostGraphOptions, i);

      if (options->n_hosts != before->n_hosts)
        step->n_hosts = options->n_hosts;
      if (options->group_bits != before->group_bits)
        g_clear_pointer (&step->opened, g_array_unref);
    }
}

void
lens_graph_view_take_options (LensGraphView *self, const LensHostGraphOptions *options)
{
  take_into (&self->options, options, self->past);
  take_into (&self->options, options, self->future);
  self->options = *options;
  show_undo (self);
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

static void
append_step (GArray *steps, const LensHostGraphOptions *options)
{
  LensHostGraphOptions copy = lens_host_graph_options_copy (options);

  g_array_append_val (steps, copy);
}

/* Before a step that can be undone. */
static void
remember (LensGraphView *self)
{
  append_step (self->past, &self->options);
  g_array_set_size (self->future, 0);
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

/* Goes to the last of @steps, from where @back leads here again. What was chosen in the bar since then stays. */
static void
go (LensGraphView *self, GArray *steps, GArray *back)
{
  LensHostGraphOptions *step;
  gboolean is_other_part;

  if (steps->len == 0)
    return;
  append_step (back, &self->options);
  step = &g_array_index (steps, LensHostGraphOptions, steps->len - 1);
  is_other_part = !lens_subnet_equal (&self->options.focus, &step->focus)
                  || self->options.focus_steps != step->focus_steps
                  || (self->options.opened != NULL ? self->options.opened->len : 0)
                         != (step->opened != NULL ? step->opened->len : 0);
  self->options.focus = step->focus;
  self->options.focus_steps = step->focus_steps;
  self->options.n_hosts = step->n_hosts;
  g_clear_pointer (&self->options.added, g_array_unref);
  self->options.added = g_steal_pointer (&step->added);
  g_clear_pointer (&self->options.opened, g_array_unref);
  self->options.opened = g_steal_pointer (&step->opened);
  g_array_set_size (steps, steps->len - 1);
  show_options (self, is_other_part);
}

void
lens_graph_view_undo (LensGraphView *self)
{
  go (self, self->past, self->future);
}

void
lens_graph_view_redo (LensGraphView *self)
{
  go (self, self->future, self->past);
}

void
lens_graph_view_set_focus (LensGraphView *self, const LensSubnet *focus, guint steps)
{
  if (lens_subnet_equal (focus, &self->options.focus) && steps == self->options.focus_steps)
    return;
  remember (self);
  self->options.focus = *focus;
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
  g_array_set_size (self->future, 0);
  lens_host_graph_options_clear (&self->options);
  self->options.focus = (LensSubnet){ .prefix_bits = 0 };
  lens_graph_canvas_unpin (self->canvas, NULL);
  show_focus (self);
  show_undo (self);
}
