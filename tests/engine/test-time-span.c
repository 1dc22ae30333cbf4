/* Moving and resizing a span of time, at the ends of a capture and at those of time. */
#include "lens-time-span.h"

#include <locale.h>

#define MS G_GINT64_CONSTANT (1000000)
#define SECOND G_GINT64_CONSTANT (1000000000)
#define ALL_OF_TIME                                                                                          \
  {                                                                                                          \
    G_MININT64, G_MAXINT64                                                                                   \
  }

static void
assert_span (LensTimeSpan span, gint64 first_ns, gint64 last_ns)
{
  g_assert_cmpint (span.first_ns, ==, first_ns);
  g_assert_cmpint (span.last_ns, ==, last_ns);
}

static void
test_new (void)
{
  assert_span (lens_time_span_new (3, 7), 3, 7);
  assert_span (lens_time_span_new (7, 3), 3, 7);
  g_assert_cmpuint (lens_time_span_get_length (lens_time_span_new (-3, 7)), ==, 10);
  g_assert_cmpuint (lens_time_span_get_length (lens_time_span_new (G_MAXINT64, G_MININT64)), ==, G_MAXUINT64);
}

static const struct
{
  LensTimeSpan span;
  gint64 by_ns;
  LensTimeSpan limits;
  LensTimeSpan moved;
} moves[] = {
  { { 10, 20 }, 5, { 0, 100 }, { 15, 25 } },
  { { 10, 20 }, -5, { 0, 100 }, { 5, 15 } },
  { { 10, 20 }, 500, { 0, 100 }, { 90, 100 } },
  { { 10, 20 }, -500, { 0, 100 }, { 0, 10 } },
  { { 10, 10 }, 500, { 0, 100 }, { 100, 100 } },
  { { -20, -10 }, 5, { -100, -1 }, { -15, -5 } },
  { { 10, 20 }, 5, { 10, 20 }, { 10, 20 } },
  { { 10, 200 }, 5, { 50, 60 }, { 50, 60 } },
  { { 10, 20 }, G_MAXINT64, ALL_OF_TIME, { G_MAXINT64 - 10, G_MAXINT64 } },
  { { -20, -10 }, G_MININT64, ALL_OF_TIME, { G_MININT64, G_MININT64 + 10 } },
  { ALL_OF_TIME, 1, ALL_OF_TIME, ALL_OF_TIME },
  { { G_MININT64, 0 }, G_MAXINT64, ALL_OF_TIME, { -1, G_MAXINT64 } },
};

static void
test_move (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    assert_span (lens_time_span_move (moves[i].span, moves[i].by_ns, moves[i].limits),
                 moves[i].moved.first_ns, moves[i].moved.last_ns);
}

static void
test_clamp (void)
{
  const LensTimeSpan limits = { 10, 20 };

  assert_span (lens_time_span_clamp ((LensTimeSpan){ 12, 14 }, limits), 12, 14);
  assert_span (lens_time_span_clamp ((LensTimeSpan){ 0, 14 }, limits), 10, 14);
  assert_span (lens_time_span_clamp ((LensTimeSpan){ 12, 40 }, limits), 12, 20);
  assert_span (lens_time_span_clamp ((LensTimeSpan){ 0, 1 }, limits), 10, 10);
  assert_span (lens_time_span_clamp ((LensTimeSpan){ 30, 40 }, limits), 20, 20);
}

static void
test_add (void)
{
  g_assert_cmpint (lens_time_add (5, -7), ==, -2);
  g_assert_cmpint (lens_time_add (G_MAXINT64 - 1, 1), ==, G_MAXINT64);
  g_assert_cmpint (lens_time_add (G_MAXINT64 - 1, 2), ==, G_MAXINT64);
  g_assert_cmpint (lens_time_add (G_MININT64, -1), ==, G_MININT64);
  g_assert_cmpint (lens_time_add (G_MININT64, G_MAXINT64), ==, -1);
  g_assert_cmpint (lens_time_add (-5, G_MININT64), ==, G_MININT64);
}

static const struct
{
  double ns;
  gint64 step_ns;
  guint decimals;
} steps[] = {
  { 0, 1, 9 },
  { 0.3, 1, 9 },
  { 1, 1, 9 },
  { 4.9, 2, 9 },
  { 5, 5, 9 },
  { 9.99, 5, 9 },
  { 10, 10, 8 },
  { 1.6e8, 1e8, 1 },
  { 2.5e8, 2e8, 1 },
  { 1e9, 1e9, 0 },
  { 7e10, 5e10, 0 },
  { 9e18, G_GINT64_CONSTANT (500000000000000000), 0 },
  { 1e30, G_GINT64_CONSTANT (500000000000000000), 0 },
};

static void
test_steps (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 step_ns = lens_time_round_step (steps[i].ns);

      g_assert_cmpint (step_ns, ==, steps[i].step_ns);
      g_assert_true ((double) step_ns <= MAX (steps[i].ns, 1.0));
      g_assert_cmpuint (lens_time_step_decimals (step_ns), ==, steps[i].decimals);
    }
}

static void
test_snap (void)
{
  g_assert_cmpint (lens_time_snap (1234, 100), ==, 1200);
  g_assert_cmpint (lens_time_snap (1200, 100), ==, 1200);
  g_assert_cmpint (lens_time_snap (-1234, 100), ==, -1300);
  g_assert_cmpint (lens_time_snap (-1300, 100), ==, -1300);
  g_assert_cmpint (lens_time_snap (G_MININT64, SECOND), ==, G_MININT64);
  g_assert_cmpint (lens_time_snap (G_MAXINT64, 1), ==, G_MAXINT64);
}

static void
test_zoom (void)
{
  const LensTimeSpan limits = { 0, 1000 * SECOND };
  const LensTimeSpan span = { 100 * SECOND, 200 * SECOND };
  LensTimeSpan zoomed = lens_time_span_zoom (span, 125 * SECOND, 0.5, limits);

  /* A quarter of it was before the moment, and is so still. */
  g_assert_cmpint (zoomed.first_ns, ==, 112500 * MS);
  g_assert_cmpint (zoomed.last_ns, ==, 162500 * MS);

  /* Out: as far as the limits, and all of them at last. */
  zoomed = lens_time_span_zoom (span, 200 * SECOND, 4, limits);
  g_assert_cmpint (zoomed.first_ns, ==, 0);
  g_assert_cmpint (zoomed.last_ns, ==, 400 * SECOND);
  zoomed = lens_time_span_zoom (span, 150 * SECOND, 11, limits);
  g_assert_cmpint (zoomed.first_ns, ==, limits.first_ns);
  g_assert_cmpint (zoomed.last_ns, ==, limits.last_ns);

  /* In: not below a microsecond. */
  zoomed = lens_time_span_zoom (span, 150 * SECOND, 1e-30, limits);
  g_assert_cmpuint (lens_time_span_get_length (zoomed), ==, 1000);
  g_assert_cmpint (zoomed.first_ns, ==, 150 * SECOND - 500);

  /* At the ends of all times. */
  zoomed = lens_time_span_zoom ((LensTimeSpan){ G_MININT64, G_MAXINT64 }, 0, 0.5,
                                (LensTimeSpan){ G_MININT64, G_MAXINT64 });
  g_assert_cmpint (zoomed.first_ns, <, -4 * (G_MAXINT64 / 10));
  g_assert_cmpint (zoomed.last_ns, >, 4 * (G_MAXINT64 / 10));
}

/* Places and moments, also outside of the span and over all of time. */
static void
test_covers (void)
{
  const LensTimeSpan span = { 100, 199 };

  g_assert_true (lens_time_span_covers (span, span));
  g_assert_true (lens_time_span_covers (span, (LensTimeSpan){ 101, 198 }));
  g_assert_false (lens_time_span_covers (span, (LensTimeSpan){ 99, 198 }));
  g_assert_false (lens_time_span_covers (span, (LensTimeSpan){ 101, 200 }));
}

static void
test_places (void)
{
  const LensTimeSpan span = { 100, 199 };
  const LensTimeSpan all = { G_MININT64, G_MAXINT64 };
  const LensTimeSpan moment = { 7, 7 };

  g_assert_cmpfloat (lens_time_span_get_place (span, 100), ==, 0);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (span, 150), 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (span, 199), 0.99, 1e-12);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (span, 50), -0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (span, 300), 2, 1e-12);
  g_assert_cmpfloat (lens_time_span_get_place (span, G_MAXINT64), >, 1e16);
  g_assert_cmpfloat (lens_time_span_get_place (span, G_MININT64), <, -1e16);
  g_assert_cmpfloat_with_epsilon (lens_time_span_get_place (all, 0), 0.5, 1e-9);
  g_assert_cmpfloat (lens_time_span_get_place (moment, 7), ==, 0);

  g_assert_cmpint (lens_time_span_get_moment (span, 0), ==, 100);
  g_assert_cmpint (lens_time_span_get_moment (span, 0.5), ==, 150);
  g_assert_cmpint (lens_time_span_get_moment (span, 0.999), ==, 199);
  g_assert_cmpint (lens_time_span_get_moment (span, -3), ==, 100);
  g_assert_cmpint (lens_time_span_get_moment (span, 3), ==, 199);
  g_assert_cmpint (lens_time_span_get_moment (all, 0), ==, G_MININT64);
  g_assert_cmpint (lens_time_span_get_moment (all, 0.5), ==, 0);
  g_assert_cmpint (lens_time_span_get_moment (all, 1), ==, G_MAXINT64);
  g_assert_cmpint (lens_time_span_get_moment (moment, 0.7), ==, 7);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-span/new", test_new);
  g_test_add_func ("/time-span/move", test_move);
  g_test_add_func ("/time-span/clamp", test_clamp);
  g_test_add_func ("/time-span/zoom", test_zoom);
  g_test_add_func ("/time-span/add", test_add);
  g_test_add_func ("/time-span/steps", test_steps);
  g_test_add_func ("/time-span/snap", test_snap);
  g_test_add_func ("/time-span/covers", test_covers);
  g_test_add_func ("/time-span/places", test_places);
  return g_test_run ();
}
