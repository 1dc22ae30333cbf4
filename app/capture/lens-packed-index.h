/* Places in a compressed file at which unpacking can be taken up, so that what is far behind its beginning is soon there.
 *
 * Whoever unpacks the file for the first time notes them, about every 16 MiB of what comes out: in gzip wherever it is, as 40 KiB of
 * what zlib knows there; in zstd and lz4 where a frame ends. Reference counted, any thread: it is used while it grows.
 */
#pragma once

#include "lens-packed-source.h"

G_BEGIN_DECLS

/* So far apart are places of a capture, and there are never more than so many: where one more would be, every second is given up. */
#define LENS_PACKED_INDEX_MIN_BYTES ((guint64) 1 << 24)
#define LENS_PACKED_INDEX_MAX_PLACES 256

typedef struct
{
  guint64 packed_offset;   /* of the first byte that was not taken yet */
  guint64 unpacked_offset; /* of the first byte that was not given yet */
} LensPackedPlace;

/* @apart_bytes: how far two places are apart at least (LENS_PACKED_INDEX_MIN_BYTES), in unpacked bytes. */
LensPackedIndex *lens_packed_index_new (guint64 apart_bytes);
LensPackedIndex *lens_packed_index_ref (LensPackedIndex *index);
void lens_packed_index_unref (LensPackedIndex *index);

/* Whether a place at @unpacked_offset is far enough behind the last. */
gboolean lens_packed_index_wants (LensPackedIndex *index, guint64 unpacked_offset);

/* Notes a place behind all others. @state: (transfer full) of @packing there; NULL: it begins anew. */
void lens_packed_index_add (LensPackedIndex *index,
                            const LensPacking *packing,
                            const LensPackedPlace *place,
                            gpointer state);

/* The last place at or before @unpacked_offset, which is the beginning where there is no other. */
LensPackedPlace lens_packed_index_find (LensPackedIndex *index, guint64 unpacked_offset);

/* A state of @packing at the last place at or before that of @place, which is set to it: it may have been given up since it was found.
 * (transfer full) */
gpointer
lens_packed_index_copy_state (LensPackedIndex *index, const LensPacking *packing, LensPackedPlace *place);

guint lens_packed_index_get_n_places (LensPackedIndex *index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPackedIndex, lens_packed_index_unref)

G_END_DECLS
