/* Spreads slow drawing over passes of the main loop: one job a pass, below input and redraw. Main thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_DRAW_QUEUE (lens_draw_queue_get_type ())
G_DECLARE_FINAL_TYPE (LensDrawQueue, lens_draw_queue, LENS, DRAW_QUEUE, GObject)

typedef void (*LensDrawFunc) (GObject *owner);

LensDrawQueue *lens_draw_queue_new (void);

/* Calls @func with @owner in a pass of its own, first come first served. Once, however often it is pushed before; never
 * when @owner is gone by then. */
void lens_draw_queue_push (LensDrawQueue *queue, GObject *owner, LensDrawFunc func);

G_END_DECLS
