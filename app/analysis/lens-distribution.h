/* How the sizes of payloads, or the times between packets, of a selection are distributed: a histogram whose bins grow with what they
 * count, and the figures that sum it up. Immutable once made; any thread.
 *
 * Counts, smallest, largest and mean are exact; so are the quantiles of payloads up to 65,535 bytes. Those of larger ones are right to
 * 1 part in 32,768, those of times above 4,095 ns to 1 part in 2,048.
 */
#pragma once

#include "lens-analysis.h"

G_BEGIN_DECLS

/* What is counted. */
typedef enum
{
  LENS_DISTRIBUTION_PAYLOAD, /* bytes of each packet */
  LENS_DISTRIBUTION_GAPS,    /* ns since the packet before */
} LensDistributionKind;

/* Which packet is the one before. */
typedef enum
{
  LENS_GAPS_TO_DESTINATION, /* the one to the same destination, as inter-arrival times are elsewhere */
  LENS_GAPS_IN_STREAM,      /* of the same source, too */
  LENS_GAPS_IN_FLOW,        /* and of the same protocol and ports */
  LENS_GAPS_OF_ALL,         /* any */
  LENS_N_GAPS
} LensGapsOf;

typedef struct
{
  guint64 from; /* the smallest number in it */
  guint64 to;   /* the largest */
  guint64 n;
} LensDistributionBin;

typedef struct
{
  LensDistributionKind kind;
  LensGapsOf gaps;
  guint64 n;   /* numbers counted */
  guint64 min; /* this and all below: 0 where n is 0 */
  guint64 max;
  double mean;
  double standard_deviation; /* the population's */
  double median;
  double low;  /* 5 % are below, */
  double high; /* 5 % above */
  LensDistributionBin
      *bins; /* owned: without gaps from the one of min to the one of max; NULL where n is 0 */
  gsize n_bins;
} LensDistribution;

/* Of what @analysis selects; packets without IP have neither destination nor stream. Errors: G_IO_ERROR_CANCELLED; LENS_ERROR_LIMIT when
 * memory runs out. (transfer full) */
LensDistribution *lens_distribution_new (const LensAnalysis *analysis,
                                         LensDistributionKind kind,
                                         LensGapsOf gaps,
                                         GCancellable *cancellable,
                                         GError **error);
void lens_distribution_free (LensDistribution *distribution);

/* Where @value is among the bins: the whole part is the bin, the rest how far into it, as its logarithm is. */
double lens_distribution_get_place (const LensDistribution *distribution, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensDistribution, lens_distribution_free)

G_END_DECLS
