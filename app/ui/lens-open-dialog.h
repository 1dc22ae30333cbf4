/* The dialog that asks which captures to open. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Not shown yet. (transfer full) */
GtkFileChooserNative *lens_open_dialog_new (GtkWindow *parent);

/* What was chosen: one file or several. (transfer full) (element-type GFile) */
GPtrArray *lens_open_dialog_get_files (GtkFileChooserNative *dialog);

G_END_DECLS
