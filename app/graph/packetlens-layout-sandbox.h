/* What the layout helper gives up before it looks at its request: Graphviz works through figures that a capture decides on,
 * and whatever could be done with it then is to cost a layout and nothing else.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* First thing in the program: limits on time, memory, files and core dumps, no new rights, only the three standard
 * streams open, and an end with the parent's. FALSE when the system refuses. */
gboolean layout_sandbox_set_limits (void);

/* Once everything that is needed is loaded: from now on the process computes, and reads and writes what it has open. No
 * file, socket, process or thread can be made, no memory becomes a program. Where the system has no seccomp, the limits
 * alone remain. FALSE when the system refuses. */
gboolean layout_sandbox_close (void);

G_END_DECLS
