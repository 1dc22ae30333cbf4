/* What a window looks at: a capture, the filter with its history, and the analysis that goes with them.
 *
 * The one object every view is given. Main thread only; the work is done on worker threads. Setting a filter starts a new
 * analysis and drops one that is still running; "analysis" changes when it is there, all views follow that.
 */
#pragma once

#include "lens-analysis.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LENS_TYPE_SESSION (lens_session_get_type ())
G_DECLARE_FINAL_TYPE (LensSession, lens_session, LENS, SESSION, GObject)

/* Properties, all read-only with notify: "capture" (LensCapture), "filter" (LensFilter; changes at once), "analysis"
 * (LensAnalysis; changes when the work is done), "whole" (LensAnalysis of everything; NULL until the first is done),
 * "is-busy", "can-go-back", "can-go-forward" (boolean), "filter-error" (GError, nullable: why the filter's figures can't be had; then
 * "analysis" stays what it was, as its own filter says, until another filter is set), "reading-fraction" (double: how much of the
 * capture's files has been read again for a BPF term, 0 to 1; negative while that isn't done).
 * Signal "failed" (const char *message): an analysis could not be worked out, as when memory runs out; the one before stays. */
LensSession *lens_session_new (void);

/* @capture: (nullable): closes. Forgets filter and history; "analysis" and "whole" are NULL until the first is worked out. */
void lens_session_set_capture (LensSession *session, LensCapture *capture);

/* The same capture with more packets in it: filter and history stay, "analysis" and "whole" are what they were until the new ones are
 * there. An analysis that is being worked out is finished first, so that there is always something new to see, unless @capture grows no more and
 * nothing is filtered: then it is dropped. */
void lens_session_update_capture (LensSession *session, LensCapture *capture);

/* @filter: (transfer none). Puts the one before into the history; the same filter again does nothing. */
void lens_session_set_filter (LensSession *session, LensFilter *filter);

/* The filter for now, as while a span of time is dragged. The history is left as it is: keep makes one step of all that was tried since it
 * was last kept, drop goes back to before. Any other change of the filter keeps first. */
void lens_session_try_filter (LensSession *session, LensFilter *filter);
void lens_session_keep_filter (LensSession *session);
void lens_session_drop_filter (LensSession *session);

/* The filter with one term more or less, inverted or not, on or off. toggle_only: with @term and the spans of time that it has, as
 * they are, and nothing else; where it is that already, without @term. A span of time as @term takes the place of the others. */
void lens_session_add_term (LensSession *session, const LensFilterTerm *term);
void lens_session_remove_term (LensSession *session, const LensFilterTerm *term);
void lens_session_set_term_inverted (LensSession *session, const LensFilterTerm *term, gboolean is_inverted);
void lens_session_set_term_enabled (LensSession *session, const LensFilterTerm *term, gboolean is_enabled);
void lens_session_toggle_only_term (LensSession *session, const LensFilterTerm *term);

/* What a click on something that filters does: the filter is @term alone, or no more, as toggle_only; with @adds one term more, or one less where it
 * has it. Without @term, on what stands for everything: no layer is chosen any more. */
void lens_session_choose_term (LensSession *session, const LensFilterTerm *term, gboolean adds);

/* Everything but for the spans of time again; with @keeps_others without the terms of @kind alone. */
void lens_session_show_all (LensSession *session, LensFilterKind kind, gboolean keeps_others);
void lens_session_clear_filter (LensSession *session);

void lens_session_go_back (LensSession *session);
void lens_session_go_forward (LensSession *session);

/* So many steps at once, ahead or, below 0, back; as far as the history goes. get_step: the filter that would be looked at then, (transfer none),
 * or NULL where the history doesn't go as far. */
void lens_session_go (LensSession *session, int steps);
LensFilter *lens_session_get_step (LensSession *session, int steps);

/* How bursts are told; a change starts a new analysis under the same filter. */
void lens_session_set_burst_rule (LensSession *session, const LensBurstRule *rule);

/* (transfer none); capture, analysis and whole may be NULL */
LensCapture *lens_session_get_capture (LensSession *session);
LensFilter *lens_session_get_filter (LensSession *session);
LensAnalysis *lens_session_get_analysis (LensSession *session);
LensAnalysis *lens_session_get_whole (LensSession *session);
gboolean lens_session_get_is_busy (LensSession *session);
const GError *lens_session_get_filter_error (LensSession *session);
double lens_session_get_reading_fraction (LensSession *session);
gboolean lens_session_get_can_go_back (LensSession *session);
gboolean lens_session_get_can_go_forward (LensSession *session);

/* Whether hosts are shown by the names that the capture has for them ("show-names", at first TRUE); figures and filters are the
 * same either way. */
void lens_session_set_show_names (LensSession *session, gboolean show_names);
gboolean lens_session_get_show_names (LensSession *session);

G_END_DECLS
