/* Reads a capture from memory in two ways that must agree: at once, and from a pipe that gives a few bytes at a time and says
 * in between that there is nothing right now.
 */
#pragma once

#include "lens-capture-reader.h"

G_BEGIN_DECLS

/* Reads @data to its end both ways, and stops the program where one reads something else than the other, or where a record
 * or text is not as promised. @max_unpacked_bytes: the ceiling, which must hold. */
void fuzz_read (const guint8 *data, gsize size, guint64 max_unpacked_bytes);

G_END_DECLS
