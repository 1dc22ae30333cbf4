#include "lens-timeline-view-input.h"

/* Of what is shown: a step of an arrow key, one with Ctrl, and the first span that a key makes. */
#define KEY_STEP 0.01
#define KEY_BIG_STEP 0.1
#define KEY_FIRST_SPAN 0.1
/* Keys that come sooner are one move. */
#define KEYS_SETTLE_MS 700

/* Owned by the view as object data. */
typedef struct
{
  LensTimelinePart part; /* what was pressed */
  LensTimeSpan start;    /* the span then; outside of one, the moment */
  double start_x;
  gboolean is_dragging; /* the pointer went far enough to mean a drag */
  gboolean is_given_up; /* by Escape: what the pointer still does is nothing */
  guint settle_id;      /* after keys */
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_handle_id (&input->settle_id, g_source_remove);
  g_free (input);
}

static Input *
get_input (gpointer view)
{
  return g_object_get_data (G_OBJECT (view), "lens-input");
}

/* What keys have moved stays there. */
static void
settle_keys (LensTimelineView *view)
{
  Input *input = get_input (view);

  if (input->settle_id == 0)
    return;
  g_clear_handle_id (&input->settle_id, g_source_remove);
  lens_timeline_view_settle_span (view, TRUE);
}

static gboolean
settle_keys_cb (gpointer user_data)
{
  get_input (user_data)->settle_id = 0;
  lens_timeline_view_settle_span (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, LensTimelineView *view)
{
  Input *input = get_input (view);

  settle_keys (view);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  input->is_dragging = input->is_given_up = FALSE;
  input->start_x = x;
  input->part = lens_timeline_view_find_part (view, x);
  if (input->part != LENS_TIMELINE_OUTSIDE)
    lens_timeline_view_get_span (view, &input->start);
  else if (lens_timeline_view_has_bins (view))
    input->start.first_ns = input->start.last_ns = lens_timeline_view_get_time_at (view, x);
}

static LensTimeSpan
get_dragged_span (LensTimelineView *view, double dx)
{
  const Input *input = get_input (view);

  switch (input->part)
    {
    case LENS_TIMELINE_MIDDLE:
      return lens_time_span_move (input->start, lens_timeline_view_get_duration (view, dx),
                                  lens_timeline_view_get_limits (view));
    case LENS_TIMELINE_FIRST_EDGE:
      return lens_time_span_new (input->start.last_ns,
                                 lens_timeline_view_get_time_at (view, input->start_x + dx));
    case LENS_TIMELINE_LAST_EDGE:
    case LENS_TIMELINE_OUTSIDE:
    default:
      return lens_time_span_new (input->start.first_ns,
                                 lens_timeline_view_get_time_at (view, input->start_x + dx));
    }
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, LensTimelineView *view)
{
  Input *input = get_input (view);
  LensTimeSpan span, old_span;

  if (input->is_given_up || !lens_timeline_view_has_bins (view))
    return;
  if (!input->is_dragging)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (view), 0, 0, (int) dx, 0))
        return;
      input->is_dragging = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  span = get_dragged_span (view, dx);
  if (!lens_timeline_view_get_span (view, &old_span) || old_span.first_ns != span.first_ns
      || old_span.last_ns != span.last_ns)
    lens_timeline_view_change_span (view, &span);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, LensTimelineView *view)
{
  Input *input = get_input (view);

  if (input->is_dragging)
    lens_timeline_view_settle_span (view, TRUE);
  input->is_dragging = FALSE;
}

static void
give_up_drag (LensTimelineView *view)
{
  Input *input = get_input (view);

  input->is_dragging = FALSE;
  input->is_given_up = TRUE;
  lens_timeline_view_settle_span (view, FALSE);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, LensTimelineView *view)
{
  if (get_input (view)->is_dragging)
    give_up_drag (view);
}

static void
clear_span (LensTimelineView *view)
{
  LensTimeSpan span;

  if (!lens_timeline_view_get_span (view, &span))
    return;
  g_clear_handle_id (&get_input (view)->settle_id, g_source_remove);
  lens_timeline_view_change_span (view, NULL);
  lens_timeline_view_settle_span (view, TRUE);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensTimelineView *view)
{
  if (n_press == 2)
    clear_span (view);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LensTimelineView *view)
{
  static const char *const cursors[] = {
    [LENS_TIMELINE_OUTSIDE] = "crosshair",
    [LENS_TIMELINE_FIRST_EDGE] = "ew-resize",
    [LENS_TIMELINE_LAST_EDGE] = "ew-resize",
    [LENS_TIMELINE_MIDDLE] = "grab",
  };
  const Input *input = get_input (view);
  LensTimelinePart part = input->is_dragging ? input->part : lens_timeline_view_find_part (view, x);

  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (view), input->is_dragging && part == LENS_TIMELINE_MIDDLE ? "grabbing" : cursors[part]);
  lens_timeline_view_hover (view, x);
}

/* What is seen of the capture's time. */
static LensTimeSpan
get_seen (LensTimelineView *view)
{
  return lens_time_span_clamp (lens_timeline_view_get_shown (view), lens_timeline_view_get_limits (view));
}

/* A part of it, in a round step. */
static gint64
get_part_of_seen (LensTimelineView *view, double part)
{
  return lens_time_round_step ((double) lens_time_span_get_length (get_seen (view)) * part);
}

static LensTimeSpan
get_first_span (LensTimelineView *view, gboolean is_at_end)
{
  LensTimeSpan seen = get_seen (view);
  gint64 length_ns = get_part_of_seen (view, KEY_FIRST_SPAN);

  return is_at_end ? lens_time_span_new (lens_time_add (seen.last_ns, -length_ns), seen.last_ns)
                   : lens_time_span_new (seen.first_ns, lens_time_add (seen.first_ns, length_ns));
}

/* Whether all that is seen is selected, so that a key selects a part of it, as the pointer does. */
static gboolean
is_all_selected (LensTimelineView *view, LensTimeSpan span)
{
  return lens_time_span_covers (span, get_seen (view));
}

/* How far the key moves @span or an end of it; FALSE where it moves nothing. */
static gboolean
get_key_move (LensTimelineView *view, guint key, gboolean is_big, LensTimeSpan span, gint64 *by_ns)
{
  gint64 step_ns = get_part_of_seen (view, is_big ? KEY_BIG_STEP : KEY_STEP);
  gint64 length_ns = (gint64) MIN (lens_time_span_get_length (span), (guint64) G_MAXINT64);
  const struct
  {
    guint key;
    gint64 by_ns;
  } moves[] = {
    { GDK_KEY_Left, -step_ns },       { GDK_KEY_KP_Left, -step_ns },  { GDK_KEY_Right, step_ns },
    { GDK_KEY_KP_Right, step_ns },    { GDK_KEY_Home, G_MININT64 },   { GDK_KEY_KP_Home, G_MININT64 },
    { GDK_KEY_End, G_MAXINT64 },      { GDK_KEY_KP_End, G_MAXINT64 }, { GDK_KEY_Page_Up, -length_ns },
    { GDK_KEY_Page_Down, length_ns },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].key == key)
      {
        *by_ns = moves[i].by_ns;
        return TRUE;
      }
  return FALSE;
}

/* Shift moves the end, with Ctrl the begin; neither goes past the other. */
static LensTimeSpan
move_by_key (LensTimelineView *view, LensTimeSpan span, gint64 by_ns, GdkModifierType state)
{
  if ((state & GDK_SHIFT_MASK) == 0)
    return lens_time_span_move (span, by_ns, lens_timeline_view_get_limits (view));
  if ((state & GDK_CONTROL_MASK) != 0 || by_ns == G_MININT64)
    span.first_ns = MIN (lens_time_add (span.first_ns, by_ns), span.last_ns);
  else
    span.last_ns = MAX (lens_time_add (span.last_ns, by_ns), span.first_ns);
  return span;
}

/* The end that has moved, the one in front where both have. */
static gint64
get_moved_end (LensTimeSpan old, LensTimeSpan span, gint64 by_ns)
{
  if (by_ns < 0)
    return span.first_ns != old.first_ns ? span.first_ns : span.last_ns;
  return span.last_ns != old.last_ns ? span.last_ns : span.first_ns;
}

static gboolean
move_pressed (LensTimelineView *view, guint key, GdkModifierType state)
{
  Input *input = get_input (view);
  gboolean is_big = (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == GDK_CONTROL_MASK;
  LensTimeSpan old = { 0, 0 };
  gboolean has_span = lens_timeline_view_get_span (view, &old);
  LensTimeSpan span;
  gint64 by_ns;

  if (!get_key_move (view, key, is_big, old, &by_ns))
    return FALSE;
  /* The first span is at the end where the key comes from. */
  if (has_span && ((state & GDK_SHIFT_MASK) != 0 || !is_all_selected (view, old)))
    span = move_by_key (view, old, by_ns, state);
  else
    span = get_first_span (view, key == GDK_KEY_Left || key == GDK_KEY_KP_Left || by_ns == G_MAXINT64);
  lens_timeline_view_change_span (view, &span);
  lens_timeline_view_get_span (view, &span);
  lens_timeline_view_bring_into_view (view, get_moved_end (old, span, by_ns));
  g_clear_handle_id (&input->settle_id, g_source_remove);
  input->settle_id = g_timeout_add (KEYS_SETTLE_MS, settle_keys_cb, view);
  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                LensTimelineView *view)
{
  LensTimeSpan span;

  if ((state & GDK_ALT_MASK) != 0 || !lens_timeline_view_has_bins (view))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Escape:
      if (get_input (view)->is_dragging)
        {
          give_up_drag (view);
          return TRUE;
        }
      G_GNUC_FALLTHROUGH;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
    case GDK_KEY_BackSpace:
      if (!lens_timeline_view_get_span (view, &span))
        return FALSE;
      clear_span (view);
      return TRUE;
    default:
      return !get_input (view)->is_dragging && move_pressed (view, key, state);
    }
}

void
lens_timeline_view_add_input (LensTimelineView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_object_set_data_full (G_OBJECT (view), "lens-input", g_new0 (Input, 1), input_free);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), view);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), view);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), view);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), view);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), view);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), view);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (lens_timeline_view_hover_nothing), view);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), view);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (settle_keys), view);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, focus);
}
