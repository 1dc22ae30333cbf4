#include "lens-error.h"
#include "lens-file-writer.h"
#include "lens-json-writer.h"
#include "lens-summary.h"
#include "test-tables.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const TestPacket rows[] = {
  { 1617818153220411000, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 5000, 443, 100 },
  { 1617818153220412000, "192.0.2.1", "192.0.2.2", LENS_LAYER_TCP, 5000, 443, 101 },
  { 1617818153220413001, "2001:db8::1", "192.0.2.1", LENS_LAYER_UDP, 53, 53, 0 },
};

/* The members of the object at @place in @json ("" the whole of it), in their order, with a space between them. */
static char *
members_of (JsonNode *root, const char *const *place)
{
  JsonNode *node = root;
  g_autoptr (GList) names = NULL;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; place[i] != NULL; i++)
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        node = json_array_get_element (json_node_get_array (node), 0);
      node = json_object_get_member (json_node_get_object (node), place[i]);
      g_assert_nonnull (node);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    node = json_array_get_element (json_node_get_array (node), 0);
  names = json_object_get_members (json_node_get_object (node));
  for (GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", (const char *) name->data);
  return g_string_free (text, FALSE);
}

static JsonNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (json, &error);

  g_assert_no_error (error);
  return root;
}

static char *
summarise (const char *path,
           const char *damage,
           const TestPacket *packets,
           gsize n,
           const LensBurstRule *rule)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);
  LensCaptureFile *file = lens_capture_file_new (path);
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (LensAnalysis) analysis = NULL;

  for (gsize i = 0; i < n; i++)
    test_append (builder, &packets[i]);
  file->damage = g_strdup (damage);
  g_ptr_array_add (files, file);
  capture = lens_capture_new (lens_packet_table_builder_freeze (builder), files, FALSE);
  analysis = test_analyse (capture, NULL, rule);
  return lens_summary_to_json (analysis);
}

static void
test_schema (void)
{
  static const struct
  {
    const char *place[4];
    const char *members;
  } expected[] = {
    { { NULL }, "schema capture layers hosts connections ports top_source top_stream bursts" },
    { { "capture" }, "files packets captured_bytes wire_bytes first last complete damage" },
    { { "layers" }, "all ip ipv4 ipv6 tcp udp icmp other_ip not_ip malformed" },
    { { "hosts" }, "address sent_packets sent_payload received_packets received_payload" },
    { { "connections" }, "source destination packets payload" },
    { { "ports" }, "tcp udp" },
    { { "ports", "tcp" }, "source destination" },
    { { "ports", "udp", "source" }, "port packets payload" },
    { { "top_stream" }, "source destination packets payload" },
    { { "bursts" }, "gap_s size_bytes stream bursts" },
    { { "bursts", "stream" }, "source destination" },
    { { "bursts", "bursts" }, "burst first last packets length payload mean_payload" },
  };
  LensBurstRule rule = { .gap_ns = LENS_BURST_DEFAULT_GAP_NS };
  g_autofree char *json = summarise ("folder/a.pcap", NULL, rows, G_N_ELEMENTS (rows), &rule);
  g_autoptr (JsonNode) root = parse (json);

  g_assert_true (g_str_has_suffix (json, "}\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *members = members_of (root, expected[i].place);

      g_assert_cmpstr (members, ==, expected[i].members);
    }
}

static void
test_figures (void)
{
  LensBurstRule rule = { .gap_ns = LENS_BURST_DEFAULT_GAP_NS };
  g_autofree char *json = summarise ("folder/a.pcap", NULL, rows, G_N_ELEMENTS (rows), &rule);

  g_assert_nonnull (strstr (json, "\"schema\": 1,"));
  g_assert_nonnull (strstr (json, "\"a.pcap\""));
  g_assert_null (strstr (json, "folder"));
  g_assert_nonnull (strstr (json, "\"first\": \"2021-04-07T17:55:53.220411000Z\""));
  g_assert_nonnull (strstr (json, "\"last\": \"2021-04-07T17:55:53.220413001Z\""));
  g_assert_nonnull (strstr (json, "\"complete\": true"));
  g_assert_nonnull (strstr (json, "\"damage\": []"));
  g_assert_nonnull (strstr (json, "\"ipv6\": 1,"));
  g_assert_nonnull (strstr (json, "\"gap_s\": 0.3,"));
  g_assert_nonnull (strstr (json, "\"top_source\": \"192.0.2.1\""));
  g_assert_nonnull (strstr (json, "{ \"port\": 5000, \"packets\": 2, \"payload\": 201 }"));
  g_assert_nonnull (strstr (json, "\"length\": 1, \"payload\": 201, \"mean_payload\": 100.5 }"));
}

/* Where there is nothing there is null or an empty list, not a made-up figure. */
static void
test_no_packet (void)
{
  g_autofree char *json = summarise ("-", NULL, NULL, 0, NULL);
  g_autoptr (JsonNode) root = parse (json);
  JsonObject *object = json_node_get_object (root);
  JsonObject *capture = json_object_get_object_member (object, "capture");
  JsonObject *bursts = json_object_get_object_member (object, "bursts");

  g_assert_true (json_object_get_null_member (capture, "first"));
  g_assert_true (json_object_get_null_member (capture, "last"));
  g_assert_true (json_object_get_null_member (object, "top_source"));
  g_assert_true (json_object_get_null_member (object, "top_stream"));
  g_assert_true (json_object_get_null_member (bursts, "stream"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (bursts, "bursts")), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "hosts")), ==, 0);
}

static void
test_hostile_texts (void)
{
  static const char name[] = "a\"b\\c\n\x01\x7f\xff d.pcap";
  g_autofree char *path = g_strdup_printf ("/somewhere/%s", name);
  g_autofree char *json = summarise (path, "“x” ends\tthere", rows, 1, NULL);
  g_autoptr (JsonNode) root = parse (json);
  JsonObject *capture = json_object_get_object_member (json_node_get_object (root), "capture");
  JsonArray *files = json_object_get_array_member (capture, "files");
  JsonArray *damage = json_object_get_array_member (capture, "damage");

  g_assert_true (g_utf8_validate (json, -1, NULL));
  g_assert_cmpstr (json_array_get_string_element (files, 0), ==, "a\"b\\c\n\x01\x7f\xef\xbf\xbd d.pcap");
  g_assert_false (json_object_get_boolean_member (capture, "complete"));
  g_assert_cmpuint (json_array_get_length (damage), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (damage, 0), ==, "“x” ends\tthere");
}

/* What a terminal would obey or hide is written as numbers, and reads back the same. */
static void
test_texts_on_a_terminal (void)
{
  static const char name[] = "\033[31m \302\233 \u202e \u200b \u2028 \U000e0041 é日🦀.pcap";
  g_autofree char *json = summarise (name, NULL, rows, 1, NULL);
  g_autoptr (JsonNode) root = parse (json);
  JsonObject *capture = json_object_get_object_member (json_node_get_object (root), "capture");
  JsonArray *files = json_object_get_array_member (capture, "files");

  g_assert_cmpstr (json_array_get_string_element (files, 0), ==, name);
  g_assert_nonnull (
      strstr (json, "\"\\u001b[31m \\u009b \\u202e \\u200b \\u2028 \\udb40\\udc41 é日🦀.pcap\""));
}

static void
test_numbers (void)
{
  static const struct
  {
    double number;
    const char *text;
  } numbers[] = { { 0.3, "0.3" },  { 344.6, "344.6" },  { 0.1 + 0.2, "0.30000000000000004" },
                  { 0.0, "0" },    { 1e300, "1e+300" }, { -2.5, "-2.5" },
                  { NAN, "null" }, { INFINITY, "null" } };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      LensJsonWriter writer;
      g_autofree char *json = NULL;
      g_autofree char *expected = g_strconcat (numbers[i].text, "\n", NULL);

      lens_json_writer_begin (&writer);
      lens_json_writer_add_number (&writer, NULL, numbers[i].number);
      json = lens_json_writer_end (&writer);
      g_assert_cmpstr (json, ==, expected);
    }
}

/* A new folder, where each test's files are. */
typedef struct
{
  char *folder;
  char *path; /* in it; nothing is there yet */
} Place;

static void
place_set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("lens-export-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "out.txt", NULL);
}

/* Everything the test made is named, so that whatever was left behind beside it makes the folder stay, and the test fail. */
static void
place_tear_down (Place *place, gconstpointer data)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static void
write_text (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  lens_file_writer_write (path, bytes, &error);
  g_assert_no_error (error);
}

static void
test_write_and_replace (Place *place, gconstpointer data)
{
  struct stat before;
  struct stat after;

  write_text (place->path, "one");
  assert_contents (place->path, "one");
  g_assert_cmpint (g_chmod (place->path, 0640), ==, 0);
  g_assert_cmpint (stat (place->path, &before), ==, 0);
  write_text (place->path, "another");
  assert_contents (place->path, "another");
  g_assert_cmpint (stat (place->path, &after), ==, 0);
  g_assert_cmpuint (after.st_mode, ==, before.st_mode);
  /* It was replaced, not written into: who has the old one open keeps it whole. */
  g_assert_cmpuint (after.st_ino, !=, before.st_ino);
  write_text (place->path, "");
  assert_contents (place->path, "");
}

static void
test_write_through_link (Place *place, gconstpointer data)
{
  g_autofree char *link = g_build_filename (place->folder, "link", NULL);
  g_autofree char *second = g_build_filename (place->folder, "second", NULL);
  g_autofree char *loop = g_build_filename (place->folder, "loop", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("out.txt", link), ==, 0);
  g_assert_cmpint (symlink (link, second), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  write_text (second, "first time, where nothing was");
  assert_contents (place->path, "first time, where nothing was");
  write_text (link, "then");
  assert_contents (place->path, "then");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (lens_file_writer_write (loop, bytes, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_unlink (link);
  g_unlink (second);
  g_unlink (loop);
}

static void
test_write_where_it_cannot (Place *place, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (place->folder, "no", "where.txt", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (lens_file_writer_write (missing, bytes, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "where.txt"));
  g_assert_nonnull (strstr (error->message, "folder does not exist"));
  g_clear_error (&error);

  g_assert_false (lens_file_writer_write (place->folder, bytes, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_clear_error (&error);

  /* A device is written into and stays a device. */
  g_assert_false (lens_file_writer_write ("/dev/full", bytes, &error));
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  write_text ("/dev/null", "gone");
  g_assert_false (g_file_test ("/dev/null", G_FILE_TEST_IS_REGULAR));
}

/* No room for the new file: the old one stays, and nothing else is left. */
static void
test_write_without_room (Place *place, gconstpointer data)
{
  g_autofree char *much = g_strnfill (1 << 20, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (much, 1 << 20);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit small;
  gboolean is_written;

  write_text (place->path, "the old file");
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 1000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  is_written = lens_file_writer_write (place->path, bytes, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (is_written);
  g_assert_error (error, LENS_ERROR, LENS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, "free some space"));
  assert_contents (place->path, "the old file");
}

typedef struct
{
  GMainLoop *loop;
  gboolean is_written;
  GError *error;
} Waiting;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->is_written = lens_file_writer_write_finish (result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static void
test_write_async (Place *place, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("later", 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiting waiting = { .loop = loop };

  lens_file_writer_write_async (place->path, bytes, cancellable, written_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_no_error (waiting.error);
  g_assert_true (waiting.is_written);
  assert_contents (place->path, "later");

  g_cancellable_cancel (cancellable);
  lens_file_writer_write_async (place->path, bytes, cancellable, written_cb, &waiting);
  g_main_loop_run (loop);
  g_assert_false (waiting.is_written);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (waiting.error);
}

static void
add_place_test (const char *name, void (*function) (Place *, gconstpointer))
{
  g_test_add (name, Place, NULL, place_set_up, function, place_tear_down);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/summary/schema", test_schema);
  g_test_add_func ("/summary/figures", test_figures);
  g_test_add_func ("/summary/no-packet", test_no_packet);
  g_test_add_func ("/summary/hostile-texts", test_hostile_texts);
  g_test_add_func ("/summary/texts-on-a-terminal", test_texts_on_a_terminal);
  g_test_add_func ("/json/numbers", test_numbers);
  add_place_test ("/writer/write-and-replace", test_write_and_replace);
  add_place_test ("/writer/write-through-link", test_write_through_link);
  add_place_test ("/writer/write-where-it-cannot", test_write_where_it_cannot);
  add_place_test ("/writer/write-without-room", test_write_without_room);
  add_place_test ("/writer/write-async", test_write_async);
  return g_test_run ();
}
