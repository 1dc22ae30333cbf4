/* Puts rows in time order: the order in which a capture's packets are to be read. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The positions 0 .. @n - 1 of @time_ns (@n nanoseconds each) in ascending order of their times; equal times stay in the order they
 * have. A natural merge sort: what is nearly in order, as captures are, or a few ordered files one after the other, costs
 * little more than reading it. (transfer full), g_free(); NULL when memory runs out. @n < G_MAXUINT32. */
guint32 *lens_time_order_new (const gint64 *time_ns, gsize n);

G_END_DECLS
