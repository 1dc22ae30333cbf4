/* What the reader tells people when a file can't be read, or not to its end: which file, where in its packets, what now.
 *
 * @name is the file as people know it; @n_packets are those before the place, and are shown. Any thread.
 */
#pragma once

#include "lens-capture-info.h"

#include <glib.h>

G_BEGIN_DECLS

/* The file can't be read at all. @code: an errno. */
void lens_capture_message_not_opened (GError **error, const char *name, int code);
void lens_capture_message_not_readable (GError **error, const char *name, const char *reason);

/* It is no capture that can be read, going by the @n_bytes that it begins with. */
void lens_capture_message_no_capture (GError **error,
                                      const char *name,
                                      const guint8 *bytes,
                                      gsize n_bytes,
                                      LensCompression compression);
void lens_capture_message_bad_header (GError **error, const char *name, const char *reason);

/* It can be read up to a place. */
void lens_capture_message_cut (GError **error, const char *name, guint64 n_packets);
void lens_capture_message_broken (GError **error, const char *name, guint64 n_packets);
void lens_capture_message_still_written (GError **error, const char *name, guint64 n_packets);
void
lens_capture_message_read_failed (GError **error, const char *name, guint64 n_packets, const char *reason);

/* It was unpacked as far as is allowed: @allowed is that as text. LENS_ERROR_LIMIT. */
void lens_capture_message_ceiling (GError **error, const char *name, guint64 n_packets, const char *allowed);

/* What it unpacks to takes as much memory as is allowed. */
void
lens_capture_message_memory_ceiling (GError **error, const char *name, guint64 n_packets, guint64 allowed);

G_END_DECLS
