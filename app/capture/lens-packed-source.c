#include "lens-packed-source.h"

#include "lens-capture-reader.h"
#include "lens-error.h"
#include "lens-format.h"
#include "lens-packed-index.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INPUT_BYTES ((gsize) 1 << 18)

/* What is passed over at once on the way to somewhere: some milliseconds. */
#define PASSED_BYTES ((gsize) 1 << 20)

typedef struct
{
  LensByteSource parent;
  const LensPacking *packing;
  gpointer state;
  LensByteSource *packed;
  guint8 *input;
  gsize capacity;
  gsize start; /* of what was not taken yet, in the input */
  gsize end;
  guint64 n_taken; /* packed bytes so far, from their beginning */
  guint64 max_unpacked_bytes;
  gboolean is_last; /* the packed bytes have ended */
  gboolean is_full; /* the last step had all the room that there was: there may be more of what it took */
  LensUnpackStatus status; /* after the last step */
  GError *error;           /* (nullable) kept until all that came before is given out */
  LensPackedIndex *noted;  /* (nullable) where places are noted */
  LensPackedIndex *known;  /* (nullable) by which it seeks */
  guint64 wanted_position; /* nothing before this is given out */
  guint8 *passed;          /* (nullable) for what is passed over */
} PackedSource;

static const LensPacking *const packings[] = {
  &lens_packing_gzip,
  &lens_packing_zstd,
  &lens_packing_lz4,
};

const LensPacking *
lens_packing_find (const guint8 magic[4])
{
  for (gsize i = 0; i < G_N_ELEMENTS (packings); i++)
    if (packings[i]->is_magic (magic))
      return packings[i];
  return NULL;
}

/* Adds packed bytes behind those that are there. */
static LensSourceStatus
read_input (PackedSource *self)
{
  LensSourceStatus status;
  gsize n_read = 0;

  if (self->start > 0)
    {
      memmove (self->input, self->input + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  status = lens_byte_source_read (self->packed, self->input + self->end, self->capacity - self->end, &n_read,
                                  &self->error);
  self->end += n_read;
  if (status == LENS_SOURCE_END)
    self->is_last = TRUE;
  return status;
}

static void
set_cut_error (PackedSource *self)
{
  /* Translators: %s is the name of a kind of compression, such as gzip. */
  g_set_error (&self->error, LENS_ERROR, LENS_ERROR_READ, _ ("its %s data end too early"),
               lens_compression_get_name (self->packing->compression));
}

/* It has unpacked @n_given bytes more than were given out. */
static void
note_place (PackedSource *self, gsize n_given)
{
  LensPackedPlace place = { self->n_taken, self->parent.position + n_given };
  gboolean can_copy = self->packing->state_copy != NULL;

  if (self->status != LENS_UNPACK_BETWEEN && !(can_copy && self->status == LENS_UNPACK_GOING))
    return;
  if (lens_packed_index_wants (self->noted, place.unpacked_offset))
    lens_packed_index_add (self->noted, self->packing, &place,
                           can_copy ? self->packing->state_copy (self->state) : NULL);
}

/* Of the packed bytes that are there. What is left of those that were taken is given out by itself, before any more: they may be damaged, and
 * then the same step would lose it. */
static gsize
get_n_shown (const PackedSource *self)
{
  return self->is_full ? 0 : self->end - self->start;
}

/* Unpacks up to @n_output bytes, at least one with LENS_SOURCE_BYTES. */
static LensSourceStatus
unpack (PackedSource *self, guint8 *output, gsize n_output, gsize *n_given)
{
  for (;;)
    {
      gsize n_taken = 0;
      gboolean was_full = self->is_full;
      gboolean has_stalled;

      if (self->error != NULL)
        return LENS_SOURCE_FAILED;
      if (self->status == LENS_UNPACK_DONE)
        return LENS_SOURCE_END;
      *n_given = 0;
      self->status = self->packing->unpack (self->state, self->input + self->start, get_n_shown (self),
                                            self->is_last && !was_full, &n_taken, output, n_output, n_given,
                                            &self->error);
      self->is_full = *n_given == n_output;
      self->start += n_taken;
      self->n_taken += n_taken;
      if (self->noted != NULL)
        note_place (self, *n_given);
      if (*n_given > 0)
        return LENS_SOURCE_BYTES;
      has_stalled = n_taken == 0 && !was_full && self->status != LENS_UNPACK_FAILED
                    && self->status != LENS_UNPACK_DONE;
      if (has_stalled && self->is_last)
        {
          if (self->status == LENS_UNPACK_BETWEEN)
            return LENS_SOURCE_END;
          set_cut_error (self);
        }
      else if (has_stalled)
        {
          LensSourceStatus status = read_input (self);

          if (status == LENS_SOURCE_WAIT)
            return status;
        }
    }
}

guint64
lens_packed_source_get_allowed_bytes (guint64 max_unpacked_bytes, guint64 n_packed_bytes)
{
  guint64 by_ratio;

  if (max_unpacked_bytes > 0)
    return max_unpacked_bytes;
  if (!g_uint64_checked_mul (&by_ratio, n_packed_bytes, LENS_DEFAULT_MAX_UNPACKED_RATIO))
    return G_MAXUINT64;
  return MAX (by_ratio, LENS_DEFAULT_MAX_UNPACKED_BYTES);
}

/* All that is allowed was given out: whether there is more decides between an end and the ceiling. */
static LensSourceStatus
look_beyond_ceiling (PackedSource *self, guint64 allowed)
{
  guint8 beyond;
  gsize n_beyond;
  LensSourceStatus status = unpack (self, &beyond, 1, &n_beyond);
  g_autofree char *text = NULL;

  if (status != LENS_SOURCE_BYTES)
    return status;
  text = lens_format_bytes (allowed);
  g_set_error_literal (&self->error, LENS_ERROR, LENS_ERROR_LIMIT, text);
  return LENS_SOURCE_FAILED;
}

/* Moves on towards where it is to go on. LENS_SOURCE_WAIT: it has, and may be there. */
static LensSourceStatus
pass_over (PackedSource *self)
{
  guint64 n_wanted = self->wanted_position - self->parent.position;
  guint64 end = self->parent.position + MIN (n_wanted, PASSED_BYTES);

  if (self->passed == NULL)
    self->passed = g_malloc (INPUT_BYTES);
  while (self->parent.position < end)
    {
      gsize n_given = 0;
      LensSourceStatus status
          = unpack (self, self->passed, (gsize) MIN (INPUT_BYTES, end - self->parent.position), &n_given);

      if (status != LENS_SOURCE_BYTES)
        return status;
      self->parent.position += n_given;
    }
  return LENS_SOURCE_WAIT;
}

static LensSourceStatus
packed_source_read (LensByteSource *source, guint8 *buffer, gsize n_bytes, gsize *n_read, GError **error)
{
  PackedSource *self = (PackedSource *) source;
  guint64 allowed = lens_packed_source_get_allowed_bytes (self->max_unpacked_bytes, self->n_taken);
  LensSourceStatus status;

  if (source->position < self->wanted_position)
    status = pass_over (self);
  else if (source->position >= allowed)
    status = look_beyond_ceiling (self, allowed);
  else
    status = unpack (self, buffer, (gsize) MIN (n_bytes, allowed - source->position), n_read);
  source->packed_position = self->packed->position;
  if (status == LENS_SOURCE_FAILED)
    g_propagate_error (error, g_error_copy (self->error));
  return status;
}

static gboolean
packed_source_seek (LensByteSource *source, guint64 position)
{
  PackedSource *self = (PackedSource *) source;
  LensPackedPlace place = lens_packed_index_find (self->known, position);

  if (self->packed->seek == NULL)
    return FALSE;
  /* From where it is, if there is no place between. */
  if (position < source->position || place.unpacked_offset > source->position || self->error != NULL)
    {
      gpointer state = lens_packed_index_copy_state (self->known, self->packing, &place);

      if (!self->packed->seek (self->packed, place.packed_offset))
        {
          self->packing->state_free (state);
          return FALSE;
        }
      self->packing->state_free (self->state);
      self->state = state;
      self->status = LENS_UNPACK_GOING;
      self->start = self->end = 0;
      self->n_taken = place.packed_offset;
      self->is_last = self->is_full = FALSE;
      g_clear_error (&self->error);
      source->position = place.unpacked_offset;
    }
  self->wanted_position = position;
  return TRUE;
}

static void
packed_source_free (LensByteSource *source)
{
  PackedSource *self = (PackedSource *) source;

  g_clear_pointer (&self->noted, lens_packed_index_unref);
  g_clear_pointer (&self->known, lens_packed_index_unref);
  g_free (self->passed);

  self->packing->state_free (self->state);
  lens_byte_source_free (self->packed);
  g_free (self->input);
  g_clear_error (&self->error);
  g_free (self);
}

LensByteSource *
lens_packed_source_new (const LensPacking *packing,
                        LensByteSource *packed,
                        GBytes *start,
                        guint64 max_unpacked_bytes)
{
  static const LensByteSourceClass kind = { packed_source_read, packed_source_free };
  PackedSource *self = g_new0 (PackedSource, 1);
  gsize n_start = 0;
  const guint8 *start_bytes = start != NULL ? g_bytes_get_data (start, &n_start) : NULL;

  self->parent.kind = &kind;
  self->parent.may_wait = packed->may_wait;
  self->parent.packed_position = packed->position;
  self->packing = packing;
  self->state = packing->state_new ();
  self->packed = packed;
  self->capacity = MAX (n_start, INPUT_BYTES);
  self->input = g_malloc (self->capacity);
  if (n_start > 0)
    memcpy (self->input, start_bytes, n_start);
  self->end = n_start;
  self->max_unpacked_bytes = max_unpacked_bytes;
  return &self->parent;
}

void
lens_packed_source_note_places (LensByteSource *source, LensPackedIndex *index)
{
  ((PackedSource *) source)->noted = lens_packed_index_ref (index);
}

void
lens_packed_source_seek_by (LensByteSource *source, LensPackedIndex *index)
{
  ((PackedSource *) source)->known = lens_packed_index_ref (index);
  source->seek = packed_source_seek;
}
