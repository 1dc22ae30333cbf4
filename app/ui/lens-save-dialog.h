/* What is the same wherever something is saved: the dialog that asks where, and what is said of it afterwards. Main thread. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for a file of one kind, @file_name suggested; to be shown by who asked. (transfer full) */
GtkFileChooserNative *lens_save_dialog_new (const char *title,
                                            GtkWindow *parent,
                                            const char *file_name,
                                            const char *kind,
                                            const char *mime_type);

/* The path that was chosen, (transfer full), or NULL with an error where it is on no disk of this computer. */
char *lens_save_dialog_get_path (GtkFileChooserNative *dialog, GError **error);

/* A toast that can open the file. */
void lens_save_dialog_say_success (AdwToastOverlay *toasts, const char *path);

/* A dialog. @heading: what was not saved. */
void lens_save_dialog_say_failure (GtkWindow *parent, const char *heading, const GError *error);

G_END_DECLS
