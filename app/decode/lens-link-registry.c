/* The link layers PacketLens knows. Numbers: https://www.tcpdump.org/linktypes.html
 *
 * A row without a function is a link that carries no IP, or none that can be read: people are told its name.
 */
#include "lens-link.h"

static const LensLinkLayer link_layers[] = {
  { 1, "Ethernet", lens_link_ethernet },
  { 113, "Linux cooked", lens_link_linux_cooked },
  { 276, "Linux cooked v2", lens_link_linux_cooked_v2 },
  { 101, "Raw IP", lens_link_raw_ip },
  { 12, "Raw IP", lens_link_raw_ip }, /* DLT_RAW's own number, found in old files */
  { 14, "Raw IP", lens_link_raw_ip }, /* the same on OpenBSD */
  { 228, "Raw IPv4", lens_link_raw_ipv4 },
  { 229, "Raw IPv6", lens_link_raw_ipv6 },
  { 0, "BSD loopback", lens_link_bsd_null },
  { 108, "OpenBSD loopback", lens_link_bsd_loop },
  { 109, "OpenBSD IPsec", lens_link_bsd_enc },
  { 13, "OpenBSD IPsec", lens_link_bsd_enc }, /* before it had a number of its own */
  { 117, "OpenBSD packet filter log", lens_link_bsd_pflog },
  { 105, "IEEE 802.11", lens_link_ieee80211 },
  { 119, "IEEE 802.11 with Prism header", lens_link_prism },
  { 127, "IEEE 802.11 with radiotap header", lens_link_radiotap },
  { 163, "IEEE 802.11 with AVS header", lens_link_avs },
  { 192, "Per-packet information (PPI)", lens_link_ppi },
  { 9, "PPP", lens_link_ppp_hdlc },
  { 50, "PPP in HDLC-like framing", lens_link_ppp_hdlc },
  { 204, "PPP with direction", lens_link_ppp_with_direction },
  { 51, "PPPoE session", lens_link_pppoe_session },
  { 104, "Cisco HDLC", lens_link_cisco_hdlc },
  { 112, "Cisco HDLC", lens_link_cisco_hdlc }, /* NetBSD */
  { 107, "Frame relay", lens_link_frame_relay },
  { 6, "Token ring", lens_link_token_ring },
  { 10, "FDDI", lens_link_fddi },
  { 7, "ARCNET", lens_link_arcnet },
  { 129, "ARCNET (Linux)", lens_link_arcnet_linux },
  { 100, "ATM, LLC-encapsulated", lens_link_llc },
  { 11, "ATM, LLC-encapsulated", lens_link_llc }, /* the BSDs' own number */
  { 106, "IP over ATM", lens_link_raw_ipv4 },
  { 16, "IP over ATM", lens_link_raw_ipv4 }, /* three numbers of old Linux */
  { 18, "IP over ATM", lens_link_raw_ipv4 },
  { 19, "IP over ATM", lens_link_raw_ipv4 },
  { 123, "ATM (Solaris)", lens_link_sunatm },
  { 122, "IP over Fibre Channel", lens_link_ip_over_fc },
  { 138, "IP over IEEE 1394 (Apple)", lens_link_ip_over_1394 },
  { 242, "IP over InfiniBand", lens_link_ipoib },
  { 226, "Solaris IP observability", lens_link_ipnet },
  { 239, "Linux netfilter log", lens_link_nflog },
  { 258, "Apple PKTAP", lens_link_pktap },
  { 149, "Apple PKTAP (user-defined 2)", lens_link_pktap },
  { 143, "DOCSIS", lens_link_docsis },
  { 128, "Tazmen Sniffer Protocol", lens_link_tzsp },
  { 240, "netANALYZER", lens_link_netanalyzer },
  { 197, "Endace ERF", lens_link_erf },
  { 274, "FPP Ethernet", lens_link_ethernet },
  { 3, "AX.25", lens_link_ax25 },
  { 202, "AX.25 with KISS header", lens_link_ax25_kiss },
  { 281, "Ethernet with Broadcom tag", lens_link_brcm_tag },
  { 282, "Ethernet behind Broadcom tag", lens_link_brcm_tag_prepend },
  { 284, "Ethernet with Marvell DSA tag", lens_link_dsa },
  { 285, "Ethernet with Marvell EDSA tag", lens_link_edsa },
  { 178, "Juniper Ethernet", lens_link_juniper_ethernet },
  { 167, "Juniper PPPoE", lens_link_juniper_ethernet },
  { 179, "Juniper PPP", lens_link_juniper_ppp },
  { 180, "Juniper frame relay", lens_link_juniper_frame_relay },
  { 181, "Juniper Cisco HDLC", lens_link_juniper_hdlc },
  { 137, "Juniper ATM1", lens_link_juniper_atm1 },
  { 135, "Juniper ATM2", lens_link_juniper_atm2 },
  { 133, "Juniper GGSN", lens_link_juniper_ggsn },
  { 136, "Juniper services", lens_link_juniper_services },
  { 183, "Juniper voice", lens_link_juniper_voice },
  { 130, "Juniper multilink PPP", lens_link_juniper_mlppp },
  { 131, "Juniper multilink frame relay", lens_link_juniper_mlfr },

  { 8, "SLIP", NULL },
  { 32, "Redback SmartEdge", NULL },
  { 114, "LocalTalk", NULL },
  { 139, "MTP2 with header", NULL },
  { 140, "MTP2", NULL },
  { 141, "MTP3", NULL },
  { 142, "SCCP", NULL },
  { 144, "IrDA", NULL },
  { 165, "BACnet MS/TP", NULL },
  { 177, "LAPD", NULL },
  { 182, "Multilink frame relay", NULL },
  { 186, "USB (FreeBSD)", NULL },
  { 187, "Bluetooth HCI", NULL },
  { 189, "USB (Linux)", NULL },
  { 190, "CAN", NULL },
  { 195, "IEEE 802.15.4", NULL },
  { 201, "Bluetooth HCI with direction", NULL },
  { 203, "LAPD", NULL },
  { 209, "I2C", NULL },
  { 210, "FlexRay", NULL },
  { 212, "LIN", NULL },
  { 215, "IEEE 802.15.4 non-ASK", NULL },
  { 220, "USB (Linux, padded)", NULL },
  { 224, "Fibre Channel", NULL },
  { 225, "Fibre Channel with delimiters", NULL },
  { 227, "SocketCAN", NULL },
  { 230, "IEEE 802.15.4 without check value", NULL },
  { 231, "D-Bus", NULL },
  { 243, "MPEG-2 transport stream", NULL },
  { 245, "NFC", NULL },
  { 247, "InfiniBand", NULL },
  { 248, "SCTP", NULL },
  { 249, "USBPcap", NULL },
  { 251, "Bluetooth LE", NULL },
  { 252, "Exported by Wireshark", NULL },
  { 253, "Linux netlink", NULL },
  { 254, "Bluetooth monitor (Linux)", NULL },
  { 255, "Bluetooth BR/EDR", NULL },
  { 256, "Bluetooth LE with radio header", NULL },
  { 264, "ISO 14443", NULL },
  { 266, "USB (Darwin)", NULL },
  { 270, "LoRaTap", NULL },
  { 271, "Virtual sockets", NULL },
  { 272, "Nordic Bluetooth LE", NULL },
  { 283, "IEEE 802.15.4 with radio header", NULL },
  { 288, "USB 2.0", NULL },
};

const LensLinkLayer *
lens_link_registry_find (guint32 link_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (link_layers); i++)
    if (link_layers[i].link_type == link_type)
      return &link_layers[i];
  return NULL;
}

const char *
lens_link_layer_get_name (guint32 link_type)
{
  const LensLinkLayer *link_layer = lens_link_registry_find (link_type);

  return link_layer != NULL ? link_layer->name : NULL;
}

LensDecodeStatus
lens_link_of_type (LensLinkFrame *frame, guint32 link_type)
{
  const LensLinkLayer *link_layer = lens_link_registry_find (link_type);

  if (link_layer == NULL || link_layer->decode == NULL)
    return lens_link_not_ip (frame);
  return lens_link_enter (frame) ? link_layer->decode (frame) : LENS_DECODE_MALFORMED;
}

LensDecodeStatus
lens_link_not_ip (LensLinkFrame *frame)
{
  return lens_link_found (frame, LENS_NETWORK_NONE);
}
