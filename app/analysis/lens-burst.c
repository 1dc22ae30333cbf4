#include "lens-burst-finder.h"

#include "lens-column.h"
#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

LensBurstRule
lens_burst_rule_default (void)
{
  return (LensBurstRule){ .gap_ns = LENS_BURST_DEFAULT_GAP_NS,
                          .is_size_from_mean = TRUE,
                          .mean_factor = LENS_BURST_DEFAULT_MEAN_FACTOR };
}

LensBurstRule
lens_burst_rule_flow (void)
{
  return (LensBurstRule){ .gap_ns = G_GINT64_CONSTANT (1000000000) };
}

LensBurstRule
lens_burst_rule_micro (void)
{
  return (LensBurstRule){ .gap_ns = G_GINT64_CONSTANT (1000000) };
}

gboolean
lens_burst_rule_equal (const LensBurstRule *a, const LensBurstRule *b)
{
  if (a->gap_ns != b->gap_ns || a->is_size_from_mean != b->is_size_from_mean)
    return FALSE;
  return a->is_size_from_mean ? fabs (a->mean_factor - b->mean_factor) < 1e-9
                              : a->size_bytes == b->size_bytes;
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

LensBurstSummary
lens_burst_summarize (const LensBurst *bursts, gsize n, gint64 first_ns, gint64 last_ns)
{
  LensBurstSummary summary = { .n_bursts = n };
  double span_ns = (double) ((guint64) last_ns - (guint64) first_ns);
  double duration_ns = 0;

  if (n == 0)
    return summary;
  for (gsize i = 0; i < n; i++)
    {
      summary.packets += lens_burst_get_n_packets (&bursts[i]);
      summary.payload_bytes += bursts[i].payload_bytes;
      duration_ns += (double) ((guint64) bursts[i].last_ns - (guint64) bursts[i].first_ns);
    }
  summary.mean_packets = (double) summary.packets / (double) n;
  summary.mean_length = summary.mean_packets - 1;
  summary.mean_payload = (double) summary.payload_bytes / (double) summary.packets;
  summary.mean_duration_ns = duration_ns / (double) n;
  summary.duty_cycle = span_ns > 0 ? duration_ns / span_ns : 1;
  return summary;
}

char *
lens_burst_summary_describe (const LensBurstSummary *summary, guint64 stream_packets)
{
  g_autofree char *count = lens_format_count (summary->n_bursts);
  g_autofree char *bursts = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%s burst", "%s bursts", (gulong) summary->n_bursts), count);
  g_autofree char *packets = lens_format_count (summary->packets);
  g_autofree char *all = lens_format_count (stream_packets);
  g_autofree char *share = lens_format_share (summary->packets, stream_packets);
  g_autofree char *duration = lens_format_duration ((gint64) summary->mean_duration_ns);

  if (summary->n_bursts == 0)
    /* Translators: the first %s is "0 bursts", the second a number of packets. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s in %s packet of the stream",
                                         "%s in %s packets of the stream", (gulong) stream_packets),
                            bursts, all);
  /* Translators: as in "13 bursts · 2,311 of 5,844 packets, 39.5 % · mean length 176.80 (packets − 1), 12.3 s · mean size 550.12 bytes ·
   * duty cycle 83.0 %". The length of a burst is its packets less one; its size is the mean payload of its packets. */
  return g_strdup_printf (
      _ ("%s · %s of %s packets, %s · mean length %.2f (packets − 1), %s · mean size %.2f "
         "bytes · duty cycle %.1f %%"),
      bursts, packets, all, share, summary->mean_length, duration, summary->mean_payload,
      summary->duty_cycle * 100);
}

/* With all its digits, unlike a duration that was measured: it is what decides. */
static char *
format_gap (gint64 gap_ns)
{
  const int digits = 12;
  double ns = (double) gap_ns;

  if (ns >= 1e9)
    return g_strdup_printf (_ ("%.*g s"), digits, ns / 1e9);
  if (ns >= 1e6)
    return g_strdup_printf (_ ("%.*g ms"), digits, ns / 1e6);
  if (ns >= 1e3)
    return g_strdup_printf (_ ("%.*g µs"), digits, ns / 1e3);
  return g_strdup_printf (_ ("%.*g ns"), digits, ns);
}

char *
lens_burst_rule_describe (const LensBurstRule *rule)
{
  g_autofree char *gap = format_gap (rule->gap_ns);
  g_autofree char *size = lens_format_count (rule->size_bytes);

  if (rule->is_size_from_mean)
    /* Translators: the first %s is a time, as "300 ms", the second a number of bytes, and %.4g a factor, as 1.1. */
    return g_strdup_printf (
        _ ("A burst: less than %s between packets of at least %s bytes, with all between them "
           "(the size is %.4g × the mean payload of all IP packets in the capture, whatever the filter)"),
        gap, size, rule->mean_factor);
  if (rule->size_bytes == 0)
    /* Translators: %s is a time, as "300 ms". */
    return g_strdup_printf (_ ("A burst: packets less than %s apart, of any size"), gap);
  /* Translators: the first %s is a time, as "300 ms", the second a number of bytes. */
  return g_strdup_printf (
      _ ("A burst: less than %s between packets of at least %s bytes, with all between them"), gap, size);
}
