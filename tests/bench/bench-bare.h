/* Reads a capture with libpcap and does nothing with its packets: what opening is compared with. */
#pragma once

#include <glib.h>

/* *@captured_bytes: the sum over all packets. Error: LENS_ERROR_READ. Any thread. */
gboolean bench_bare_read (const char *path, guint64 *captured_bytes, GError **error);
