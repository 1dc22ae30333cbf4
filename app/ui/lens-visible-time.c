#include "lens-visible-time.h"

struct _LensVisibleTime
{
  GObject parent_instance;
  LensTimeSpan limits; /* of the capture */
  gboolean has_limits;
  LensTimeSpan span;
  gboolean has_span;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensVisibleTime, lens_visible_time, G_TYPE_OBJECT)

static void
lens_visible_time_class_init (LensVisibleTimeClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", LENS_TYPE_VISIBLE_TIME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
lens_visible_time_init (LensVisibleTime *self)
{
}

/* A capture that grows has an analysis all the time; another one has none at first. */
static void
analysis_cb (LensVisibleTime *self, GParamSpec *pspec, LensSession *session)
{
  LensCapture *capture = lens_session_get_capture (session);

  self->has_limits = capture != NULL
                     && lens_capture_get_time_span (capture, &self->limits.first_ns, &self->limits.last_ns);
  if (lens_session_get_analysis (session) == NULL)
    lens_visible_time_show_all (self);
}

LensVisibleTime *
lens_visible_time_new (LensSession *session)
{
  LensVisibleTime *self = g_object_new (LENS_TYPE_VISIBLE_TIME, NULL);

  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const LensTimeSpan *
lens_visible_time_get (LensVisibleTime *self)
{
  return self->has_span ? &self->span : NULL;
}

void
lens_visible_time_show (LensVisibleTime *self, LensTimeSpan span)
{
  if (!self->has_limits)
    return;
  span = lens_time_span_clamp (span, self->limits);
  if (span.first_ns <= self->limits.first_ns && span.last_ns >= self->limits.last_ns)
    {
      lens_visible_time_show_all (self);
      return;
    }
  if (span.first_ns == span.last_ns
      || (self->has_span && span.first_ns == self->span.first_ns && span.last_ns == self->span.last_ns))
    return;
  self->span = span;
  self->has_span = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lens_visible_time_show_all (LensVisibleTime *self)
{
  if (!self->has_span)
    return;
  self->has_span = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lens_visible_time_zoom (LensVisibleTime *self, LensTimeSpan span, gint64 at_ns, double factor)
{
  lens_visible_time_show (self, lens_time_span_zoom (span, at_ns, factor, self->limits));
}

void
lens_visible_time_pan (LensVisibleTime *self, LensTimeSpan span, double by_ns)
{
  lens_visible_time_show (self,
                          lens_time_span_move (span, (gint64) CLAMP (by_ns, -9e18, 9e18), self->limits));
}
