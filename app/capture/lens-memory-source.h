/* A byte source over bytes in memory. */
#pragma once

#include "lens-byte-source.h"

G_BEGIN_DECLS

/* @bytes: (transfer none), a reference is taken. Returns (transfer full). */
LensByteSource *lens_memory_source_new (GBytes *bytes);

G_END_DECLS
