/* A window onto the bytes of a source: whole records lie in it at one piece, and are pointed to, not copied.
 *
 * A parser looks ahead with lens_input_peek() and moves on with lens_input_skip() once it has all it needs, so that a
 * source that has nothing right now can be asked again at any point. One thread.
 */
#pragma once

#include "lens-byte-source.h"

G_BEGIN_DECLS

typedef struct
{
  LensByteSource *source; /* (transfer full) */
  guint8 *window;
  gsize capacity;
  gsize start;             /* of what was not skipped yet, in the window */
  gsize end;               /* of what was read, in the window */
  guint64 offset;          /* of the window's first byte among all bytes of the source */
  LensSourceStatus status; /* what the source said last */
  GError *error;           /* (nullable) why it failed */
} LensInput;

/* @source: (transfer full). */
void lens_input_init (LensInput *input, LensByteSource *source);
void lens_input_clear (LensInput *input);

/* Gives up the source, and with it the bytes that were read from it and not skipped. (transfer full) both. */
LensByteSource *lens_input_steal_source (LensInput *input, GBytes **rest);

/* Reads until @n_bytes are in the window, or says why they are not: LENS_SOURCE_END, _WAIT or _FAILED. */
LensSourceStatus lens_input_fill (LensInput *input, gsize n_bytes);

/* Goes on at @offset of all bytes of the source. FALSE, nothing changed: the source can't. */
gboolean lens_input_seek (LensInput *input, guint64 offset);

/* How many bytes are in the window. */
static inline gsize
lens_input_get_n_ready (const LensInput *input)
{
  return input->end - input->start;
}

/* Where the next byte is among all bytes of the source. */
static inline guint64
lens_input_get_offset (const LensInput *input)
{
  return input->offset + input->start;
}

/* The next @n_bytes, valid until the next call of any function but skip, or NULL: then lens_input_fill() said why, and
 * input->status still does. What is ready of them can be had by peeking at fewer. */
static inline const guint8 *
lens_input_peek (LensInput *input, gsize n_bytes)
{
  if (G_UNLIKELY (input->end - input->start < n_bytes)
      && lens_input_fill (input, n_bytes) != LENS_SOURCE_BYTES)
    return NULL;
  return input->window + input->start;
}

/* Moves past @n_bytes that are in the window. */
static inline void
lens_input_skip (LensInput *input, gsize n_bytes)
{
  g_assert (n_bytes <= input->end - input->start);
  input->start += n_bytes;
}

G_END_DECLS
