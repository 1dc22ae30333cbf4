/* Room in the middle of a layout of many hosts. Pure; any thread. */
#pragma once

#include "lens-layout.h"

G_BEGIN_DECLS

/* Layouts by forces put most hosts close together in the middle, and a few far outside. Moves all along each axis, half of the way to where they
 * would be at equal distances, so that the middle gets more of the room that there is: who is left of or above another stays so. Where none
 * of @sizes overlapped none does, if need be by making all of it larger. */
void lens_layout_spread (LensPoint *points, const LensSize *sizes, gsize n);

G_END_DECLS
