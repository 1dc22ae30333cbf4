/* Bytes as a capture inside gzip, zstd or lz4, with a ceiling that has to hold. */
#include "fuzz.h"
#include "fuzz-reader.h"

#include <string.h>

#define MAX_UNPACKED_BYTES (1 << 20)

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint8 magics[][4] = {
    { 0x1f, 0x8b, 0x08, 0x00 }, /* gzip, no flags */
    { 0x28, 0xb5, 0x2f, 0xfd }, /* zstd */
    { 0x50, 0x2a, 0x4d, 0x18 }, /* a skippable frame of zstd or lz4 */
    { 0x04, 0x22, 0x4d, 0x18 }, /* lz4 */
  };

  if (size < 4)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (memcmp (data, magics[i], i == 0 ? 2 : 4) == 0)
      fuzz_read (data, size, MAX_UNPACKED_BYTES);
  return 0;
}
