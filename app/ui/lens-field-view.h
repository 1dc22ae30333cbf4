/* A packet's fields as a tree that opens and closes. Main thread.
 *
 * Signal "picked" (guint64 place): the person has selected a field.
 */
#pragma once

#include "lens-field-tree.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_FIELD_VIEW (lens_field_view_get_type ())
G_DECLARE_FINAL_TYPE (LensFieldView, lens_field_view, LENS, FIELD_VIEW, GtkBox)

/* @tree: (nullable) (transfer none), a reference is taken. Headers are open, their fields closed, but for those that the person
 * opened or closed in the packets before; the field of that name stays selected, where this packet has it. */
void lens_field_view_set_tree (LensFieldView *view, LensFieldTree *tree);

/* The place of the field that is selected, or LENS_FIELD_NONE. */
gsize lens_field_view_get_selected (LensFieldView *view);

/* Selects the field at @place, opening what it is a part of, and brings it into view. Says nothing of it. */
void lens_field_view_select (LensFieldView *view, gsize place);

G_END_DECLS
