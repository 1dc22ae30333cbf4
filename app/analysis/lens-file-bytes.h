/* The bytes of a capture's file once more: from the file, or from what is kept of a pipe. Any thread. */
#pragma once

#include "lens-capture-file.h"
#include "lens-capture-reader.h"

G_BEGIN_DECLS

/* Whether its bytes can be read a second time. FALSE with LENS_ERROR_UNSUPPORTED for a pipe that nothing was kept of, or LENS_ERROR_LIMIT
 * where not all of it could be kept. What is gone or another now is found out when it is read. */
gboolean lens_file_bytes_check (const LensCaptureFile *file, GError **error);

/* Reads it again from its first packet. No more is unpacked than was when it was loaded, so there is no other ceiling. Errors: those of
 * lens_capture_reader_open(). (transfer full) */
LensCaptureReader *lens_file_bytes_read_again (const LensCaptureFile *file, GError **error);

/* The same for single packets here and there: see lens_capture_reader_seek(). (transfer full) */
LensCaptureReader *lens_file_bytes_open_to_seek (const LensCaptureFile *file, GError **error);

/* What a second reading goes through, in bytes; 0: not known. */
guint64 lens_file_bytes_get_size (const LensCaptureFile *file);

G_END_DECLS
