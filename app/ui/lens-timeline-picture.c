#include "lens-timeline-picture.h"

#define GRIP_WIDTH_PX 6.0
#define GRIP_HEIGHT_PX 20.0
#define LINE_PX 1.5
/* However few packets a column has, so much of it shows. */
#define LEAST_HEIGHT_PX 1.5

/* How strong the colours are. */
#define WHOLE_ALPHA 0.2
#define SPAN_ALPHA 0.14
#define OUTSIDE_ALPHA 0.35

double
lens_timeline_picture_get_x (const LensTimelinePicture *picture, gint64 time_ns)
{
  return picture->left_px + lens_time_bins_get_place (picture->whole, time_ns) * picture->width_px;
}

gsize
lens_timeline_picture_get_group (const LensTimelinePicture *picture)
{
  return lens_time_bins_get_group ((gsize) MAX (picture->width_px, 1));
}

gsize
lens_timeline_picture_get_n_columns (const LensTimelinePicture *picture)
{
  return LENS_TIME_BINS_N / lens_timeline_picture_get_group (picture);
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

/* The largest column of all packets, which has the full height. */
static guint64
get_peak (const LensTimelinePicture *picture)
{
  g_autofree LensTimeBin *columns = sum_columns (picture, picture->whole);
  guint64 peak = 1;

  for (gsize i = 0; i < lens_timeline_picture_get_n_columns (picture); i++)
    peak = MAX (peak, get_value (picture, &columns[i]));
  return peak;
}

static void
trace_columns (const LensTimelinePicture *picture, cairo_t *cr, const LensTimeBins *bins, guint64 peak)
{
  g_autofree LensTimeBin *columns = sum_columns (picture, bins);
  gsize group = lens_timeline_picture_get_group (picture);
  double bottom = picture->top_px + picture->height_px;

  for (gsize i = 0; i < lens_timeline_picture_get_n_columns (picture); i++)
    {
      double left, right, height;

      if (columns[i].packets == 0)
        continue;
      left = lens_timeline_picture_get_x (picture, lens_time_bins_get_first (bins, i * group));
      right = lens_timeline_picture_get_x (picture, lens_time_bins_get_last (bins, (i + 1) * group - 1));
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
  double first = lens_timeline_picture_get_x (picture, picture->span->first_ns);
  double last = lens_timeline_picture_get_x (picture, picture->span->last_ns);

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

void
lens_timeline_picture_draw (const LensTimelinePicture *picture, cairo_t *cr)
{
  guint64 peak = get_peak (picture);

  if (picture->span != NULL)
    {
      trace_span (picture, cr);
      fill (cr, &picture->accent, SPAN_ALPHA);
    }
  trace_columns (picture, cr, picture->whole, peak);
  fill (cr, &picture->foreground, WHOLE_ALPHA);
  if (picture->passing != NULL)
    draw_passing (picture, cr, peak);
  cairo_rectangle (cr, picture->left_px, picture->top_px + picture->height_px, picture->width_px, 1);
  fill (cr, &picture->foreground, 0.25);
  if (picture->span != NULL)
    {
      draw_handle (picture, cr, lens_timeline_picture_get_x (picture, picture->span->first_ns));
      draw_handle (picture, cr, lens_timeline_picture_get_x (picture, picture->span->last_ns));
    }
}
