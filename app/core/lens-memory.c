#include "lens-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* The columns of a large capture are above it, and grow by mremap(). What is asked for again and again is below, since new pages cost more
 * than what is done with them: what an analysis counts in, and the pictures of a window, which GTK makes anew for every frame (1920 x 1080
 * pixels are 8.3 MB). With 2 MiB, zooming a chart or opening a page of them takes a quarter more of the processor. */
#define LARGE_BLOCK_BYTES (16 << 20)

/* As much of what is free is kept for the next time: the picture of a frame, and those it is made of. */
#define KEPT_BYTES (32 << 20)

/* Made while there is memory; never freed. */
typedef struct
{
  char *message;
  int exit_code;
  gint is_said; /* atomic: several threads may come here at once */
} LastWords;

/* What GLib says when it gets nothing, from gmem.c, gslice.c and gthread.c: not translated there. */
static gboolean
is_shortage (const char *message)
{
  return strstr (message, "failed to allocate") != NULL || strstr (message, "creating thread") != NULL
         || strstr (message, "overflow allocating") != NULL;
}

/* Nothing here may ask for memory. */
static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  LastWords *words = user_data;

  if (!is_shortage (message))
    {
      g_log_default_handler (domain, level, message, NULL);
      return;
    }
  /* The first one ends the program for all. */
  while (!g_atomic_int_compare_and_exchange (&words->is_said, FALSE, TRUE))
    pause ();
  /* Whether it can be said or not, this is the end. */
  (void) !write (STDERR_FILENO, words->message, strlen (words->message));
  _exit (words->exit_code);
}

void
lens_memory_end_with_message (int exit_code)
{
  LastWords *words = g_new0 (LastWords, 1);

  words->exit_code = exit_code;
  words->message = g_strdup_printf (
      "packetlens: %s\n",
      _ ("The system has no more memory for PacketLens, which ends here; no file was changed. "
         "Close other programs, or open fewer or smaller captures."));
  g_log_set_handler ("GLib", G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION, log_cb, words);
}

static gboolean
is_large (gpointer block)
{
#ifdef __GLIBC__
  return block != NULL && malloc_usable_size (block) >= LARGE_BLOCK_BYTES;
#else
  return block != NULL;
#endif
}

static gpointer
free_thread (gpointer block)
{
  g_free (block);
  return NULL;
}

void
lens_memory_free_aside (gpointer block)
{
  GThread *thread = is_large (block) ? g_thread_try_new ("free", free_thread, block, NULL) : NULL;

  if (thread != NULL)
    g_thread_unref (thread);
  else
    g_free (block);
}

void
lens_memory_set_large_blocks_apart (void)
{
#ifdef __GLIBC__
  /* A size that is set stays; else it would follow what is freed. */
  mallopt (M_MMAP_THRESHOLD, LARGE_BLOCK_BYTES);
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);
#endif
}
