/* Which bursts a window looks at: of which stream, told by which rule. Follows the session: the packets are those that its filter
 * selects, but where that is a burst chosen here, lens_burst_study_select_time(). Main thread only; a change of rule or stream reads the selected rows on a worker and leaves the session's analysis as it is.
 */
#pragma once

#include "lens-session.h"

G_BEGIN_DECLS

#define LENS_TYPE_BURST_STUDY (lens_burst_study_get_type ())
G_DECLARE_FINAL_TYPE (LensBurstStudy, lens_burst_study, LENS, BURST_STUDY, GObject)

/* @session: (transfer none), kept. Property "analysis" (LensAnalysis, read-only with notify): the session's, with the bursts that are looked at
 * and those of the host's other streams; NULL until they are worked out for the first time. Signal "failed" (const char *message). */
LensBurstStudy *lens_burst_study_new (LensSession *session);

/* Nothing is worked out while it is not wanted (FALSE at first); then "analysis" may lag behind the session's. */
void lens_burst_study_set_is_wanted (LensBurstStudy *study, gboolean is_wanted);

/* How bursts are told; at first as the session's analysis tells them. */
void lens_burst_study_set_rule (LensBurstStudy *study, const LensBurstRule *rule);
LensBurstRule lens_burst_study_get_rule (LensBurstStudy *study);

/* One stream, until the filter changes in more than its time; NULL and NULL: the strongest of whatever is selected. */
void lens_burst_study_set_stream (LensBurstStudy *study,
                                  const LensAddress *source,
                                  const LensAddress *destination);

/* One flow of the stream that is shown, or with NULL all of it, for as long as the stream. */
void lens_burst_study_set_flow (LensBurstStudy *study, const LensFlowKey *flow);

/* Whether a stream was set that is still looked at. */
gboolean lens_burst_study_has_stream (LensBurstStudy *study);

/* Filters to the time of a burst of the stream that is shown, in place of other spans of time; where the filter has it already, takes it away. The
 * stream stays the one that is looked at, and the bursts stay those of the packets that the burst was chosen among, one after the other:
 * lens_analysis_get_burst_scope(). So they do where the history comes back to that filter. */
void lens_burst_study_select_time (LensBurstStudy *study, gint64 first_ns, gint64 last_ns);

/* (transfer none) (nullable) */
LensAnalysis *lens_burst_study_get_analysis (LensBurstStudy *study);

/* Whether something is being worked out. */
gboolean lens_burst_study_get_is_busy (LensBurstStudy *study);

/* What is shown now of the session's packets: "analysis" where it is of the packets that the session's is of, else the session's. (transfer none) (nullable) */
LensAnalysis *lens_burst_study_get_shown (LensBurstStudy *study);

G_END_DECLS
