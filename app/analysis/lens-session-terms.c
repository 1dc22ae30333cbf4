/* What a session offers for single terms: all of it by setting another filter. */
#include "lens-session.h"

void
lens_session_add_term (LensSession *self, const LensFilterTerm *term)
{
  g_autoptr (LensFilter) filter = lens_filter_with_term (lens_session_get_filter (self), term);

  lens_session_set_filter (self, filter);
}

void
lens_session_remove_term (LensSession *self, const LensFilterTerm *term)
{
  g_autoptr (LensFilter) filter = lens_filter_without_term (lens_session_get_filter (self), term);

  lens_session_set_filter (self, filter);
}

void
lens_session_set_term_inverted (LensSession *self, const LensFilterTerm *term, gboolean is_inverted)
{
  g_autoptr (LensFilter) filter
      = lens_filter_with_inverted (lens_session_get_filter (self), term, is_inverted);

  lens_session_set_filter (self, filter);
}

void
lens_session_set_term_enabled (LensSession *self, const LensFilterTerm *term, gboolean is_enabled)
{
  g_autoptr (LensFilter) filter = lens_filter_with_enabled (lens_session_get_filter (self), term, is_enabled);

  lens_session_set_filter (self, filter);
}

/* The spans of time of a filter, and nothing else of it. (transfer full) */
static LensFilter *
keep_time (LensFilter *filter)
{
  LensFilter *kept = lens_filter_ref (filter);

  for (LensFilterKind kind = 0; kind < LENS_N_FILTER_KINDS; kind++)
    if (kind != LENS_FILTER_TIME)
      {
        g_autoptr (LensFilter) before = kept;

        kept = lens_filter_without_kind (before, kind);
      }
  return kept;
}

void
lens_session_toggle_only_term (LensSession *self, const LensFilterTerm *term)
{
  LensFilter *before = lens_session_get_filter (self);
  g_autoptr (LensFilter) time
      = term->kind == LENS_FILTER_TIME ? lens_filter_new_empty () : keep_time (before);
  g_autoptr (LensFilter) only = lens_filter_with_term (time, term);

  lens_session_set_filter (self, lens_filter_equal (before, only) ? time : only);
}

void
lens_session_show_all (LensSession *self, LensFilterKind kind, gboolean keeps_others)
{
  LensFilter *before = lens_session_get_filter (self);
  g_autoptr (LensFilter) filter = keeps_others ? lens_filter_without_kind (before, kind) : keep_time (before);

  lens_session_set_filter (self, filter);
}

void
lens_session_choose_term (LensSession *self, const LensFilterTerm *term, gboolean adds)
{
  if (term == NULL)
    lens_session_show_all (self, LENS_FILTER_LAYER, adds);
  else if (!adds)
    lens_session_toggle_only_term (self, term);
  else if (lens_filter_has_term (lens_session_get_filter (self), term))
    lens_session_remove_term (self, term);
  else
    lens_session_add_term (self, term);
}

void
lens_session_clear_filter (LensSession *self)
{
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();

  lens_session_set_filter (self, filter);
}
