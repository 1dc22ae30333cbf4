/* Which packets have an address, or bytes, that somebody looks for. */
#pragma once

#include "lens-packet-order.h"

G_BEGIN_DECLS

typedef enum
{
  LENS_FIND_ADDRESS, /* from or to it, or one of those that a part or a subnet stands for: lens-address-pattern.h */
  LENS_FIND_TEXT, /* its bytes, upper and lower case of ASCII being the same */
  LENS_FIND_HEX,  /* bytes, as lens_hex_parse() reads them */
} LensFindKind;

/* What was found, for one order. Immutable; any thread. */
typedef struct
{
  LensRowSet *rows;       /* owned: of the table */
  LensPacketOrder *order; /* owned */
  LensRowSet *positions;  /* owned: of the order */
  gsize n;                /* in the order */
} LensPacketMatches;

void lens_packet_matches_free (LensPacketMatches *matches);

/* The rows of @capture that have @text. Bytes are looked for in the capture's files, which are read once for it. Errors: those of
 * lens_capture_pass_find(); LENS_ERROR_FILTER where @text is no address, or no bytes. (transfer full) */
LensRowSet *lens_packet_search_find (LensCapture *capture,
                                     LensFindKind kind,
                                     const char *text,
                                     LensProgress *progress,
                                     GCancellable *cancellable,
                                     GError **error);

/* Where @rows, which may have been found before, are in @order. Errors: G_IO_ERROR_CANCELLED, LENS_ERROR_LIMIT. (transfer full) */
LensPacketMatches *lens_packet_search_place (LensRowSet *rows,
                                             LensPacketOrder *order,
                                             GCancellable *cancellable,
                                             GError **error);

/* Both on a worker thread. @rows: (nullable) what was found for the same before. */
void lens_packet_search_async (LensPacketOrder *order,
                               LensFindKind kind,
                               const char *text,
                               LensRowSet *rows,
                               LensProgress *progress,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
LensPacketMatches *lens_packet_search_finish (GAsyncResult *result, GError **error);

/* The next position that matches, after or before @position (LENS_PACKET_LIST_NONE: from the one end or the other), beginning anew at the
 * other end where there is none: then *@is_anew. LENS_PACKET_LIST_NONE: nothing matches. */
gsize lens_packet_matches_step (const LensPacketMatches *matches,
                                gsize position,
                                gboolean is_forward,
                                gboolean *is_anew);

/* How many matches there are up to @position, this one included: "3" of "3 of 128". */
gsize lens_packet_matches_count_up_to (const LensPacketMatches *matches, gsize position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensPacketMatches, lens_packet_matches_free)

G_END_DECLS
