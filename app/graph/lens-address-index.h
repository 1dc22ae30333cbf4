/* From an address to its position in an array of addresses, which stays the caller's. Immutable, any thread.
 *
 * The hash has a seed of its own, so that no capture can be made to clump.
 */
#pragma once

#include "lens-address.h"

G_BEGIN_DECLS

#define LENS_ADDRESS_NONE G_MAXUINT32

typedef struct _LensAddressIndex LensAddressIndex;

/* @addresses: (transfer none), each once, outlives the index. (transfer full) */
LensAddressIndex *lens_address_index_new (const LensAddress *addresses, gsize n_addresses);
void lens_address_index_free (LensAddressIndex *index);

/* LENS_ADDRESS_NONE where it is not there. */
guint32 lens_address_index_find (const LensAddressIndex *index, const LensAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensAddressIndex, lens_address_index_free)

G_END_DECLS
