/* What is said of a capture in words: files, interfaces, comments, damage. */
#include "lens-capture-facts.h"
#include "test-tables.h"

#include <string.h>

#define SECOND_NS G_GINT64_CONSTANT (1000000000)

/* 2021-04-07 17:53:54.42035 UTC */
#define START_NS G_GINT64_CONSTANT (1617818034420350000)

static const TestPacket packets[] = {
  { START_NS, "192.0.2.1", "192.0.2.7", LENS_LAYER_UDP, 1000, 53, 946 },
  { START_NS + SECOND_NS, "192.0.2.7", "192.0.2.1", LENS_LAYER_UDP, 53, 1000, 946 },
  { START_NS + 2 * SECOND_NS, "192.0.2.1", "192.0.2.7", LENS_LAYER_UDP, 1000, 53, 946 },
  { START_NS + 4 * SECOND_NS, NULL, NULL, LENS_LAYER_NOT_IP, 0, 0, 946 },
};

/* A file with one section, little-endian, and nothing else said. */
static LensCaptureFile *
new_file (const char *path)
{
  LensCaptureFile *file = lens_capture_file_new (path);

  file->info = lens_capture_info_new ();
  file->info->format = "pcapng";
  lens_capture_info_add_section (file->info);
  return file;
}

static void
add_interface (LensCaptureFile *file, const char *name, guint32 link_type, guint64 n_packets, guint64 dropped)
{
  LensCaptureInterface *interface = lens_capture_info_add_interface (file->info);

  interface->name = g_strdup (name);
  interface->link_type = link_type;
  interface->packets = n_packets;
  interface->dropped_by_interface = dropped;
}

static void
add_comment (LensCaptureFile *file, LensCommentPlace place, guint64 number, const char *text)
{
  lens_capture_info_add_comment (file->info, place, number, (const guint8 *) text, strlen (text));
}

static void
add_name (LensCaptureFile *file, const char *address_text, const char *name)
{
  LensAddress address = test_address (address_text);

  lens_capture_info_add_name (file->info, &address, (const guint8 *) name, strlen (name));
}

/* @second: (nullable). All packets are those of @first. */
static LensCapture *
new_capture (LensCaptureFile *first, LensCaptureFile *second)
{
  LensPacketTableBuilder *builder = lens_packet_table_builder_new ();
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_capture_file_free);

  lens_packet_table_builder_begin_file (builder, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
    test_append (builder, &packets[i]);
  first->n_packets = G_N_ELEMENTS (packets);
  first->first_ns = packets[0].time_ns;
  first->last_ns = packets[G_N_ELEMENTS (packets) - 1].time_ns;
  g_ptr_array_add (files, first);
  if (second != NULL)
    g_ptr_array_add (files, second);
  return lens_capture_new (lens_packet_table_builder_freeze (builder), files, FALSE);
}

static const LensFactGroup *
find_group (const GPtrArray *groups, const char *title)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const LensFactGroup *group = groups->pdata[i];

      g_assert_true (group->facts->len > 0 || group->n_left_out > 0);
      if (g_str_equal (group->title, title))
        return group;
    }
  return NULL;
}

/* @value: NULL where there must be no such fact. */
static void
assert_fact (const GPtrArray *groups, const char *group_title, const char *title, const char *value)
{
  const LensFactGroup *group = find_group (groups, group_title);
  const char *found = NULL;

  for (guint i = 0; group != NULL && i < group->facts->len; i++)
    if (g_str_equal (g_array_index (group->facts, LensFact, i).title, title))
      found = g_array_index (group->facts, LensFact, i).value;
  g_assert_cmpstr (found, ==, value);
}

static void
test_plain_file (void)
{
  LensCaptureFile *file = lens_capture_file_new ("/data/captures/ring.pcap");
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  file->info = lens_capture_info_new ();
  file->info->format = "pcap (microseconds)";
  file->info->file_bytes = 1421337;
  file->info->unpacked_bytes = 1421337;
  lens_capture_info_add_section (file->info)->is_big_endian = TRUE;
  add_interface (file, NULL, 1, 4, LENS_CAPTURE_NOT_SAID);
  ((LensCaptureInterface *) file->info->interfaces->pdata[0])->snap_length = 65535;
  capture = new_capture (file, NULL);
  groups = lens_capture_facts_new (capture, G_MAXSIZE, TRUE);

  assert_fact (groups, "File", "Name", "ring.pcap");
  assert_fact (groups, "File", "Folder", "/data/captures");
  assert_fact (groups, "File", "Size", "1.42 MB (1,421,337 bytes)");
  assert_fact (groups, "File", "Format", "pcap (microseconds)");
  assert_fact (groups, "File", "Compression", "none");
  assert_fact (groups, "Packets and time", "Packets", "4");
  assert_fact (groups, "Packets and time", "First packet", "2021-04-07 17:53:54.42035 UTC");
  assert_fact (groups, "Packets and time", "Last packet", "2021-04-07 17:53:58.42035 UTC");
  assert_fact (groups, "Packets and time", "Duration", "4 s");
  /* 4 packets of 1,000 bytes in 4 s. */
  assert_fact (groups, "Packets and time", "Bytes on the wire", "4.00 kB (4,000 bytes)");
  assert_fact (groups, "Packets and time", "Bytes captured", "4.00 kB (4,000 bytes)");
  assert_fact (groups, "Packets and time", "Mean packet rate", "1 packets/s");
  assert_fact (groups, "Packets and time", "Mean bit rate", "8 kbit/s");
  assert_fact (groups, "Packets and time", "Mean packet size", "1,000 bytes");
  assert_fact (groups, "Packets and time", "Snap length", "65,535 bytes");
  assert_fact (groups, "Packets and time", "Dropped packets", "the file does not say");
  assert_fact (groups, "Link layers", "Ethernet", "4 packets");
  assert_fact (groups, "Written by", "Byte order", "big-endian");
  assert_fact (groups, "Interface", "Time resolution", "microseconds");
  g_assert_null (find_group (groups, "What is missing"));
  g_assert_null (find_group (groups, "Comments"));
  g_assert_null (find_group (groups, "Host names"));
  g_assert_null (find_group (groups, "Each file"));
}

static void
test_everything (void)
{
  LensCaptureFile *file = new_file ("dir/all.pcapng.gz");
  LensCaptureInterface *eth0;
  LensCaptureSection *section = file->info->sections->pdata[0];
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_autofree char *text = NULL;

  file->info->compression = LENS_COMPRESSION_GZIP;
  file->info->file_bytes = 1000000;
  file->info->unpacked_bytes = 8000000;
  section->application = g_strdup ("dumpcap 4.0");
  section->os = g_strdup ("Linux 6.1");
  section->hardware = g_strdup ("x86_64");
  add_interface (file, "eth0", 1, 3, 12);
  eth0 = file->info->interfaces->pdata[0];
  eth0->description = g_strdup ("The wire");
  eth0->snap_length = 96;
  eth0->ticks_per_second = 1000000000;
  eth0->offset_s = 3600;
  eth0->filter = g_strdup ("udp");
  eth0->received = 1234;
  eth0->dropped_by_os = 1000;
  add_interface (file, "weird", 4242, 1, LENS_CAPTURE_NOT_SAID);
  ((LensCaptureInterface *) file->info->interfaces->pdata[1])->ticks_per_second = 1024;
  add_comment (file, LENS_COMMENT_SECTION, 0, "the whole");
  add_comment (file, LENS_COMMENT_INTERFACE, 0, "of eth0");
  add_comment (file, LENS_COMMENT_PACKET, 3, "<b>the third</b>");
  add_comment (file, LENS_COMMENT_STATISTICS, 1, "counted");
  add_comment (file, LENS_COMMENT_NAMES, 0, "resolved");
  add_name (file, "192.0.2.7", "printer.example");
  add_name (file, "192.0.2.7", "second name");
  add_name (file, "2001:db8::1", "six.example");
  file->damage = g_strdup ("“all.pcapng.gz” ends in the middle of packet 5; the first 4 packets are shown.");
  capture = new_capture (file, NULL);
  groups = lens_capture_facts_new (capture, G_MAXSIZE, TRUE);

  assert_fact (groups, "What is missing", "all.pcapng.gz", file->damage);
  assert_fact (groups, "File", "Compression", "gzip, 8.00 MB unpacked so far");
  assert_fact (groups, "Packets and time", "Snap length", "96 bytes\nnone stated");
  assert_fact (groups, "Packets and time", "Dropped packets", "1,012");
  assert_fact (groups, "Link layers", "Ethernet", "3 packets");
  assert_fact (groups, "Link layers", "Link type 4242", "1 packet");
  assert_fact (groups, "Written by", "Application", "dumpcap 4.0");
  assert_fact (groups, "Written by", "Operating system", "Linux 6.1");
  assert_fact (groups, "Written by", "Hardware", "x86_64");
  assert_fact (groups, "Written by", "Byte order", "little-endian");
  assert_fact (groups, "Interface 1: eth0", "Description", "The wire");
  assert_fact (groups, "Interface 1: eth0", "Time resolution", "nanoseconds, with 3600 s added");
  assert_fact (groups, "Interface 1: eth0", "Capture filter", "udp");
  assert_fact (groups, "Interface 1: eth0", "Packets in the file", "3");
  assert_fact (groups, "Interface 1: eth0", "Received", "1,234");
  assert_fact (groups, "Interface 1: eth0", "Dropped by the interface", "12");
  assert_fact (groups, "Interface 1: eth0", "Dropped by the system", "1,000");
  assert_fact (groups, "Interface 1: eth0", "Delivered", NULL);
  assert_fact (groups, "Interface 2: weird", "Link layer", "Link type 4242");
  assert_fact (groups, "Interface 2: weird", "Time resolution", "1,024 ticks a second");
  assert_fact (groups, "Interface 2: weird", "Received", NULL);
  assert_fact (groups, "Comments", "Section 1", "the whole");
  assert_fact (groups, "Comments", "Interface 1 (eth0)", "of eth0");
  assert_fact (groups, "Comments", "Packet 3", "<b>the third</b>");
  assert_fact (groups, "Comments", "Statistics of interface 2 (weird)", "counted");
  assert_fact (groups, "Comments", "Host names of section 1", "resolved");
  assert_fact (groups, "Host names", "192.0.2.7", "printer.example");
  assert_fact (groups, "Host names", "2001:db8::1", "six.example");
  g_assert_cmpuint (find_group (groups, "Host names")->facts->len, ==, 2);

  text = lens_fact_groups_to_text (groups);
  g_assert_true (g_str_has_prefix (text, "File\n  Name: all.pcapng.gz\n"));
  g_assert_nonnull (strstr (text, "\n\nComments\n  Section 1: the whole\n"));
  g_assert_nonnull (strstr (text, "  Snap length: 96 bytes\n    none stated\n"));
}

/* A ring buffer counts on from file to file: what was lost is not the sum. */
static void
test_several_files (void)
{
  LensCaptureFile *first = new_file ("/ring/ring_00001.pcapng");
  LensCaptureFile *second = new_file ("/ring/ring_00002.pcapng");
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GPtrArray) groups = NULL;

  add_interface (first, "eth0", 1, 3, 5);
  add_interface (first, "wlan0", 105, 1, 2);
  add_interface (second, "eth0", 1, 0, 7);
  add_comment (second, LENS_COMMENT_PACKET, 1, "empty");
  first->info->file_bytes = 1000;
  second->info->file_bytes = 500;
  second->damage = g_strdup ("“ring_00002.pcapng” is empty.");
  capture = new_capture (first, second);
  groups = lens_capture_facts_new (capture, G_MAXSIZE, TRUE);

  assert_fact (groups, "Files", "Number", "2");
  assert_fact (groups, "Files", "Folder", "/ring");
  assert_fact (groups, "Files", "Size", "1.50 kB (1,500 bytes)");
  assert_fact (groups, "Files", "Format", "pcapng");
  assert_fact (groups, "What is missing", "ring_00002.pcapng", second->damage);
  assert_fact (groups, "What is missing", "ring_00001.pcapng", NULL);
  assert_fact (groups, "Packets and time", "Dropped packets", "at least 9");
  assert_fact (groups, "Interface 1: eth0 · ring_00002.pcapng", "Dropped by the interface", "7");
  assert_fact (groups, "Interface 2: wlan0 · ring_00001.pcapng", "Dropped by the interface", "2");
  assert_fact (groups, "Comments", "ring_00002.pcapng: Packet 1", "empty");
  assert_fact (
      groups, "Each file", "ring_00001.pcapng",
      "pcapng · 1.00 kB · 4 packets\n2021-04-07 17:53:54.42035 UTC to 2021-04-07 17:53:58.42035 UTC");
  assert_fact (groups, "Each file", "ring_00002.pcapng", "pcapng · 500 bytes · 0 packets");
}

/* A hostile file has very much of everything: what is shown stays bounded, and says what is left out. */
static void
test_limits (void)
{
  LensCaptureFile *file = new_file ("-");
  g_autoptr (LensCapture) capture = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *text = NULL;
  gsize n_shown = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("name%u", i);
      g_autofree char *address = g_strdup_printf ("10.0.%u.%u", i / 256, i % 256);

      add_interface (file, name, i, 0, G_MAXUINT64 - 1);
      add_comment (file, LENS_COMMENT_PACKET, i, name);
      add_name (file, address, name);
    }
  file->info->n_comments_left_out = 5;
  capture = new_capture (file, NULL);
  shown = lens_capture_facts_new (capture, 100, TRUE);
  all = lens_capture_facts_new (capture, G_MAXSIZE, TRUE);

  assert_fact (shown, "File", "Name", "standard input");
  assert_fact (shown, "File", "Folder", NULL);
  assert_fact (shown, "File", "Size", NULL);
  assert_fact (shown, "Packets and time", "Dropped packets", "18,446,744,073,709,551,615");
  for (guint i = 0; i < shown->len; i++)
    n_shown += ((const LensFactGroup *) shown->pdata[i])->facts->len;
  g_assert_cmpuint (n_shown, <, 1000);
  text = lens_fact_group_describe_left_out (find_group (shown, "Comments"));
  g_assert_cmpstr (text, ==, "and 2,905 more");
  g_assert_cmpuint (find_group (shown, "Host names")->n_left_out, ==, 2900);
  g_assert_cmpuint (find_group (shown, "Link layers")->n_left_out, ==, 2900);
  g_assert_cmpuint (find_group (shown, "More interfaces")->n_left_out, >, 2900);
  g_assert_cmpuint (find_group (all, "Comments")->facts->len, ==, 3000);
  g_assert_cmpuint (find_group (all, "Host names")->n_left_out, ==, 0);
  g_assert_null (find_group (all, "More interfaces"));
}

/* A capture without a packet, and one whose times can't be subtracted. */
static void
test_extremes (void)
{
  static const TestPacket far_apart[] = {
    { G_MININT64, "192.0.2.1", "192.0.2.7", LENS_LAYER_UDP, 1, 2, 10 },
    { G_MAXINT64, "192.0.2.1", "192.0.2.7", LENS_LAYER_UDP, 1, 2, 10 },
  };
  g_autoptr (LensCapture) empty = test_capture_new (NULL, 0);
  g_autoptr (LensCapture) wide = test_capture_new (far_apart, G_N_ELEMENTS (far_apart));
  g_autoptr (GPtrArray) of_empty = lens_capture_facts_new (empty, G_MAXSIZE, TRUE);
  g_autoptr (GPtrArray) of_wide = lens_capture_facts_new (wide, G_MAXSIZE, TRUE);

  assert_fact (of_empty, "Packets and time", "Packets", "0");
  assert_fact (of_empty, "Packets and time", "First packet", NULL);
  assert_fact (of_empty, "Packets and time", "Mean packet size", NULL);
  assert_fact (of_wide, "Packets and time", "First packet", "1677-09-21 00:12:43.145224192 UTC");
  assert_fact (of_wide, "Packets and time", "Duration", NULL);
  assert_fact (of_wide, "Packets and time", "Mean packet rate", NULL);
  assert_fact (of_wide, "Packets and time", "Mean packet size", "64 bytes");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture-facts/plain-file", test_plain_file);
  g_test_add_func ("/capture-facts/everything", test_everything);
  g_test_add_func ("/capture-facts/several-files", test_several_files);
  g_test_add_func ("/capture-facts/limits", test_limits);
  g_test_add_func ("/capture-facts/extremes", test_extremes);
  return g_test_run ();
}
