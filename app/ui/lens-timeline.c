#include "lens-timeline.h"

#include "lens-format.h"
#include "lens-timeline-view.h"
#include "lens-timeline-zoom.h"

#include <glib/gi18n.h>

/* How many parts of a selected span are told apart in its words. */
#define LEAST_STEPS 20
#define MOST_STEPS 2000

struct _LensTimeline
{
  GtkBox parent_instance;
  LensTimelineView *view;
  GtkLabel *context;
  GtkLabel *caption;
  GtkWidget *clear_button;
  GtkLabel *readout;
  GtkToggleButton *packets_button;
  GtkWidget *zoom_out_button;
  GtkWidget *show_all_button;
  LensTimelineZoom *zoom;     /* the view's */
  GtkEventController *motion; /* the widget's */

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

/* As exactly as the pointer can tell; no more than a long span is worth, and so that the ends of one that is too short to be seen are
 * told apart. */
static guint
get_decimals (LensTimeline *self, LensTimeSpan span)
{
  double step_ns = (double) lens_timeline_view_get_step (self->view);
  double length_ns = (double) lens_time_span_get_length (span);

  if (length_ns > 0)
    step_ns = CLAMP (step_ns, length_ns / MOST_STEPS, length_ns / LEAST_STEPS);
  return lens_time_step_decimals (lens_time_round_step (step_ns));
}

/* "17:55:53.2 – 17:56:10.1 (16.9 s)", with the day where it has to be said. */
static char *
describe_span (LensTimeline *self, LensTimeSpan span, gboolean has_days)
{
  g_autofree char *words
      = lens_format_time_span (span.first_ns, span.last_ns, get_decimals (self, span), has_days, FALSE);
  g_autofree char *length
      = lens_format_duration ((gint64) MIN (lens_time_span_get_length (span), (guint64) G_MAXINT64));

  /* Translators: a span of time and its length: “17:55:53 – 17:56:10 (17 s)”. */
  return g_strdup_printf (_ ("%s (%s)"), words, length);
}

/* Whether a time of day would be of the day that the context says. */
static gboolean
needs_days (LensTimeline *self, LensTimeSpan span)
{
  LensTimeSpan shown = lens_timeline_view_get_shown (self->view);

  return lens_timeline_view_has_days (self->view)
         || lens_format_has_days (MIN (span.first_ns, shown.first_ns), MAX (span.last_ns, shown.last_ns),
                                  FALSE);
}

static gboolean
get_shown_span (LensTimeline *self, LensTimeSpan *span)
{
  *span = self->span;
  return self->is_pending ? self->has_span : find_span (lens_session_get_filter (self->session), span);
}

/* What is shown, in words for assistive technology, where that isn't all. (transfer full) (nullable) */
static char *
describe_shown (LensTimeline *self)
{
  LensTimeSpan shown = lens_timeline_view_get_shown (self->view);
  g_autofree char *words = NULL;

  if (!lens_timeline_zoom_is_zoomed (self->zoom))
    return NULL;
  words = describe_span (self, shown, TRUE);
  /* Translators: of the timeline: a span of time and its length. */
  return g_strdup_printf (_ ("Zoomed in on %s"), words);
}

/* What is pointed at is read, and what is selected, which the filter says too, may be cut for it; while that is dragged it is the other way. */
static void
make_room_for_readout (LensTimeline *self)
{
  GtkWidget *readout = GTK_WIDGET (self->readout);
  int header_least, least, natural, before;

  gtk_widget_get_size_request (readout, &before, NULL);
  gtk_widget_set_size_request (readout, -1, -1);
  if (!gtk_widget_get_visible (readout) || lens_timeline_view_get_is_changing (self->view))
    return;
  gtk_widget_measure (gtk_widget_get_parent (readout), GTK_ORIENTATION_HORIZONTAL, -1, &header_least, NULL,
                      NULL, NULL);
  gtk_widget_measure (readout, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  if (*gtk_label_get_text (self->readout) == '\0')
    natural = before + gtk_widget_get_margin_end (readout);
  natural = MIN (natural, least + gtk_widget_get_width (GTK_WIDGET (self)) - header_least);
  if (natural > least)
    gtk_widget_set_size_request (readout, natural - gtk_widget_get_margin_end (readout), -1);
}

/* What is selected, for all to see and, with its packets, for assistive technology. */
static void
update_words (LensTimeline *self)
{
  LensAnalysis *analysis = lens_session_get_analysis (self->session);
  const char *context = lens_timeline_view_get_context (self->view);
  g_autofree char *share = NULL;
  g_autofree char *words = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *shown = describe_shown (self);
  g_autofree char *description = NULL;
  LensTimeSpan span;
  gboolean has_span = get_shown_span (self, &span);
  gboolean has_days = has_span && needs_days (self, span);

  if (analysis == NULL || context == NULL)
    return;
  share = lens_analysis_describe_share (analysis);
  words = has_span ? describe_span (self, span, has_days) : g_strdup (_ ("Drag to select a time"));
  gtk_label_set_text (self->context, context);
  /* The span says its days itself, and needs the room; what labels close up count from is said here alone. */
  gtk_widget_set_visible (GTK_WIDGET (self->context), !has_days || shown != NULL);
  gtk_label_set_text (self->caption, words);
  gtk_widget_set_visible (self->clear_button, has_span);
  if (has_span)
    /* Translators: what the timeline says to a screen reader: a span of time, and what of the capture is shown. */
    selected = g_strdup_printf (_ ("%s is selected: %s"), words, share);
  else
    selected = g_strdup_printf (_ ("No time is selected: %s"), share);
  description = shown != NULL ? g_strdup_printf ("%s. %s", selected, shown) : g_steal_pointer (&selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  make_room_for_readout (self);
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
hide_readout (LensTimeline *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->readout), FALSE);
  make_room_for_readout (self);
}

/* On its way to the button that clears the pointer leaves what it pointed at: its room stays, so that the button does. */
static void
hovered_cb (LensTimeline *self, const char *words)
{
  if (words == NULL
      && !gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (self->motion)))
    {
      hide_readout (self);
      return;
    }
  gtk_label_set_text (self->readout, words != NULL ? words : "");
  if (words != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->readout), TRUE);
  make_room_for_readout (self);
}

static void
zoom_in_cb (LensTimeline *self)
{
  lens_timeline_zoom_in (self->zoom);
}

static void
zoom_out_cb (LensTimeline *self)
{
  lens_timeline_zoom_out (self->zoom);
}

static void
show_all_cb (LensTimeline *self)
{
  lens_timeline_zoom_to_all (self->zoom);
}

static void
shown_cb (LensTimeline *self)
{
  gboolean is_zoomed = self->zoom != NULL && lens_timeline_zoom_is_zoomed (self->zoom);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* A button that can't be pressed any more gives the keys to the timeline. */
  if (!is_zoomed && focus != NULL && (focus == self->zoom_out_button || focus == self->show_all_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_widget_set_sensitive (self->zoom_out_button, is_zoomed);
  gtk_widget_set_sensitive (self->show_all_button, is_zoomed);
  if (self->zoom != NULL)
    update_words (self);
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
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, zoom_out_button);
  gtk_widget_class_bind_template_child (widget_class, LensTimeline, show_all_button);
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, span_settled_cb);
  gtk_widget_class_bind_template_callback (widget_class, hovered_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_words);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, measure_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
}

static void
lens_timeline_init (LensTimeline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->motion = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (self->motion, "leave", G_CALLBACK (hide_readout), self);
  gtk_widget_add_controller (GTK_WIDGET (self), self->motion);
}

void
lens_timeline_set_session (LensTimeline *self, LensSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->zoom = lens_timeline_zoom_attach (self->view, session);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (update_span), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (update_bins), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::whole", G_CALLBACK (update_bins), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  update_bins (self);
}
