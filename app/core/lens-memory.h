/* What happens when the system has no memory left.
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

G_END_DECLS
