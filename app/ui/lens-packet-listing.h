/* Lists and sorts the packets of an analysis on workers, one order after the other: of what is no longer wanted nothing is heard. Main
 * thread.
 *
 * Signals: "ordered" (LensPacketOrder *): what was asked for last is there. "failed" (const char *message): it can't be. "slow": it takes
 * so long that it should be said. "worked-out": inter-arrival times and bursts of the last order's list are known now.
 */
#pragma once

#include "lens-packet-order.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LENS_TYPE_PACKET_LISTING (lens_packet_listing_get_type ())
G_DECLARE_FINAL_TYPE (LensPacketListing, lens_packet_listing, LENS, PACKET_LISTING, GObject)

LensPacketListing *lens_packet_listing_new (void);

/* Asks for the packets of @analysis in the order of @column, their bursts told by @rule. The list of the order before is taken where it is
 * of the same analysis and rule. */
void lens_packet_listing_ask (LensPacketListing *listing,
                              LensAnalysis *analysis,
                              const LensBurstRule *rule,
                              LensPacketColumn column);

/* Whether an order is being worked out. */
gboolean lens_packet_listing_is_busy (LensPacketListing *listing);

/* What was asked for last, (transfer none) (nullable), and whether by @rule. */
LensAnalysis *lens_packet_listing_get_analysis (LensPacketListing *listing);
gboolean lens_packet_listing_has_rule (LensPacketListing *listing, const LensBurstRule *rule);

/* The last one that was there (transfer none) (nullable), of this analysis or of one before it. */
LensPacketOrder *lens_packet_listing_get_order (LensPacketListing *listing);

/* Gives up what is going on and lets go of everything. */
void lens_packet_listing_forget (LensPacketListing *listing);

G_END_DECLS
