/* The summary of an analysis as JSON, schema 1. Any thread. */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

/* (transfer full), pretty-printed UTF-8 ending in a newline. Figures and order are those of the schema. */
char *lens_summary_to_json (const LensAnalysis *analysis);

G_END_DECLS
