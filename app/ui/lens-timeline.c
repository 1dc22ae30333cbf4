#include "lens-timeline.h"

#include "lens-format.h"
#include "lens-timeline-view.h"

#include <glib/gi18n.h>

struct _LensTimeline
{
  GtkBox parent_instance;
  LensTimelineView *view;
  GtkLabel *context;
  GtkLabel *caption;
  GtkWidget *clear_button;
  GtkLabel *readout;
  GtkToggleButton *packets_button;

  LensSession *session;
  gboolean is_pending; /* the span has moved on since the last filter */
  gboolean has_span;   /* what the person wants, while it is pending */
  LensTimeSpan span;
};

G_DEFINE_FINAL_TYPE (LensTimeline, lens_timeline, GTK_TYPE_BOX)

/* The span of the filter, the latest where there are several; FALSE where there is none. */
static gboolean
find_span (LensFilter *filter, LensTimeSpan *span)
{
  for (gsize i = lens_filter_get_n_terms (filter); i > 0; i--)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i - 1);

      if (lens_filter_term_is_span (term))
        {
          *span = (LensTimeSpan){ term->first_ns, term->last_ns };
          return TRUE;
        }
    }
  return FALSE;
}

/* @filter with the one span, or, where that is NULL, with none. (transfer full) */
static LensFilter *
with_span (LensFilter *filter, const LensTimeSpan *span)
{
  LensFilterTerm time;

  if (span == NULL)
    return lens_filter_with_span (filter, NULL);
  time = lens_filter_term_time (span->first_ns, span->last_ns);
  return lens_filter_with_span (filter, &time);
}

/* "17:55:53.2 – 17:56:10.1 (16.9 s)", with the day where the capture has several. */
static char *
describe_span (LensTimeline *self, LensTimeSpan span)
{
  guint decimals = lens_time_step_decimals (lens_timeline_view_get_step (self->view));
  g_autofree char *words = lens_format_time_span (span.first_ns, span.last_ns, decimals,
                                                  lens_timeline_view_has_days (self->view), FALSE);
  g_autofree char *length
      = lens_format_duration ((gint64) MIN (lens_time_span_get_length (span), (guint64) G_MAXINT64));

  /* Translators: a span of time and its length: “17:55:53 – 17:56:10 (17 s)”. */
  return g_strdup_printf (_ ("%s (%s)"), words, length);
}

static gboolean
get_shown_span (LensTimeline *self, LensTimeSpan *span)
{
  *span = self->span;
  return self->is_pending ? self->has_span : find_span (lens_session_get_filter (self->session), span);
}

/* What is selected, for all to see and, with its packets, for assistive technology. */
static void
update_words (LensTimeline *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  const char *context = lens_timeline_view_get_context (self->view);
  g_autofree char *share = NULL;
  g_autofree char *words = NULL;
  g_autofree char *description = NULL;
  LensTimeSpan span;
  gboolean has_span = get_shown_span (self, &span);

  if (analysis == NULL || context == NULL)
    return;
  share = lens_analysis_describe_share (analysis);
  words = has_span ? describe_span (self, span) : g_strdup (_ ("Drag to select a time"));
  gtk_label_set_text (self->context, context);
  /* The span says its days itself, and needs the room. */
  gtk_widget_set_visible (GTK_WIDGET (self->context), !has_span || !lens_timeline_view_has_days (self->view));
  gtk_label_set_text (self->caption, words);
  gtk_widget_set_visible (self->clear_button, has_span);
  if (has_span)
    /* Translators: what the timeline says to a screen reader: a span of time, and what of the capture is shown. */
    description = g_strdup_printf (_ ("%s is selected: %s"), words, share);
  else
    description = g_strdup_printf (_ ("No time is selected: %s"), share);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static void
update_bins (LensTimeline *self)
{
  LensAnalysis *whole = lens_session_get_whole (self->session);
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  LensTimeSpan limits = { 0, 0 };

  /* While a capture grows one of the two is of fewer packets: what is shown stays until both are of the same. */
  if (whole != NULL && analysis != NULL
      && lens_analysis_get_capture (whole) != lens_analysis_get_capture (analysis))
    return;
  if (whole == NULL || analysis == NULL || lens_analysis_get_time_bins (whole) == NULL)
    {
      lens_timeline_view_set_bins (self->view, NULL, NULL, limits);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  lens_capture_get_time_span (lens_analysis_get_capture (whole), &limits.first_ns, &limits.last_ns);
  lens_timeline_view_set_bins (self->view, lens_analysis_get_time_bins (whole),
                               lens_analysis_get_time_bins (analysis), limits);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  update_words (self);
}

static void
update_span (LensTimeline *self)
{
  LensTimeSpan span;
  gboolean has_span = find_span (lens_session_get_filter (self->session), &span);

  lens_timeline_view_set_span (self->view, has_span ? &span : NULL);
  update_words (self);
}

static void
try_pending (LensTimeline *self)
{
  g_autoptr (LensFilter) filter
      = with_span (lens_session_get_filter (self->session), self->has_span ? &self->span : NULL);

  self->is_pending = FALSE;
  lens_session_try_filter (self->session, filter);
}

/* While the span moves a filter is worked out to its end before there is the next one, so that there is always something new to see. */
static void
span_changed_cb (LensTimeline *self, const LensTimeSpan *span)
{
  self->is_pending = TRUE;
  self->has_span = span != NULL;
  if (span != NULL)
    self->span = *span;
  if (!lens_session_get_is_busy (self->session))
    try_pending (self);
  update_words (self);
}

static void
busy_cb (LensTimeline *self)
{
  if (self->is_pending && !lens_session_get_is_busy (self->session))
    try_pending (self);
}

static void
span_settled_cb (LensTimeline *self, gboolean is_kept)
{
  if (is_kept && self->is_pending)
    try_pending (self);
  self->is_pending = FALSE;
  if (is_kept)
    lens_session_keep_filter (self->session);
  else
    lens_session_drop_filter (self->session);
  update_span (self);
}

static void
clear_cb (LensTimeline *self)
{
  g_autoptr (LensFilter) filter = with_span (lens_session_get_filter (self->session), NULL);

  /* The button goes: the keys stay in the timeline. */
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  lens_session_set_filter (self->session, filter);
}

static void
hovered_cb (LensTimeline *self, const char *words)
{
  if (words != NULL)
    gtk_label_set_text (self->readout, words);
  gtk_widget_set_visible (GTK_WIDGET (self->readout), words != NULL);
}

static void
measure_cb (LensTimeline *self)
{
  lens_timeline_view_set_measure (self->view, gtk_toggle_button_get_active (self->packets_button)
                                                  ? LENS_TIMELINE_PACKETS
                                                  : LENS_TIMELINE_BYTES);
}

static void
lens_timeline_dispose (GObject *object)
{
  LensTimeline *self = LENS_TIMELINE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_TIMELINE);
  G_OBJECT_CLASS (lens_timeline_parent_class)->dispose (object);
}

static void
lens_timeline_class_init (LensTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_timeline_dispose;
  g_type_ensure (LENS_TYPE_TIMELINE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, view);
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, context);
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, caption);
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, clear_button);
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, readout);
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, packets_button);
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, span_settled_cb);
  gtk_widget_class_bind_template_callback (widget_class, hovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_words);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, measure_cb);
}

static void
lens_timeline_init (LensTimeline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lens_timeline_set_session (LensTimeline *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (update_span), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update_bins), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::whole", G_CALLBACK (update_bins), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  update_bins (self);
}
