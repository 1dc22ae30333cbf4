#include "lens-timeline-zoom.h"

#include "lens-time-closeup.h"
#include "lens-time-zoom.h"
#include "lens-timeline-view-input.h"

#include <math.h>

/* Of one click of the wheel, and of a key or a button. */
#define WHEEL_FACTOR 0.8
#define KEY_FACTOR 0.5
/* Of what is shown, with one click of the wheel. */
#define PAN_SHARE 0.1
/* The wheel zooms around a packet that is so near to the pointer. */
#define REACH_PX 6
/* So many packets are counted within a part of a frame. */
#define FEW_PACKETS 50000

struct _LensTimelineZoom
{
  LensTimelineView *view; /* owns this */
  LensSession *session;
  double pointer_x;

  /* What the close bins are of, or will be. */
  LensCapture *capture; /* owned (nullable) */
  LensTimeBins *bins;   /* owned (nullable): the analysis' own, which are others where other packets pass */
  LensTimeSpan span;
  GCancellable *counting; /* owned (nullable) */
};

static void update_close_bins (LensTimelineZoom *zoom);

static void
forget (LensTimelineZoom *zoom)
{
  g_clear_pointer (&zoom->capture, lens_capture_unref);
  g_clear_pointer (&zoom->bins, lens_time_bins_unref);
}

static void
stop_counting (LensTimelineZoom *zoom)
{
  if (zoom->counting != NULL)
    g_cancellable_cancel (zoom->counting);
  g_clear_object (&zoom->counting);
}

static void
zoom_free (gpointer data)
{
  LensTimelineZoom *zoom = data;

  stop_counting (zoom);
  forget (zoom);
  g_object_unref (zoom->session);
  g_free (zoom);
}

gboolean
lens_timeline_zoom_is_zoomed (LensTimelineZoom *zoom)
{
  return !lens_time_span_covers (lens_timeline_view_get_shown (zoom->view),
                                 lens_timeline_view_get_all (zoom->view));
}

/* Close bins */

/* Where there is no memory for them the bins of all time do. */
static void
take_closeup (LensTimelineZoom *zoom, const LensTimeCloseup *closeup)
{
  lens_timeline_view_set_close_bins (zoom->view, closeup != NULL ? closeup->whole : NULL,
                                     closeup != NULL ? closeup->passing : NULL);
}

static void
closeup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensTimeCloseup) closeup = lens_time_closeup_new_finish (result, &error);
  LensTimelineZoom *zoom;

  /* Whoever cancels has no use for it, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  zoom = user_data;
  g_clear_object (&zoom->counting);
  take_closeup (zoom, closeup);
  update_close_bins (zoom);
}

static gboolean
has_few_packets (LensAnalysis *analysis, LensTimeSpan span)
{
  LensPacketColumns columns
      = lens_packet_table_get_columns (lens_capture_get_table (lens_analysis_get_capture (analysis)));

  return lens_packet_columns_find_row (&columns, span.last_ns, TRUE)
             - lens_packet_columns_find_row (&columns, span.first_ns, FALSE)
         <= FEW_PACKETS;
}

static void
start_counting (LensTimelineZoom *zoom, LensAnalysis *analysis)
{
  g_autoptr (LensTimeCloseup) closeup = NULL;

  forget (zoom);
  zoom->capture = lens_capture_ref (lens_analysis_get_capture (analysis));
  zoom->bins = lens_time_bins_ref ((LensTimeBins *) lens_analysis_get_time_bins (analysis));
  zoom->span = lens_timeline_view_get_shown (zoom->view);
  if (has_few_packets (analysis, zoom->span))
    {
      closeup = lens_time_closeup_new (analysis, zoom->span, NULL, NULL);
      take_closeup (zoom, closeup);
      return;
    }
  zoom->counting = g_cancellable_new ();
  lens_time_closeup_new_async (analysis, zoom->span, zoom->counting, closeup_cb, zoom);
}

/* Those of what is shown and passes now. While it goes on changing one is counted to its end before the next, so that there is always
 * something new to see. */
static void
update_close_bins (LensTimelineZoom *zoom)
{
  LensAnalysis *analysis = lens_session_get_analysis (zoom->session);
  LensTimeSpan shown = lens_timeline_view_get_shown (zoom->view);

  if (analysis == NULL || lens_analysis_get_time_bins (analysis) == NULL
      || !lens_timeline_zoom_is_zoomed (zoom))
    {
      stop_counting (zoom);
      forget (zoom);
      lens_timeline_view_set_close_bins (zoom->view, NULL, NULL);
      return;
    }
  if (zoom->counting != NULL
      || (zoom->capture == lens_analysis_get_capture (analysis)
          && zoom->bins == lens_analysis_get_time_bins (analysis) && zoom->span.first_ns == shown.first_ns
          && zoom->span.last_ns == shown.last_ns))
    return;
  start_counting (zoom, analysis);
}

/* What is shown */

/* FALSE where there is nothing to zoom. */
static gboolean
get_columns (LensTimelineZoom *zoom, LensPacketColumns *columns)
{
  LensAnalysis *analysis = lens_session_get_analysis (zoom->session);

  if (analysis == NULL || !lens_timeline_view_has_bins (zoom->view))
    return FALSE;
  *columns = lens_packet_table_get_columns (lens_capture_get_table (lens_analysis_get_capture (analysis)));
  return columns->n_packets > 0;
}

static void
show (LensTimelineZoom *zoom, LensTimeSpan shown)
{
  lens_timeline_view_set_shown (zoom->view, &shown);
}

static void
zoom_around (LensTimelineZoom *zoom, double place, double reach, double factor)
{
  LensTimeSpan shown = lens_timeline_view_get_shown (zoom->view);
  LensTimeSpan all = lens_timeline_view_get_all (zoom->view);
  gint64 at_ns = lens_time_span_get_moment (shown, place);
  double reach_ns = reach * (double) lens_time_span_get_length (shown);
  LensPacketColumns columns;

  if (!get_columns (zoom, &columns))
    return;
  if (factor < 1)
    show (zoom, lens_time_zoom_in (&columns, shown, at_ns, (guint64) MIN (reach_ns, 9e18), factor, all));
  else
    show (zoom, lens_time_zoom_out (&columns, shown, at_ns, factor, all));
}

/* What would show what is selected, where that is something else than what is shown. */
static gboolean
find_selected (LensTimelineZoom *zoom, LensTimeSpan *target)
{
  LensTimeSpan shown = lens_timeline_view_get_shown (zoom->view);
  LensPacketColumns columns;
  LensTimeSpan span;

  if (!lens_timeline_view_get_span (zoom->view, &span) || !get_columns (zoom, &columns))
    return FALSE;
  *target = lens_time_zoom_to (&columns, span, lens_timeline_view_get_all (zoom->view));
  return target->first_ns > shown.last_ns || target->last_ns < shown.first_ns
         || (double) lens_time_span_get_length (*target) < 0.9 * (double) lens_time_span_get_length (shown);
}

void
lens_timeline_zoom_in (LensTimelineZoom *zoom)
{
  LensTimeSpan target;

  if (find_selected (zoom, &target))
    show (zoom, target);
  else
    zoom_around (zoom, 0.5, 1, KEY_FACTOR);
}

void
lens_timeline_zoom_out (LensTimelineZoom *zoom)
{
  zoom_around (zoom, 0.5, 0, 1 / KEY_FACTOR);
}

void
lens_timeline_zoom_to_all (LensTimelineZoom *zoom)
{
  lens_timeline_view_set_shown (zoom->view, NULL);
}

/* Wheel and keys */

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LensTimelineZoom *zoom)
{
  zoom->pointer_x = x;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, LensTimelineZoom *zoom)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  LensTimeSpan shown = lens_timeline_view_get_shown (zoom->view);
  double pan = fabs (dx) > fabs (dy) ? dx : dy;

  if ((state & GDK_SHIFT_MASK) != 0 || fabs (dx) > fabs (dy))
    {
      pan *= PAN_SHARE * (double) lens_time_span_get_length (shown);
      show (zoom, lens_time_span_move (shown, (gint64) CLAMP (pan, -9e18, 9e18),
                                       lens_timeline_view_get_all (zoom->view)));
    }
  else if (dy != 0)
    {
      zoom_around (zoom, lens_timeline_view_get_place_at (zoom->view, zoom->pointer_x),
                   lens_timeline_view_get_share (zoom->view, REACH_PX), pow (WHEEL_FACTOR, -dy));
    }
  lens_timeline_view_hover (zoom->view, zoom->pointer_x);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, LensTimelineZoom *zoom)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      lens_timeline_zoom_in (zoom);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      lens_timeline_zoom_out (zoom);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      lens_timeline_zoom_to_all (zoom);
      return TRUE;
    default:
      return FALSE;
    }
}

LensTimelineZoom *
lens_timeline_zoom_attach (LensTimelineView *view, LensSession *session)
{
  LensTimelineZoom *zoom = g_new0 (LensTimelineZoom, 1);
  GtkWidget *widget = GTK_WIDGET (view);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();

  zoom->view = view;
  zoom->session = g_object_ref (session);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), zoom);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), zoom);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), zoom);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), zoom);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect_swapped (view, "shown-changed", G_CALLBACK (update_close_bins), zoom);
  g_signal_connect_data (session, "notify::analysis", G_CALLBACK (update_close_bins), zoom, NULL,
                         G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (view), "lens-timeline-zoom", zoom, zoom_free);
  return zoom;
}
