#include "lens-flow-chooser.h"

#include "lens-accessible.h"
#include "lens-drop-down.h"
#include "lens-dissect.h"
#include "lens-format.h"
#include "lens-stream.h"

#include <glib/gi18n.h>

/* From so many on a list is searched. */
#define MIN_SEARCHED 12

struct _LensFlowChooser
{
  GtkBox parent_instance;
  GtkDropDown *drop_down; /* (transfer none) */
  LensBurstStudy *study;
  GArray *flows; /* (element-type LensFlowTotals), of the list after its first entry */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (LensFlowChooser, lens_flow_chooser, GTK_TYPE_BOX)

/* "TCP 50123 → 443 · 512 packets" */
static char *
describe_flow (const LensFlowTotals *flow)
{
  const char *known = lens_protocol_get_name (flow->key.protocol);
  g_autofree char *name
      = known != NULL ? g_strdup (known) : g_strdup_printf (_ ("IP protocol %u"), flow->key.protocol);
  g_autofree char *count = lens_format_count (flow->packets);
  g_autofree char *packets = g_strdup_printf (ngettext ("%s packet", "%s packets", flow->packets), count);

  if (flow->key.source_port == 0 && flow->key.destination_port == 0)
    return g_strdup_printf ("%s · %s", name, packets);
  return g_strdup_printf ("%s %u → %u · %s", name, flow->key.source_port, flow->key.destination_port,
                          packets);
}

/* The first entry: no flow is chosen. */
static char *
describe_all (const LensStream *stream)
{
  g_autofree char *all = lens_format_count (stream->n_all_flows);
  g_autofree char *listed = lens_format_count (stream->n_flows);

  if (stream->n_flows < stream->n_all_flows)
    /* Translators: two numbers of flows: those there are, and those that can be chosen below. */
    return g_strdup_printf (_ ("All %s flows; the strongest %s are listed"), all, listed);
  return g_strdup_printf (ngettext ("All %s flow", "All %s flows", stream->n_all_flows), all);
}

/* Takes the flows of @stream over; returns the position of the one that is looked at, 0 for all. */
static guint
take_flows (LensFlowChooser *self, const LensStream *stream)
{
  LensFlowTotals nothing = { .key = stream->flow };

  g_array_set_size (self->flows, 0);
  g_array_append_vals (self->flows, stream->flows, (guint) stream->n_flows);
  if (!stream->is_flow)
    return 0;
  for (guint i = 0; i < self->flows->len; i++)
    if (lens_flow_key_equal (&g_array_index (self->flows, LensFlowTotals, i).key, &stream->flow))
      return i + 1;
  /* It has no packet in the time that is selected, or too few to be listed. */
  nothing.packets = stream->packets;
  g_array_append_val (self->flows, nothing);
  return self->flows->len;
}

static void
analysis_cb (LensFlowChooser *self)
{
  LensAnalysis *analysis = lens_burst_study_get_analysis (self->study);
  const LensStream *stream = analysis != NULL ? lens_analysis_get_stream (analysis) : NULL;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected;

  gtk_widget_set_visible (GTK_WIDGET (self), stream != NULL && (stream->n_all_flows > 1 || stream->is_flow));
  if (stream == NULL)
    return;
  selected = take_flows (self, stream);
  gtk_string_list_take (list, describe_all (stream));
  for (guint i = 0; i < self->flows->len; i++)
    gtk_string_list_take (list, describe_flow (&g_array_index (self->flows, LensFlowTotals, i)));
  self->is_updating = TRUE;
  gtk_drop_down_set_enable_search (self->drop_down, self->flows->len >= MIN_SEARCHED);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->drop_down, selected);
  self->is_updating = FALSE;
}

static void
selected_cb (LensFlowChooser *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (self->is_updating || self->study == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected == 0 || selected > self->flows->len)
    lens_burst_study_set_flow (self->study, NULL);
  else
    {
      LensFlowKey key = g_array_index (self->flows, LensFlowTotals, selected - 1).key;

      lens_burst_study_set_flow (self->study, &key);
    }
}

static void
lens_flow_chooser_dispose (GObject *object)
{
  LensFlowChooser *self = LENS_FLOW_CHOOSER (object);

  g_clear_object (&self->study);
  G_OBJECT_CLASS (lens_flow_chooser_parent_class)->dispose (object);
}

static void
lens_flow_chooser_finalize (GObject *object)
{
  g_array_unref (LENS_FLOW_CHOOSER (object)->flows);
  G_OBJECT_CLASS (lens_flow_chooser_parent_class)->finalize (object);
}

static void
lens_flow_chooser_class_init (LensFlowChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lens_flow_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = lens_flow_chooser_finalize;
}

static void
lens_flow_chooser_init (LensFlowChooser *self)
{
  GtkWidget *drop_down
      = gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  self->flows = g_array_new (FALSE, FALSE, sizeof (LensFlowTotals));
  self->drop_down = GTK_DROP_DOWN (drop_down);
  gtk_widget_set_hexpand (drop_down, TRUE);
  gtk_widget_set_tooltip_text (drop_down, _ ("Bursts of the whole stream, or of one of its flows"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_box_append (GTK_BOX (self), drop_down);
  lens_accessible_name_drop_down (self->drop_down, _ ("Flow of the stream"));
  lens_drop_down_keep_page_still (self->drop_down);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

void
lens_flow_chooser_set_study (LensFlowChooser *self, LensBurstStudy *study)
{
  g_return_if_fail (self->study == NULL);
  self->study = g_object_ref (study);
  g_signal_connect_object (study, "notify::analysis", G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
  analysis_cb (self);
}
