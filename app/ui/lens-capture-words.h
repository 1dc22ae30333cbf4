/* What a window says of a capture, and of files that are to become one. Returned strings are (transfer full). Main thread. */
#pragma once

#include "lens-capture.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The file that stands for standard input among those to be opened. */
#define LENS_STANDARD_INPUT_PATH "/dev/stdin"

/* "9,907 packets · 3 min 12 s" */
char *lens_capture_words_describe (const LensCapture *capture);

/* The names of its files, a line each; many are not all listed. */
char *lens_capture_words_list_files (const LensCapture *capture);

/* "ring.pcap", "ring.pcap and 3 more". @n_files: one at least. */
char *lens_capture_words_name_files (GFile *const *files, guint n_files);

G_END_DECLS
