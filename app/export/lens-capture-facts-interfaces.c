/* Facts on the interfaces of a capture: link layers, snap lengths, statistics. */
#include "lens-capture-facts-private.h"

#include "lens-format.h"

#include <glib/gi18n-lib.h>

/* An interface with the file it is of. */
typedef struct
{
  const LensCaptureInterface *interface;
  const LensCaptureFile *file;
  gsize file_index;
} Place;

/* All interfaces of all files, in their order. (transfer full) (element-type Place) */
static GArray *
collect (const LensCapture *capture)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (gsize i = 0; i < lens_capture_get_n_files (capture); i++)
    {
      const LensCaptureFile *file = lens_capture_get_file (capture, i);

      for (guint j = 0; file->info != NULL && j < file->info->interfaces->len; j++)
        {
          Place place = { file->info->interfaces->pdata[j], file, i };

          g_array_append_val (places, place);
        }
    }
  return places;
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;

  return (left->interface->link_type > right->interface->link_type)
         - (left->interface->link_type < right->interface->link_type);
}

LensFactGroup *
lens_capture_facts_of_links (const LensCapture *capture, gsize max_facts)
{
  LensFactGroup *group = lens_fact_group_new (_ ("Link layers"), max_facts);
  g_autoptr (GArray) places = collect (capture);

  g_array_sort (places, compare_links);
  for (guint i = 0; i < places->len;)
    {
      guint32 link_type = g_array_index (places, Place, i).interface->link_type;
      g_autofree char *title = lens_capture_facts_describe_link (link_type);
      g_autofree char *count = NULL;
      guint64 packets = 0;

      for (; i < places->len && g_array_index (places, Place, i).interface->link_type == link_type; i++)
        packets += g_array_index (places, Place, i).interface->packets;
      count = lens_format_count (packets);
      lens_fact_group_take (
          group, title,
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s packet", "%s packets", (gulong) packets),
                           count));
    }
  return group;
}

static char *
describe_snap_length (guint32 snap_length)
{
  g_autofree char *count = lens_format_count (snap_length);

  if (snap_length == 0)
    return g_strdup (_ ("none stated"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s byte", "%s bytes", snap_length), count);
}

char *
lens_capture_facts_describe_snap_length (const LensCapture *capture)
{
  g_autoptr (GArray) places = collect (capture);
  LensFactValues lengths = { 0 };

  for (guint i = 0; i < places->len; i++)
    lens_fact_values_take (&lengths,
                           describe_snap_length (g_array_index (places, Place, i).interface->snap_length));
  return lens_fact_values_join (&lengths);
}

static char *
describe_resolution (const LensCaptureInterface *interface)
{
  static const struct
  {
    guint64 ticks_per_second;
    const char *name;
  } known[] = {
    { 1, N_ ("seconds") },
    { 1000, N_ ("milliseconds") },
    { 1000000, N_ ("microseconds") },
    { 1000000000, N_ ("nanoseconds") },
  };
  g_autofree char *ticks = lens_format_count (interface->ticks_per_second);
  g_autofree char *resolution = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (known) && resolution == NULL; i++)
    if (known[i].ticks_per_second == interface->ticks_per_second)
      resolution = g_strdup (_ (known[i].name));
  if (resolution == NULL)
    /* Translators: how finely times are kept. */
    resolution = g_strdup_printf (_ ("%s ticks a second"), ticks);
  if (interface->offset_s == 0)
    return g_steal_pointer (&resolution);
  /* Translators: how finely times are kept, and what is added to each. */
  return g_strdup_printf (_ ("%s, with %" G_GINT64_FORMAT " s added"), resolution, interface->offset_s);
}

/* NULL where the file does not say. */
static char *
format_counter (guint64 counter)
{
  return counter == LENS_CAPTURE_NOT_SAID ? NULL : lens_format_count (counter);
}

static char *
title_interface (const Place *place, gsize number, gsize n_interfaces, gboolean has_several_files)
{
  const char *name = place->interface->name != NULL ? place->interface->name : place->interface->description;
  g_autofree char *title = NULL;

  if (n_interfaces == 1 && name == NULL)
    title = g_strdup (_ ("Interface"));
  else if (name == NULL)
    title = g_strdup_printf (_ ("Interface %" G_GSIZE_FORMAT), number);
  else
    /* Translators: an interface by number and name. */
    title = g_strdup_printf (_ ("Interface %" G_GSIZE_FORMAT ": %s"), number, name);
  return has_several_files ? g_strdup_printf ("%s · %s", title, place->file->name) : g_steal_pointer (&title);
}

static LensFactGroup *
list_interface (const Place *place, const char *title)
{
  const LensCaptureInterface *interface = place->interface;
  LensFactGroup *group = lens_fact_group_new (title, G_MAXSIZE);

  lens_fact_group_take (group, _ ("Name"), g_strdup (interface->name));
  lens_fact_group_take (group, _ ("Description"), g_strdup (interface->description));
  lens_fact_group_take (group, _ ("Link layer"), lens_capture_facts_describe_link (interface->link_type));
  lens_fact_group_take (group, _ ("Snap length"), describe_snap_length (interface->snap_length));
  lens_fact_group_take (group, _ ("Time resolution"), describe_resolution (interface));
  lens_fact_group_take (group, _ ("Capture filter"), g_strdup (interface->filter));
  lens_fact_group_take (group, _ ("Operating system"), g_strdup (interface->os));
  lens_fact_group_take (group, _ ("Hardware"), g_strdup (interface->hardware));
  lens_fact_group_take (group, _ ("Packets in the file"), lens_format_count (interface->packets));
  lens_fact_group_take (group, _ ("Received"), format_counter (interface->received));
  lens_fact_group_take (group, _ ("Passed the filter"), format_counter (interface->accepted));
  lens_fact_group_take (group, _ ("Delivered"), format_counter (interface->delivered));
  lens_fact_group_take (group, _ ("Dropped by the interface"),
                        format_counter (interface->dropped_by_interface));
  lens_fact_group_take (group, _ ("Dropped by the system"), format_counter (interface->dropped_by_os));
  return group;
}

void
lens_capture_facts_add_interfaces (GPtrArray *groups, const LensCapture *capture, gsize max_facts)
{
  g_autoptr (GArray) places = collect (capture);
  gboolean has_several_files = lens_capture_get_n_files (capture) > 1;
  gsize n_facts = 0, number = 0;

  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      g_autofree char *title = NULL;
      LensFactGroup *group;

      /* Counted from 1 in each file, as comments are. */
      number = i > 0 && g_array_index (places, Place, i - 1).file_index == place->file_index ? number + 1 : 1;
      if (n_facts >= max_facts)
        {
          group = lens_fact_group_new (_ ("More interfaces"), 0);
          lens_fact_group_skip (group, places->len - i);
          g_ptr_array_add (groups, group);
          return;
        }
      title = title_interface (place, number, places->len, has_several_files);
      group = list_interface (place, title);
      n_facts += group->facts->len;
      g_ptr_array_add (groups, group);
    }
}

static guint64
add_saturated (guint64 a, guint64 b)
{
  guint64 sum;

  return __builtin_add_overflow (a, b, &sum) ? G_MAXUINT64 : sum;
}

/* FALSE where its statistics don't say. */
static gboolean
get_dropped (const LensCaptureInterface *interface, guint64 *dropped)
{
  gboolean is_said = FALSE;

  *dropped = 0;
  if (interface->dropped_by_interface != LENS_CAPTURE_NOT_SAID)
    {
      *dropped = interface->dropped_by_interface;
      is_said = TRUE;
    }
  if (interface->dropped_by_os != LENS_CAPTURE_NOT_SAID)
    {
      *dropped = add_saturated (*dropped, interface->dropped_by_os);
      is_said = TRUE;
    }
  return is_said;
}

static int
compare_identities (const Place *left, const Place *right)
{
  int by_name = g_strcmp0 (left->interface->name, right->interface->name);
  int by_description = g_strcmp0 (left->interface->description, right->interface->description);

  return by_name != 0 ? by_name : by_description != 0 ? by_description : compare_links (left, right);
}

static int
compare_identities_and_files (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;
  int by_identity = compare_identities (left, right);

  return by_identity != 0 ? by_identity
                          : (left->file_index > right->file_index) - (left->file_index < right->file_index);
}

/* The files of a ring buffer count on from one to the next, files of different captures each for itself; which it is they
 * don't say. So the largest count of an interface that is in several files is how many were lost at least. */
static char *
describe_sum (GArray *places)
{
  guint64 sum = 0;
  gboolean is_lower_bound = FALSE;
  g_autofree char *count = NULL;

  g_array_sort (places, compare_identities_and_files);
  for (guint i = 0; i < places->len;)
    {
      const Place *first = &g_array_index (places, Place, i);
      guint64 largest = 0;

      while (i < places->len && compare_identities (first, &g_array_index (places, Place, i)) == 0)
        {
          gsize file_index = g_array_index (places, Place, i).file_index;
          guint64 in_file = 0;

          for (; i < places->len && g_array_index (places, Place, i).file_index == file_index
                 && compare_identities (first, &g_array_index (places, Place, i)) == 0;
               i++)
            {
              guint64 dropped;

              get_dropped (g_array_index (places, Place, i).interface, &dropped);
              in_file = add_saturated (in_file, dropped);
            }
          largest = MAX (largest, in_file);
          is_lower_bound = is_lower_bound || file_index != first->file_index;
        }
      sum = add_saturated (sum, largest);
    }
  count = lens_format_count (sum);
  return is_lower_bound && sum > 0 ? g_strdup_printf (_ ("at least %s"), count) : g_steal_pointer (&count);
}

char *
lens_capture_facts_describe_dropped (const LensCapture *capture)
{
  g_autoptr (GArray) places = collect (capture);
  guint n_said = 0;

  for (guint i = 0; i < places->len; i++)
    {
      guint64 dropped;

      if (get_dropped (g_array_index (places, Place, i).interface, &dropped))
        g_array_index (places, Place, n_said++) = g_array_index (places, Place, i);
    }
  if (n_said == 0)
    return g_strdup (g_dngettext (GETTEXT_PACKAGE, "the file does not say", "the files do not say",
                                  lens_capture_get_n_files (capture)));
  g_array_set_size (places, n_said);
  return describe_sum (places);
}
