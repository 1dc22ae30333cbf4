/* Finds hosts of a capture by what somebody types: part of an address, a subnet, or part of a name.
 *
 * Immutable; any thread. It lives without the analysis it was made from.
 */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

typedef struct _LensHostSearch LensHostSearch;

/* Over the hosts of @analysis. (transfer full) */
LensHostSearch *lens_host_search_new (const LensAnalysis *analysis);
void lens_host_search_free (LensHostSearch *search);

/* The hosts that @text finds (element-type LensAddress), the one with exactly that address first, then those whose address
 * begins with it or whose name has it, then those that have it further on in their address, each with most payload first; none for an empty
 * text. (transfer full) */
GArray *lens_host_search_find (const LensHostSearch *search, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensHostSearch, lens_host_search_free)

G_END_DECLS
