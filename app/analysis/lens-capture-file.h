/* One file of a capture: what is known of it beside its packets. Plain data; the capture owns it. */
#pragma once

#include "lens-capture-info.h"

#include <glib.h>

G_BEGIN_DECLS

/* lens-kept-bytes.h, lens-packed-index.h: who only looks at figures knows nothing of where bytes come from. */
typedef struct _LensKeptBytes LensKeptBytes;
typedef struct _LensPackedIndex LensPackedIndex;

typedef struct
{
  char *path;            /* as given; "-": standard input */
  char *name;            /* base name, one line of valid UTF-8, for people */
  LensCaptureInfo *info; /* (nullable): nothing is known, as of a file that could not be opened */
  char *damage; /* (nullable): what is missing, in plain words, with the packet number where it begins */
  gboolean
      is_at_ceiling; /* reading stopped since it unpacks to more, or to packets that take more memory, than was allowed */
  gboolean is_pipe;       /* its size is not known, and it can't be opened a second time */
  LensKeptBytes *kept;    /* owned (nullable): what came through a pipe, where it is kept to be read again */
  LensPackedIndex *index; /* owned (nullable): of a compressed file, where to take up unpacking */
  char *unkept;           /* (nullable): what of that could not be kept, in plain words */
  guint64 n_packets;
  gint64 first_ns; /* earliest and latest time, where there are packets */
  gint64 last_ns;
} LensCaptureFile;

/* A file of which only the name is known. (transfer full) */
LensCaptureFile *lens_capture_file_new (const char *path);
LensCaptureFile *lens_capture_file_copy (const LensCaptureFile *file);
void lens_capture_file_free (LensCaptureFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensCaptureFile, lens_capture_file_free)

G_END_DECLS
