/* Everything that can go wrong while a file is read: reads that are short, interrupted or fail, and a file that shrinks,
 * grows or is unlinked meanwhile. What was read before stays good, and a message says what happened and where.
 *
 * The reader's pread() comes through here (the linker's --wrap), by the name that it has where offsets are of 64 bits.
 */
#include "lens-capture-reader.h"
#include "lens-error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define N_PACKETS 40
#define BYTES_PER_READ 61 /* so that every header and packet is met by the end of a read somewhere */

typedef enum
{
  FAULT_NONE,
  FAULT_SHORT, /* one byte */
  FAULT_ERROR, /* with a code */
  FAULT_SHRINK,
  FAULT_GROW,
  FAULT_UNLINK,
} FaultKind;

static struct
{
  gboolean is_on;
  FaultKind kind;
  guint countdown; /* the read it comes with, from now on */
  guint n_times;   /* how often it comes from then on */
  int code;
  const char *path;
} fault;

ssize_t __wrap_pread64 (int fd, void *bytes, size_t n_bytes, off_t offset);
ssize_t __wrap___pread64_chk (int fd, void *bytes, size_t n_bytes, off_t offset, size_t room);
ssize_t __real_pread64 (int fd, void *bytes, size_t n_bytes, off_t offset);

static void
change_file (FaultKind kind)
{
  static const char more[] = "more than was there, which is no record";
  struct stat status;
  FILE *file;

  switch (kind)
    {
    case FAULT_SHRINK:
      g_assert_cmpint (g_stat (fault.path, &status), ==, 0);
      g_assert_cmpint (truncate (fault.path, status.st_size / 2), ==, 0);
      break;
    case FAULT_GROW:
      file = g_fopen (fault.path, "ab");
      g_assert_cmpuint (fwrite (more, 1, sizeof more, file), ==, sizeof more);
      fclose (file);
      break;
    case FAULT_UNLINK:
      g_assert_cmpint (g_unlink (fault.path), ==, 0);
      break;
    default:
      g_assert_not_reached ();
    }
}

ssize_t
__wrap_pread64 (int fd, void *bytes, size_t n_bytes, off_t offset)
{
  if (!fault.is_on)
    return __real_pread64 (fd, bytes, n_bytes, offset);
  n_bytes = MIN (n_bytes, BYTES_PER_READ);
  if (fault.countdown > 0)
    fault.countdown--;
  if (fault.countdown > 0 || fault.n_times == 0)
    return __real_pread64 (fd, bytes, n_bytes, offset);
  fault.n_times--;
  switch (fault.kind)
    {
    case FAULT_NONE:
      break;
    case FAULT_SHORT:
      return __real_pread64 (fd, bytes, 1, offset);
    case FAULT_ERROR:
      errno = fault.code;
      return -1;
    default:
      change_file (fault.kind);
      break;
    }
  return __real_pread64 (fd, bytes, n_bytes, offset);
}

/* What pread() is called in a fortified build. */
ssize_t
__wrap___pread64_chk (int fd, void *bytes, size_t n_bytes, off_t offset, size_t room)
{
  g_assert_cmpuint (n_bytes, <=, room);
  return __wrap_pread64 (fd, bytes, n_bytes, offset);
}

static void
append_u32 (GByteArray *bytes, guint32 value)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

/* Packets of different lengths; the second number in each is which one it is. */
static GByteArray *
new_pcap (void)
{
  GByteArray *bytes = g_byte_array_new ();

  append_u32 (bytes, 0xa1b2c3d4);
  append_u32 (bytes, 2 | 4 << 16);
  append_u32 (bytes, 0);
  append_u32 (bytes, 0);
  append_u32 (bytes, 65535);
  append_u32 (bytes, 1);
  for (guint32 i = 0; i < N_PACKETS; i++)
    {
      guint32 n_words = 1 + i % 13;

      append_u32 (bytes, 1000 + i);
      append_u32 (bytes, i);
      append_u32 (bytes, 4 * n_words);
      append_u32 (bytes, 4 * n_words);
      for (guint32 word = 0; word < n_words; word++)
        append_u32 (bytes, 1000 * i + word);
    }
  return bytes;
}

typedef struct
{
  guint n_packets;
  LensReadStatus end;
  GError *error;
  guint n_reads; /* that were asked for with a fault on */
} Outcome;

/* Reads @path with the fault that is set, and checks every packet that comes. */
static Outcome
read_with_fault (const char *path)
{
  Outcome outcome = { .end = LENS_READ_DAMAGED };
  LensCaptureReader *reader;
  LensRecord record;

  fault.is_on = TRUE;
  reader = lens_capture_reader_open (path, NULL, &outcome.error);
  while (reader != NULL
         && (outcome.end = lens_capture_reader_next (reader, &record, &outcome.error)) == LENS_READ_RECORD)
    {
      guint32 i = outcome.n_packets++;

      g_assert_cmpint (record.time_ns, ==, (1000 + (gint64) i) * 1000000000 + (gint64) i * 1000);
      g_assert_cmpuint (record.captured_bytes, ==, 4 * (1 + i % 13));
      for (guint32 word = 0; word < record.captured_bytes / 4; word++)
        {
          guint32 expected = GUINT32_TO_LE (1000 * i + word);

          g_assert_cmpmem (record.bytes + 4 * word, 4, &expected, 4);
        }
    }
  fault.is_on = FALSE;
  g_clear_pointer (&reader, lens_capture_reader_free);
  return outcome;
}

typedef struct
{
  char *folder;
  char *path;
  guint n_reads; /* that the whole file takes */
  gboolean is_packed;
} Fixture;

static void
write_capture (const Fixture *fixture)
{
  g_autoptr (GByteArray) bytes = new_pcap ();
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autofree char *packed = g_malloc (2 * bytes->len);
  gsize n_read, n_packed = 0;

  if (fixture->is_packed)
    g_assert_cmpint (g_converter_convert (gzip, bytes->data, bytes->len, packed, 2 * bytes->len,
                                          G_CONVERTER_INPUT_AT_END, &n_read, &n_packed, NULL),
                     ==, G_CONVERTER_FINISHED);
  g_assert_true (g_file_set_contents (fixture->path, fixture->is_packed ? packed : (const char *) bytes->data,
                                      fixture->is_packed ? (gssize) n_packed : bytes->len, NULL));
}

static void
set_fault (const Fixture *fixture, FaultKind kind, guint n, guint n_times, int code)
{
  fault.kind = kind;
  fault.countdown = n;
  fault.n_times = n_times;
  fault.code = code;
  fault.path = fixture->path;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  Outcome outcome;

  fixture->folder = g_dir_make_tmp ("lens-read-XXXXXX", NULL);
  fixture->is_packed = data != NULL;
  fixture->path = g_build_filename (fixture->folder, "faulty.pcap", NULL);
  write_capture (fixture);
  set_fault (fixture, FAULT_NONE, 1, G_MAXUINT, 0);
  outcome = read_with_fault (fixture->path);
  fixture->n_reads = G_MAXUINT - fault.n_times;
  g_assert_no_error (outcome.error);
  g_assert_cmpint (outcome.end, ==, LENS_READ_END);
  g_assert_cmpuint (outcome.n_packets, ==, N_PACKETS);
  /* Else the reader no longer reads through here, and nothing below is tested. */
  g_assert_cmpuint (fixture->n_reads, >, fixture->is_packed ? 5 : 20);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* None of them changes anything: not at one read, and not from one read on. */
static void
test_harmless (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    FaultKind kind;
    guint n_times;
  } faults[] = { { FAULT_SHORT, 1 }, { FAULT_SHORT, G_MAXUINT }, { FAULT_ERROR, 1 }, { FAULT_ERROR, 1000 } };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint n = 1; n <= fixture->n_reads; n++)
      {
        Outcome outcome;

        set_fault (fixture, faults[i].kind, n, faults[i].n_times, EINTR);
        outcome = read_with_fault (fixture->path);
        g_assert_no_error (outcome.error);
        g_assert_cmpint (outcome.end, ==, LENS_READ_END);
        g_assert_cmpuint (outcome.n_packets, ==, N_PACKETS);
      }
}

static void
assert_said (const Outcome *outcome, const char *reason)
{
  g_assert_cmpint (outcome->end, ==, LENS_READ_DAMAGED);
  g_assert_nonnull (outcome->error);
  g_assert_nonnull (strstr (outcome->error->message, "“faulty.pcap”"));
  g_assert_nonnull (strstr (outcome->error->message, reason));
  if (outcome->n_packets > 0)
    {
      /* Where it begins: the next packet is the first that is missing. */
      g_autofree char *number = g_strdup_printf ("%u", outcome->n_packets + 1);

      g_assert_nonnull (strstr (outcome->error->message, number));
    }
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  static const int codes[] = { EIO, ESTALE, EACCES };
  guint most_packets = 0;

  for (gsize c = 0; c < G_N_ELEMENTS (codes); c++)
    for (guint n = 1; n <= fixture->n_reads; n++)
      {
        Outcome outcome;

        set_fault (fixture, FAULT_ERROR, n, G_MAXUINT, codes[c]);
        outcome = read_with_fault (fixture->path);
        /* A file whose header can't be read is not opened. */
        g_assert_cmpint ((int) outcome.error->domain, ==, (int) LENS_ERROR);
        g_assert_true (outcome.error->code == LENS_ERROR_READ
                       || (outcome.error->code == LENS_ERROR_OPEN && outcome.n_packets == 0));
        assert_said (&outcome, g_strerror (codes[c]));
        most_packets = MAX (most_packets, outcome.n_packets);
        g_clear_error (&outcome.error);
      }
  if (!fixture->is_packed)
    g_assert_cmpuint (most_packets, >=, N_PACKETS - 2);
}

static void
test_shrinks (Fixture *fixture, gconstpointer data)
{
  for (guint n = 1; n <= fixture->n_reads / 2; n++)
    {
      Outcome outcome;

      write_capture (fixture);
      set_fault (fixture, FAULT_SHRINK, n, 1, 0);
      outcome = read_with_fault (fixture->path);
      g_assert_cmpuint (outcome.n_packets, <, N_PACKETS);
      assert_said (&outcome, "shorter");
      g_clear_error (&outcome.error);
    }
}

/* What comes later is no record here, so that it can't be told from one that is still being written. */
static void
test_grows (Fixture *fixture, gconstpointer data)
{
  for (guint n = 1; n <= fixture->n_reads - 1; n++)
    {
      Outcome outcome;

      write_capture (fixture);
      set_fault (fixture, FAULT_GROW, n, 1, 0);
      outcome = read_with_fault (fixture->path);
      g_assert_cmpuint (outcome.n_packets, ==, N_PACKETS);
      assert_said (&outcome, "packet 41");
      g_clear_error (&outcome.error);
    }
}

static void
test_unlinked (Fixture *fixture, gconstpointer data)
{
  for (guint n = 1; n <= fixture->n_reads; n++)
    {
      Outcome outcome;

      write_capture (fixture);
      set_fault (fixture, FAULT_UNLINK, n, 1, 0);
      outcome = read_with_fault (fixture->path);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.n_packets, ==, N_PACKETS);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/read-faults/harmless", Fixture, NULL, set_up, test_harmless, tear_down);
  g_test_add ("/read-faults/errors", Fixture, NULL, set_up, test_errors, tear_down);
  g_test_add ("/read-faults/packed/harmless", Fixture, "gzip", set_up, test_harmless, tear_down);
  g_test_add ("/read-faults/packed/errors", Fixture, "gzip", set_up, test_errors, tear_down);
  g_test_add ("/read-faults/shrinks", Fixture, NULL, set_up, test_shrinks, tear_down);
  g_test_add ("/read-faults/grows", Fixture, NULL, set_up, test_grows, tear_down);
  g_test_add ("/read-faults/unlinked", Fixture, NULL, set_up, test_unlinked, tear_down);
  return g_test_run ();
}
