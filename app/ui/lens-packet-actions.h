/* What can be done with the packets that are selected: copied, and filtered by the current one; and the menu that offers it. Of one packet its
 * fields are copied as text, of several the rows of the table. Main thread. */
#pragma once

#include "lens-packet-details.h"
#include "lens-packet-list.h"
#include "lens-packet-table-view.h"
#include "lens-session.h"

G_BEGIN_DECLS

typedef struct _LensPacketActions LensPacketActions;

/* Gives @page the actions "packet.…" and @view, inside of it, their keys and @menu, which is shown over it. @details: whose packet is copied
 * where the view has one selected.  * Owned by @page. */
LensPacketActions *lens_packet_actions_attach (GtkWidget *page,
                                               LensPacketTableView *view,
                                               GtkPopoverMenu *menu,
                                               LensPacketDetails *details);

/* @session: (transfer none), kept: whose filter the actions change. Once. */
void lens_packet_actions_set_session (LensPacketActions *actions, LensSession *session);

/* The current packet: @row of the table of @list (nullable: there is none). G_MAXSIZE: none. Also to be called when its bytes have been read, and where
 * others are selected. */
void lens_packet_actions_set_packet (LensPacketActions *actions, const LensPacketList *list, gsize row);

/* Shows the menu at a place in the table. */
void lens_packet_actions_popup (LensPacketActions *actions, double x, double y);

/* Lets go of what it keeps: the page is being disposed of. */
void lens_packet_actions_detach (LensPacketActions *actions);

G_END_DECLS
