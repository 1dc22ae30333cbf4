/* What tests of a session share: three packets, filters by host, and what is shown. */
#pragma once
#include "lens-session.h"
#include "test-tables.h"

static const TestPacket rows[] = {
  { 1, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 5000, 443, 100 },
  { 2, "192.0.2.2", "192.0.2.1", LENS_LAYER_TCP, 443, 5000, 10 },
  { 3, "192.0.2.1", "192.0.2.3", LENS_LAYER_UDP, 6000, 53, 40 },
};

/* Counts in a table how often each property was notified, by name. */
static inline void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  GHashTable *counts = user_data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, pspec->name));

  g_hash_table_insert (counts, (gpointer) pspec->name, GUINT_TO_POINTER (count + 1));
}

static inline guint
count_of (GHashTable *counts, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
}

static inline void
wait_until_done (LensSession *session)
{
  while (lens_session_get_is_busy (session))
    g_main_context_iteration (NULL, TRUE);
}

static inline LensFilterTerm
host_term (const char *text)
{
  LensAddress address = test_address (text);

  return lens_filter_term_host (&address);
}

static inline guint64
packets_shown (LensSession *session)
{
  LensAnalysis *analysis = lens_session_get_analysis (session);

  g_assert_nonnull (analysis);
  return lens_analysis_get_layers (analysis)->all;
}
