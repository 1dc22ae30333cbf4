#include "lens-capture-format.h"

/* As libpcap and Wireshark have them. */
#define MAX_RECORD_BYTES 262144u
#define MAX_LONG_RECORD_BYTES (128u << 20)

static const LensCaptureFormat *const formats[] = {
  &lens_pcap_format,
  &lens_pcapng_format,
};

const LensCaptureFormat *
lens_capture_format_find (const guint8 magic[LENS_CAPTURE_MAGIC_BYTES])
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->is_magic (magic))
      return formats[i];
  return NULL;
}

guint32
lens_capture_format_get_max_record_bytes (guint32 link_type)
{
  static const guint32 with_long_records[] = {
    189, /* USB, Linux */
    220, /* USB, Linux, mapped */
    231, /* D-Bus */
    249, /* USBPcap */
    279, /* EBHSCR */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (with_long_records); i++)
    if (with_long_records[i] == link_type)
      return MAX_LONG_RECORD_BYTES;
  return MAX_RECORD_BYTES;
}
