#include "lens-burst-finder.h"

#include "lens-column.h"
#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

LensBurstRule
lens_burst_rule_default (void)
{
  return (LensBurstRule){ .gap_ns = LENS_BURST_DEFAULT_GAP_NS, .size_bytes = 0, .is_size_from_mean = TRUE };
}

gboolean
lens_burst_rule_equal (const LensBurstRule *a, const LensBurstRule *b)
{
  return a->gap_ns == b->gap_ns && a->is_size_from_mean == b->is_size_from_mean
         && (a->is_size_from_mean || a->size_bytes == b->size_bytes);
}

void
lens_burst_finder_begin (LensBurstFinder *finder, const LensBurstRule *rule, gsize n_expected)
{
  *finder = (LensBurstFinder){
    .rule = *rule,
    .n_expected = n_expected,
  };
}

static void
close_current (LensBurstFinder *finder)
{
  if (finder->n == 0 || finder->current.last_packet <= finder->current.first_packet || finder->has_failed)
    return;
  if (lens_column_reserve (&finder->bursts, &finder->n_allocated, finder->n_bursts, sizeof *finder->bursts))
    finder->bursts[finder->n_bursts++] = finder->current;
  else
    finder->has_failed = TRUE;
}

/* Times ascend, so the difference is right as an unsigned number whatever the two times are. */
static gboolean
is_within_gap (const LensBurstFinder *finder, gint64 time_ns)
{
  return finder->rule.gap_ns > 0
         && (guint64) time_ns - (guint64) finder->anchor_ns < (guint64) finder->rule.gap_ns;
}

void
lens_burst_finder_push (LensBurstFinder *finder, gint64 time_ns, guint32 payload_bytes)
{
  gsize position = finder->n;
  gboolean is_anchor
      = position == 0 || position + 1 == finder->n_expected || payload_bytes >= finder->rule.size_bytes;

  if (!is_anchor)
    {
      finder->payload_since_anchor += payload_bytes;
      finder->n++;
      return;
    }

  if (position > 0 && is_within_gap (finder, time_ns))
    {
      finder->current.last_packet = position;
      finder->current.last_ns = time_ns;
      finder->current.payload_bytes += finder->payload_since_anchor + payload_bytes;
    }
  else
    {
      close_current (finder);
      finder->current = (LensBurst){ .first_packet = position,
                                     .last_packet = position,
                                     .first_ns = time_ns,
                                     .last_ns = time_ns,
                                     .payload_bytes = payload_bytes };
    }
  finder->anchor_ns = time_ns;
  finder->payload_since_anchor = 0;
  finder->n++;
}

gboolean
lens_burst_finder_end (LensBurstFinder *finder, LensBurst **bursts, gsize *n_bursts)
{
  gboolean is_good;

  close_current (finder);
  is_good = !finder->has_failed;
  if (!is_good)
    g_clear_pointer (&finder->bursts, g_free);
  *n_bursts = is_good ? finder->n_bursts : 0;
  *bursts = g_steal_pointer (&finder->bursts);
  finder->n = finder->n_bursts = finder->n_allocated = 0;
  return is_good;
}

GArray *
lens_burst_find (const LensBurstRule *rule, const gint64 *time_ns, const guint32 *payload_bytes, gsize n)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (LensBurst));
  g_autofree LensBurst *bursts = NULL;
  LensBurstFinder finder;
  gsize n_bursts;

  lens_burst_finder_begin (&finder, rule, n);
  for (gsize i = 0; i < n; i++)
    lens_burst_finder_push (&finder, time_ns[i], payload_bytes[i]);
  if (lens_burst_finder_end (&finder, &bursts, &n_bursts) && n_bursts > 0)
    g_array_append_vals (found, bursts, (guint) n_bursts);
  return found;
}

gsize
lens_burst_get_n_packets (const LensBurst *burst)
{
  return burst->last_packet - burst->first_packet + 1;
}

/* Rounds as numpy.round() does, to which the published figures go back: half to even on the scaled double. */
double
lens_burst_get_mean_payload (const LensBurst *burst)
{
  double mean = (double) burst->payload_bytes / (double) lens_burst_get_n_packets (burst);

  return rint (mean * 100.0) / 100.0;
}

char *
lens_burst_rule_describe (const LensBurstRule *rule)
{
  g_autofree char *gap = lens_format_duration (rule->gap_ns);
  g_autofree char *size = lens_format_count (rule->size_bytes);

  if (rule->size_bytes == 0)
    /* Translators: %s is a time, as "300 ms". */
    return g_strdup_printf (_ ("A burst: packets less than %s apart, of any size"), gap);
  if (rule->is_size_from_mean)
    /* Translators: the first %s is a time, as "300 ms", the second a number of bytes. */
    return g_strdup_printf (
        _ ("A burst: less than %s between packets of at least %s bytes, with all between them "
           "(the size is 1.1 × the mean payload of all IP packets in the capture)"),
        gap, size);
  /* Translators: the first %s is a time, as "300 ms", the second a number of bytes. */
  return g_strdup_printf (
      _ ("A burst: less than %s between packets of at least %s bytes, with all between them"), gap, size);
}
