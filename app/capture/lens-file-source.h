/* A byte source over a file descriptor: a file, a FIFO, or standard input.
 *
 * A regular file is read as it is, also as standard input, whose position stays: it can be read again. Anything else may have nothing right now: a read then waits LENS_FILE_SOURCE_WAIT_MS
 * and says LENS_SOURCE_WAIT.
 */
#pragma once

#include "lens-byte-source.h"

G_BEGIN_DECLS

/* Longest wait of a read for bytes of a pipe. */
#define LENS_FILE_SOURCE_WAIT_MS 200

/* Opens @path ("-": standard input, of which a duplicate is taken), without waiting for the other end of a FIFO. Returns
 * (transfer full), or NULL with errno set: EISDIR for a folder. */
LensByteSource *lens_file_source_new (const char *path);

G_END_DECLS
