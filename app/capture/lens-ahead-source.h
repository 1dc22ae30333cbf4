/* A byte source that reads another one ahead, on a thread of its own: for what takes work to read, such as unpacking.
 *
 * Blocks go round between the two threads; nothing is locked per packet. For sources that never wait.
 */
#pragma once

#include "lens-byte-source.h"

G_BEGIN_DECLS

/* Reads @source: (transfer full), may_wait is FALSE. The thread begins once the first block is used up, so that a file whose
 * beginning is only looked at costs none; where there can be no thread, it is read on the caller's. Freeing ends the thread, at the
 * latest when the block it is at is full. */
LensByteSource *lens_ahead_source_new (LensByteSource *source);

G_END_DECLS
