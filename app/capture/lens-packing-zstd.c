/* zstd: RFC 8878, unpacked by libzstd. Frames may follow each other, with skippable ones between and before them. */
#include "lens-error.h"
#include "lens-packed-source.h"

#include <glib/gi18n-lib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* A window of 128 MiB, what zstd itself accepts unasked: it is memory that a file can ask for. */
#define MAX_WINDOW_LOG 27

/* Of a frame: enough to go on with. */
#define MIN_HEADER_BYTES 5

#define BLOCK_HEADER_BYTES 3

typedef struct
{
  ZSTD_DStream *stream;
  gsize n_wanted;      /* what the library asks for next: a header or a block */
  gboolean is_between; /* a frame has ended */
} ZstdState;

static gboolean
is_magic (const guint8 magic[4])
{
  guint32 number = magic[0] | (guint32) magic[1] << 8 | (guint32) magic[2] << 16 | (guint32) magic[3] << 24;

  return number == ZSTD_MAGICNUMBER || (number & 0xfffffff0) == 0x184d2a50;
}

static gpointer
state_new (void)
{
  ZstdState *state = g_new0 (ZstdState, 1);

  state->stream = ZSTD_createDStream ();
  if (state->stream == NULL)
    g_error ("zstd can't be used: no memory");
  state->n_wanted = ZSTD_initDStream (state->stream);
  ZSTD_DCtx_setParameter (state->stream, ZSTD_d_windowLogMax, MAX_WINDOW_LOG);
  return state;
}

static void
state_free (gpointer data)
{
  ZstdState *state = data;

  ZSTD_freeDStream (state->stream);
  g_free (state);
}

static LensUnpackStatus
fail (size_t result, GError **error)
{
  if (ZSTD_getErrorCode (result) == ZSTD_error_frameParameter_windowTooLarge)
    g_set_error (
        error, LENS_ERROR, LENS_ERROR_UNSUPPORTED,
        _ ("its zstd data take more than %d MiB of memory to unpack; unpack it with “zstd -d --long=31”"),
        1 << (MAX_WINDOW_LOG - 20));
  else
    g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, _ ("its zstd data are damaged"));
  return LENS_UNPACK_FAILED;
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
  ZstdState *state = data;
  /* Not more than a block at once: where something is damaged, what the same call unpacked before it is lost. The library
   * asks for a block with the header of the next one, which is shown to it afterwards. */
  gsize n_shown
      = state->n_wanted > BLOCK_HEADER_BYTES ? state->n_wanted - BLOCK_HEADER_BYTES : state->n_wanted;
  ZSTD_inBuffer from = { .src = input, .size = MIN (n_input, n_shown) };
  ZSTD_outBuffer to = { .dst = output, .size = n_output };
  size_t result;

  *n_taken = *n_given = 0;
  if (state->is_between && n_input == 0)
    return LENS_UNPACK_BETWEEN;
  result = ZSTD_decompressStream (state->stream, &to, &from);
  *n_taken = from.pos;
  *n_given = to.pos;
  if (ZSTD_isError (result))
    return fail (result, error);
  state->is_between = result == 0;
  state->n_wanted = result > 0 ? result : MIN_HEADER_BYTES;
  return state->is_between ? LENS_UNPACK_BETWEEN : LENS_UNPACK_GOING;
}

const LensPacking lens_packing_zstd = {
  .compression = LENS_COMPRESSION_ZSTD,
  .is_magic = is_magic,
  .state_new = state_new,
  .state_free = state_free,
  .unpack = unpack,
};
