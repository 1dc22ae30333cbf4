/* Bytes as a pcap file. */
#include "fuzz.h"
#include "fuzz-reader.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* The other formats have targets of their own. */
  static const guint8 magics[] = { 0xa1, 0xd4, 0x4d, 0xb2, 0x34, 0xcd, 0x1c, 0xac, 0xab };

  if (size >= 4 && memchr (magics, data[0], sizeof magics) != NULL)
    fuzz_read (data, size, G_MAXUINT64);
  return 0;
}
