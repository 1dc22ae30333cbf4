/* Bytes as a pcapng file: whatever they are, they begin as one. */
#include "fuzz.h"
#include "fuzz-reader.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint8 section[] = { 0x0a, 0x0d, 0x0d, 0x0a };
  g_autofree guint8 *copy = g_memdup2 (data, size);

  if (size < sizeof section)
    return 0;
  memcpy (copy, section, sizeof section);
  fuzz_read (copy, size, G_MAXUINT64);
  return 0;
}
