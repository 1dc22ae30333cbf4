/* What the rows of a table say of the packets of an order; worked out when it is asked for: thirty million rows cost what is on the
 * screen. Never changes: for another order there is another model. Main thread.
 */
#pragma once

#include "lens-packet-order.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* A list is shown up to here: beyond, the height of the table would be more pixels than a widget can have. */
#define LENS_PACKET_MODEL_MAX_ROWS 60000000

/* What the time column says. */
typedef enum
{
  LENS_TIME_ABSOLUTE, /* the time of day, with the date where the capture lasts longer than one */
  LENS_TIME_RELATIVE, /* since the first packet of the capture */
  LENS_TIME_SINCE_PREVIOUS,
  LENS_N_TIME_FORMS
} LensTimeForm;

#define LENS_TYPE_PACKET_MODEL (lens_packet_model_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketModel, lens_packet_model, LENS, PACKET_MODEL, GObject)

/* @order: (transfer none), a reference is taken. @shows_names: hosts by the names that the capture has for them. */
LensPacketModel *lens_packet_model_new (LensPacketOrder *order, gboolean is_descending, gboolean shows_names);

/* (transfer none) */
LensPacketOrder *lens_packet_model_get_order (LensPacketModel *model);
gboolean lens_packet_model_is_descending (LensPacketModel *model);

/* How many packets are shown, at most LENS_PACKET_MODEL_MAX_ROWS: positions are below. */
guint lens_packet_model_get_n (LensPacketModel *model);

/* What the row of the packet at @position says in a column: LENS_PACKET_SINCE_PREVIOUS and _TIME are the time column, in @form. Empty: the
 * packet has no such thing. (transfer full) */
char *lens_packet_model_get_text (LensPacketModel *model,
                                  guint position,
                                  LensPacketColumn column,
                                  LensTimeForm form);

/* The place in the list of the packet at @position, and the other way round. LENS_PACKET_LIST_NONE: it is not shown. */
gsize lens_packet_model_get_place (LensPacketModel *model, guint position);
gsize lens_packet_model_find_place (LensPacketModel *model, gsize place);

/* The row of the table. */
gsize lens_packet_model_get_row (LensPacketModel *model, guint position);

G_END_DECLS
