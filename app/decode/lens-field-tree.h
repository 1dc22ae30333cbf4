/* A packet's headers, field by field: names, values, what they mean, and which bytes they are.
 *
 * A list in the order of the packet, in which a field's depth says whose part it is: 0 for a header, 1 for its fields, 2
 * for the parts of those. Built by lens_dissect() on one thread, then immutable and reference counted. Texts are translated and
 * safe to show.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No field: also the parent of a header. */
#define LENS_FIELD_NONE G_MAXSIZE

typedef struct
{
  const char *id;   /* (nullable) what packet tables call it: "IP_ttl", "Raw_load"; never translated */
  const char *name; /* of the header or field */
  char *value;      /* owned (nullable) */
  char *meaning;    /* owned (nullable) in words */
  gsize offset;     /* of its first byte in the packet's captured bytes */
  gsize n_bytes; /* of it that were captured; the bytes it has a part of, where it is smaller than a byte */
  guint depth;
} LensField;

typedef struct _LensFieldTree LensFieldTree;

LensFieldTree *lens_field_tree_new (void);
LensFieldTree *lens_field_tree_ref (LensFieldTree *tree);
void lens_field_tree_unref (LensFieldTree *tree);

/* Appends a field and gives its place. @name: a text that stays. @value, @meaning: (transfer full) (nullable). */
gsize lens_field_tree_append (LensFieldTree *tree,
                              guint depth,
                              const char *name,
                              char *value,
                              char *meaning,
                              gsize offset,
                              gsize n_bytes);

/* The same before the field at @place, or at the end. For a tree that nobody else has. */
void lens_field_tree_insert (LensFieldTree *tree,
                             gsize place,
                             guint depth,
                             const char *name,
                             char *value,
                             char *meaning,
                             gsize offset,
                             gsize n_bytes);

/* The name that packet tables have for the field at @place; a text that stays. */
void lens_field_tree_set_id (LensFieldTree *tree, gsize place, const char *id);

gsize lens_field_tree_get_n (const LensFieldTree *tree);
const LensField *lens_field_tree_get (const LensFieldTree *tree, gsize place);

/* The field that the one at @place is a part of, or LENS_FIELD_NONE. */
gsize lens_field_tree_get_parent (const LensFieldTree *tree, gsize place);

/* Whether fields follow that are parts of the one at @place. */
gboolean lens_field_tree_has_parts (const LensFieldTree *tree, gsize place);

/* The field that says most about the byte at @offset: the smallest that covers it, but not single bits of a field of one or two bytes.
 * LENS_FIELD_NONE: no field does. */
gsize lens_field_tree_find_byte (const LensFieldTree *tree, gsize offset);

/* The first field that packet tables call @id, or NULL. */
const LensField *lens_field_tree_find_id (const LensFieldTree *tree, const char *id);

/* "Time to live: 64", with the meaning in brackets. (transfer full) */
char *lens_field_describe (const LensField *field);

/* What a field that packet tables have is for, in a sentence; NULL for others. A text that stays. */
const char *lens_field_get_purpose (const LensField *field);

/* All fields, a line each, parts further in. (transfer full) */
char *lens_field_tree_to_text (const LensFieldTree *tree);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LensFieldTree, lens_field_tree_unref)

G_END_DECLS
