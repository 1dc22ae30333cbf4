/* What is to be drawn over time: which series each flow's packets belong to, worked out from totals alone, so that the
 * packets need be read once. Lives on the thread of the analysis. */
#pragma once

#include "lens-analysis-private.h"
#include "lens-burst-finder.h"
#include "lens-series-reducer.h"

G_BEGIN_DECLS

/* Named series and "others". */
#define LENS_PLAN_MAX_SERIES (LENS_SERIES_MAX_NAMED + 1)

/* Lines that points are gathered for: the series of each kind one after the other, and the top stream. */
#define LENS_PLAN_STREAM_LINE (LENS_N_TIMES * LENS_PLAN_MAX_SERIES)
#define LENS_PLAN_N_LINES (LENS_PLAN_STREAM_LINE + 1)
#define LENS_PLAN_NO_LINE G_MAXUINT8

/* A packet is in at most one series of each kind, and in the top stream. */
#define LENS_PLAN_LINES_PER_FLOW (LENS_N_TIMES + 1)

/* What the rows of a flow are for: eight bytes, since it is looked up for every packet. */
typedef struct
{
  guint32 destination_host; /* LENS_HOST_NONE: no clock to be set, also where the flow does not pass */
  guint8 lines[LENS_PLAN_LINES_PER_FLOW]; /* those there are, then LENS_PLAN_NO_LINE */
} LensFlowPlan;

typedef struct
{
  gsize n_packets; /* 0: the line is not drawn */
  gint64 first_ns;
  gint64 last_ns;
  LensSeriesReducer reducer;
} LensPlanLine;

typedef struct
{
  LensFlowPlan *flows; /* owned, one a flow of the table */
  LensTimeSeries time_series[LENS_N_TIMES];
  LensSeries series[LENS_N_TIMES][LENS_PLAN_MAX_SERIES]; /* without points */
  LensStream top_stream;                                 /* without points and bursts */
  LensPlanLine lines[LENS_PLAN_N_LINES];
  LensBurstFinder burst_finder;
} LensAnalysisPlan;

/* Needs the totals of @analysis. (transfer full); NULL when memory runs out. */
LensAnalysisPlan *lens_analysis_plan_new (const LensAnalysis *analysis, const LensAnalysisScope *scope);
void lens_analysis_plan_free (LensAnalysisPlan *plan);

/* Makes the lines ready for those rows of @columns that are selected. FALSE when memory runs out. */
gboolean lens_analysis_plan_begin (LensAnalysisPlan *plan,
                                   const LensPacketColumns *columns,
                                   const LensSelectionView *selected);

/* The next selected row is on @line. */
static inline void
lens_analysis_plan_push (LensAnalysisPlan *plan, guint8 line, gint64 time_ns, guint32 payload_bytes)
{
  lens_series_reducer_push (&plan->lines[line].reducer, time_ns, payload_bytes);
  if (line == LENS_PLAN_STREAM_LINE)
    lens_burst_finder_push (&plan->burst_finder, time_ns, payload_bytes);
}

/* After the last row: moves series, stream and bursts into @analysis. FALSE when memory has run out for some of them. */
gboolean lens_analysis_plan_end (LensAnalysisPlan *plan, LensAnalysis *analysis);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensAnalysisPlan, lens_analysis_plan_free)

G_END_DECLS
