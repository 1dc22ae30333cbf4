#include "lens-field-tree.h"

#include <glib/gi18n-lib.h>

struct _LensFieldTree
{
  gatomicrefcount ref_count;
  GArray *fields; /* of LensField */
};

static void
field_clear (gpointer data)
{
  LensField *field = data;

  g_free (field->value);
  g_free (field->meaning);
}

LensFieldTree *
lens_field_tree_new (void)
{
  LensFieldTree *tree = g_new0 (LensFieldTree, 1);

  g_atomic_ref_count_init (&tree->ref_count);
  tree->fields = g_array_new (FALSE, FALSE, sizeof (LensField));
  g_array_set_clear_func (tree->fields, field_clear);
  return tree;
}

LensFieldTree *
lens_field_tree_ref (LensFieldTree *tree)
{
  g_atomic_ref_count_inc (&tree->ref_count);
  return tree;
}

void
lens_field_tree_unref (LensFieldTree *tree)
{
  if (!g_atomic_ref_count_dec (&tree->ref_count))
    return;
  g_array_unref (tree->fields);
  g_free (tree);
}

gsize
lens_field_tree_append (LensFieldTree *tree,
                        guint depth,
                        const char *name,
                        char *value,
                        char *meaning,
                        gsize offset,
                        gsize n_bytes)
{
  lens_field_tree_insert (tree, tree->fields->len, depth, name, value, meaning, offset, n_bytes);
  return tree->fields->len - 1;
}

void
lens_field_tree_insert (LensFieldTree *tree,
                        gsize place,
                        guint depth,
                        const char *name,
                        char *value,
                        char *meaning,
                        gsize offset,
                        gsize n_bytes)
{
  LensField field = {
    .name = name, .value = value, .meaning = meaning, .offset = offset, .n_bytes = n_bytes, .depth = depth
  };

  g_array_insert_val (tree->fields, (guint) MIN (place, tree->fields->len), field);
}

void
lens_field_tree_set_id (LensFieldTree *tree, gsize place, const char *id)
{
  g_return_if_fail (place < tree->fields->len);
  g_array_index (tree->fields, LensField, place).id = id;
}

gsize
lens_field_tree_get_n (const LensFieldTree *tree)
{
  return tree->fields->len;
}

const LensField *
lens_field_tree_get (const LensFieldTree *tree, gsize place)
{
  g_return_val_if_fail (place < tree->fields->len, NULL);
  return &g_array_index (tree->fields, LensField, place);
}

gsize
lens_field_tree_get_parent (const LensFieldTree *tree, gsize place)
{
  guint depth = lens_field_tree_get (tree, place)->depth;

  while (place > 0)
    if (lens_field_tree_get (tree, --place)->depth < depth)
      return place;
  return LENS_FIELD_NONE;
}

gboolean
lens_field_tree_has_parts (const LensFieldTree *tree, gsize place)
{
  return place + 1 < tree->fields->len
         && lens_field_tree_get (tree, place + 1)->depth > lens_field_tree_get (tree, place)->depth;
}

/* Bits of a field that is no longer than two bytes. */
static gboolean
is_bits (const LensFieldTree *tree, gsize place)
{
  return lens_field_tree_get (tree, place)->depth > 1
         && lens_field_tree_get (tree, lens_field_tree_get_parent (tree, place))->n_bytes <= 2;
}

gsize
lens_field_tree_find_byte (const LensFieldTree *tree, gsize offset)
{
  gsize best = LENS_FIELD_NONE;

  for (gsize i = 0; i < tree->fields->len; i++)
    {
      const LensField *field = lens_field_tree_get (tree, i);
      const LensField *than = best != LENS_FIELD_NONE ? lens_field_tree_get (tree, best) : NULL;

      if (offset < field->offset || offset - field->offset >= field->n_bytes || is_bits (tree, i))
        continue;
      if (than == NULL || field->n_bytes < than->n_bytes
          || (field->n_bytes == than->n_bytes && field->depth == 1 && than->depth == 0))
        best = i;
    }
  return best;
}

const LensField *
lens_field_tree_find_id (const LensFieldTree *tree, const char *id)
{
  for (gsize i = 0; i < tree->fields->len; i++)
    if (g_strcmp0 (lens_field_tree_get (tree, i)->id, id) == 0)
      return lens_field_tree_get (tree, i);
  return NULL;
}

char *
lens_field_describe (const LensField *field)
{
  if (field->value != NULL && field->meaning != NULL)
    /* Translators: name, value and meaning of a field: "Protocol: 6 (TCP)". */
    return g_strdup_printf (_ ("%s: %s (%s)"), field->name, field->value, field->meaning);
  if (field->value != NULL || field->meaning != NULL)
    /* Translators: name and value of a field: "Time to live: 64". */
    return g_strdup_printf (_ ("%s: %s"), field->name, field->value != NULL ? field->value : field->meaning);
  return g_strdup (field->name);
}

char *
lens_field_tree_to_text (const LensFieldTree *tree)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < tree->fields->len; i++)
    {
      const LensField *field = lens_field_tree_get (tree, i);
      g_autofree char *line = lens_field_describe (field);

      g_string_append_printf (text, "%*s%s\n", (int) field->depth * 4, "", line);
    }
  return g_string_free (text, FALSE);
}
