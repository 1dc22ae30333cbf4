/* The bytes of several packets as text: of whole ones, cut ones and empty ones, up to a ceiling, and as C that a compiler takes. */
#include "lens-error.h"
#include "lens-loader.h"
#include "lens-packet-text.h"
#include "test-capture-bytes.h"
#include "test-folder.h"

#include <string.h>

typedef struct
{
  char *folder;
  LensCapture *capture;
} Fixture;

/* Packet 1 has 20 bytes, packet 2 is cut to 3 of 60, of packet 3 there is nothing, packet 4 has one byte. */
static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("lens-packet-text-XXXXXX", &error);
  g_assert_no_error (error);
  test_put_pcap_header (file, FALSE, 0xa1b2c3d4, 4, 1);
  test_put_pcap_record (file, FALSE, 1, 0, 20, 20, 0, 'a');
  test_put_pcap_record (file, FALSE, 2, 0, 3, 60, 0, 0x01);
  test_put_pcap_record (file, FALSE, 3, 0, 0, 60, 0, 0);
  test_put_pcap_record (file, FALSE, 4, 0, 1, 1, 0, 0xff);
  path = test_folder_write (fixture->folder, "some.pcap", file->data, file->len);
  {
    const char *const paths[] = { path, NULL };

    fixture->capture = lens_loader_load (paths, NULL, NULL, NULL, &error);
  }
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  lens_capture_unref (fixture->capture);
  test_folder_remove (fixture->folder);
}

static char *
write_text (const Fixture *fixture, LensPacketTextForm form, gsize max_bytes, GError **error)
{
  const gsize rows[] = { 1, 0, 2, 3 };

  return lens_packet_text_write (fixture->capture, rows, G_N_ELEMENTS (rows), form, max_bytes, NULL, error);
}

static const char hex[] = "Packet 2: 3 of 60 bytes were captured\n"
                          "0000  01 01 01                                         ...\n"
                          "\n"
                          "Packet 1: 20 bytes\n"
                          "0000  61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61  aaaaaaaaaaaaaaaa\n"
                          "0010  61 61 61 61                                      aaaa\n"
                          "\n"
                          "Packet 3: 0 of 60 bytes were captured\n"
                          "\n"
                          "Packet 4: 1 byte\n"
                          "0000  ff                                               .\n";

static const char c[] = "/* Packet 2: 3 of 60 bytes were captured */\n"
                        "static const unsigned char packet_2[3] = {\n"
                        "  0x01, 0x01, 0x01,\n"
                        "};\n"
                        "static const unsigned char packet_1[20] = {\n"
                        "  0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61,\n"
                        "  0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61,\n"
                        "};\n"
                        "/* Packet 3: 0 of 60 bytes were captured */\n"
                        "static const unsigned char packet_4[1] = {\n"
                        "  0xff,\n"
                        "};\n";

static void
test_forms (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *as_hex = write_text (fixture, LENS_PACKET_TEXT_HEX, 100000, &error);
  g_autofree char *as_c = write_text (fixture, LENS_PACKET_TEXT_C, 100000, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (as_hex, ==, hex);
  g_assert_cmpstr (as_c, ==, c);
}

/* Exactly as long as it may be, and a byte longer. */
static void
test_ceiling (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    LensPacketTextForm form;
    gsize n_bytes;
  } cases[] = { { LENS_PACKET_TEXT_HEX, sizeof hex - 1 }, { LENS_PACKET_TEXT_C, sizeof c - 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize less = 0; less < cases[i].n_bytes; less++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *text = write_text (fixture, cases[i].form, cases[i].n_bytes - less, &error);

        if (less == 0)
          {
            g_assert_no_error (error);
            g_assert_cmpuint (strlen (text), ==, cases[i].n_bytes);
            continue;
          }
        g_assert_error (error, LENS_ERROR, LENS_ERROR_LIMIT);
        g_assert_null (text);
      }
}

static void
test_cancelled (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const gsize row = 0;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      lens_packet_text_write (fixture->capture, &row, 1, LENS_PACKET_TEXT_HEX, 1000, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_compiles (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *compiler = g_find_program_in_path ("cc");
  g_autofree char *text = write_text (fixture, LENS_PACKET_TEXT_C, 100000, NULL);
  g_autofree char *path = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (compiler == NULL)
    {
      g_test_skip ("there is no cc");
      return;
    }
  path = test_folder_write (fixture->folder, "packets.c", (const guint8 *) text, strlen (text));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, compiler, "-std=c99", "-pedantic-errors",
                              "-fsyntax-only", path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/packet-text/forms", Fixture, NULL, set_up, test_forms, tear_down);
  g_test_add ("/packet-text/ceiling", Fixture, NULL, set_up, test_ceiling, tear_down);
  g_test_add ("/packet-text/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/packet-text/compiles", Fixture, NULL, set_up, test_compiles, tear_down);
  return g_test_run ();
}
