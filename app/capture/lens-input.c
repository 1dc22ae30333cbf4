#include "lens-input.h"

#include <string.h>

/* What is read at once: large enough that the system call does not count, small enough that it is still in the core's own cache when
 * it is decoded: of 128 KiB to 1 MiB, measured with small frames, the first is the fastest by a twentieth. */
#define WINDOW_BYTES ((gsize) 1 << 17)

/* No smaller even for a small file. */
#define LEAST_WINDOW_BYTES ((gsize) 1 << 12)

void
lens_input_init (LensInput *input, LensByteSource *source)
{
  gsize capacity = WINDOW_BYTES;

  /* All of a small file, and room to ask for its end. */
  if (source->size > 0 && source->size < WINDOW_BYTES)
    capacity = MAX ((gsize) source->size + 1, LEAST_WINDOW_BYTES);
  *input = (LensInput){ .source = source, .capacity = capacity, .status = LENS_SOURCE_BYTES };
  input->window = g_malloc (input->capacity);
}

void
lens_input_clear (LensInput *input)
{
  g_clear_pointer (&input->source, lens_byte_source_free);
  g_clear_pointer (&input->window, g_free);
  g_clear_error (&input->error);
  input->start = input->end = input->capacity = 0;
}

LensByteSource *
lens_input_steal_source (LensInput *input, GBytes **rest)
{
  *rest = g_bytes_new (input->window + input->start, input->end - input->start);
  return g_steal_pointer (&input->source);
}

/* Makes room behind what is ready. A window grows only as bytes really come: a length that a file merely states costs
 * nothing. */
static void
make_room (LensInput *input)
{
  gsize n_ready = input->end - input->start;

  if (input->start > 0)
    {
      memmove (input->window, input->window + input->start, n_ready);
      input->offset += input->start;
      input->start = 0;
      input->end = n_ready;
    }
  if (input->end == input->capacity)
    {
      input->capacity *= 2;
      input->window = g_realloc (input->window, input->capacity);
    }
}

LensSourceStatus
lens_input_fill (LensInput *input, gsize n_bytes)
{
  while (input->end - input->start < n_bytes)
    {
      gsize n_read = 0;

      /* What has ended or failed stays so: a file that grows later on would show a hole. */
      if (input->status == LENS_SOURCE_END || input->status == LENS_SOURCE_FAILED)
        return input->status;
      make_room (input);
      input->status = lens_byte_source_read (input->source, input->window + input->end,
                                             input->capacity - input->end, &n_read, &input->error);
      if (input->status == LENS_SOURCE_WAIT)
        return LENS_SOURCE_WAIT;
      input->end += n_read;
    }
  return LENS_SOURCE_BYTES;
}

gboolean
lens_input_seek (LensInput *input, guint64 offset)
{
  if (input->source->seek == NULL || !input->source->seek (input->source, offset))
    return FALSE;
  g_clear_error (&input->error);
  input->status = LENS_SOURCE_BYTES;
  input->start = input->end = 0;
  input->offset = offset;
  return TRUE;
}
