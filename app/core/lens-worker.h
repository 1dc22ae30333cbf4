/* Work on threads of its own while a person uses the window. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As g_task_run_in_thread(), with the window's thread, and that of whoever draws it, going first where they want the same processor: frames are
 * in time, and the work takes hardly longer. Threads that @func starts stand back as well. */
void lens_worker_run (GTask *task, GTaskThreadFunc func);

G_END_DECLS
