/* What is known of a capture beside its packets, in words: files, times, rates, interfaces, damage, comments, names.
 *
 * For a window, a report or a terminal. Any thread.
 */
#pragma once

#include "lens-capture.h"
#include "lens-fact-group.h"

G_BEGIN_DECLS

/* As many facts of one kind as a person is shown; a text that is copied has all. */
#define LENS_CAPTURE_FACTS_SHOWN 10000

/* Everything that is known of @capture, in groups of at most @max_facts each; the groups' n_left_out says how many more there
 * are. @is_utc: times are in UTC, as in exports, else in the person's time zone. Texts from the files have been made
 * safe to show, and are no markup. (transfer full) (element-type LensFactGroup) */
GPtrArray *lens_capture_facts_new (const LensCapture *capture, gsize max_facts, gboolean is_utc);

G_END_DECLS
