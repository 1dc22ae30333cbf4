/* The last few ways in which the packets of an analysis were divided: where only the time changes that is looked at, or another figure of the
 * same lines is wanted, the flows are not gone through again. Owned by the analysis; any thread.
 */
#pragma once

#include "lens-split.h"

G_BEGIN_DECLS

/* Older ones are forgotten: each is a byte a flow. */
#define LENS_SPLIT_MEMO_MAX_KEPT 4

typedef struct _LensSplitMemo LensSplitMemo;

LensSplitMemo *lens_split_memo_new (void);
void lens_split_memo_free (LensSplitMemo *memo);

/* The one that was made for @spec, where it is kept. (transfer full) (nullable) */
LensSplit *lens_split_memo_find (LensSplitMemo *memo, const LensSplitSpec *spec);

/* @split: (transfer none) */
void lens_split_memo_keep (LensSplitMemo *memo, LensSplit *split);

G_END_DECLS
