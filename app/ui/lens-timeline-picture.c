#include "lens-timeline-picture.h"

#define GRIP_WIDTH_PX 6.0
#define GRIP_HEIGHT_PX 20.0
#define LINE_PX 1.5
/* However few packets a column has, so much of it shows. */
#define LEAST_HEIGHT_PX 1.5

/* The strip above the columns, how far, and the least width of what is shown in it and of what is selected. */
#define STRIP_PX 3
#define STRIP_GAP_PX 1
#define STRIP_SHOWN_PX 8
#define STRIP_SPAN_PX 3

/* How strong the colours are. */
#define WHOLE_ALPHA 0.2
#define SPAN_ALPHA 0.14
#define OUTSIDE_ALPHA 0.35
#define STRIP_ALPHA 0.12
#define STRIP_SHOWN_ALPHA 0.5

double
lens_timeline_picture_get_x (const LensTimelinePicture *picture, gint64 time_ns)
{
  return picture->left_px + lens_time_span_get_place (picture->shown, time_ns) * picture->width_px;
}

gboolean
lens_timeline_picture_is_zoomed (const LensTimelinePicture *picture)
{
  return !lens_time_span_covers (picture->shown, picture->all);
}

/* Pixels of one nanosecond. */
static double
get_ns_px (const LensTimelinePicture *picture)
{
  return picture->width_px / ((double) lens_time_span_get_length (picture->shown) + 1);
}

gsize
lens_timeline_picture_get_group (const LensTimelinePicture *picture)
{
  double bins_px = get_ns_px (picture) * (double) picture->whole->width_ns * LENS_TIME_BINS_N;

  return lens_time_bins_get_group ((gsize) CLAMP (bins_px, 1, LENS_TIME_BINS_N));
}

/* The columns that are seen, at least in part: of @group bins each, from *@first to *@end, the one after the last. */
static void
find_seen (const LensTimelinePicture *picture, gsize group, gsize *first, gsize *end)
{
  *first = lens_time_bins_find (picture->whole, picture->shown.first_ns) / group;
  *end = lens_time_bins_find (picture->whole, picture->shown.last_ns) / group + 1;
}

static guint64
get_value (const LensTimelinePicture *picture, const LensTimeBin *bin)
{
  return picture->measure == LENS_TIMELINE_BYTES ? bin->wire_bytes : bin->packets;
}

/* (transfer full) */
static LensTimeBin *
sum_columns (const LensTimelinePicture *picture, const LensTimeBins *bins)
{
  LensTimeBin *columns = g_new (LensTimeBin, LENS_TIME_BINS_N);

  lens_time_bins_sum (bins, lens_timeline_picture_get_group (picture), columns);
  return columns;
}

/* The largest column of all packets that are seen, which has the full height. */
static guint64
get_peak (const LensTimelinePicture *picture)
{
  g_autofree LensTimeBin *columns = sum_columns (picture, picture->whole);
  gsize first, end;
  guint64 peak = 1;

  find_seen (picture, lens_timeline_picture_get_group (picture), &first, &end);
  for (gsize i = first; i < end; i++)
    peak = MAX (peak, get_value (picture, &columns[i]));
  return peak;
}

static void
trace_columns (const LensTimelinePicture *picture, cairo_t *cr, const LensTimeBins *bins, guint64 peak)
{
  g_autofree LensTimeBin *columns = sum_columns (picture, bins);
  gsize group = lens_timeline_picture_get_group (picture);
  double bottom = picture->top_px + picture->height_px;
  gsize first, end;

  find_seen (picture, group, &first, &end);
  for (gsize i = first; i < end; i++)
    {
      double left, right, height;

      if (columns[i].packets == 0)
        continue;
      left = lens_timeline_picture_get_x (picture, lens_time_bins_get_first (bins, i * group));
      right = lens_timeline_picture_get_x (picture, lens_time_bins_get_last (bins, (i + 1) * group - 1))
              + get_ns_px (picture);
      left = MAX (left, picture->left_px - 1);
      right = MIN (right, picture->left_px + picture->width_px + 1);
      height = picture->height_px * (double) get_value (picture, &columns[i]) / (double) peak;
      height = CLAMP (height, LEAST_HEIGHT_PX, picture->height_px);
      cairo_rectangle (cr, left, bottom - height, MAX (right - left, 1), height);
    }
}

static void
fill (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
  cairo_fill (cr);
}

static void
trace_span (const LensTimelinePicture *picture, cairo_t *cr)
{
  /* No further away than is drawn: cairo has no numbers for a place years beside microseconds. */
  LensTimeSpan seen = lens_time_span_clamp (*picture->span, picture->shown);
  double first = lens_timeline_picture_get_x (picture, seen.first_ns);
  double last = lens_timeline_picture_get_x (picture, seen.last_ns);

  if (picture->span->last_ns < picture->shown.first_ns || picture->span->first_ns > picture->shown.last_ns)
    return;
  cairo_rectangle (cr, first, picture->top_px, MAX (last - first, 1), picture->height_px);
}

/* Those that pass: in full where they are in the span, paler outside. */
static void
draw_passing (const LensTimelinePicture *picture, cairo_t *cr, guint64 peak)
{
  trace_columns (picture, cr, picture->passing, peak);
  fill (cr, &picture->accent, picture->span != NULL ? OUTSIDE_ALPHA : 1);
  if (picture->span == NULL)
    return;
  cairo_save (cr);
  trace_span (picture, cr);
  cairo_clip (cr);
  trace_columns (picture, cr, picture->passing, peak);
  fill (cr, &picture->accent, 1);
  cairo_restore (cr);
}

static void
draw_handle (const LensTimelinePicture *picture, cairo_t *cr, double x)
{
  double middle = picture->top_px + picture->height_px / 2;
  double height = MIN (GRIP_HEIGHT_PX, picture->height_px);
  double radius = GRIP_WIDTH_PX / 2;

  cairo_rectangle (cr, x - LINE_PX / 2, picture->top_px, LINE_PX, picture->height_px);
  fill (cr, &picture->accent, 1);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, middle - height / 2 + radius, radius, G_PI, 2 * G_PI);
  cairo_arc (cr, x, middle + height / 2 - radius, radius, 0, G_PI);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &picture->background);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &picture->accent);
  cairo_set_line_width (cr, LINE_PX);
  cairo_stroke (cr);
}

/* Over all of the time: which part of it is shown, and what is selected. Never so small that it can't be seen. */
static void
draw_strip (const LensTimelinePicture *picture, cairo_t *cr)
{
  const struct
  {
    const LensTimeSpan *span;
    const GdkRGBA *color;
    double alpha;
  } parts[] = {
    { &picture->all, &picture->foreground, STRIP_ALPHA },
    { &picture->shown, &picture->foreground, STRIP_SHOWN_ALPHA },
    { picture->span, &picture->accent, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double least = parts[i].span == picture->span ? STRIP_SPAN_PX : STRIP_SHOWN_PX;
      double first, last, width;

      if (parts[i].span == NULL)
        continue;
      first = CLAMP (lens_time_span_get_place (picture->all, parts[i].span->first_ns), 0, 1);
      last = CLAMP (lens_time_span_get_place (picture->all, parts[i].span->last_ns), 0, 1);
      width = MAX ((last - first) * picture->width_px, least);
      /* What is widened stays around its middle, and between the sides. */
      first
          = CLAMP ((first + last) / 2 * picture->width_px - width / 2, 0, MAX (picture->width_px - width, 0));
      cairo_rectangle (cr, picture->left_px + first, picture->top_px - STRIP_GAP_PX - STRIP_PX, width,
                       STRIP_PX);
      fill (cr, parts[i].color, parts[i].alpha);
    }
}

static void
draw_columns (const LensTimelinePicture *picture, cairo_t *cr)
{
  guint64 peak = get_peak (picture);

  cairo_save (cr);
  cairo_rectangle (cr, picture->left_px, picture->top_px, picture->width_px, picture->height_px);
  cairo_clip (cr);
  if (picture->span != NULL)
    {
      trace_span (picture, cr);
      fill (cr, &picture->accent, SPAN_ALPHA);
    }
  trace_columns (picture, cr, picture->whole, peak);
  fill (cr, &picture->foreground, WHOLE_ALPHA);
  if (picture->passing != NULL)
    draw_passing (picture, cr, peak);
  cairo_restore (cr);
}

/* Where it is seen. */
static void
draw_handle_at (const LensTimelinePicture *picture, cairo_t *cr, gint64 time_ns)
{
  if (time_ns >= picture->shown.first_ns && time_ns <= picture->shown.last_ns)
    draw_handle (picture, cr, lens_timeline_picture_get_x (picture, time_ns));
}

void
lens_timeline_picture_draw (const LensTimelinePicture *picture, cairo_t *cr)
{
  draw_columns (picture, cr);
  cairo_rectangle (cr, picture->left_px, picture->top_px + picture->height_px, picture->width_px, 1);
  fill (cr, &picture->foreground, 0.25);
  if (picture->span != NULL)
    {
      draw_handle_at (picture, cr, picture->span->first_ns);
      draw_handle_at (picture, cr, picture->span->last_ns);
    }
  if (lens_timeline_picture_is_zoomed (picture))
    draw_strip (picture, cr);
}
