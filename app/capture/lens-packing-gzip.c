/* gzip: RFC 1952, unpacked by zlib. Members may follow each other; anything else behind one is ignored, as gzip does. */
#include "lens-error.h"
#include "lens-packed-source.h"

#include <glib/gi18n-lib.h>
#include <zlib.h>

#define WINDOW_BITS 15
#define ONLY_GZIP 16 /* added to the window bits: gzip's header, not zlib's own */

typedef struct
{
  z_stream stream;
  gboolean is_between; /* a member has ended */
} GzipState;

static gboolean
is_magic (const guint8 magic[4])
{
  return magic[0] == 0x1f && magic[1] == 0x8b;
}

static gpointer
state_new (void)
{
  GzipState *state = g_new0 (GzipState, 1);

  if (inflateInit2 (&state->stream, WINDOW_BITS + ONLY_GZIP) != Z_OK)
    g_error ("zlib can't be used: %s", state->stream.msg != NULL ? state->stream.msg : "no memory");
  return state;
}

static gpointer
state_copy (gconstpointer data)
{
  const GzipState *state = data;
  GzipState *copy = g_new0 (GzipState, 1);

  if (inflateCopy (&copy->stream, (z_streamp) &state->stream) != Z_OK)
    g_error ("zlib can't be used: no memory");
  copy->is_between = state->is_between;
  return copy;
}

static void
state_free (gpointer data)
{
  GzipState *state = data;

  inflateEnd (&state->stream);
  g_free (state);
}

/* Whether another member follows the one that has ended. LENS_UNPACK_BETWEEN: too little is there to say. */
static LensUnpackStatus
look_for_member (GzipState *state, const guint8 *input, gsize n_input, gboolean is_last)
{
  if (n_input == 0)
    return LENS_UNPACK_BETWEEN;
  if (n_input == 1 && !is_last)
    return input[0] == 0x1f ? LENS_UNPACK_BETWEEN : LENS_UNPACK_DONE;
  if (n_input == 1 || input[0] != 0x1f || input[1] != 0x8b)
    return LENS_UNPACK_DONE;
  inflateReset (&state->stream);
  state->is_between = FALSE;
  return LENS_UNPACK_GOING;
}

static LensUnpackStatus
unpack (gpointer data,
        const guint8 *input,
        gsize n_input,
        gboolean is_last,
        gsize *n_taken,
        guint8 *output,
        gsize n_output,
        gsize *n_given,
        GError **error)
{
  GzipState *state = data;
  z_stream *stream = &state->stream;
  int result;

  *n_taken = *n_given = 0;
  if (state->is_between)
    {
      LensUnpackStatus status = look_for_member (state, input, n_input, is_last);

      if (status != LENS_UNPACK_GOING)
        return status;
    }
  stream->next_in = (Bytef *) input;
  stream->avail_in = (uInt) MIN (n_input, G_MAXUINT);
  stream->next_out = output;
  stream->avail_out = (uInt) MIN (n_output, G_MAXUINT);
  result = inflate (stream, Z_NO_FLUSH);
  *n_taken = (gsize) (stream->next_in - input);
  *n_given = (gsize) (stream->next_out - output);
  switch (result)
    {
    case Z_STREAM_END:
      state->is_between = TRUE;
      return LENS_UNPACK_BETWEEN;
    case Z_OK:
    case Z_BUF_ERROR: /* nothing could be done with what is there */
      return LENS_UNPACK_GOING;
    default:
      g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, _ ("its gzip data are damaged"));
      return LENS_UNPACK_FAILED;
    }
}

const LensPacking lens_packing_gzip = {
  .compression = LENS_COMPRESSION_GZIP,
  .is_magic = is_magic,
  .state_new = state_new,
  .state_free = state_free,
  .state_copy = state_copy,
  .unpack = unpack,
};
