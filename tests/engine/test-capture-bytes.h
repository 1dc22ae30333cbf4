/* Captures written by hand for the reader's tests, sources that are slow or fail, and all that a reader says as text. */
#pragma once

#include "lens-capture-reader.h"

#include <glib.h>

G_BEGIN_DECLS

#define TEST_LINK_TYPE_ETHERNET 1

void test_put_u8 (GByteArray *file, guint8 value);
void test_put_u16 (GByteArray *file, gboolean is_big_endian, guint16 value);
void test_put_u32 (GByteArray *file, gboolean is_big_endian, guint32 value);
void test_put_u64 (GByteArray *file, gboolean is_big_endian, guint64 value);
void test_put_fill (GByteArray *file, guint8 fill, gsize n_bytes);

/* pcap: a file header, and a record with @extra bytes more in its header whose bytes are all @fill. */
void test_put_pcap_header (GByteArray *file,
                           gboolean is_big_endian,
                           guint32 magic,
                           guint16 minor,
                           guint32 link_type);
void test_put_pcap_record (GByteArray *file,
                           gboolean is_big_endian,
                           guint32 seconds,
                           guint32 fraction,
                           guint32 captured,
                           guint32 wire,
                           gsize extra,
                           guint8 fill);

/* ring.pcap, which the tests come with. (transfer full) */
GByteArray *test_read_ring (void);

/* @bytes as gzip has them. (transfer full) */
GByteArray *test_pack (const GByteArray *bytes);

/* pcapng: a block of @type around @body, and the bodies of some. */
void test_put_block (GByteArray *file, gboolean is_big_endian, guint32 type, const GByteArray *body);
void test_put_section (GByteArray *file, gboolean is_big_endian);
void test_put_interface (GByteArray *file, gboolean is_big_endian, guint16 link_type, guint32 snap_length);
void test_put_packet (GByteArray *file,
                      gboolean is_big_endian,
                      guint32 interface,
                      guint64 time,
                      guint32 captured,
                      guint8 fill);
void test_put_option (GByteArray *body,
                      gboolean is_big_endian,
                      guint16 code,
                      gconstpointer value,
                      guint16 n_bytes);

/* @bytes in pieces of at most @piece bytes; a pipe that has nothing before each of them, if @waits. At the end it fails
 * with @failure (nullable), or ends. */
LensByteSource *
test_source_new (gconstpointer bytes, gsize n_bytes, gsize piece, gboolean waits, const char *failure);

/* All that a reader called @name says of @source: a line a record, then how it ended and with what text. */
char *test_transcript (LensByteSource *source, const char *name, guint64 max_unpacked_bytes);

/* The same of bytes that are all there at once. */
char *test_transcript_of_bytes (gconstpointer bytes, gsize n_bytes);

/* That every way to get at the bytes piece by piece gives the same; returns the transcript. */
char *test_transcript_in_pieces (gconstpointer bytes, gsize n_bytes);

G_END_DECLS
