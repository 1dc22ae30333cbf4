/* What came through a pipe, kept on the disk so that it can be read again.
 *
 * It is a file without a name: gone with the last reference, and when the program ends, however it does. One thread adds to it; any
 * number read it meanwhile, each from a place of its own. Reference counted, any thread.
 */
#pragma once

#include "lens-byte-source.h"

G_BEGIN_DECLS

typedef struct _LensKeptBytes LensKeptBytes;

/* Nothing yet. The file is made with the first byte: in the folder that TMPDIR names, else in the user's cache, else in /var/tmp. It
 * takes as much room as what is kept, and ends before the disk is full: see lens_kept_bytes_check(). */
LensKeptBytes *lens_kept_bytes_new (void);
LensKeptBytes *lens_kept_bytes_ref (LensKeptBytes *kept);
void lens_kept_bytes_unref (LensKeptBytes *kept);

/* Gives what @source (transfer full) gives, and keeps it in @kept before. What can't be kept is given as well. */
LensByteSource *lens_kept_bytes_keep (LensKeptBytes *kept, LensByteSource *source);

/* What is kept by now, from its beginning; it can seek and never waits. (transfer full) */
LensByteSource *lens_kept_bytes_read (LensKeptBytes *kept);

guint64 lens_kept_bytes_get_n_bytes (LensKeptBytes *kept);

/* Whether all that came was kept. FALSE with LENS_ERROR_LIMIT: from some place on nothing is; the text says up to where of what is called
 * @name, in which folder, why, what that means, and what to do. */
gboolean lens_kept_bytes_check (LensKeptBytes *kept, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensKeptBytes, lens_kept_bytes_unref)

G_END_DECLS
