/* Lays the children of a widget out in lines, as words are: each as wide as it wants to be, a new line where one is full. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_WRAP_LAYOUT (lens_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (LensWrapLayout, lens_wrap_layout, LENS, WRAP_LAYOUT, GtkLayoutManager)

/* Property "spacing" (int, pixels): between children, and between lines. "parts" (int): where there would be more than two lines, children that
 * can be narrower have no more than a half of the width, a third and so on, down to such a part, if that makes for fewer lines. */

G_END_DECLS
