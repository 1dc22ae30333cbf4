/* Every capture at hand through the whole summary; captures of different kinds cut at every length, whose packets must be
 * the first ones of the whole; and changed at random. All from memory, in one process.
 *
 * Captures are those of the tests, the fuzzing corpus, and a folder shared by projects where it is there
 * (LENS_SHARED_CAPTURES, or ../shared/captures beside this project).
 */
#include "fuzz.h"

#include "lens-capture-reader.h"
#include "lens-decode.h"
#include "lens-memory-source.h"

#include <pthread.h>
#include <string.h>

#define MAX_CUT_BYTES 4096 /* longer captures have too many lengths */
#define MAX_MUTATED_BYTES 65536
#define MAX_CUT_PACKETS 1000 /* a bomb has more */
#define N_MUTATIONS 100      /* of each chosen capture */
#define SEED 20261125
#define STACK_BYTES (512 * 1024)

typedef struct
{
  char *path;
  guint8 *bytes;
  gsize n_bytes;
} Capture;

/* So many captures of a family, each of another kind. */
typedef struct
{
  const char *family;
  guint n_wanted;
} Quota;

static const Quota quotas[] = { { "pcap", 11 }, { "pcapng", 6 }, { "gzip", 3 }, { "zstd", 2 }, { "lz4", 2 } };

static GPtrArray *captures; /* of Capture, the largest first */

static void
capture_free (gpointer data)
{
  Capture *capture = data;

  g_free (capture->path);
  g_free (capture->bytes);
  g_free (capture);
}

static void
add_captures (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      Capture *capture = g_new0 (Capture, 1);

      capture->path = g_strdup (path);
      g_assert_true (g_file_get_contents (path, (char **) &capture->bytes, &capture->n_bytes, NULL));
      g_ptr_array_add (captures, capture);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      add_captures (inside);
    }
}

/* (transfer full) (nullable) */
static char *
find_shared_captures (void)
{
  const char *told = g_getenv ("LENS_SHARED_CAPTURES");
  g_autofree char *beside
      = g_build_filename (g_getenv ("LENS_TEST_CAPTURES"), "../../../shared/captures", NULL);

  if (told != NULL)
    return g_strdup (told);
  return g_file_test (beside, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&beside) : NULL;
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const Capture *x = *(const Capture *const *) a;
  const Capture *y = *(const Capture *const *) b;

  if (x->n_bytes != y->n_bytes)
    return x->n_bytes > y->n_bytes ? -1 : 1;
  return strcmp (x->path, y->path);
}

static void
find_captures (void)
{
  g_autofree char *shared = find_shared_captures ();
  static const char *const targets[] = { "pcap", "pcapng", "compressed" };

  captures = g_ptr_array_new_with_free_func (capture_free);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *corpus = g_build_filename (g_getenv ("LENS_FUZZ_CORPUS"), targets[i], NULL);

      add_captures (corpus);
    }
  add_captures (g_getenv ("LENS_TEST_CAPTURES"));
  if (shared != NULL)
    add_captures (shared);
  g_ptr_array_sort (captures, compare_sizes);
}

/* One number a packet, of all that is known of it. */
static guint64
digest_packet (const LensRecord *record)
{
  LensPacket packet;
  char source[LENS_ADDRESS_TEXT_SIZE], destination[LENS_ADDRESS_TEXT_SIZE];
  g_autofree char *text = NULL;

  lens_decode (record->link_type, record->bytes, record->captured_bytes, record->wire_bytes, &packet);
  text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %u %u %u %u %d %d %u %u %u %u %u %s %s",
                          record->time_ns, record->file_offset, record->captured_bytes, record->wire_bytes,
                          record->link_type, record->interface, packet.status, packet.layer,
                          packet.ip_version, packet.protocol, packet.source_port, packet.destination_port,
                          packet.payload_bytes, lens_address_format (&packet.source, source),
                          lens_address_format (&packet.destination, destination));
  return (guint64) g_str_hash (text) << 32 | (guint32) packet.payload_bytes;
}

/* (transfer full), of guint64. */
static GArray *
read_packets (const guint8 *bytes, gsize n_bytes)
{
  g_autoptr (GBytes) file = g_bytes_new_static (bytes, n_bytes);
  g_autoptr (LensCaptureReader) reader
      = lens_capture_reader_new (lens_memory_source_new (file), "cut", NULL, NULL);
  GArray *packets = g_array_new (FALSE, FALSE, sizeof (guint64));
  LensRecord record;

  while (reader != NULL && lens_capture_reader_next (reader, &record, NULL) == LENS_READ_RECORD)
    {
      guint64 digest = digest_packet (&record);

      g_array_append_val (packets, digest);
    }
  return packets;
}

static guint32
read_u32 (const guint8 *bytes, gboolean is_big_endian)
{
  return is_big_endian
             ? (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3]
             : (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 | bytes[0];
}

/* Which types of blocks a pcapng file begins with, as bits. */
static guint64
find_block_types (const Capture *capture, gboolean is_big_endian)
{
  guint64 types = 0;
  gsize at = 0;

  while (capture->n_bytes - at >= 12)
    {
      guint32 type = read_u32 (capture->bytes + at, is_big_endian);
      guint32 length = read_u32 (capture->bytes + at + 4, is_big_endian);

      types |= G_GUINT64_CONSTANT (1) << type % 63;
      if (length < 12 || length > capture->n_bytes - at)
        break;
      at += length;
    }
  return types;
}

/* The family of a capture, and in *@kind (transfer full) what makes it another kind in it. NULL: none of a family. */
static const char *
classify (const Capture *capture, char **kind)
{
  const guint8 *bytes = capture->bytes;

  if (capture->n_bytes < 32)
    return NULL;
  /* What is packed in it can't be told from here: each is of a kind of its own. */
  *kind = g_strdup (capture->path);
  if (bytes[0] == 0x1f && bytes[1] == 0x8b)
    return "gzip";
  if (read_u32 (bytes, TRUE) == 0x28b52ffd || read_u32 (bytes, TRUE) == 0x502a4d18)
    return "zstd";
  if (read_u32 (bytes, TRUE) == 0x04224d18)
    return "lz4";
  g_free (*kind);
  if (read_u32 (bytes, TRUE) == 0x0a0d0d0a)
    {
      gboolean is_big_endian = bytes[8] == 0x1a;

      *kind = g_strdup_printf ("%d %" G_GINT64_MODIFIER "x", is_big_endian,
                               find_block_types (capture, is_big_endian));
      return "pcapng";
    }
  *kind = g_strdup_printf ("%x %u", read_u32 (bytes, TRUE), read_u32 (bytes + 20, bytes[0] == 0xa1));
  return "pcap";
}

/* Some twenty captures of different kinds: the largest of each that is not too large. (transfer container) */
static GPtrArray *
choose_captures (gsize max_bytes)
{
  GPtrArray *chosen = g_ptr_array_new ();
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_of_family[G_N_ELEMENTS (quotas)] = { 0 };

  for (guint i = 0; i < captures->len; i++)
    {
      Capture *capture = g_ptr_array_index (captures, i);
      g_autofree char *kind = NULL;
      const char *family = classify (capture, &kind);

      for (gsize q = 0; family != NULL && q < G_N_ELEMENTS (quotas); q++)
        {
          g_autofree char *whole_kind = g_strconcat (family, " ", kind, NULL);
          g_autoptr (GArray) packets = NULL;

          if (!g_str_equal (family, quotas[q].family) || n_of_family[q] == quotas[q].n_wanted
              || capture->n_bytes > max_bytes || g_hash_table_contains (kinds, whole_kind))
            continue;
          packets = read_packets (capture->bytes, capture->n_bytes);
          if (packets->len < 2 || packets->len > MAX_CUT_PACKETS)
            continue;
          g_hash_table_add (kinds, g_steal_pointer (&whole_kind));
          g_ptr_array_add (chosen, capture);
          n_of_family[q]++;
        }
    }
  return chosen;
}

static void
test_shared_captures (void)
{
  g_autofree char *shared = find_shared_captures ();

  if (shared == NULL)
    {
      g_test_skip ("NO SHARED CAPTURES: set LENS_SHARED_CAPTURES; only the few of this project are tested");
      return;
    }
  g_assert_cmpuint (captures->len, >, 100);
}

/* The target is what --summary does, and stops the program where its JSON is none. */
static void
test_every_summary (void)
{
  guint64 n_bytes = 0;

  for (guint i = 0; i < captures->len; i++)
    {
      const Capture *capture = g_ptr_array_index (captures, i);

      LLVMFuzzerTestOneInput (capture->bytes, capture->n_bytes);
      n_bytes += capture->n_bytes;
    }
  g_test_message ("%u captures, %" G_GUINT64_FORMAT " bytes", captures->len, n_bytes);
  g_assert_cmpuint (captures->len, >, 0);
}

static void
assert_prefix (const Capture *capture, const GArray *whole, gsize n_bytes)
{
  /* A copy of its own: a read past its end is seen by a sanitizer. */
  g_autofree guint8 *cut = g_memdup2 (capture->bytes, n_bytes);
  g_autoptr (GArray) packets = read_packets (cut, n_bytes);

  if (packets->len == 0
      || (packets->len <= whole->len
          && memcmp (packets->data, whole->data, packets->len * sizeof (guint64)) == 0))
    return;
  g_error ("%s cut to %" G_GSIZE_FORMAT " bytes does not give the first %u of its %u packets", capture->path,
           n_bytes, packets->len, whole->len);
}

static void
test_every_length (void)
{
  g_autoptr (GPtrArray) chosen = choose_captures (MAX_CUT_BYTES);
  g_autofree char *shared = find_shared_captures ();
  guint64 n_lengths = 0;

  for (guint i = 0; i < chosen->len; i++)
    {
      const Capture *capture = g_ptr_array_index (chosen, i);
      g_autoptr (GArray) whole = read_packets (capture->bytes, capture->n_bytes);

      for (gsize n = 0; n < capture->n_bytes; n++)
        assert_prefix (capture, whole, n);
      n_lengths += capture->n_bytes;
      g_test_message ("%s: %u packets, %" G_GSIZE_FORMAT " lengths", capture->path, whole->len,
                      capture->n_bytes);
    }
  g_test_message ("%u captures of different kinds, %" G_GUINT64_FORMAT " lengths", chosen->len, n_lengths);
  g_assert_cmpuint (chosen->len, >=, shared != NULL ? 20 : 5);
}

/* Changes a few places of @bytes; returns the new length, which is at most the old one. */
static gsize
mutate (GRand *random, guint8 *bytes, gsize n_bytes)
{
  static const guint32 words[] = { 0, 1, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff };
  gint32 n_places = g_rand_int_range (random, 1, 8);

  for (gint32 i = 0; i < n_places; i++)
    {
      gsize at = (gsize) g_rand_int_range (random, 0, (gint32) n_bytes);
      gsize from = (gsize) g_rand_int_range (random, 0, (gint32) n_bytes);
      gsize wanted = (gsize) g_rand_int_range (random, 1, 64);
      gsize n = MIN (wanted, n_bytes - MAX (at, from));
      guint32 word = words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))];

      switch (g_rand_int_range (random, 0, 5))
        {
        case 0:
          bytes[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
          break;
        case 1:
          bytes[at] = (guint8) g_rand_int_range (random, 0, 256);
          break;
        case 2:
          memcpy (bytes + at, &word, MIN (sizeof word, n_bytes - at));
          break;
        case 3:
          memmove (bytes + at, bytes + from, n);
          break;
        default:
          n_bytes -= MIN (n, n_bytes - 1);
          break;
        }
    }
  return n_bytes;
}

static void
test_changed_at_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) chosen = choose_captures (MAX_MUTATED_BYTES);

  for (guint i = 0; i < chosen->len; i++)
    {
      const Capture *capture = g_ptr_array_index (chosen, i);

      for (guint n = 0; n < N_MUTATIONS; n++)
        {
          g_autofree guint8 *changed = g_memdup2 (capture->bytes, capture->n_bytes);

          LLVMFuzzerTestOneInput (changed, mutate (random, changed, capture->n_bytes));
        }
    }
  g_test_message ("%u captures, %u changes of each", chosen->len, N_MUTATIONS);
  g_assert_cmpuint (chosen->len, >, 0);
}

/* Thousands of threads begin and end here, and the sanitizer goes through the whole stack of each both times. */
static void
make_stacks_small (void)
{
  pthread_attr_t attributes;

  g_assert_cmpint (pthread_attr_init (&attributes), ==, 0);
  g_assert_cmpint (pthread_attr_setstacksize (&attributes, STACK_BYTES), ==, 0);
  g_assert_cmpint (pthread_setattr_default_np (&attributes), ==, 0);
  pthread_attr_destroy (&attributes);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_stacks_small ();
  find_captures ();
  g_test_add_func ("/damage/shared-captures", test_shared_captures);
  g_test_add_func ("/damage/every-summary", test_every_summary);
  g_test_add_func ("/damage/every-length", test_every_length);
  g_test_add_func ("/damage/changed-at-random", test_changed_at_random);
  status = g_test_run ();
  g_ptr_array_unref (captures);
  return status;
}
