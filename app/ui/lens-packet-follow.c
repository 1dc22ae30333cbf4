#include "lens-packet-follow.h"

/* So many are looked for one by one: 30 million would take longer than a frame. */
#define MAX_ONE_BY_ONE 1000

/* LENS_PACKET_LIST_NONE: it is not shown, or the row is another packet by now, as one came that is earlier. */
static gsize
find (LensPacketModel *before, guint position, LensPacketModel *after)
{
  LensPacketList *old_list = lens_packet_order_get_list (lens_packet_model_get_order (before));
  LensPacketList *list = lens_packet_order_get_list (lens_packet_model_get_order (after));
  const LensPacketTable *old_table = lens_packet_list_get_table (old_list);
  const LensPacketTable *table = lens_packet_list_get_table (list);
  gsize row = lens_packet_model_get_row (before, position);
  gsize place = lens_packet_list_find_row (list, row);

  if (place == LENS_PACKET_LIST_NONE
      || (old_table != table
          && lens_packet_table_get_file_offset (old_table, row)
                 != lens_packet_table_get_file_offset (table, row)))
    return LENS_PACKET_LIST_NONE;
  return lens_packet_model_find_place (after, place);
}

static GtkBitset *
follow_one_by_one (LensPacketModel *before, const GtkBitset *positions, LensPacketModel *after)
{
  GtkBitset *found = gtk_bitset_new_empty ();
  GtkBitsetIter iter;
  guint position;

  for (gboolean is_there = gtk_bitset_iter_init_first (&iter, positions, &position); is_there;
       is_there = gtk_bitset_iter_next (&iter, &position))
    {
      gsize at = find (before, position, after);

      if (at != LENS_PACKET_LIST_NONE)
        gtk_bitset_add (found, (guint) at);
    }
  return found;
}

GtkBitset *
lens_packet_follow (LensPacketModel *before, const GtkBitset *positions, LensPacketModel *after)
{
  GtkBitset *found;
  guint first, last;
  gsize first_at, last_at;

  if (gtk_bitset_get_size (positions) <= MAX_ONE_BY_ONE)
    return follow_one_by_one (before, positions, after);
  first = gtk_bitset_get_minimum (positions);
  last = gtk_bitset_get_maximum (positions);
  first_at = find (before, first, after);
  last_at = find (before, last, after);
  /* As far apart as they were: nothing came between them. */
  if (first_at == LENS_PACKET_LIST_NONE || last_at == LENS_PACKET_LIST_NONE || first_at > last_at
      || last_at - first_at != last - first)
    return gtk_bitset_new_empty ();
  found = gtk_bitset_copy (positions);
  if (first_at >= first)
    gtk_bitset_shift_right (found, (guint) (first_at - first));
  else
    gtk_bitset_shift_left (found, (guint) (first - first_at));
  return found;
}
