/* A byte source over what another source unpacks to: gzip, zstd or lz4, told by how it begins.
 *
 * What was unpacked before a place that is damaged or missing is given out. How much is unpacked has a ceiling, since a
 * small file can stand for an endless one.
 */
#pragma once

#include "lens-byte-source.h"
#include "lens-capture-info.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_UNPACK_GOING,   /* inside of a packed piece */
  LENS_UNPACK_BETWEEN, /* a piece has ended; another may follow */
  LENS_UNPACK_DONE,    /* what follows is not packed: as the kind's own program does, it is left alone */
  LENS_UNPACK_FAILED,  /* error set: only why, as LENS_SOURCE_FAILED has it */
} LensUnpackStatus;

/* A kind of packing. */
typedef struct
{
  LensCompression compression;
  gboolean (*is_magic) (const guint8 magic[4]);
  gpointer (*state_new) (void);
  void (*state_free) (gpointer state);
  /* (nullable): it can only be taken up again where a piece ends */
  gpointer (*state_copy) (gconstpointer state);

  /* Unpacks what it can of @input to @output. @n_taken and @n_given are always set. It may take nothing where it needs to
   * see more than it was shown; @is_last: there is no more than this. Shown nothing it gives out what it still has of what it took. */
  LensUnpackStatus (*unpack) (gpointer state,
                              const guint8 *input,
                              gsize n_input,
                              gboolean is_last,
                              gsize *n_taken,
                              guint8 *output,
                              gsize n_output,
                              gsize *n_given,
                              GError **error);
} LensPacking;

/* lens-packed-index.h */
typedef struct _LensPackedIndex LensPackedIndex;

extern const LensPacking lens_packing_gzip;
extern const LensPacking lens_packing_zstd;
extern const LensPacking lens_packing_lz4;

/* The packing of a file that begins with these bytes; NULL for none. */
const LensPacking *lens_packing_find (const guint8 magic[4]);

/* Unpacks @start (nullable) and then what @packed gives; (transfer full) the latter. @max_unpacked_bytes: as in
 * LensReaderOptions; one more is LENS_SOURCE_FAILED with LENS_ERROR_LIMIT, whose text is what was allowed ("1.07 GB"). */
LensByteSource *lens_packed_source_new (const LensPacking *packing,
                                        LensByteSource *packed,
                                        GBytes *start,
                                        guint64 max_unpacked_bytes);

/* Has @source, of lens_packed_source_new() and not read yet, note places in @index. */
void lens_packed_source_note_places (LensByteSource *source, LensPackedIndex *index);

/* Has it seek, by the places in @index. What lies between one of them and where it is to go on is unpacked by reading, a part each time,
 * after which it says LENS_SOURCE_WAIT and has moved its position. The packed bytes have to be ones that can seek, and to be those that
 * the places were noted in. */
void lens_packed_source_seek_by (LensByteSource *source, LensPackedIndex *index);

/* How much may be unpacked from the first @n_packed_bytes under @max_unpacked_bytes. */
guint64 lens_packed_source_get_allowed_bytes (guint64 max_unpacked_bytes, guint64 n_packed_bytes);

G_END_DECLS
