/* Facts for people, in groups: a title and its value each, as plain text (never markup). Owned by who made it; one thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *title; /* owned: "Link type" */
  char *value; /* owned: "Ethernet"; may have several lines */
} LensFact;

typedef struct
{
  char *title;   /* owned */
  GArray *facts; /* owned (element-type LensFact) */
  gsize max_facts;
  guint64 n_left_out; /* beyond max_facts */
} LensFactGroup;

/* @title: (transfer none). Facts beyond @max_facts are counted, not kept. */
LensFactGroup *lens_fact_group_new (const char *title, gsize max_facts);
void lens_fact_group_free (LensFactGroup *group);

/* @title: (transfer none). @value: (transfer full) (nullable): NULL adds nothing. */
void lens_fact_group_take (LensFactGroup *group, const char *title, char *value);

/* Whether one more would be left out: nothing need be made of it, lens_fact_group_skip() counts it. */
gboolean lens_fact_group_is_full (const LensFactGroup *group);
void lens_fact_group_skip (LensFactGroup *group, guint64 n);

/* "and 9,900 more", or NULL where nothing was left out. (transfer full) */
char *lens_fact_group_describe_left_out (const LensFactGroup *group);

/* All of @groups (element-type LensFactGroup) as lines of text. (transfer full) */
char *lens_fact_groups_to_text (const GPtrArray *groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensFactGroup, lens_fact_group_free)

G_END_DECLS
