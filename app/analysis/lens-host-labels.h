/* What hosts are called: by the name that the capture itself has for them, or by their address.
 *
 * Names are for people to look at. Filters, exports and everything that counts speak of addresses. Any thread.
 */
#pragma once

#include "lens-capture.h"

G_BEGIN_DECLS

/* Longer names are cut. */
#define LENS_HOST_LABEL_MAX_CHARS 32

/* Whether @capture knows a name for any address. */
gboolean lens_host_labels_are_known (const LensCapture *capture);

/* A label for each of @addresses, no two the same where these differ: the name, "name (address)" where several have that name,
 * or the address where there is no name or one that could be taken for another address. "" for no address.
 * (transfer full), NULL-terminated */
GStrv lens_host_labels_new (const LensCapture *capture, const LensAddress *addresses, gsize n_addresses);

G_END_DECLS
