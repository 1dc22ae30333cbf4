#include "lens-plot-axis.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
clear_tick (gpointer item)
{
  LensPlotTick *tick = item;

  g_free (tick->label);
}

GArray *
lens_plot_axis_new_ticks (void)
{
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (LensPlotTick));

  g_array_set_clear_func (ticks, clear_tick);
  return ticks;
}

/* The smallest of 1, 2, 5 times a power of ten that is at least @least. */
static double
round_step_up (double least)
{
  static const double mantissas[] = { 1, 2, 5, 10 };
  double power = pow (10, floor (log10 (least)));

  for (gsize i = 0; i < G_N_ELEMENTS (mantissas); i++)
    if (mantissas[i] * power >= least * (1 - 1e-9))
      return mantissas[i] * power;
  return 10 * power;
}

char *
lens_plot_axis_format_value (double value, double step, double max, LensUnit unit)
{
  static const char *const prefixes[] = { "", "k", "M", "G", "T", "P", "E" };
  const char *symbol = unit == LENS_UNIT_BYTES ? "B" : unit == LENS_UNIT_BYTES_PER_SECOND ? "B/s" : "";
  gsize prefix = 0;
  double scale = 1;
  int decimals;

  if (value <= 0)
    return g_strdup ("0");
  if (unit == LENS_UNIT_MILLISECONDS)
    {
      decimals = CLAMP ((int) ceil (-log10 (step / 1000) - 1e-9), 0, 3);
      return g_strdup_printf ("%.*f s", decimals, value / 1000);
    }
  /* Four digits are still read at a glance, and are exact. */
  while (max >= 10000 && max / scale >= 1000 && prefix + 1 < G_N_ELEMENTS (prefixes))
    {
      scale *= 1000;
      prefix++;
    }
  if (prefix == 0 && step < 1)
    {
      decimals = CLAMP ((int) ceil (-log10 (step) - 1e-9), 1, 9);
      return g_strdup_printf (*symbol != '\0' ? "%.*f %s" : "%.*f%s", decimals, value, symbol);
    }
  if (prefix == 0)
    {
      g_autofree char *count = lens_format_count ((guint64) llround (value));

      return *symbol != '\0' ? g_strdup_printf ("%s %s", count, symbol) : g_steal_pointer (&count);
    }
  decimals = CLAMP ((int) ceil (-log10 (step / scale) - 1e-9), 0, 3);
  return g_strdup_printf ("%.*f %s%s", decimals, value / scale, prefixes[prefix], symbol);
}

GArray *
lens_plot_axis_value_ticks (double max, LensUnit unit, guint max_ticks)
{
  GArray *ticks = lens_plot_axis_new_ticks ();
  gboolean is_rate = unit == LENS_UNIT_BYTES_PER_SECOND || unit == LENS_UNIT_PACKETS_PER_SECOND;
  /* All other units are whole. */
  double step = MAX (is_rate ? 0 : 1, round_step_up (max / MAX (max_ticks, 1)));

  for (guint i = 0; i * step <= max * (1 + 1e-9); i++)
    {
      LensPlotTick tick
          = { .position = i * step, .label = lens_plot_axis_format_value (i * step, step, max, unit) };

      g_array_append_val (ticks, tick);
    }
  return ticks;
}

LensPlotTimeAxis
lens_plot_axis_time (gint64 first_ns, gint64 last_ns, gboolean is_utc)
{
  LensPlotTimeAxis axis = {
    .origin_ns = first_ns,
    .to_ns = (double) ((guint64) last_ns - (guint64) first_ns),
    .is_utc = is_utc,
  };

  if (last_ns <= first_ns)
    {
      axis.from_ns = -5e8;
      axis.to_ns = 5e8;
    }
  return axis;
}

#define SECOND 1e9
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef enum
{
  STEP_FIXED,  /* so many nanoseconds */
  STEP_MONTHS, /* so many months */
} StepKind;

typedef struct
{
  StepKind kind;
  double ns;    /* roughly, for months */
  int n;        /* months */
  int decimals; /* of a second in the label; -1: minutes, -2: days, -3: months, -4: years */
} TimeStep;

/* Steps of a second and more, finest first. */
static const TimeStep long_steps[] = {
  { STEP_FIXED, 1 * SECOND, 0, 0 },       { STEP_FIXED, 2 * SECOND, 0, 0 },
  { STEP_FIXED, 5 * SECOND, 0, 0 },       { STEP_FIXED, 10 * SECOND, 0, 0 },
  { STEP_FIXED, 15 * SECOND, 0, 0 },      { STEP_FIXED, 30 * SECOND, 0, 0 },
  { STEP_FIXED, 1 * MINUTE, 0, -1 },      { STEP_FIXED, 2 * MINUTE, 0, -1 },
  { STEP_FIXED, 5 * MINUTE, 0, -1 },      { STEP_FIXED, 10 * MINUTE, 0, -1 },
  { STEP_FIXED, 15 * MINUTE, 0, -1 },     { STEP_FIXED, 30 * MINUTE, 0, -1 },
  { STEP_FIXED, 1 * HOUR, 0, -1 },        { STEP_FIXED, 2 * HOUR, 0, -1 },
  { STEP_FIXED, 3 * HOUR, 0, -1 },        { STEP_FIXED, 6 * HOUR, 0, -1 },
  { STEP_FIXED, 12 * HOUR, 0, -1 },       { STEP_FIXED, 1 * DAY, 0, -2 },
  { STEP_FIXED, 2 * DAY, 0, -2 },         { STEP_FIXED, 7 * DAY, 0, -2 },
  { STEP_FIXED, 14 * DAY, 0, -2 },        { STEP_MONTHS, 30.4 * DAY, 1, -3 },
  { STEP_MONTHS, 91 * DAY, 3, -3 },       { STEP_MONTHS, 182 * DAY, 6, -3 },
  { STEP_MONTHS, 365 * DAY, 12, -4 },     { STEP_MONTHS, 730 * DAY, 24, -4 },
  { STEP_MONTHS, 1826 * DAY, 60, -4 },    { STEP_MONTHS, 3652 * DAY, 120, -4 },
  { STEP_MONTHS, 7305 * DAY, 240, -4 },   { STEP_MONTHS, 18262 * DAY, 600, -4 },
  { STEP_MONTHS, 36524 * DAY, 1200, -4 }, { STEP_MONTHS, 73049 * DAY, 2400, -4 },
};

/* 1, 2 and 5 times each power of ten nanoseconds below a second. */
#define N_SHORT_STEPS 27
#define N_STEPS (N_SHORT_STEPS + G_N_ELEMENTS (long_steps))

static TimeStep
get_step (guint position)
{
  static const double mantissas[] = { 1, 2, 5 };

  if (position < N_SHORT_STEPS)
    return (TimeStep){ STEP_FIXED, mantissas[position % 3] * pow (10, position / 3), 0,
                       9 - (int) (position / 3) };
  return long_steps[position - N_SHORT_STEPS];
}

/* Round moments and time zones reach beyond the axis: so far from the ends of gint64 nothing overflows. */
#define FURTHEST_NS (G_MAXINT64 - 30 * G_GINT64_CONSTANT (86400000000000))

/* The moment @ns after the origin. */
static gint64
get_moment (const LensPlotTimeAxis *axis, double ns)
{
  double sum = (double) axis->origin_ns + ns;

  if (sum >= (double) FURTHEST_NS)
    return FURTHEST_NS;
  if (sum <= -(double) FURTHEST_NS)
    return -FURTHEST_NS;
  /* Whole numbers keep the nanoseconds that the sum above has lost; it fits, and so do the parts where they are small. */
  return fabs (ns) < 9e18 ? axis->origin_ns + (gint64) ns : (gint64) sum;
}

static double
get_position (const LensPlotTimeAxis *axis, gint64 time_ns)
{
  return time_ns >= axis->origin_ns ? (double) ((guint64) time_ns - (guint64) axis->origin_ns)
                                    : -(double) ((guint64) axis->origin_ns - (guint64) time_ns);
}

static gint64
floor_to (gint64 value, gint64 step)
{
  gint64 rest = value % step;

  return value - (rest < 0 ? rest + step : rest);
}

/* In the time zone of @axis. */
static GDateTime *
to_local (const LensPlotTimeAxis *axis, gint64 time_ns)
{
  gint64 seconds = floor_to (time_ns, (gint64) SECOND) / (gint64) SECOND;

  return lens_format_new_date_time (seconds, axis->is_utc);
}

static gint64
get_zone_offset_ns (const LensPlotTimeAxis *axis, gint64 time_ns)
{
  g_autoptr (GDateTime) local = to_local (axis, time_ns);

  return g_date_time_get_utc_offset (local) * (gint64) 1000;
}

/* The unit that labels of steps below a millisecond count in, from a round moment that the context says. */
static gint64
get_relative_unit (const TimeStep *step)
{
  return step->decimals > 6 ? 1 : step->decimals > 3 ? 1000 : 0;
}

static char *
format_tick (const LensPlotTimeAxis *axis, const TimeStep *step, gint64 time_ns, gint64 base_ns)
{
  gint64 unit = get_relative_unit (step);
  g_autoptr (GDateTime) local = to_local (axis, time_ns);

  if (unit == 1)
    return g_strdup_printf ("+%" G_GINT64_FORMAT " ns", time_ns - base_ns);
  if (unit == 1000)
    return g_strdup_printf ("+%" G_GINT64_FORMAT " µs", (time_ns - base_ns) / unit);
  if (step->decimals >= 0)
    return lens_format_time_of_day (time_ns, (guint) step->decimals, axis->is_utc);
  switch (step->decimals)
    {
    case -1:
      if (g_date_time_get_hour (local) == 0 && g_date_time_get_minute (local) == 0)
        /* Translators: a day on a time axis, as in “7 Apr”. */
        return g_date_time_format (local, _ ("%-d %b"));
      return g_date_time_format (local, "%H:%M");
    case -2:
      return g_date_time_format (local, _ ("%-d %b"));
    case -3:
      /* Translators: a month on a time axis, as in “Apr 2021”. */
      return g_date_time_format (local, _ ("%b %Y"));
    default:
      return g_date_time_format (local, "%Y");
    }
}

static char *
format_day (GDateTime *local)
{
  /* Translators: a date, as in “7 Apr 2021”. */
  return g_date_time_format (local, _ ("%-d %b %Y"));
}

static char *
describe_context (const LensPlotTimeAxis *axis,
                  const TimeStep *step,
                  gint64 from_ns,
                  gint64 to_ns,
                  gint64 base_ns)
{
  g_autoptr (GDateTime) first = to_local (axis, from_ns);
  g_autoptr (GDateTime) last = to_local (axis, to_ns);
  g_autofree char *first_day = format_day (first);
  g_autofree char *last_day = format_day (last);
  g_autofree char *zone = g_date_time_format (first, "%Z");

  if (get_relative_unit (step) != 0)
    {
      /* Of the first day, also where the axis goes on into the next one. */
      g_autofree char *base
          = lens_format_time_of_day (base_ns, get_relative_unit (step) == 1 ? 6 : 3, axis->is_utc);

      return g_strdup_printf ("%s %s %s", first_day, base, zone);
    }
  if (g_str_equal (first_day, last_day))
    return g_strdup_printf ("%s, %s", first_day, zone);
  return g_strdup_printf ("%s – %s, %s", first_day, last_day, zone);
}

static void
append_tick (GArray *ticks,
             const LensPlotTimeAxis *axis,
             const TimeStep *step,
             gint64 time_ns,
             gint64 base_ns)
{
  LensPlotTick tick = { .position = get_position (axis, time_ns) };

  if (tick.position < axis->from_ns || tick.position > axis->to_ns)
    return;
  tick.label = format_tick (axis, step, time_ns, base_ns);
  g_array_append_val (ticks, tick);
}

static void
append_month_ticks (GArray *ticks,
                    const LensPlotTimeAxis *axis,
                    const TimeStep *step,
                    gint64 from_ns,
                    gint64 to_ns)
{
  g_autoptr (GDateTime) first = to_local (axis, from_ns);
  int month = g_date_time_get_year (first) * 12 + g_date_time_get_month (first) - 1;
  const gint64 furthest_s = FURTHEST_NS / (gint64) SECOND;

  for (month -= month % step->n;; month += step->n)
    {
      g_autoptr (GDateTime) local = axis->is_utc
                                        ? g_date_time_new_utc (month / 12, month % 12 + 1, 1, 0, 0, 0)
                                        : g_date_time_new_local (month / 12, month % 12 + 1, 1, 0, 0, 0);
      gint64 seconds = g_date_time_to_unix (local);

      if (seconds < -furthest_s)
        continue;
      if (seconds > furthest_s || seconds * (gint64) SECOND > to_ns)
        break;
      append_tick (ticks, axis, step, seconds * (gint64) SECOND, 0);
    }
}

/* The finest step whose labels have room. */
static TimeStep
choose_step (const LensPlotTimeAxis *axis, double width_px, double digit_px)
{
  double ns_per_px = (axis->to_ns - axis->from_ns) / MAX (width_px, 1);
  gint64 middle_ns = get_moment (axis, axis->to_ns / 2);
  TimeStep step = get_step (0);

  for (guint i = 0; i < N_STEPS; i++)
    {
      gint64 unit;
      g_autofree char *label = NULL;

      step = get_step (i);
      unit = get_relative_unit (&step);
      label = format_tick (axis, &step, middle_ns,
                           unit != 0 ? floor_to (middle_ns, unit * 1000) - 999 * unit : 0);
      if (step.ns >= ns_per_px * digit_px * ((double) g_utf8_strlen (label, -1) + 3))
        break;
    }
  return step;
}

GArray *
lens_plot_axis_time_ticks (const LensPlotTimeAxis *axis, double width_px, double digit_px, char **context)
{
  GArray *ticks = lens_plot_axis_new_ticks ();
  TimeStep step = choose_step (axis, width_px, digit_px);
  gint64 from_ns = get_moment (axis, axis->from_ns);
  gint64 to_ns = get_moment (axis, axis->to_ns);
  gint64 unit = get_relative_unit (&step);
  gint64 base_ns = unit != 0 ? floor_to (from_ns, unit * 1000) : 0;

  if (step.kind == STEP_MONTHS)
    append_month_ticks (ticks, axis, &step, from_ns, to_ns);
  else
    {
      /* Round in local time; below a minute every zone's offset is round. */
      gint64 offset_ns = get_zone_offset_ns (axis, from_ns);
      gint64 step_ns = (gint64) step.ns;

      for (gint64 at = floor_to (from_ns + offset_ns, step_ns) - offset_ns; at <= to_ns; at += step_ns)
        append_tick (ticks, axis, &step, at, base_ns);
    }
  *context = describe_context (axis, &step, from_ns, to_ns, base_ns);
  return ticks;
}
