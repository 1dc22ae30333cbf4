/* Facts in groups (lens-fact-group.h) as a list for a view: a heading, then its facts, and what was left out. Rows are made when
 * they are looked at. Main thread. */
#pragma once

#include "lens-fact-group.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LENS_TYPE_FACT_ROW (lens_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (LensFactRow, lens_fact_row, LENS, FACT_ROW, GObject)

/* NULL where the row is not the first of its group. (transfer none), as all here; live as long as the row. */
const char *lens_fact_row_get_heading (LensFactRow *row);
const char *lens_fact_row_get_title (LensFactRow *row);
const char *lens_fact_row_get_value (LensFactRow *row);
gboolean lens_fact_row_is_first (LensFactRow *row);
gboolean lens_fact_row_is_last (LensFactRow *row);

#define LENS_TYPE_FACT_LIST (lens_fact_list_get_type ())
G_DECLARE_FINAL_TYPE (LensFactList, lens_fact_list, LENS, FACT_LIST, GObject)

/* @groups: (transfer full) (element-type LensFactGroup), none of them empty. */
LensFactList *lens_fact_list_new (GPtrArray *groups);

G_END_DECLS
