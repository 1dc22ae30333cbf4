/* Lays out one child, whose width never depends on its height.
 *
 * A GtkLabel that wraps, asked how wide it is at a given height, tries some sixty widths; boxes ask that each time a text in them changes.
 * Where a text takes the width there is and is as high as that makes it, the answer is of no use. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_WIDTH_FIRST_LAYOUT (lens_width_first_layout_get_type ())
G_DECLARE_FINAL_TYPE (LensWidthFirstLayout,
                      lens_width_first_layout,
                      LENS,
                      WIDTH_FIRST_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
