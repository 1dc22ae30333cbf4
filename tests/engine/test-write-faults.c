/* Everything that can go wrong when a file is written: the target is the old file or the whole new one, nothing else is left
 * in its folder, and a message says what happened.
 *
 * The writer's system calls come through here (the linker's --wrap), so that each of them can be made to fail.
 */
#include "lens-error.h"
#include "lens-file-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define OLD_BYTES 10000
#define NEW_BYTES 300000
#define N_KILLS 300
#define SEED 20261125
#define UNKNOWN_USER 65534

/* What a child of the tests says with its exit code. */
enum
{
  CHILD_GOOD = 0,
  CHILD_BAD = 1,
  CHILD_CANNOT = 77,
};

typedef enum
{
  CALL_OPEN,
  CALL_WRITE,
  CALL_FSYNC,
  CALL_FCHMOD,
  CALL_CLOSE,
  CALL_RENAME,
  N_CALLS
} Call;

/* Which call fails: the n-th of its kind from now on. */
static struct
{
  gboolean is_on;
  Call call;
  guint countdown;
  int code;
  gsize most_at_once; /* 0, or where every write stops short */
} fault;

int __wrap_open64 (const char *path, int flags, ...);
ssize_t __wrap_write (int fd, const void *bytes, size_t n_bytes);
int __wrap_fsync (int fd);
int __wrap_fchmod (int fd, mode_t mode);
int __wrap_close (int fd);
int __wrap_rename (const char *from, const char *to);
int __real_open64 (const char *path, int flags, ...);
ssize_t __real_write (int fd, const void *bytes, size_t n_bytes);
int __real_fsync (int fd);
int __real_fchmod (int fd, mode_t mode);
int __real_close (int fd);
int __real_rename (const char *from, const char *to);

static gboolean
fails (Call call)
{
  if (!fault.is_on || fault.call != call || --fault.countdown > 0)
    return FALSE;
  fault.is_on = FALSE;
  errno = fault.code;
  return TRUE;
}

int
__wrap_open64 (const char *path, int flags, ...)
{
  return fails (CALL_OPEN) ? -1 : __real_open64 (path, flags, 0666);
}

ssize_t
__wrap_write (int fd, const void *bytes, size_t n_bytes)
{
  if (fails (CALL_WRITE))
    return -1;
  return __real_write (fd, bytes, fault.most_at_once > 0 ? MIN (n_bytes, fault.most_at_once) : n_bytes);
}

int
__wrap_fsync (int fd)
{
  return fails (CALL_FSYNC) ? -1 : __real_fsync (fd);
}

int
__wrap_fchmod (int fd, mode_t mode)
{
  return fails (CALL_FCHMOD) ? -1 : __real_fchmod (fd, mode);
}

int
__wrap_close (int fd)
{
  int result = __real_close (fd);

  return fails (CALL_CLOSE) ? -1 : result;
}

int
__wrap_rename (const char *from, const char *to)
{
  return fails (CALL_RENAME) ? -1 : __real_rename (from, to);
}

typedef struct
{
  char *folder;
  char *target;
} Fixture;

/* Bytes that can't be taken for those of another number, in part or in whole: the number, then a sequence from it. */
static GBytes *
new_content (guint32 number, gsize n_bytes)
{
  guint32 *words = g_new (guint32, n_bytes / sizeof (guint32));

  for (gsize i = 0; i < n_bytes / sizeof (guint32); i++)
    words[i] = number + (guint32) i * 2654435761u;
  return g_bytes_new_take (words, n_bytes / sizeof (guint32) * sizeof (guint32));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) old = new_content (1, OLD_BYTES);

  fixture->folder = g_dir_make_tmp ("lens-write-XXXXXX", NULL);
  fixture->target = g_build_filename (fixture->folder, "report.pdf", NULL);
  g_assert_true (g_file_set_contents (fixture->target, g_bytes_get_data (old, NULL), OLD_BYTES, NULL));
}

static guint
clean_folder (const char *folder, const char *kept)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_removed = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (kept != NULL && g_str_equal (name, kept))
        continue;
      g_assert_cmpint (g_unlink (path), ==, 0);
      n_removed++;
    }
  return n_removed;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  clean_folder (fixture->folder, NULL);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->target);
}

static gboolean
holds (const char *path, guint32 number, gsize n_bytes)
{
  g_autoptr (GBytes) expected = new_content (number, n_bytes);
  g_autofree char *found = NULL;
  gsize n_found;

  return g_file_get_contents (path, &found, &n_found, NULL) && n_found == n_bytes
         && memcmp (found, g_bytes_get_data (expected, NULL), n_bytes) == 0;
}

/* Without the fault of the moment: the old file alone, and a message with the file's name, the reason and what to do. */
static gboolean
is_untouched (const Fixture *fixture, const GError *error, int code)
{
  return g_error_matches (error, LENS_ERROR, LENS_ERROR_WRITE)
         && strstr (error->message, "report.pdf") != NULL
         && strstr (error->message, g_strerror (code)) != NULL
         && strstr (error->message, "Nothing was changed") != NULL && holds (fixture->target, 1, OLD_BYTES)
         && clean_folder (fixture->folder, "report.pdf") == 0;
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Every call of every kind fails once, in every way, until a run gets through without reaching the fault. */
static void
test_every_call_fails (Fixture *fixture, gconstpointer data)
{
  static const int codes[] = { EIO, ENOSPC, EDQUOT, EINTR };
  g_autoptr (GBytes) old = new_content (1, OLD_BYTES);
  g_autoptr (GBytes) new = new_content (2, NEW_BYTES);
  guint n_open = count_open_files ();
  guint n_failures = 0;

  for (guint call = 0; call < N_CALLS; call++)
    for (gsize c = 0; c < G_N_ELEMENTS (codes); c++)
      for (guint n = 1;; n++)
        {
          g_autoptr (GError) error = NULL;
          gboolean is_written, is_reached;

          fault.most_at_once = 100000;
          fault.call = call;
          fault.code = codes[c];
          fault.countdown = n;
          fault.is_on = TRUE;
          is_written = lens_file_writer_write (fixture->target, new, &error);
          is_reached = !fault.is_on;
          fault.is_on = FALSE;
          fault.most_at_once = 0;

          g_assert_cmpuint (count_open_files (), ==, n_open);
          if (is_written)
            {
              g_assert_no_error (error);
              g_assert_true (holds (fixture->target, 2, NEW_BYTES));
              g_assert_cmpuint (clean_folder (fixture->folder, "report.pdf"), ==, 0);
              g_assert_true (lens_file_writer_write (fixture->target, old, NULL));
            }
          else
            {
              n_failures++;
              g_assert_cmpint (codes[c], !=, EINTR); /* a signal is no reason to fail */
              g_assert_true (is_untouched (fixture, error, codes[c]));
            }
          if (!is_reached)
            break;
        }
  /* Six kinds of calls with three codes, of which four writes, and those for the folder that may fail. */
  g_assert_cmpuint (n_failures, >=, 6 * 3);
}

/* Runs @job in a process of its own, which may give up rights and be killed. */
static int
in_a_child (int (*job) (const Fixture *), const Fixture *fixture)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (job (fixture));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static int
write_to_fail (const Fixture *fixture, int code)
{
  g_autoptr (GBytes) new = new_content (2, NEW_BYTES);
  g_autoptr (GError) error = NULL;

  if (lens_file_writer_write (fixture->target, new, &error) || !is_untouched (fixture, error, code))
    {
      g_printerr ("# unexpected: %s\n", error != NULL ? error->message : "it was written");
      return CHILD_BAD;
    }
  return CHILD_GOOD;
}

static int
file_too_large_job (const Fixture *fixture)
{
  const struct rlimit limit = { .rlim_cur = 65536, .rlim_max = 65536 };

  signal (SIGXFSZ, SIG_IGN); /* as main() does */
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return CHILD_CANNOT;
  return write_to_fail (fixture, EFBIG);
}

static void
test_file_too_large (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (in_a_child (file_too_large_job, fixture), ==, CHILD_GOOD);
}

/* A small file system of its own over the folder, seen by this process alone. */
static gboolean
mount_over_folder (const Fixture *fixture, unsigned long flags)
{
  g_autoptr (GBytes) old = new_content (1, OLD_BYTES);

  if (unshare (CLONE_NEWNS) != 0 || mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
      || mount ("tmpfs", fixture->folder, "tmpfs", 0, "size=64k") != 0)
    return FALSE;
  if (!g_file_set_contents (fixture->target, g_bytes_get_data (old, NULL), OLD_BYTES, NULL))
    return FALSE;
  return flags == 0 || mount (NULL, fixture->folder, NULL, MS_REMOUNT | flags, NULL) == 0;
}

static int
full_disk_job (const Fixture *fixture)
{
  return mount_over_folder (fixture, 0) ? write_to_fail (fixture, ENOSPC) : CHILD_CANNOT;
}

static int
read_only_disk_job (const Fixture *fixture)
{
  return mount_over_folder (fixture, MS_RDONLY) ? write_to_fail (fixture, EROFS) : CHILD_CANNOT;
}

static void
test_disk (Fixture *fixture, gconstpointer job)
{
  int (*const *run) (const Fixture *) = job;
  int result = in_a_child (*run, fixture);

  if (result == CHILD_CANNOT)
    {
      /* The codes themselves come in test_every_call_fails. */
      g_test_skip ("no file system can be mounted here: only root may");
      return;
    }
  g_assert_cmpint (result, ==, CHILD_GOOD);
}

static int
read_only_folder_job (const Fixture *fixture)
{
  if (geteuid () == 0 && (setgid (UNKNOWN_USER) != 0 || setuid (UNKNOWN_USER) != 0))
    return CHILD_CANNOT;
  return write_to_fail (fixture, EACCES);
}

static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_chmod (fixture->target, 0644), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  g_assert_cmpint (in_a_child (read_only_folder_job, fixture), ==, CHILD_GOOD);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
}

static void
test_full_device (void)
{
  g_autoptr (GBytes) new = new_content (2, NEW_BYTES);
  g_autoptr (GError) error = NULL;

  g_assert_false (lens_file_writer_write ("/dev/full", new, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, g_strerror (ENOSPC)));
}

/* Writes one file after the other until it is killed; the number tells how long each is. */
G_GNUC_NORETURN static void
write_for_ever (const Fixture *fixture)
{
  for (guint32 number = 2;; number++)
    {
      g_autoptr (GBytes) content = new_content (number, 4000 * (1 + number % 50));

      if (!lens_file_writer_write (fixture->target, content, NULL))
        _exit (CHILD_BAD);
    }
}

static void
assert_whole (const char *path)
{
  g_autofree char *found = NULL;
  gsize n_found;
  guint32 number;

  g_assert_true (g_file_get_contents (path, &found, &n_found, NULL));
  g_assert_cmpuint (n_found, >=, sizeof number);
  memcpy (&number, found, sizeof number);
  g_assert_true (holds (path, number, number == 1 ? OLD_BYTES : 4000 * (1 + number % 50)));
}

static void
test_killed_at_any_moment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_interrupted = 0;

  for (guint i = 0; i < N_KILLS; i++)
    {
      int status;
      pid_t child = fork ();

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        write_for_ever (fixture);
      g_usleep ((gulong) g_rand_int_range (random, 0, 8000));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      assert_whole (fixture->target);
      n_interrupted += clean_folder (fixture->folder, "report.pdf");
    }
  g_test_message ("%u of %u kills came in the middle of a file", n_interrupted, N_KILLS);
  g_assert_cmpuint (n_interrupted, >, 0);
}

int
main (int argc, char **argv)
{
  static int (*const full_disk) (const Fixture *) = full_disk_job;
  static int (*const read_only_disk) (const Fixture *) = read_only_disk_job;

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/write-faults/every-call-fails", Fixture, NULL, set_up, test_every_call_fails, tear_down);
  g_test_add ("/write-faults/file-too-large", Fixture, NULL, set_up, test_file_too_large, tear_down);
  g_test_add ("/write-faults/full-disk", Fixture, &full_disk, set_up, test_disk, tear_down);
  g_test_add ("/write-faults/read-only-disk", Fixture, &read_only_disk, set_up, test_disk, tear_down);
  g_test_add ("/write-faults/read-only-folder", Fixture, NULL, set_up, test_read_only_folder, tear_down);
  g_test_add_func ("/write-faults/full-device", test_full_device);
  g_test_add ("/write-faults/killed-at-any-moment", Fixture, NULL, set_up, test_killed_at_any_moment,
              tear_down);
  return g_test_run ();
}
