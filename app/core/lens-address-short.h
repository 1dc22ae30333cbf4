/* Long IPv6 addresses in few letters, for where many are seen at once: "2001:db8:…:5678". Any thread. */
#pragma once

#include "lens-address.h"

G_BEGIN_DECLS

#define LENS_ADDRESS_SHORT_ENOUGH 20

/* The text of each of @addresses, one of more letters than that without its middle, as far as no other one of them begins and ends as what is
 * left: two never have the same text. "" for no address. (transfer full), NULL-terminated */
GStrv lens_addresses_shorten (const LensAddress *addresses, gsize n_addresses);

G_END_DECLS
