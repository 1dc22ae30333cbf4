/* One term of the filter, with a button that removes it. Main thread. */
#pragma once

#include "lens-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER_CHIP (lens_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (LensFilterChip, lens_filter_chip, LENS, FILTER_CHIP, GtkBox)

/* Signal "removed": the person wants the term gone. */

GtkWidget *lens_filter_chip_new (const LensFilterTerm *term);

/* (transfer none) */
const LensFilterTerm *lens_filter_chip_get_term (LensFilterChip *chip);

G_END_DECLS
