#include "lens-capture-facts-private.h"

#include "lens-format.h"
#include "lens-decode.h"

#include <glib/gi18n-lib.h>

#define NS_PER_SECOND 1e9

void
lens_fact_values_take (LensFactValues *values, char *text)
{
  if (text == NULL)
    return;
  if (values->values == NULL)
    values->values = g_ptr_array_new_with_free_func (g_free);
  if (g_ptr_array_find_with_equal_func (values->values, text, g_str_equal, NULL))
    g_free (text);
  else if (values->values->len < LENS_FACTS_MAX_VALUES)
    g_ptr_array_add (values->values, text);
  else
    {
      values->has_more = TRUE;
      g_free (text);
    }
}

char *
lens_fact_values_join (LensFactValues *values)
{
  g_autoptr (GPtrArray) texts = g_steal_pointer (&values->values);

  if (texts == NULL)
    return NULL;
  if (values->has_more)
    g_ptr_array_add (texts, g_strdup (_ ("and others")));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv ("\n", (char **) texts->pdata);
}

char *
lens_capture_facts_describe_size (guint64 bytes)
{
  g_autofree char *rounded = lens_format_bytes (bytes);
  g_autofree char *count = lens_format_count (bytes);

  if (bytes == 0)
    return NULL;
  if (bytes < 1000)
    return g_steal_pointer (&rounded);
  /* Translators: a size, rounded and exact: “1.42 MB (1,421,337 bytes)”. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s (%s byte)", "%s (%s bytes)", (gulong) bytes),
                          rounded, count);
}

char *
lens_capture_facts_describe_link (guint32 link_type)
{
  const char *name = lens_link_layer_get_name (link_type);

  /* Translators: a kind of network that PacketLens has no name for, with its number. */
  return name != NULL ? g_strdup (name) : g_strdup_printf (_ ("Link type %u"), link_type);
}

/* "812", "12.3", "1,234". */
static char *
format_rate (double rate)
{
  return rate >= 999.5 ? lens_format_count ((guint64) (rate + 0.5)) : g_strdup_printf ("%.3g", rate);
}

static char *
describe_bit_rate (double bits_per_second)
{
  static const char *const units[]
      = { N_ ("bit/s"), N_ ("kbit/s"), N_ ("Mbit/s"), N_ ("Gbit/s"), N_ ("Tbit/s") };
  gsize unit = 0;
  g_autofree char *figure = NULL;

  while (bits_per_second >= 999.5 && unit + 1 < G_N_ELEMENTS (units))
    {
      bits_per_second /= 1000;
      unit++;
    }
  figure = format_rate (bits_per_second);
  return g_strdup_printf ("%s %s", figure, _ (units[unit]));
}

/* Means over the whole of the capture: from the first to the last packet. */
static void
add_rates (LensFactGroup *group, const LensCapture *capture, gint64 duration_ns)
{
  guint64 n_packets = lens_capture_get_n_packets (capture);
  guint64 wire_bytes = lens_capture_get_wire_bytes (capture);
  double seconds = (double) duration_ns / NS_PER_SECOND;
  g_autofree char *packet_rate = NULL;
  g_autofree char *packet_size = NULL;

  if (duration_ns > 0)
    {
      packet_rate = format_rate ((double) n_packets / seconds);
      /* Translators: packets a second. */
      lens_fact_group_take (group, _ ("Mean packet rate"), g_strdup_printf (_ ("%s packets/s"), packet_rate));
      lens_fact_group_take (group, _ ("Mean bit rate"),
                            describe_bit_rate ((double) wire_bytes * 8 / seconds));
    }
  packet_size = format_rate ((double) wire_bytes / (double) n_packets);
  lens_fact_group_take (group, _ ("Mean packet size"), g_strdup_printf (_ ("%s bytes"), packet_size));
}

static void
add_bytes (LensFactGroup *group, const LensCapture *capture)
{
  guint64 wire_bytes = lens_capture_get_wire_bytes (capture);
  guint64 captured_bytes = lens_capture_get_captured_bytes (capture);
  g_autofree char *captured = lens_capture_facts_describe_size (captured_bytes);
  g_autofree char *share = lens_format_share (captured_bytes, wire_bytes);

  lens_fact_group_take (group, _ ("Bytes on the wire"), lens_capture_facts_describe_size (wire_bytes));
  if (captured != NULL && captured_bytes < wire_bytes)
    /* Translators: how much of the packets is in the file, and which share of them that is. */
    lens_fact_group_take (group, _ ("Bytes captured"), g_strdup_printf (_ ("%s, %s"), captured, share));
  else
    lens_fact_group_take (group, _ ("Bytes captured"), g_steal_pointer (&captured));
}

static LensFactGroup *
list_packets (const LensCapture *capture, gsize max_facts, gboolean is_utc)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Packets and time"), max_facts);
  gint64 first_ns, last_ns;

  lens_fact_group_take (group, _ ("Packets"), lens_format_count (lens_capture_get_n_packets (capture)));
  if (lens_capture_get_time_span (capture, &first_ns, &last_ns))
    {
      gint64 duration_ns;

      /* Nonsense times can be further apart than can be said. */
      if (!__builtin_sub_overflow (last_ns, first_ns, &duration_ns))
        lens_fact_group_take (group, _ ("Duration"), lens_format_duration (duration_ns));
      else
        duration_ns = 0;
      lens_fact_group_take (group, _ ("First packet"), lens_format_date_time (first_ns, is_utc));
      lens_fact_group_take (group, _ ("Last packet"), lens_format_date_time (last_ns, is_utc));
      add_bytes (group, capture);
      add_rates (group, capture, duration_ns);
    }
  lens_fact_group_take (group, _ ("Snap length"), lens_capture_facts_describe_snap_length (capture));
  lens_fact_group_take (group, _ ("Dropped packets"), lens_capture_facts_describe_dropped (capture));
  return group;
}

static LensFactGroup *
list_damage (const LensCapture *capture, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("What is missing"), max_facts);

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureFile *file = lens_capture_get_file (capture, i);

      lens_fact_group_take (group, file->name, g_strdup (file->damage));
      lens_fact_group_take (group, file->name, g_strdup (file->unkept));
    }
  return group;
}

/* "Packet 12", "Interface 2 (eth0)". (transfer full) */
static char *
describe_place (const LensCaptureInfo *info, const LensCaptureComment *comment)
{
  g_autofree char *number
      = lens_format_count (comment->place == LENS_COMMENT_PACKET ? comment->number : comment->number + 1);
  gboolean is_interface
      = comment->place == LENS_COMMENT_INTERFACE || comment->place == LENS_COMMENT_STATISTICS;
  const LensCaptureInterface *interface = is_interface && comment->number < info->interfaces->len
                                              ? info->interfaces->pdata[comment->number]
                                              : NULL;
  GString *text = g_string_new (NULL);

  switch (comment->place)
    {
    case LENS_COMMENT_PACKET:
      g_string_printf (text, _ ("Packet %s"), number);
      break;
    case LENS_COMMENT_INTERFACE:
      g_string_printf (text, _ ("Interface %s"), number);
      break;
    case LENS_COMMENT_STATISTICS:
      g_string_printf (text, _ ("Statistics of interface %s"), number);
      break;
    case LENS_COMMENT_NAMES:
      g_string_printf (text, _ ("Host names of section %s"), number);
      break;
    case LENS_COMMENT_SECTION:
    default:
      g_string_printf (text, _ ("Section %s"), number);
      break;
    }
  if (interface != NULL && interface->name != NULL)
    g_string_append_printf (text, " (%s)", interface->name);
  return g_string_free (text, FALSE);
}

static void
add_comments (LensFactGroup *group, const LensCaptureFile *file, gboolean has_several)
{
  for (guint i = 0; i < file->info->comments->len; i++)
    {
      const LensCaptureComment *comment = file->info->comments->pdata[i];
      g_autofree char *place = NULL;
      g_autofree char *title = NULL;

      if (lens_fact_group_is_full (group))
        {
          lens_fact_group_skip (group, 1);
          continue;
        }
      place = describe_place (file->info, comment);
      /* Translators: a file, and what of it a comment is on: “ring.pcapng: Packet 12”. */
      title = has_several ? g_strdup_printf (_ ("%s: %s"), file->name, place) : g_strdup (place);
      lens_fact_group_take (group, title, g_strdup (comment->text));
    }
  lens_fact_group_skip (group, file->info->n_comments_left_out);
}

static LensFactGroup *
list_comments (const LensCapture *capture, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Comments"), max_facts);
  gsize n_files = lens_capture_get_n_files (capture);

  for (gsize i = 0; i < n_files; i++)
    {
      const LensCaptureFile *file = lens_capture_get_file (capture, i);

      if (file->info != NULL)
        add_comments (group, file, n_files > 1);
    }
  return group;
}

/* One name an address: the one that is used. */
static LensFactGroup *
list_names (const LensCapture *capture, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Host names"), max_facts);

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureInfo *info = lens_capture_get_file (capture, i)->info;

      for (guint j = 0; info != NULL && j < info->names->len; j++)
        {
          const LensCaptureName *name = info->names->pdata[j];
          char address[LENS_ADDRESS_TEXT_SIZE];

          if (lens_capture_find_host_name (capture, &name->address) != name->name)
            continue;
          if (lens_fact_group_is_full (group))
            lens_fact_group_skip (group, 1);
          else
            lens_fact_group_take (group, lens_address_format (&name->address, address),
                                  g_strdup (name->name));
        }
      if (info != NULL)
        lens_fact_group_skip (group, info->n_names_left_out);
    }
  return group;
}

/* @group: (transfer full). A group with nothing in it is not shown. */
static void
take_group (GPtrArray *groups, LensFactGroup *group)
{
  if (group->facts->len > 0 || group->n_left_out > 0)
    g_ptr_array_add (groups, group);
  else
    lens_fact_group_free (group);
}

GPtrArray *
lens_capture_facts_new (const LensCapture *capture, gsize max_facts, gboolean is_utc)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) lens_fact_group_free);

  take_group (groups, lens_capture_facts_of_files (capture, max_facts));
  take_group (groups, list_damage (capture, max_facts));
  take_group (groups, list_packets (capture, max_facts, is_utc));
  take_group (groups, lens_capture_facts_of_links (capture, max_facts));
  take_group (groups, lens_capture_facts_of_writers (capture, max_facts));
  lens_capture_facts_add_interfaces (groups, capture, max_facts);
  take_group (groups, list_comments (capture, max_facts));
  if (lens_capture_get_n_files (capture) > 1)
    take_group (groups, lens_capture_facts_of_each_file (capture, max_facts, is_utc));
  take_group (groups, list_names (capture, max_facts));
  return groups;
}
