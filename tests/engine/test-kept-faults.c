/* Where what comes through a pipe is kept: a disk that others fill meanwhile, and a file system that has no files without a name.
 *
 * The calls that ask for either come through here (the linker's --wrap), by the names that they have where offsets are of 64 bits.
 */
#include "lens-error.h"
#include "lens-kept-bytes.h"
#include "lens-memory-source.h"
#include "test-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MIB ((gsize) 1 << 20)
#define LEAST_FREE_BYTES (256 * (guint64) MIB)
#define BYTES_PER_LOOK (16 * MIB)
#define BLOCK_BYTES 4096

/* What the file system says, and what it was asked. */
static struct
{
  guint64 free_bytes;        /* of the disk, when the first byte is kept */
  guint64 reserved_bytes;    /* that only root may write to, of these */
  gboolean fails;            /* nothing can be found out */
  gboolean has_no_nameless;  /* O_TMPFILE isn't known */
  guint n_looks;             /* at how much is free */
  guint n_nameless_attempts; /* to open a file with no name */
  int fd;                    /* that was asked about last */
} disk;

static char *room; /* where it is kept */

int __wrap_fstatvfs64 (int fd, struct statvfs *status);
int __wrap_open64 (const char *path, int flags, ...);
int __real_open64 (const char *path, int flags, ...);

/* As much less is free as was written. */
int
__wrap_fstatvfs64 (int fd, struct statvfs *status)
{
  struct stat file;
  guint64 free_bytes;

  disk.n_looks++;
  disk.fd = fd;
  if (disk.fails)
    {
      errno = ENOSYS;
      return -1;
    }
  g_assert_cmpint (fstat (fd, &file), ==, 0);
  free_bytes = disk.free_bytes - MIN ((guint64) file.st_size, disk.free_bytes);
  *status = (struct statvfs){
    .f_bsize = 1, /* not what blocks are counted in */
    .f_frsize = BLOCK_BYTES,
    .f_blocks = disk.free_bytes / BLOCK_BYTES * 2,
    .f_bfree = free_bytes / BLOCK_BYTES,
    .f_bavail = (free_bytes - MIN (disk.reserved_bytes, free_bytes)) / BLOCK_BYTES,
  };
  return 0;
}

int
__wrap_open64 (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode;

  va_start (arguments, flags);
  mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg (arguments, mode_t) : 0;
  va_end (arguments);
  if ((flags & O_TMPFILE) == O_TMPFILE)
    {
      disk.n_nameless_attempts++;
      if (disk.has_no_nameless)
        {
          errno = EOPNOTSUPP;
          return -1;
        }
    }
  return __real_open64 (path, flags, mode);
}

/* @n_bytes that tell by their values where they are. (transfer full) */
static GBytes *
make_bytes (gsize n_bytes)
{
  guint32 *values = g_malloc (n_bytes);

  for (gsize i = 0; i < n_bytes / sizeof *values; i++)
    values[i] = (guint32) i * 2654435761u;
  return g_bytes_new_take (values, n_bytes);
}

/* Passes all of @bytes through what keeps them, in pieces of @piece. */
static void
keep (LensKeptBytes *kept, GBytes *bytes, gsize piece)
{
  LensByteSource *source = lens_kept_bytes_keep (kept, lens_memory_source_new (bytes));
  g_autofree guint8 *buffer = g_malloc (piece);
  const guint8 *expected = g_bytes_get_data (bytes, NULL);
  gsize n_read, n_total = 0;
  g_autoptr (GError) error = NULL;

  while (lens_byte_source_read (source, buffer, piece, &n_read, &error) == LENS_SOURCE_BYTES)
    {
      /* Whatever becomes of keeping, all is passed on. */
      g_assert_cmpmem (buffer, n_read, expected + n_total, n_read);
      n_total += n_read;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_total, ==, g_bytes_get_size (bytes));
  lens_byte_source_free (source);
}

/* What was kept is the beginning of @bytes. */
static void
assert_kept (LensKeptBytes *kept, GBytes *bytes, guint64 n_bytes)
{
  LensByteSource *source = lens_kept_bytes_read (kept);
  g_autofree guint8 *buffer = g_malloc (MIB);
  const guint8 *expected = g_bytes_get_data (bytes, NULL);
  gsize n_read, n_total = 0;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (lens_kept_bytes_get_n_bytes (kept), ==, n_bytes);
  while (lens_byte_source_read (source, buffer, MIB, &n_read, &error) == LENS_SOURCE_BYTES)
    {
      g_assert_cmpmem (buffer, n_read, expected + n_total, n_read);
      n_total += n_read;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_total, ==, n_bytes);
  lens_byte_source_free (source);
}

/* 300 MiB free and a pipe of 96 MiB: what is written leaves 256 MiB free, but for what comes between two looks. */
static void
test_others_keep_their_room (void)
{
  g_autoptr (GBytes) bytes = make_bytes (96 * MIB);
  g_autoptr (LensKeptBytes) kept = lens_kept_bytes_new ();
  g_autoptr (GError) error = NULL;

  memset (&disk, 0, sizeof disk);
  disk.free_bytes = 300 * MIB;
  g_assert_true (lens_kept_bytes_check (kept, "pipe", &error));
  keep (kept, bytes, MIB);
  /* Before the piece that reaches 16, 32 and 48 MiB: 285, 269 and 253 MiB are free. */
  g_assert_cmpuint (disk.n_looks, ==, 3);
  assert_kept (kept, bytes, 3 * BYTES_PER_LOOK - MIB);
  g_assert_cmpuint (disk.free_bytes - lens_kept_bytes_get_n_bytes (kept) + BYTES_PER_LOOK, >=,
                    LEAST_FREE_BYTES);
  g_assert_false (lens_kept_bytes_check (kept, "pipe", &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_LIMIT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "Only the first 49.3 MB of “pipe” could be kept"));
  g_assert_nonnull (strstr (error->message, "less than 268 MB is free there"));
  g_assert_nonnull (strstr (error->message, room));
}

/* Room that only root has is none; exactly as much as is to stay free is enough. */
static void
test_room_is_counted_right (void)
{
  static const struct
  {
    guint64 free_bytes;
    guint64 reserved_bytes;
    gboolean is_enough;
  } cases[] = {
    { 400 * MIB, 0, TRUE },
    { 400 * MIB, 150 * MIB, FALSE },
    /* 15 MiB were kept when it is looked at. */
    { LEAST_FREE_BYTES + 15 * MIB, 0, TRUE },
    { LEAST_FREE_BYTES + 15 * MIB - BLOCK_BYTES, 0, FALSE },
    { 8 * MIB, 0, FALSE },
    /* More than 32 bits have. */
    { (guint64) 9 << 40, 0, TRUE },
  };
  g_autoptr (GBytes) bytes = make_bytes (20 * MIB);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LensKeptBytes) kept = lens_kept_bytes_new ();

      memset (&disk, 0, sizeof disk);
      disk.free_bytes = cases[i].free_bytes;
      disk.reserved_bytes = cases[i].reserved_bytes;
      keep (kept, bytes, MIB);
      g_test_message ("%" G_GUINT64_FORMAT " bytes free", cases[i].free_bytes);
      g_assert_cmpuint (disk.n_looks, ==, 1);
      g_assert_cmpint (lens_kept_bytes_check (kept, "pipe", NULL), ==, cases[i].is_enough);
      assert_kept (kept, bytes, cases[i].is_enough ? 20 * MIB : 15 * MIB);
    }
}

/* A short capture is kept without a look; where nothing can be found out, it is tried. */
static void
test_looks (void)
{
  g_autoptr (GBytes) few = make_bytes (BYTES_PER_LOOK - MIB);
  g_autoptr (GBytes) many = make_bytes (40 * MIB);
  g_autoptr (LensKeptBytes) of_few = lens_kept_bytes_new ();
  g_autoptr (LensKeptBytes) of_many = lens_kept_bytes_new ();
  g_autoptr (LensKeptBytes) in_large_pieces = lens_kept_bytes_new ();

  memset (&disk, 0, sizeof disk);
  keep (of_few, few, MIB);
  g_assert_cmpuint (disk.n_looks, ==, 0);
  assert_kept (of_few, few, g_bytes_get_size (few));

  disk.fails = TRUE;
  keep (of_many, many, MIB);
  g_assert_cmpuint (disk.n_looks, ==, 2);
  assert_kept (of_many, many, 40 * MIB);

  memset (&disk, 0, sizeof disk);
  keep (in_large_pieces, many, 20 * MIB);
  g_assert_cmpuint (disk.n_looks, ==, 1);
  assert_kept (in_large_pieces, many, 0);
}

/* It gets a name, which is gone before there is a byte in it; and nobody else may read it. */
static void
test_no_nameless_files (void)
{
  g_autoptr (GBytes) bytes = make_bytes (20 * MIB);
  g_autoptr (LensKeptBytes) kept = lens_kept_bytes_new ();
  struct stat status;

  memset (&disk, 0, sizeof disk);
  disk.free_bytes = (guint64) 1 << 40;
  disk.has_no_nameless = TRUE;
  keep (kept, bytes, MIB);
  g_assert_cmpuint (disk.n_nameless_attempts, ==, 1);
  assert_kept (kept, bytes, 20 * MIB);
  test_folder_assert_empty (room);
  g_assert_cmpint (fstat (disk.fd, &status), ==, 0);
  g_assert_cmpuint (status.st_nlink, ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, S_IRUSR | S_IWUSR);
  g_assert_cmpint (fcntl (disk.fd, F_GETFD) & FD_CLOEXEC, !=, 0);
}

/* Nor a folder: the reason is said, not that of the first way. */
static void
test_no_nameless_files_and_no_folder (void)
{
  g_autoptr (GBytes) bytes = make_bytes (MIB);
  g_autoptr (LensKeptBytes) kept = lens_kept_bytes_new ();
  g_autoptr (GError) error = NULL;

  memset (&disk, 0, sizeof disk);
  disk.has_no_nameless = TRUE;
  g_assert_cmpint (g_rmdir (room), ==, 0);
  keep (kept, bytes, MIB / 4);
  g_assert_cmpint (g_mkdir (room, 0700), ==, 0);
  /* Once is enough. */
  g_assert_cmpuint (disk.n_nameless_attempts, ==, 1);
  assert_kept (kept, bytes, 0);
  g_assert_false (lens_kept_bytes_check (kept, "pipe", &error));
  g_assert_nonnull (strstr (error->message, "No such file or directory"));
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  room = g_dir_make_tmp ("lens-room-XXXXXX", NULL);
  g_setenv ("TMPDIR", room, TRUE);
  g_test_add_func ("/kept-faults/others-keep-their-room", test_others_keep_their_room);
  g_test_add_func ("/kept-faults/room-is-counted-right", test_room_is_counted_right);
  g_test_add_func ("/kept-faults/looks", test_looks);
  g_test_add_func ("/kept-faults/no-nameless-files", test_no_nameless_files);
  g_test_add_func ("/kept-faults/no-nameless-files-and-no-folder", test_no_nameless_files_and_no_folder);
  status = g_test_run ();
  test_folder_assert_empty (room);
  g_assert_cmpint (g_rmdir (room), ==, 0);
  g_free (room);
  return status;
}
