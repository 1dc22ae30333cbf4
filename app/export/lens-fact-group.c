#include "lens-fact-group.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
clear_fact (gpointer item)
{
  LensFact *fact = item;

  g_free (fact->title);
  g_free (fact->value);
}

LensFactGroup *
lens_fact_group_new (const char *title, gsize max_facts)
{
  LensFactGroup *group = g_new0 (LensFactGroup, 1);

  group->title = g_strdup (title);
  group->facts = g_array_new (FALSE, FALSE, sizeof (LensFact));
  group->max_facts = max_facts;
  g_array_set_clear_func (group->facts, clear_fact);
  return group;
}

void
lens_fact_group_free (LensFactGroup *group)
{
  g_free (group->title);
  g_array_unref (group->facts);
  g_free (group);
}

void
lens_fact_group_take (LensFactGroup *group, const char *title, char *value)
{
  LensFact fact = { .value = value };

  if (value == NULL)
    return;
  if (lens_fact_group_is_full (group))
    {
      group->n_left_out++;
      g_free (value);
      return;
    }
  fact.title = g_strdup (title);
  g_array_append_val (group->facts, fact);
}

gboolean
lens_fact_group_is_full (const LensFactGroup *group)
{
  return group->facts->len >= group->max_facts;
}

void
lens_fact_group_skip (LensFactGroup *group, guint64 n)
{
  group->n_left_out += n;
}

char *
lens_fact_group_describe_left_out (const LensFactGroup *group)
{
  g_autofree char *count = lens_format_count (group->n_left_out);

  if (group->n_left_out == 0)
    return NULL;
  /* Translators: the end of a list that is too long to be shown whole. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "and %s more", "and %s more", (gulong) group->n_left_out), count);
}

/* Lines after the first are indented below it. */
static void
append_value (GString *text, const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    {
      g_string_append_c (text, *p);
      if (*p == '\n')
        g_string_append (text, "    ");
    }
}

static void
append_group (GString *text, const LensFactGroup *group)
{
  g_autofree char *left_out = lens_fact_group_describe_left_out (group);

  g_string_append_printf (text, "%s%s\n", text->len > 0 ? "\n" : "", group->title);
  for (guint i = 0; i < group->facts->len; i++)
    {
      const LensFact *fact = &g_array_index (group->facts, LensFact, i);

      g_string_append_printf (text, "  %s: ", fact->title);
      append_value (text, fact->value);
      g_string_append_c (text, '\n');
    }
  if (left_out != NULL)
    g_string_append_printf (text, "  %s\n", left_out);
}

char *
lens_fact_groups_to_text (const GPtrArray *groups)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    append_group (text, groups->pdata[i]);
  return g_string_free (text, FALSE);
}
