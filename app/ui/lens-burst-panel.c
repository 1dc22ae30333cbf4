#include "lens-burst-panel.h"

#include "lens-accessible.h"
#include "lens-drop-down.h"
#include "lens-flow-chooser.h"
#include "lens-stream-chooser.h"
#include "lens-wrap-layout.h"

#include <glib/gi18n.h>
#include <math.h>

/* In the order of the template's list; what fits none of the others is one's own. */
typedef enum
{
  PRESET_NOTEBOOK,
  PRESET_FLOW,
  PRESET_MICRO,
  PRESET_OWN
} Preset;

/* The same. */
typedef enum
{
  SIZE_FROM_MEAN,
  SIZE_BYTES,
  SIZE_ANY
} SizeKind;

#define NS_PER_MS 1e6
#define FIRST_SIZE_BYTES 1000

struct _LensBurstPanel
{
  GtkBox parent_instance;
  LensStreamChooser *chooser;
  LensFlowChooser *flow_chooser;
  GtkDropDown *preset_drop_down;
  GtkSpinButton *gap_spin;
  GtkDropDown *size_drop_down;
  GtkSpinButton *size_spin;
  GtkLabel *size_unit;
  GtkLabel *scope_label;
  GtkLabel *rule_label;
  GtkLabel *summary_label;

  LensBurstStudy *study;
  gboolean is_updating; /* the controls are set to a rule, not by a person */
};

G_DEFINE_FINAL_TYPE (LensBurstPanel, lens_burst_panel, GTK_TYPE_BOX)

static LensBurstRule
get_preset (Preset preset)
{
  return preset == PRESET_FLOW    ? lens_burst_rule_flow ()
         : preset == PRESET_MICRO ? lens_burst_rule_micro ()
                                  : lens_burst_rule_default ();
}

static SizeKind
get_size_kind (const LensBurstRule *rule)
{
  return rule->is_size_from_mean ? SIZE_FROM_MEAN : rule->size_bytes > 0 ? SIZE_BYTES : SIZE_ANY;
}

/* As a wheel or a button moves it: in the first two digits. */
static void
set_step (GtkSpinButton *spin, double least)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (spin);
  double value = gtk_adjustment_get_value (adjustment);

  gtk_adjustment_set_step_increment (adjustment,
                                     MAX (least, pow (10, floor (log10 (MAX (value, least)) + 1e-9) - 1)));
}

static void
show_size (LensBurstPanel *self, const LensBurstRule *rule)
{
  SizeKind kind = get_size_kind (rule);

  gtk_drop_down_set_selected (self->size_drop_down, kind);
  gtk_widget_set_sensitive (GTK_WIDGET (self->size_spin), kind != SIZE_ANY);
  gtk_widget_set_visible (GTK_WIDGET (self->size_spin), kind != SIZE_ANY);
  gtk_widget_set_visible (GTK_WIDGET (self->size_unit), kind != SIZE_ANY);
  gtk_label_set_text (self->size_unit, kind == SIZE_BYTES ? _ ("bytes") : kind == SIZE_FROM_MEAN ? "×" : "");
  if (kind == SIZE_FROM_MEAN)
    {
      gtk_spin_button_set_digits (self->size_spin, 2);
      gtk_spin_button_set_range (self->size_spin, 0.01, 1000);
      gtk_spin_button_set_value (self->size_spin, rule->mean_factor);
      gtk_spin_button_set_increments (self->size_spin, 0.1, 1);
    }
  else if (kind == SIZE_BYTES)
    {
      gtk_spin_button_set_digits (self->size_spin, 0);
      gtk_spin_button_set_range (self->size_spin, 1, G_MAXUINT32);
      gtk_spin_button_set_value (self->size_spin, rule->size_bytes);
      set_step (self->size_spin, 1);
    }
}

/* Sets the controls to the study's rule. */
static void
show_rule (LensBurstPanel *self)
{
  LensBurstRule rule = lens_burst_study_get_rule (self->study);
  guint preset = 0;

  self->is_updating = TRUE;
  while (preset < PRESET_OWN)
    {
      LensBurstRule one = get_preset (preset);

      if (lens_burst_rule_equal (&one, &rule))
        break;
      preset++;
    }
  gtk_drop_down_set_selected (self->preset_drop_down, preset);
  gtk_spin_button_set_value (self->gap_spin, (double) rule.gap_ns / NS_PER_MS);
  set_step (self->gap_spin, 0.001);
  show_size (self, &rule);
  self->is_updating = FALSE;
}

static void
set_rule (LensBurstPanel *self, const LensBurstRule *rule)
{
  lens_burst_study_set_rule (self->study, rule);
  show_rule (self);
}

static void
preset_cb (LensBurstPanel *self)
{
  guint preset = gtk_drop_down_get_selected (self->preset_drop_down);
  LensBurstRule rule;

  if (self->is_updating || preset >= PRESET_OWN)
    return;
  rule = get_preset (preset);
  set_rule (self, &rule);
}

static void
gap_cb (LensBurstPanel *self)
{
  LensBurstRule rule;

  if (self->is_updating)
    return;
  rule = lens_burst_study_get_rule (self->study);
  rule.gap_ns = (gint64) llround (gtk_spin_button_get_value (self->gap_spin) * NS_PER_MS);
  set_rule (self, &rule);
}

static void
size_kind_cb (LensBurstPanel *self)
{
  SizeKind kind = gtk_drop_down_get_selected (self->size_drop_down);
  LensAnalysis *analysis;
  LensBurstRule rule;

  if (self->is_updating)
    return;
  analysis = lens_burst_study_get_analysis (self->study);
  rule = lens_burst_study_get_rule (self->study);
  rule.is_size_from_mean = kind == SIZE_FROM_MEAN;
  rule.mean_factor = LENS_BURST_DEFAULT_MEAN_FACTOR;
  /* From there one moves it: what the mean had made of it. */
  rule.size_bytes = kind != SIZE_BYTES ? 0
                    : analysis != NULL && lens_analysis_get_stream (analysis)->rule.size_bytes > 0
                        ? lens_analysis_get_stream (analysis)->rule.size_bytes
                        : FIRST_SIZE_BYTES;
  set_rule (self, &rule);
}

static void
size_cb (LensBurstPanel *self)
{
  LensBurstRule rule;

  if (self->is_updating)
    return;
  rule = lens_burst_study_get_rule (self->study);
  if (rule.is_size_from_mean)
    rule.mean_factor = gtk_spin_button_get_value (self->size_spin);
  else
    rule.size_bytes = (guint32) gtk_spin_button_get_value (self->size_spin);
  set_rule (self, &rule);
}

/* Without the zeros that nobody typed. */
static gboolean
gap_output_cb (GtkSpinButton *spin, LensBurstPanel *self)
{
  g_autofree char *text = g_strdup_printf ("%.10g", gtk_spin_button_get_value (spin));

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (spin))))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* Where a burst is chosen, the filter is to its time and the bursts aren't. */
static void
show_scope (LensBurstPanel *self, LensAnalysis *analysis)
{
  LensAnalysis *scope = lens_analysis_get_burst_scope (analysis);
  g_autofree char *share = lens_analysis_describe_share (scope);
  g_autofree char *filter = lens_filter_describe (lens_analysis_get_filter (scope));
  g_autofree char *of = filter != NULL ? g_strdup_printf ("%s · %s", share, filter) : g_strdup (share);
  /* Translators: %s is as "5,844 of 9,907 packets, 59.0 %". */
  g_autofree char *text = g_strdup_printf (
      _ ("The time of a burst is selected. The bursts here are also those outside it: of %s."), of);

  gtk_label_set_text (self->scope_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->scope_label), scope != analysis);
}

static void
analysis_cb (LensBurstPanel *self)
{
  LensAnalysis *analysis = lens_burst_study_get_analysis (self->study);
  const LensStream *stream;
  LensBurstSummary summary;
  g_autofree char *rule = NULL;
  g_autofree char *figures = NULL;

  show_rule (self);
  if (analysis == NULL)
    return;
  show_scope (self, analysis);
  stream = lens_analysis_get_stream (analysis);
  summary = lens_burst_summarize (stream->bursts, stream->n_bursts, stream->first_ns, stream->last_ns);
  rule = lens_burst_rule_describe (&stream->rule);
  figures = lens_burst_summary_describe (&summary, stream->packets);
  gtk_label_set_text (self->rule_label, rule);
  gtk_label_set_text (self->summary_label, figures);
}

static void
failed_cb (LensBurstPanel *self, const char *message)
{
  gtk_label_set_text (self->summary_label, message);
}

static void
lens_burst_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lens_burst_panel_parent_class)->map (widget);
  lens_burst_study_set_is_wanted (LENS_BURST_PANEL (widget)->study, TRUE);
}

static void
lens_burst_panel_unmap (GtkWidget *widget)
{
  LensBurstPanel *self = LENS_BURST_PANEL (widget);

  if (self->study != NULL)
    lens_burst_study_set_is_wanted (self->study, FALSE);
  GTK_WIDGET_CLASS (lens_burst_panel_parent_class)->unmap (widget);
}

static void
lens_burst_panel_dispose (GObject *object)
{
  LensBurstPanel *self = LENS_BURST_PANEL (object);

  g_clear_object (&self->study);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_BURST_PANEL);
  G_OBJECT_CLASS (lens_burst_panel_parent_class)->dispose (object);
}

static void
lens_burst_panel_class_init (LensBurstPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_burst_panel_dispose;
  widget_class->map = lens_burst_panel_map;
  widget_class->unmap = lens_burst_panel_unmap;
  g_type_ensure (LENS_TYPE_STREAM_CHOOSER);
  g_type_ensure (LENS_TYPE_FLOW_CHOOSER);
  g_type_ensure (LENS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-burst-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, chooser);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, flow_chooser);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, preset_drop_down);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, gap_spin);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, size_drop_down);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, size_spin);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, size_unit);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, scope_label);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, rule_label);
  gtk_widget_class_bind_template_child (widget_class, LensBurstPanel, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, gap_cb);
  gtk_widget_class_bind_template_callback (widget_class, gap_output_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_cb);
}

static void
lens_burst_panel_init (LensBurstPanel *self)
{
  /* Until there is a study what the template sets is nobody's rule. */
  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  lens_accessible_name_drop_down (self->preset_drop_down, _ ("Preset of the burst rule"));
  lens_drop_down_keep_page_still (self->preset_drop_down);
  lens_accessible_name_drop_down (self->size_drop_down, _ ("Kind of burst size"));
  lens_drop_down_keep_page_still (self->size_drop_down);
}

GtkWidget *
lens_burst_panel_new (LensBurstStudy *study, LensSession *session)
{
  LensBurstPanel *self = g_object_new (LENS_TYPE_BURST_PANEL, NULL);

  self->study = g_object_ref (study);
  lens_stream_chooser_set_study (self->chooser, study, session);
  lens_flow_chooser_set_study (self->flow_chooser, study);
  g_signal_connect_object (study, "notify::analysis", G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (study, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  analysis_cb (self);
  return GTK_WIDGET (self);
}
