/* Which part of a picture a widget shows: a zoom and a shift. A plain value; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LENS_VIEWPORT_MIN_ZOOM 0.05
#define LENS_VIEWPORT_MAX_ZOOM 4.0

/* A point (x, y) of the picture is shown at (x * zoom + shift_x, y * zoom + shift_y) of the widget. */
typedef struct
{
  double zoom;
  double shift_x;
  double shift_y;
} LensViewport;

/* A rectangle of the picture. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} LensExtents;

/* Multiplies the zoom, within its limits; the point shown at (@x, @y) of the widget stays there. */
void lens_viewport_zoom_at (LensViewport *viewport, double factor, double x, double y);

/* Shows all of @extents in the middle of @width x @height, with @margin pixels around it, never larger than @max_zoom. */
void lens_viewport_fit (LensViewport *viewport,
                        const LensExtents *extents,
                        double width,
                        double height,
                        double margin,
                        double max_zoom);

/* From the widget to the picture. */
void lens_viewport_to_picture (const LensViewport *viewport,
                               double x,
                               double y,
                               double *picture_x,
                               double *picture_y);

G_END_DECLS
