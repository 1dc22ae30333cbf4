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

void
lens_session_toggle_only_term (LensSession *self, const LensFilterTerm *term)
{
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();

  if (lens_filter_get_n_terms (lens_session_get_filter (self)) != 1
      || !lens_filter_has_term (lens_session_get_filter (self), term))
    {
      LensFilter *only = lens_filter_with_term (filter, term);

      lens_filter_unref (filter);
      filter = only;
    }
  lens_session_set_filter (self, filter);
}

void
lens_session_clear_filter (LensSession *self)
{
  g_autoptr (LensFilter) filter = lens_filter_new_empty ();

  lens_session_set_filter (self, filter);
}
