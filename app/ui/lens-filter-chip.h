/* One term of the filter: its words, and what can be done with it: leave out, switch off, edit, remove. Main thread. */
#pragma once

#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FILTER_CHIP (lens_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (LensFilterChip, lens_filter_chip, LENS, FILTER_CHIP, GtkBox)

/* Signal "edit": somebody wants to change its span of time. */

/* @session: (transfer none), kept: what is done with the term is done there. */
GtkWidget *lens_filter_chip_new (LensSession *session, const LensFilterTerm *term);

/* The same term, perhaps inverted or switched, or another. The keys stay where they are. */
void lens_filter_chip_set_term (LensFilterChip *chip, const LensFilterTerm *term);

/* (transfer none) */
const LensFilterTerm *lens_filter_chip_get_term (LensFilterChip *chip);

G_END_DECLS
