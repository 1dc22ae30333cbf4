#include "lens-timeline-view.h"

#include "lens-format.h"
#include "lens-plot-axis.h"
#include "lens-theme.h"
#include "lens-timeline-view-input.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define SIDE_PX 12
/* With room for the strip of what is shown, below the frame that says where the keys are. */
#define TOP_PX 6
#define MIN_PLOT_PX 44
#define AXIS_GAP_PX 3
#define MIN_WIDTH_PX 200
/* A handle reaches so far from its edge; less to the inside where the span is narrow, so that its middle can be taken. */
#define HANDLE_PX 7
/* Of the widget's own font. */
#define LABEL_SCALE 0.82
/* A few labels, no ruler: so many times the room that they need. */
#define LABEL_ROOM 1.8

struct _LensTimelineView
{
  GtkWidget parent_instance;
  LensTimeBins *whole;         /* owned (nullable) */
  LensTimeBins *passing;       /* owned (nullable) */
  LensTimeBins *close_whole;   /* owned (nullable) of a part of the time */
  LensTimeBins *close_passing; /* owned (nullable) */
  LensTimeSpan limits;
  LensTimeSpan all;   /* what can be shown */
  LensTimeSpan shown; /* what is */
  LensTimelineMeasure measure;
  gboolean has_span;
  LensTimeSpan span;
  gboolean is_changing; /* by the person */
  int digit_px;         /* of the labels */
  int line_px;
  GArray *ticks; /* owned (nullable) (element-type LensPlotTick) */
  char *context; /* owned (nullable) */
  guint context_idle_id;
};

enum
{
  SPAN_CHANGED,
  SPAN_SETTLED,
  CONTEXT_CHANGED,
  SHOWN_CHANGED,
  HOVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensTimelineView, lens_timeline_view, GTK_TYPE_WIDGET)

static PangoLayout *
create_label (LensTimelineView *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (LABEL_SCALE));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/* Until there are bins for what is shown, those that there are do, larger or smaller. */
static gboolean
has_close_bins (LensTimelineView *self)
{
  return self->close_whole != NULL
         && lens_time_span_covers (lens_time_bins_get_span (self->close_whole), self->shown);
}

static LensTimelinePicture
get_picture (LensTimelineView *self)
{
  gboolean is_close = has_close_bins (self);
  GtkWidget *widget = GTK_WIDGET (self);
  const GdkRGBA black = { 0, 0, 0, 0.8f };
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA blue = { 0.21f, 0.52f, 0.89f, 1 };

  return (LensTimelinePicture){
    .whole = is_close ? self->close_whole : self->whole,
    .passing = is_close ? self->close_passing : self->passing,
    .shown = self->shown,
    .all = self->all,
    .span = self->has_span ? &self->span : NULL,
    .measure = self->measure,
    .left_px = SIDE_PX,
    .width_px = MAX (gtk_widget_get_width (widget) - 2 * SIDE_PX, 1),
    .top_px = TOP_PX,
    .height_px = MAX (gtk_widget_get_height (widget) - TOP_PX - AXIS_GAP_PX - self->line_px, 1),
    .foreground = lens_theme_get_color (widget, "view_fg_color", &black),
    .accent = lens_theme_get_color (widget, "accent_bg_color", &blue),
    .background = lens_theme_get_color (widget, "view_bg_color", &white),
  };
}

/* The time that is shown. */
static double
get_shown_ns (LensTimelineView *self)
{
  return (double) lens_time_span_get_length (self->shown) + 1;
}

static gboolean
context_idle_cb (gpointer user_data)
{
  LensTimelineView *self = user_data;

  self->context_idle_id = 0;
  g_signal_emit (self, signals[CONTEXT_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* The labels of the axis, after a change of time or width. Who shows the context is told later: a change of a label has no place in an
 * allocation. */
static void
update_ticks (LensTimelineView *self)
{
  g_autofree char *old_context = g_steal_pointer (&self->context);

  g_clear_pointer (&self->ticks, g_array_unref);
  if (self->whole != NULL)
    {
      const LensPlotTimeAxis axis = { .origin_ns = self->shown.first_ns, .to_ns = get_shown_ns (self) };

      self->ticks = lens_plot_axis_time_ticks (&axis, gtk_widget_get_width (GTK_WIDGET (self)) - 2 * SIDE_PX,
                                               self->digit_px * LABEL_ROOM, &self->context);
    }
  if (g_strcmp0 (old_context, self->context) != 0 && self->context_idle_id == 0)
    self->context_idle_id = g_idle_add (context_idle_cb, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_tick (LensTimelineView *self,
           GtkSnapshot *snapshot,
           const LensTimelinePicture *picture,
           const LensPlotTick *tick)
{
  g_autoptr (PangoLayout) layout = create_label (self, tick->label);
  double x = picture->left_px + tick->position / get_shown_ns (self) * picture->width_px;
  double bottom = picture->top_px + picture->height_px;
  double last_x = picture->left_px + picture->width_px + SIDE_PX - 2;
  GdkRGBA color = picture->foreground;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  color.alpha = picture->foreground.alpha * 0.35f;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) floor (x), (float) bottom, 1, AXIS_GAP_PX));
  color.alpha = picture->foreground.alpha * 0.75f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) floor (CLAMP (x - width / 2.0, 2, last_x - width)),
                                                (float) (bottom + AXIS_GAP_PX)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
lens_timeline_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LensTimelineView *self = LENS_TIMELINE_VIEW (widget);
  LensTimelinePicture picture;
  cairo_t *cr;

  if (self->whole == NULL)
    return;
  picture = get_picture (self);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                                 (float) gtk_widget_get_height (widget)));
  lens_timeline_picture_draw (&picture, cr);
  cairo_destroy (cr);
  for (guint i = 0; i < self->ticks->len; i++)
    draw_tick (self, snapshot, &picture, &g_array_index (self->ticks, LensPlotTick, i));
}

static void
lens_timeline_view_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  LensTimelineView *self = LENS_TIMELINE_VIEW (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? MIN_WIDTH_PX
                            : TOP_PX + MIN_PLOT_PX + AXIS_GAP_PX + self->line_px;
}

static void
lens_timeline_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  update_ticks (LENS_TIMELINE_VIEW (widget));
}

static void
update_label_size (LensTimelineView *self)
{
  g_autoptr (PangoLayout) layout = create_label (self, "0");

  pango_layout_get_pixel_size (layout, &self->digit_px, &self->line_px);
}

static void
lens_timeline_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lens_timeline_view_parent_class)->css_changed (widget, change);
  update_label_size (LENS_TIMELINE_VIEW (widget));
  gtk_widget_queue_resize (widget);
}

static void
lens_timeline_view_dispose (GObject *object)
{
  LensTimelineView *self = LENS_TIMELINE_VIEW (object);

  g_clear_handle_id (&self->context_idle_id, g_source_remove);
  g_clear_pointer (&self->whole, lens_time_bins_unref);
  g_clear_pointer (&self->passing, lens_time_bins_unref);
  g_clear_pointer (&self->close_whole, lens_time_bins_unref);
  g_clear_pointer (&self->close_passing, lens_time_bins_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_clear_pointer (&self->context, g_free);
  G_OBJECT_CLASS (lens_timeline_view_parent_class)->dispose (object);
}

static void
lens_timeline_view_class_init (LensTimelineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_timeline_view_dispose;
  widget_class->snapshot = lens_timeline_view_snapshot;
  widget_class->measure = lens_timeline_view_measure;
  widget_class->size_allocate = lens_timeline_view_size_allocate;
  widget_class->css_changed = lens_timeline_view_css_changed;

  signals[SPAN_CHANGED] = g_signal_new ("span-changed", LENS_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SPAN_SETTLED] = g_signal_new ("span-settled", LENS_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CONTEXT_CHANGED] = g_signal_new ("context-changed", LENS_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOWN_CHANGED] = g_signal_new ("shown-changed", LENS_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[HOVERED] = g_signal_new ("hovered", LENS_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "timelineview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
lens_timeline_view_init (LensTimelineView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  update_label_size (self);
  lens_timeline_view_add_input (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/* What is counted is not written to any more; references are. */
static void
take_bins (LensTimeBins **kept, const LensTimeBins *bins)
{
  g_autoptr (LensTimeBins) old = *kept;

  *kept = bins != NULL ? lens_time_bins_ref ((LensTimeBins *) bins) : NULL;
}

void
lens_timeline_view_set_bins (LensTimelineView *self,
                             const LensTimeBins *whole,
                             const LensTimeBins *passing,
                             LensTimeSpan limits)
{
  gboolean is_zoomed = !lens_time_span_covers (self->shown, self->all);
  gboolean is_other = whole != self->whole;

  take_bins (&self->whole, whole);
  take_bins (&self->passing, passing);
  self->limits = limits;
  self->all = whole != NULL ? lens_time_bins_get_span (whole) : limits;
  if (is_other)
    lens_timeline_view_set_shown (self, is_zoomed && whole != NULL ? &self->shown : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lens_timeline_view_set_shown (LensTimelineView *self, const LensTimeSpan *shown)
{
  LensTimeSpan span = shown != NULL ? lens_time_span_clamp (*shown, self->all) : self->all;

  /* Of a capture that has become another. */
  self->shown = span.first_ns < span.last_ns ? span : self->all;
  update_ticks (self);
  g_signal_emit (self, signals[SHOWN_CHANGED], 0);
}

LensTimeSpan
lens_timeline_view_get_shown (LensTimelineView *self)
{
  return self->shown;
}

LensTimeSpan
lens_timeline_view_get_all (LensTimelineView *self)
{
  return self->all;
}

void
lens_timeline_view_set_close_bins (LensTimelineView *self,
                                   const LensTimeBins *whole,
                                   const LensTimeBins *passing)
{
  take_bins (&self->close_whole, whole);
  take_bins (&self->close_passing, passing);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lens_timeline_view_set_measure (LensTimelineView *self, LensTimelineMeasure measure)
{
  self->measure = measure;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lens_timeline_view_set_span (LensTimelineView *self, const LensTimeSpan *span)
{
  if (self->is_changing)
    return;
  self->has_span = span != NULL;
  if (span != NULL)
    self->span = *span;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
lens_timeline_view_get_context (LensTimelineView *self)
{
  return self->context;
}

gboolean
lens_timeline_view_get_is_changing (LensTimelineView *self)
{
  return self->is_changing;
}

gint64
lens_timeline_view_get_step (LensTimelineView *self)
{
  if (self->whole == NULL)
    return 1;
  return lens_time_round_step (get_shown_ns (self) / get_picture (self).width_px);
}

gboolean
lens_timeline_view_has_days (LensTimelineView *self)
{
  LensTimeSpan seen = lens_time_span_clamp (self->shown, self->limits);

  return lens_format_has_days (seen.first_ns, seen.last_ns, FALSE);
}

gboolean
lens_timeline_view_has_bins (LensTimelineView *self)
{
  return self->whole != NULL;
}

gboolean
lens_timeline_view_get_span (LensTimelineView *self, LensTimeSpan *span)
{
  *span = self->span;
  return self->has_span;
}

LensTimeSpan
lens_timeline_view_get_limits (LensTimelineView *self)
{
  return self->limits;
}

double
lens_timeline_view_get_place_at (LensTimelineView *self, double x)
{
  LensTimelinePicture picture = get_picture (self);

  return (x - picture.left_px) / picture.width_px;
}

double
lens_timeline_view_get_share (LensTimelineView *self, double px)
{
  return px / get_picture (self).width_px;
}

/* The distance, as a number with a sign. */
static gint64
subtract (gint64 to_ns, gint64 from_ns)
{
  guint64 ns = lens_time_span_get_length (lens_time_span_new (from_ns, to_ns));
  gint64 distance_ns = (gint64) MIN (ns, (guint64) G_MAXINT64);

  return to_ns > from_ns ? distance_ns : -distance_ns;
}

void
lens_timeline_view_bring_into_view (LensTimelineView *self, gint64 time_ns)
{
  LensTimeSpan shown = self->shown;

  if (time_ns < shown.first_ns)
    shown = lens_time_span_move (shown, subtract (time_ns, shown.first_ns), self->all);
  else if (time_ns > shown.last_ns)
    shown = lens_time_span_move (shown, subtract (time_ns, shown.last_ns), self->all);
  else
    return;
  lens_timeline_view_set_shown (self, &shown);
}

LensTimelinePart
lens_timeline_view_find_part (LensTimelineView *self, double x)
{
  LensTimelinePicture picture = get_picture (self);
  double first, last, inside, seen_first, seen_last;

  if (!self->has_span || self->whole == NULL)
    return LENS_TIMELINE_OUTSIDE;
  first = lens_timeline_picture_get_x (&picture, self->span.first_ns);
  last = lens_timeline_picture_get_x (&picture, self->span.last_ns);
  inside = MIN (HANDLE_PX, (last - first) / 3);
  /* Where it is all of the capture's time that is seen there is nowhere to move it to, and a part of it can be selected. */
  seen_first = MAX (lens_timeline_picture_get_x (&picture, self->limits.first_ns), picture.left_px);
  seen_last = MIN (lens_timeline_picture_get_x (&picture, self->limits.last_ns),
                   picture.left_px + picture.width_px - 1);
  if (first <= seen_first && last >= seen_last && x > first + inside && x < last - inside)
    return LENS_TIMELINE_OUTSIDE;
  if (x > first + inside && x < last - inside)
    return LENS_TIMELINE_MIDDLE;
  if (x >= last - inside && x <= last + HANDLE_PX)
    return LENS_TIMELINE_LAST_EDGE;
  if (x >= first - HANDLE_PX && x <= first + inside)
    return LENS_TIMELINE_FIRST_EDGE;
  return LENS_TIMELINE_OUTSIDE;
}

gint64
lens_timeline_view_get_time_at (LensTimelineView *self, double x)
{
  double place = lens_timeline_view_get_place_at (self, x);
  gint64 moment_ns = lens_time_span_get_moment (self->shown, place);

  /* The ends are those of what is shown, to the nanosecond, so that a drag to the end of all has the last packet. */
  if (place > 0 && place < 1)
    moment_ns = lens_time_snap (moment_ns, lens_timeline_view_get_step (self));
  return CLAMP (moment_ns, self->limits.first_ns, self->limits.last_ns);
}

gint64
lens_timeline_view_get_duration (LensTimelineView *self, double dx)
{
  double ns = dx / get_picture (self).width_px * get_shown_ns (self);
  gint64 step_ns = lens_timeline_view_get_step (self);

  return (gint64) CLAMP (ns, -9e18, 9e18) / step_ns * step_ns;
}

void
lens_timeline_view_change_span (LensTimelineView *self, const LensTimeSpan *span)
{
  self->is_changing = TRUE;
  self->has_span = span != NULL;
  if (span != NULL)
    self->span = lens_time_span_clamp (*span, self->limits);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SPAN_CHANGED], 0, self->has_span ? &self->span : NULL);
}

void
lens_timeline_view_settle_span (LensTimelineView *self, gboolean is_kept)
{
  if (!self->is_changing)
    return;
  self->is_changing = FALSE;
  g_signal_emit (self, signals[SPAN_SETTLED], 0, is_kept);
}

/* In words: @column of @group bins. */
static char *
describe_bin (const LensTimeBins *bins, gsize group, gsize column)
{
  g_autofree LensTimeBin *columns = g_new (LensTimeBin, LENS_TIME_BINS_N);
  g_autofree char *count = NULL;
  g_autofree char *bytes = NULL;

  lens_time_bins_sum (bins, group, columns);
  count = lens_format_count (columns[column].packets);
  bytes = lens_format_bytes (columns[column].wire_bytes);
  return g_strdup_printf (ngettext ("%s packet, %s", "%s packets, %s", columns[column].packets), count,
                          bytes);
}

/* When the column is, as exactly as columns are wide. */
static char *
describe_column (const LensTimeBins *bins, gsize group, gsize column, gboolean has_days)
{
  gint64 step_ns = lens_time_round_step ((double) bins->width_ns * (double) group);
  guint decimals = lens_time_step_decimals (step_ns);

  return lens_format_time_span (lens_time_bins_get_first (bins, column * group),
                                lens_time_bins_get_last (bins, (column + 1) * group - 1), decimals, has_days,
                                FALSE);
}

void
lens_timeline_view_hover (LensTimelineView *self, double x)
{
  LensTimelinePicture picture = get_picture (self);
  double place = lens_timeline_view_get_place_at (self, x);
  gsize group;
  g_autofree char *when = NULL;
  g_autofree char *all = NULL;
  g_autofree char *passing = NULL;
  g_autofree char *text = NULL;
  gsize column;

  if (self->whole == NULL || place < 0 || place >= 1)
    {
      lens_timeline_view_hover_nothing (self);
      return;
    }
  group = lens_timeline_picture_get_group (&picture);
  column = lens_time_bins_find (picture.whole, lens_time_span_get_moment (self->shown, place)) / group;
  when = describe_column (picture.whole, group, column, lens_timeline_view_has_days (self));
  all = describe_bin (picture.whole, group, column);
  if (picture.passing != NULL && picture.passing != picture.whole)
    {
      passing = describe_bin (picture.passing, group, column);
      /* Translators: a span of time and what is in it, of the filtered packets and of all, each as “12 packets, 3.4 kB”. */
      text = g_strdup_printf (_ ("%s: %s of %s"), when, passing, all);
    }
  else
    text = g_strdup_printf (_ ("%s: %s"), when, all);
  g_signal_emit (self, signals[HOVERED], 0, text);
}

void
lens_timeline_view_hover_nothing (LensTimelineView *self)
{
  g_signal_emit (self, signals[HOVERED], 0, NULL);
}
