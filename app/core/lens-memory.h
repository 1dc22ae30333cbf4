/* Where large blocks of memory lie, and what happens when the system has none left.
 *
 * The large tables of a capture are asked for so that a refusal is an error to report (LENS_ERROR_LIMIT). Everything else
 * comes from GLib, which ends the program when it gets nothing: here, at least, with words for people and an exit code.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on, running out of memory (or of threads) says so on standard error and ends the program with @exit_code instead of
 * a crash. Files are written whole or not at all, so none is left half done. Once, at the start, main thread. */
void lens_memory_end_with_message (int exit_code);

/* From now on, blocks of many megabytes have memory of their own: they grow without being copied, and what they took is the
 * system's again once they are freed. Without it the C library begins to keep such blocks, and the holes between them, after the first is
 * freed. Smaller ones, as a frame of a window needs, are kept for the next. Once, at the start. Does nothing where the C library isn't
 * GNU's. */
void lens_memory_set_large_blocks_apart (void);

/* Frees @block (nullable), from malloc() or GLib: where it is a large one on a thread of its own, since to give a hundred
 * megabytes back takes the system longer than the window may wait for it. */
void lens_memory_free_aside (gpointer block);

G_END_DECLS
