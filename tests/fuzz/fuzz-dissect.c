/* A packet as for "decode": two bytes of link type in network order, then its bytes. Its fields have to lie in it and say what the
 * decoder says. */
#include "fuzz.h"

#include "../engine/test-dissect.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint32 link_type, n_bytes;

  if (size < 2 || size > 4096)
    return 0;
  link_type = (guint32) data[0] << 8 | data[1];
  n_bytes = (guint32) size - 2;
  assert_dissected (link_type, data + 2, n_bytes, n_bytes);
  assert_dissected (link_type, data + 2, n_bytes / 2, n_bytes);
  assert_dissected (link_type, data + 2, n_bytes, G_MAXUINT32);
  assert_dissected (link_type, data + 2, n_bytes, 0);
  return 0;
}
