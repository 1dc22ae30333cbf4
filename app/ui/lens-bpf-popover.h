/* Where a BPF expression is typed in: it is checked as it is typed, and becomes a term of the session's filter. Main thread. */
#pragma once

#include "lens-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LENS_TYPE_BPF_POPOVER (lens_bpf_popover_get_type ())
G_DECLARE_FINAL_TYPE (LensBpfPopover, lens_bpf_popover, LENS, BPF_POPOVER, GtkPopover)

/* @session: (transfer none), kept. Once. */
void lens_bpf_popover_set_session (LensBpfPopover *popover, LensSession *session);

G_END_DECLS
