/* The bytes of many packets as text: hex dumps one after the other, or an array of C for each. Any thread. */
#pragma once

#include "lens-packet-reader.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_PACKET_TEXT_HEX,
  LENS_PACKET_TEXT_C,
} LensPacketTextForm;

/* Reads the packets at @rows of the table of @capture, for a hex dump:
 *
 *   Packet 5000: 214 bytes
 *   0000  02 00 5e 00 18 fe ...
 *
 * with an empty line between two, or for C:
 *
 *   static const unsigned char packet_5000[214] = { ... };
 *
 * Of a packet that was cut when it was captured, that is said; one of which nothing was captured is no array. Errors: LENS_ERROR_LIMIT where the text
 * would have more than @max_bytes bytes, before what would is read; those of lens_packet_reader_read(). (transfer full) */
char *lens_packet_text_write (LensCapture *capture,
                              const gsize *rows,
                              gsize n_rows,
                              LensPacketTextForm form,
                              gsize max_bytes,
                              GCancellable *cancellable,
                              GError **error);

/* LENS_ERROR_LIMIT: a text of packets has more than @max_bytes bytes. */
void lens_packet_text_set_limit_error (gsize max_bytes, GError **error);

G_END_DECLS
