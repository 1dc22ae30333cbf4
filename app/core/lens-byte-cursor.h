/* A bounds-checked reader over bytes that are not trusted.
 *
 * The cursor borrows the bytes. Every read says whether it stayed inside; a read that did not leaves
 * the cursor where it was and its result untouched. The only way packet bytes are read. Any thread.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *bytes; /* (transfer none) */
  gsize length;        /* bytes in all */
  gsize position;      /* next byte to read; never past length */
} LensByteCursor;

static inline LensByteCursor
lens_byte_cursor_init (const guint8 *bytes, gsize length)
{
  return (LensByteCursor){ .bytes = bytes, .length = length, .position = 0 };
}

/* How many bytes are left. */
static inline gsize
lens_byte_cursor_left (const LensByteCursor *cursor)
{
  return cursor->length - cursor->position;
}

static inline gboolean
lens_byte_cursor_skip (LensByteCursor *cursor, gsize n_bytes)
{
  if (n_bytes > lens_byte_cursor_left (cursor))
    return FALSE;
  cursor->position += n_bytes;
  return TRUE;
}

/* Reads without moving: the byte @offset bytes ahead. */
static inline gboolean
lens_byte_cursor_peek_u8 (const LensByteCursor *cursor, gsize offset, guint8 *value)
{
  if (offset >= lens_byte_cursor_left (cursor))
    return FALSE;
  *value = cursor->bytes[cursor->position + offset];
  return TRUE;
}

/* Reads without moving: two bytes in network order, @offset bytes ahead. */
static inline gboolean
lens_byte_cursor_peek_u16 (const LensByteCursor *cursor, gsize offset, guint16 *value)
{
  const guint8 *at;

  if (offset > lens_byte_cursor_left (cursor) || lens_byte_cursor_left (cursor) - offset < 2)
    return FALSE;
  at = cursor->bytes + cursor->position + offset;
  *value = (guint16) (at[0] << 8 | at[1]);
  return TRUE;
}

static inline gboolean
lens_byte_cursor_read_u8 (LensByteCursor *cursor, guint8 *value)
{
  return lens_byte_cursor_peek_u8 (cursor, 0, value) && lens_byte_cursor_skip (cursor, 1);
}

static inline gboolean
lens_byte_cursor_read_u16 (LensByteCursor *cursor, guint16 *value)
{
  return lens_byte_cursor_peek_u16 (cursor, 0, value) && lens_byte_cursor_skip (cursor, 2);
}

static inline gboolean
lens_byte_cursor_read_u32 (LensByteCursor *cursor, guint32 *value)
{
  const guint8 *at;

  if (lens_byte_cursor_left (cursor) < 4)
    return FALSE;
  at = cursor->bytes + cursor->position;
  *value = (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
  cursor->position += 4;
  return TRUE;
}

/* The same of numbers that are in the byte order that a file says it has. */
static inline gboolean
lens_byte_cursor_read_u16_ordered (LensByteCursor *cursor, gboolean is_big_endian, guint16 *value)
{
  if (!lens_byte_cursor_read_u16 (cursor, value))
    return FALSE;
  if (!is_big_endian)
    *value = GUINT16_SWAP_LE_BE (*value);
  return TRUE;
}

static inline gboolean
lens_byte_cursor_read_u32_ordered (LensByteCursor *cursor, gboolean is_big_endian, guint32 *value)
{
  if (!lens_byte_cursor_read_u32 (cursor, value))
    return FALSE;
  if (!is_big_endian)
    *value = GUINT32_SWAP_LE_BE (*value);
  return TRUE;
}

static inline gboolean
lens_byte_cursor_read_u64_ordered (LensByteCursor *cursor, gboolean is_big_endian, guint64 *value)
{
  guint32 first = 0, second = 0;

  if (lens_byte_cursor_left (cursor) < 8)
    return FALSE;
  (void) lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, &first);
  (void) lens_byte_cursor_read_u32_ordered (cursor, is_big_endian, &second);
  *value = is_big_endian ? (guint64) first << 32 | second : (guint64) second << 32 | first;
  return TRUE;
}

/* Splits off a cursor of its own over the next @n_bytes, and moves past them. */
static inline gboolean
lens_byte_cursor_read_part (LensByteCursor *cursor, gsize n_bytes, LensByteCursor *part)
{
  if (n_bytes > lens_byte_cursor_left (cursor))
    return FALSE;
  *part = lens_byte_cursor_init (cursor->bytes + cursor->position, n_bytes);
  cursor->position += n_bytes;
  return TRUE;
}

static inline gboolean
lens_byte_cursor_read_bytes (LensByteCursor *cursor, guint8 *bytes, gsize n_bytes)
{
  if (n_bytes > lens_byte_cursor_left (cursor))
    return FALSE;
  memcpy (bytes, cursor->bytes + cursor->position, n_bytes);
  cursor->position += n_bytes;
  return TRUE;
}

G_END_DECLS
