/* lz4 in frames: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md, unpacked by liblz4. Frames may follow each
 * other, with skippable ones between them. */
#include "lens-error.h"
#include "lens-packed-source.h"

#include <glib/gi18n-lib.h>
#include <lz4frame.h>

/* Of a frame: enough to go on with. */
#define MIN_HEADER_BYTES 7

/* The size of a block stands before it. */
#define BLOCK_SIZE_BYTES 4

typedef struct
{
  LZ4F_dctx *context;
  gsize n_wanted;      /* what the library asks for next: a header or a block */
  gboolean is_between; /* a frame has ended */
} Lz4State;

static gboolean
is_magic (const guint8 magic[4])
{
  return magic[0] == 0x04 && magic[1] == 0x22 && magic[2] == 0x4d && magic[3] == 0x18;
}

static gpointer
state_new (void)
{
  Lz4State *state = g_new0 (Lz4State, 1);

  if (LZ4F_isError (LZ4F_createDecompressionContext (&state->context, LZ4F_VERSION)))
    g_error ("lz4 can't be used: no memory");
  state->n_wanted = MIN_HEADER_BYTES;
  return state;
}

static void
state_free (gpointer data)
{
  Lz4State *state = data;

  LZ4F_freeDecompressionContext (state->context);
  g_free (state);
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
  Lz4State *state = data;
  /* Not more than a block at once: where one is damaged, what the same call unpacked before it is lost. */
  size_t n_from = MIN (n_input, state->n_wanted);
  size_t n_to = n_output;
  size_t result;

  *n_taken = *n_given = 0;
  if (state->is_between && n_input == 0)
    return LENS_UNPACK_BETWEEN;
  result = LZ4F_decompress (state->context, output, &n_to, input, &n_from, NULL);
  if (LZ4F_isError (result))
    {
      g_set_error_literal (error, LENS_ERROR, LENS_ERROR_READ, _ ("its lz4 data are damaged"));
      return LENS_UNPACK_FAILED;
    }
  *n_taken = n_from;
  *n_given = n_to;
  state->is_between = result == 0;
  /* It asks for a block and the size of the next with it, which may be what is damaged. */
  if (result > BLOCK_SIZE_BYTES)
    state->n_wanted = result - BLOCK_SIZE_BYTES;
  else
    state->n_wanted = result > 0 ? result : MIN_HEADER_BYTES;
  return state->is_between ? LENS_UNPACK_BETWEEN : LENS_UNPACK_GOING;
}

const LensPacking lens_packing_lz4 = {
  .compression = LENS_COMPRESSION_LZ4,
  .is_magic = is_magic,
  .state_new = state_new,
  .state_free = state_free,
  .unpack = unpack,
};
