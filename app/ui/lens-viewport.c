#include "lens-viewport.h"

void
lens_viewport_zoom_at (LensViewport *viewport, double factor, double x, double y)
{
  double zoom = CLAMP (viewport->zoom * factor, LENS_VIEWPORT_MIN_ZOOM, LENS_VIEWPORT_MAX_ZOOM);
  double real_factor = zoom / viewport->zoom;

  viewport->shift_x = x - (x - viewport->shift_x) * real_factor;
  viewport->shift_y = y - (y - viewport->shift_y) * real_factor;
  viewport->zoom = zoom;
}

void
lens_viewport_fit (LensViewport *viewport,
                   const LensExtents *extents,
                   double width,
                   double height,
                   double margin,
                   double max_zoom)
{
  double room_x = MAX (width - 2 * margin, 1);
  double room_y = MAX (height - 2 * margin, 1);
  double zoom = MIN (room_x / MAX (extents->width, 1), room_y / MAX (extents->height, 1));

  viewport->zoom = CLAMP (zoom, LENS_VIEWPORT_MIN_ZOOM, max_zoom);
  viewport->shift_x = width / 2 - (extents->x + extents->width / 2) * viewport->zoom;
  viewport->shift_y = height / 2 - (extents->y + extents->height / 2) * viewport->zoom;
}

void
lens_viewport_to_picture (const LensViewport *viewport,
                          double x,
                          double y,
                          double *picture_x,
                          double *picture_y)
{
  *picture_x = (x - viewport->shift_x) / viewport->zoom;
  *picture_y = (y - viewport->shift_y) / viewport->zoom;
}
