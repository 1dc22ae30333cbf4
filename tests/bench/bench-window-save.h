/* Saving the table of packets, as a person does: by the dialog. Main thread. */
#pragma once

#include <gtk/gtk.h>

/* Into a folder of its own, which is removed again. Milliseconds from the moment that the dialog has been told where until the file is there;
 * the turns are counted from there, too, until the window is quiet. */
double bench_window_save (GtkWidget *window);
