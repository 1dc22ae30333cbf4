/* BPF expressions, as tcpdump has them: compiled by libpcap, once for each kind of link layer, and run over packets.
 *
 * "host NAME" asks the network for the name, so nothing here belongs on the main thread but the functions that end in _async and
 * _finish. A LensBpf is used by one thread; libpcap 1.10 compiles on several at once.
 */
#pragma once

#include "lens-capture.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Longer expressions are refused: compiling takes more than proportionally longer. */
#define LENS_BPF_MAX_EXPRESSION_BYTES 65536

typedef struct _LensBpf LensBpf;

/* What is done about the names of hosts in an expression. */
typedef enum
{
  LENS_BPF_NAMES_ASK, /* the network is asked for their addresses */
  LENS_BPF_NAMES_PRETEND, /* nobody is asked: they are taken for names that are known. To check what is being typed. */
} LensBpfNames;

/* @expression: (transfer none). libpcap asks for the names in it each time that it compiles; lens_bpf_new_asking() asks for them once, here. */
LensBpf *lens_bpf_new (const char *expression);
LensBpf *lens_bpf_new_asking (const char *expression);
void lens_bpf_free (LensBpf *bpf);

/* Compiles the expression for packets of a LINKTYPE_, written by a machine of that byte order, unless that was done. FALSE with
 * LENS_ERROR_FILTER and libpcap's reason: it is no expression, or says nothing of such a link. */
gboolean lens_bpf_compile (LensBpf *bpf, guint32 link_type, gboolean is_big_endian, GError **error);

/* Whether the expression is true for a packet, of which @captured_bytes of @wire_bytes are there. Where it does not compile it is not. */
gboolean lens_bpf_matches (LensBpf *bpf,
                           guint32 link_type,
                           gboolean is_big_endian,
                           const guint8 *bytes,
                           guint32 captured_bytes,
                           guint32 wire_bytes);

/* Whether @bpf can filter @capture: it compiles for a link layer, at least, that the capture has; without @capture (nullable), or
 * where its files tell of no interface, for Ethernet. FALSE with LENS_ERROR_FILTER. */
gboolean lens_bpf_check (LensBpf *bpf, const LensCapture *capture, GError **error);

/* The same on a worker thread, for an entry as it is typed in: @cancellable is that of the text before, whose answer is no longer of
 * interest (G_IO_ERROR_CANCELLED, at once). With LENS_BPF_NAMES_PRETEND a gateway's name, which nothing can stand in for, is good unseen. */
void lens_bpf_check_async (const char *expression,
                           LensBpfNames names,
                           LensCapture *capture,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* The expression to filter by (transfer full): where the network was asked for names, with their addresses in their places. NULL with an error. */
char *lens_bpf_check_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensBpf, lens_bpf_free)

G_END_DECLS
