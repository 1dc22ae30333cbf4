/* Which files a load reads, and in what order; for the loader alone. One thread. */
#pragma once

#include "lens-capture-reader.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* @paths with each folder replaced by the captures directly in it, by name, and, where there are several files, in the order of
 * their first packets: pipes, and files that can't be read, come last as they were given. (transfer full), of paths. NULL with
 * LENS_ERROR_OPEN when a folder can't be read or has no capture in it, or G_IO_ERROR_CANCELLED. */
GPtrArray *lens_loader_files_find (const char *const *paths,
                                   const LensReaderOptions *options,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
