#include "lens-capture-format.h"

static const LensCaptureFormat *const formats[] = {
  &lens_pcap_format,
};

const LensCaptureFormat *
lens_capture_format_find (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES])
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->is_magic (magic))
      return formats[i];
  return NULL;
}
