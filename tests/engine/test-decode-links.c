/* Link layers: every one with a frame that leads to IP and one that does not. */
#include "test-decode.h"

#include "lens-link.h"

/* What the frames below carry: TCP over IPv4 and UDP over IPv6, ten bytes each. */
#define TO_TCP IPV4 ("0032", "4000", "06") TCP ("5") TEN
#define TO_UDP IPV6 ("0012", "11") UDP ("0012") TEN

#define SNAP_IPV4 "aaaa03000000 0800 "
#define SNAP_IPV6 "aaaa03000000 86dd "
#define WLAN(control, flags) control flags " 0000 020000000001 020000000002 020000000003 0000 "
#define ZERO_10 "00000000000000000000 "
#define GRH ZERO_10 ZERO_10 ZERO_10 ZERO_10
#define PFLOG ZERO_10 ZERO_10 ZERO_10 ZERO_10 ZERO_10 ZERO_10
#define PRISM GRH GRH GRH ZERO_10 "000000000000 "
#define CHECK_VALUE "00000000000000000000000000000000 "

#define IS_TCP 0, OK, LAYER (TCP), 4, 6, 443, 49152, 10
#define IS_UDP 0, OK, LAYER (UDP), 6, 17, 53, 4660, 10
#define IS_NOT_IP 0, OK, LAYER (NOT_IP), 0, 0, 0, 0, 0
#define IS_BROKEN 0, MALFORMED, LAYER (NOT_IP), 0, 0, 0, 0, 0

static const Case cases[] = {
  { "vlan", 1, MACS "8100 0064 0800 " TO_TCP, IS_TCP },
  { "q-in-q", 1, MACS "88a8 0064 8100 0065 86dd " TO_UDP, IS_UDP },
  { "five-tags", 1, MACS "9100 0001 9200 0002 8100 0003 8100 0004 8100 0005 0800 " TO_TCP, IS_TCP },
  { "ipv6-called-ipv4", 1, ETHER_IPV4 TO_UDP, IS_UDP },
  { "llc-snap", 1, MACS "003a aaaa03000000 0800 " TO_TCP, IS_TCP },
  { "llc-snap-ipv6", 1, MACS "0042 aaaa03000000 86dd " TO_UDP, IS_UDP },
  { "llc-of-ip", 1, MACS "0035 060603 " TO_TCP, IS_TCP },
  { "llc-of-osi", 1, MACS "003e fefe03 8e " TO_UDP, IS_UDP },
  { "llc-numbered", 1, MACS "003b aaaa0000 000000 0800 " TO_TCP, IS_TCP },
  { "llc-jumbo", 1, MACS "8870 aaaa03000000 0800 " TO_TCP, IS_TCP },
  { "vlan-of-llc", 1, MACS "8100 0064 003a aaaa03000000 0800 " TO_TCP, IS_TCP },
  { "snap-bridged", 1, MACS "004a aaaa030080c2 0007 0000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "isl", 1, "01000c0000 00 020000000002 0054 aaaa03 000000 0014 0000 0000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "mpls", 1, MACS "8847 000011ff " TO_TCP, IS_TCP },
  { "mpls-stack", 1, MACS "8847 000010ff 000021ff " TO_UDP, IS_UDP },
  { "mpls-multicast", 1, MACS "8848 000011ff " TO_TCP, IS_TCP },
  { "pseudowire", 1, MACS "8847 000011ff 00000000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "pseudowire-without-control-word", 1, MACS "8847 000011ff " ETHER_IPV6 TO_UDP, IS_UDP },
  { "pppoe", 1, MACS "8864 1100 0001 0034 0021 " TO_TCP, IS_TCP },
  { "pppoe-ipv6", 1, MACS "8864 1100 0001 003c 0057 " TO_UDP, IS_UDP },
  { "backbone", 1, MACS "88e7 00000001 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "e-tag", 1, MACS "893f 000000010000 0800 " TO_TCP, IS_TCP },
  { "vn-tag", 1, MACS "8926 00000001 0800 " TO_TCP, IS_TCP },
  { "redundancy-tag", 1, MACS "f1c1 0000 0001 0800 " TO_TCP, IS_TCP },
  { "hsr", 1, MACS "892f 0040 0001 86dd " TO_UDP, IS_UDP },
  { "cisco-metadata", 1, MACS "8909 0101 0001 0002 0800 " TO_TCP, IS_TCP },
  { "bridged", 1, MACS "6558 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "macsec", 1, MACS "88e5 0000 00000001 0800 " TO_TCP CHECK_VALUE, IS_TCP },
  { "macsec-with-channel", 1, MACS "88e5 2000 00000001 0200000000010001 0800 " TO_TCP CHECK_VALUE, IS_TCP },
  { "nsh", 1, MACS "894f 0006 01 01 00000101 00000000000000000000000000000000 " TO_TCP, IS_TCP },
  { "nsh-of-ethernet", 1, MACS "894f 0002 02 03 00000101 " ETHER_IPV6 TO_UDP, IS_UDP },
  { "nsh-of-mpls", 1, MACS "894f 0002 02 05 00000101 000011ff " TO_TCP, IS_TCP },
  { "trill", 1, MACS "22f3 0041 0001 0002 00000000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "arista-64", 1, MACS "d28b 0001 0010 0000000000000000 0800 " TO_TCP, IS_TCP },
  { "arista-48", 1, MACS "d28b 0001 0020 000000000000 0800 " TO_TCP, IS_TCP },
  { "batman", 1, MACS "4305 40 0f 32 01 020000000003 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "batman-four-addresses", 1, MACS "4305 42 0f 32 01 020000000003 020000000004 00 00 " ETHER_IPV4 TO_TCP,
    IS_TCP },
  { "batman-to-all", 1, MACS "4305 01 0f 32 00 00000001 020000000003 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "raw-ipv4", 101, TO_TCP, IS_TCP },
  { "raw-ipv6", 101, TO_UDP, IS_UDP },
  { "raw-12", 12, TO_TCP, IS_TCP },
  { "raw-14", 14, TO_UDP, IS_UDP },
  { "raw-of-ppp", 101, "ff03 0021 " TO_TCP, IS_TCP },
  { "raw-of-isdn", 101, "020000000001 ff03 0057 " TO_UDP, IS_UDP },
  { "raw-of-isdn-one-byte", 101, "00 ff03 0021 " TO_TCP, IS_TCP },
  { "raw-of-nothing", 101, "00000000000000000000 " TO_TCP, IS_TCP },
  { "raw-228", 228, TO_TCP, IS_TCP },
  { "raw-229", 229, TO_UDP, IS_UDP },
  { "cooked", 113, "0000 0001 0006 0200000000010000 0800 " TO_TCP, IS_TCP },
  { "cooked-vlan", 113, "0000 0001 0006 0200000000010000 8100 0064 0800 " TO_TCP, IS_TCP },
  { "cooked-gre", 113, "0000 030a 0000 0000000000000000 86dd " TO_UDP, IS_UDP },
  { "cooked-llc", 113, "0000 0001 0006 0200000000010000 0004 aaaa03000000 0800 " TO_TCP, IS_TCP },
  { "cooked-ethernet", 113, "0000 0001 0006 0200000000010000 0003 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "cooked-ppp", 113, "0000 0200 0000 0000000000000000 0007 ff03 0021 " TO_TCP, IS_TCP },
  { "cooked-frame-relay", 113, "0000 0302 0000 0000000000000000 0000 1841 03 cc " TO_TCP, IS_TCP },
  { "cooked-radiotap", 113,
    "0000 0323 0006 0200000000010000 0000 0000080000000000 0800 0000 " MACS
    "020000000003 0000 " SNAP_IPV4 TO_TCP,
    IS_TCP },
  { "cooked-2", 276, "86dd 0000 00000001 0001 00 06 0200000000010000 " TO_UDP, IS_UDP },
  { "null-little-endian", 0, "02000000 " TO_TCP, IS_TCP },
  { "null-big-endian", 0, "0000001e " TO_UDP, IS_UDP },
  { "null-of-two-bytes", 0, "00000200 " TO_TCP, IS_TCP },
  { "null-of-two-bytes-big-endian", 0, "00020000 " TO_TCP, IS_TCP },
  { "null-of-ethertype", 0, "0f000800 " TO_TCP, IS_TCP },
  { "null-of-ppp", 0, "ff03 0021 " TO_TCP, IS_TCP },
  { "loop", 108, "00000018 " TO_UDP, IS_UDP },
  { "enc", 109, "02000000 00001001 00000000 " TO_TCP, IS_TCP },
  { "enc-13", 13, "18000000 00001001 00000000 " TO_UDP, IS_UDP },
  { "pflog", 117, "3d 02 00 00 " PFLOG TO_TCP, IS_TCP },
  { "ppp", 9, "ff03 0021 " TO_TCP, IS_TCP },
  { "ppp-bare", 9, "0057 " TO_UDP, IS_UDP },
  { "ppp-short-protocol", 9, "21 " TO_TCP, IS_TCP },
  { "ppp-ethertype", 9, "ff03 0800 " TO_TCP, IS_TCP },
  { "ppp-of-cisco", 9, "0f00 0800 " TO_TCP, IS_TCP },
  { "ppp-multilink", 9, "ff03 003d c0000001 0021 " TO_TCP, IS_TCP },
  { "ppp-of-mpls", 9, "ff03 0281 000011ff " TO_TCP, IS_TCP },
  { "ppp-bridged", 9, "ff03 0031 0001 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "ppp-osi", 9, "ff03 0023 cc " TO_TCP, IS_TCP },
  { "ppp-hdlc", 50, "ff03 0057 " TO_UDP, IS_UDP },
  { "ppp-with-direction", 204, "01 ff03 0021 " TO_TCP, IS_TCP },
  { "pppoe-bare", 51, "1100 0001 0034 0021 " TO_TCP, IS_TCP },
  { "hdlc", 104, "0f00 0800 " TO_TCP, IS_TCP },
  { "hdlc-112", 112, "8f00 86dd " TO_UDP, IS_UDP },
  { "hdlc-of-mpls", 104, "0f00 8847 000011ff " TO_TCP, IS_TCP },
  { "hdlc-of-osi", 104, "0f00 fefe 03 cc " TO_TCP, IS_TCP },
  { "frame-relay", 107, "1841 03 cc " TO_TCP, IS_TCP },
  { "frame-relay-padded", 107, "1841 03 00 8e " TO_UDP, IS_UDP },
  { "frame-relay-cisco", 107, "1841 0800 " TO_TCP, IS_TCP },
  { "frame-relay-snap", 107, "1841 03 00 80 000000 0800 " TO_TCP, IS_TCP },
  { "frame-relay-bridged", 107, "1841 03 00 80 0080c2 0007 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "frame-relay-long-address", 107, "18400001 03 cc " TO_TCP, IS_TCP },
  { "frame-relay-of-ppp", 107, "1841 03 cf 0021 " TO_TCP, IS_TCP },
  { "token-ring", 6, "1040 " MACS SNAP_IPV4 TO_TCP, IS_TCP },
  { "token-ring-route", 6, "1040 020000000001 820000000002 0670 0001 0002 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "fddi", 10, "50 " MACS SNAP_IPV4 TO_TCP, IS_TCP },
  { "arcnet", 7, "0102 d4 00 0001 " TO_TCP, IS_TCP },
  { "arcnet-1051", 7, "0102 f0 " TO_TCP, IS_TCP },
  { "arcnet-linux", 129, "0102 0000 c4 00 0001 " TO_UDP, IS_UDP },
  { "arcnet-exception", 129, "0102 0000 d4 ff 000000 00 0001 " TO_TCP, IS_TCP },
  { "atm-llc", 100, SNAP_IPV4 TO_TCP, IS_TCP },
  { "atm-llc-11", 11, "fefe03 8e " TO_UDP, IS_UDP },
  { "atm-ip", 106, TO_TCP, IS_TCP },
  { "atm-ip-16", 16, TO_TCP, IS_TCP },
  { "atm-ip-18", 18, TO_TCP, IS_TCP },
  { "atm-ip-19", 19, TO_TCP, IS_TCP },
  { "sunatm", 123, "02 00 0064 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "sunatm-lane", 123, "01 00 0064 0001 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "sunatm-bare", 123, "00 00 0064 " TO_TCP, IS_TCP },
  { "sunatm-ppp", 123, "00 00 0064 0021 " TO_TCP, IS_TCP },
  { "fibre-channel", 122, "1000020000000001 1000020000000002 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "firewire", 138, "0200000000000001 0200000000000002 0800 " TO_TCP, IS_TCP },
  { "infiniband", 242, GRH "0800 0000 " TO_TCP, IS_TCP },
  { "ipnet", 226, "01 02 0000 00000032 00000001 00000000 00000000 00000000 " TO_TCP, IS_TCP },
  { "ipnet-ipv6", 226, "01 1a 0000 0000003a 00000001 00000000 00000000 00000000 " TO_UDP, IS_UDP },
  { "nflog", 239, "02 00 0000 0800 0100 00000000 0500 0a00 41000000 3600 0900 " TO_TCP, IS_TCP },
  { "nflog-big-endian", 239, "0a 00 0000 0008 0001 00000000 003e 0009 " TO_UDP, IS_UDP },
  { "pktap", 258, "0c000000 01000000 01000000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "pktap-149", 149, "0c000000 01000000 0c000000 " TO_UDP, IS_UDP },
  { "docsis", 143, "00 00 0040 0000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "docsis-extended", 143, "01 03 0043 000000 0000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "tzsp", 128, "01 00 0001 01 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "tzsp-tags", 128, "01 00 0012 00 0a01ff 01 0800 0000 " MACS "020000000003 0000 " SNAP_IPV4 TO_TCP,
    IS_TCP },
  { "netanalyzer", 240, "00040000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "erf", 197, "0000000000000000 02 04 0052 0000 0040 0000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "erf-extended", 197, "0000000000000000 82 04 0052 0000 0040 0300000000000000 0000 " ETHER_IPV4 TO_TCP,
    IS_TCP },
  { "erf-ipv6", 197, "0000000000000000 17 04 004a 0000 003a " TO_UDP, IS_UDP },
  { "erf-hdlc", 197, "0000000000000000 01 04 0046 0000 0036 ff03 0021 " TO_TCP, IS_TCP },
  { "erf-cisco", 197, "0000000000000000 01 04 0046 0000 0036 0f00 0800 " TO_TCP, IS_TCP },
  { "erf-frame-relay", 197, "0000000000000000 01 04 0046 0000 0036 1841 03 cc " TO_TCP, IS_TCP },
  { "fpp", 274, ETHER_IPV4 TO_TCP, IS_TCP },
  { "ax25", 3, "aaaaaaaaaaaae0 bbbbbbbbbbbb61 03 cc " TO_TCP, IS_TCP },
  { "ax25-kiss", 202, "00 aaaaaaaaaaaae0 bbbbbbbbbbbb60 cccccccccccc61 03 cc " TO_TCP, IS_TCP },
  { "broadcom", 281, MACS "00000000 0800 " TO_TCP, IS_TCP },
  { "broadcom-before", 282, "00000000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "dsa", 284, MACS "00000000 0800 " TO_TCP, IS_TCP },
  { "edsa", 285, MACS "dada 0000 00000000 86dd " TO_UDP, IS_UDP },
  { "juniper-ethernet", 178, "4d4743 00 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "juniper-attributes", 178, "4d4743 80 0004 01010100 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "juniper-without-link-header", 178, "4d4743 02 06000000 " TO_UDP, IS_UDP },
  { "juniper-without-magic", 178, ETHER_IPV4 TO_TCP, IS_TCP },
  { "juniper-pppoe", 167, "4d4743 00 " MACS "8864 1100 0001 0034 0021 " TO_TCP, IS_TCP },
  { "juniper-ppp", 179, "4d4743 00 ff03 0021 " TO_TCP, IS_TCP },
  { "juniper-frame-relay", 180, "4d4743 00 1841 03 cc " TO_TCP, IS_TCP },
  { "juniper-hdlc", 181, "4d4743 00 0f00 0800 " TO_TCP, IS_TCP },
  { "juniper-atm1", 137, "4d4743 00 00000064 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "juniper-atm1-ip", 137, "4d4743 00 00000064 " TO_TCP, IS_TCP },
  { "juniper-atm2", 135, "4d4743 01 0000006400000000 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "juniper-atm2-bridged", 135, "4d4743 00 0000006400000000 " ETHER_IPV4 TO_TCP, IS_TCP },
  { "juniper-atm2-ppp", 135, "4d4743 01 0000006400000000 0021 " TO_TCP, IS_TCP },
  { "juniper-mlppp", 130, "4d4743 00 ff03 0021 " TO_TCP, IS_TCP },
  { "juniper-mlppp-cookie", 130, "4d4743 00 0001 0021 " TO_TCP, IS_TCP },
  { "juniper-mlppp-services-cookie", 130, "4d4743 00 54000000 0021 " TO_TCP, IS_TCP },
  { "juniper-mlppp-long-cookie", 130, "4d4743 00 8000000000000000 0057 " TO_UDP, IS_UDP },
  { "juniper-mlfr", 131, "4d4743 00 0001 03 cc " TO_TCP, IS_TCP },
  { "juniper-services", 136, "4d4743 02 02000000 " TO_TCP, IS_TCP },
  { "juniper-ggsn", 133, "4d4743 00 0200 0064 " TO_TCP, IS_TCP },
  { "juniper-voice", 183, "4d4743 00 000000000000000000000000000000000000 " TO_TCP, IS_TCP },
  { "wlan", 105, WLAN ("08", "00") SNAP_IPV4 TO_TCP, IS_TCP },
  { "wlan-from-network", 105, WLAN ("08", "02") SNAP_IPV6 TO_UDP, IS_UDP },
  { "wlan-four-addresses", 105, WLAN ("08", "03") "020000000004 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "wlan-qos", 105, WLAN ("88", "01") "0000 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "wlan-ht-control", 105, WLAN ("88", "81") "0000 00000000 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "wlan-subframes", 105, WLAN ("88", "01") "8000 " MACS "003a " SNAP_IPV4 TO_TCP, IS_TCP },
  { "wlan-mesh", 105, WLAN ("88", "03") "020000000004 0001 00 1f 00000001 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "wlan-bridged", 105, WLAN ("08", "00") ETHER_IPV4 TO_TCP, IS_TCP },
  { "radiotap", 127, "0000 0800 00000000 " WLAN ("08", "01") SNAP_IPV4 TO_TCP, IS_TCP },
  { "radiotap-padded", 127, "0000 0900 02000000 20 " WLAN ("88", "01") "0000 0000 " SNAP_IPV4 TO_TCP,
    IS_TCP },
  { "radiotap-time", 127,
    "0000 1200 03000000 0000000000000000 2000 " WLAN ("88", "01") "0000 0000 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "radiotap-two-masks", 127,
    "0000 0d00 02000080 00000000 20 " WLAN ("88", "01") "0000 0000 " SNAP_IPV4 TO_TCP, IS_TCP },
  { "prism", 119, "44000000 90000000 " PRISM WLAN ("08", "01") SNAP_IPV4 TO_TCP, IS_TCP },
  { "prism-of-avs", 119, "80211001 0000000c 00000000 " WLAN ("08", "01") SNAP_IPV4 TO_TCP, IS_TCP },
  { "prism-of-nothing", 119, WLAN ("08", "01") SNAP_IPV4 TO_TCP, IS_TCP },
  { "avs", 163, "80211001 0000000c 00000000 " WLAN ("08", "01") SNAP_IPV4 TO_TCP, IS_TCP },
  { "ppi", 192, "00 00 0800 69000000 " WLAN ("08", "01") SNAP_IPV4 TO_TCP, IS_TCP },
  { "ppi-of-ethernet", 192, "00 00 0c00 01000000 00000000 " ETHER_IPV4 TO_TCP, IS_TCP },

  /* Good frames that are not IP. */
  { "vlan-of-arp", 1, MACS "8100 0064 0806 0001080006040001", IS_NOT_IP },
  { "arp", 1, MACS "0806 0001080006040001", IS_NOT_IP },
  { "spanning-tree", 1, MACS "0026 424203 0000000000", IS_NOT_IP },
  { "novell", 1, MACS "0026 ffff 0026 0000", IS_NOT_IP },
  { "test-frame", 1, MACS "0008 0606f3 4500000000", IS_NOT_IP },
  { "gal", 1, MACS "8847 0000d1ff 45000000", IS_NOT_IP },
  { "pseudowire-of-something", 1, MACS "8847 000011ff 10000004", IS_NOT_IP },
  { "macsec-secret", 1, MACS "88e5 0c00 00000001 0800 4500", IS_NOT_IP },
  { "nsh-of-something", 1, MACS "894f 0002 02 09 00000101", IS_NOT_IP },
  { "arista-something", 1, MACS "d28b 0002 0010 00", IS_NOT_IP },
  { "batman-14", 1, MACS "4305 03 0e 32 01", IS_NOT_IP },
  { "batman-something", 1, MACS "4305 00 0f 32 01", IS_NOT_IP },
  { "cooked-netlink", 113, "0000 0338 0000 0000000000000000 0800 4500", IS_NOT_IP },
  { "cooked-can", 113, "0000 0118 0000 0000000000000000 000c 4500", IS_NOT_IP },
  { "null-of-appletalk", 0, "10000000 0102030405060708", IS_NOT_IP },
  { "loop-of-appletalk", 108, "00000010 0102030405060708", IS_NOT_IP },
  { "ppp-lcp", 9, "ff03 c021 0101 0004", IS_NOT_IP },
  { "ppp-piece", 9, "ff03 003d 80000001 0021 4500", IS_NOT_IP },
  { "ppp-bridged-token-ring", 9, "ff03 0031 0003 4500", IS_NOT_IP },
  { "hdlc-slarp", 104, "8f00 8035 00000002", IS_NOT_IP },
  { "frame-relay-lmi", 107, "0001 03 08 00 7d", IS_NOT_IP },
  { "frame-relay-signalling", 107, "0001 00 0000", IS_NOT_IP },
  { "frame-relay-something", 107, "1841 03 80 000001 0001", IS_NOT_IP },
  { "token-ring-mac", 6, "1000 " MACS "0000", IS_NOT_IP },
  { "fddi-mac", 10, "c2 " MACS "0000", IS_NOT_IP },
  { "arcnet-of-arp", 7, "0102 d5 00", IS_NOT_IP },
  { "sunatm-ilmi", 123, "05 00 0010 3026", IS_NOT_IP },
  { "sunatm-lane-control", 123, "01 00 0064 ff00 0101", IS_NOT_IP },
  { "ipnet-something", 226, "01 09 0000 00000004 00000001 00000000 00000000 00000000 4500", IS_NOT_IP },
  { "nflog-of-arp", 239, "03 00 0000 0600 0900 0001 0000", IS_NOT_IP },
  { "pktap-without-packet", 258, "0c000000 00000000 01000000", IS_NOT_IP },
  { "pktap-of-usb", 258, "0c000000 01000000 0a010000 4500", IS_NOT_IP },
  { "docsis-management", 143, "c2 00 0014 0000 0000", IS_NOT_IP },
  { "tzsp-keep-alive", 128, "01 04 0000", IS_NOT_IP },
  { "tzsp-something", 128, "01 00 0002 01 4500", IS_NOT_IP },
  { "erf-something", 197, "0000000000000000 15 04 0014 0000 0004 4500", IS_NOT_IP },
  { "ax25-supervisory", 3, "aaaaaaaaaaaae0 bbbbbbbbbbbb61 01", IS_NOT_IP },
  { "ax25-of-text", 3, "aaaaaaaaaaaae0 bbbbbbbbbbbb61 03 f0", IS_NOT_IP },
  { "kiss-command", 202, "06 00", IS_NOT_IP },
  { "juniper-something", 178, "4d4743 02 0a000000 83", IS_NOT_IP },
  { "juniper-atm1-oam", 137, "4d4743 00 80000064 0018", IS_NOT_IP },
  { "juniper-services-something", 136, "4d4743 00 45000000", IS_NOT_IP },
  { "wlan-beacon", 105, WLAN ("80", "00") "00000000", IS_NOT_IP },
  { "wlan-nothing", 105, WLAN ("48", "01") "", IS_NOT_IP },
  { "wlan-secret", 105, WLAN ("08", "41") "00000000", IS_NOT_IP },
  { "wlan-later-fragment", 105, "0800 0000 020000000001 020000000002 020000000003 0100 4500", IS_NOT_IP },

  /* Frames that say something of themselves that cannot be. */
  { "raw-of-version-5", 101, "55000000", IS_BROKEN },
  { "ppi-too-short", 192, "00 00 0400 69000000 ", IS_BROKEN },
  { "radiotap-too-short", 127, "0000 0400 00000000 ", IS_BROKEN },
  { "pktap-too-short", 258, "04000000 01000000 01000000", IS_BROKEN },
  { "nflog-without-packet", 239, "02 00 0000 0800 0100 00000000", IS_BROKEN },
  { "nflog-of-nothing", 239, "02", IS_BROKEN },
  { "nsh-too-short", 1, MACS "894f 0001 02 01 00000101", IS_BROKEN },
  { "ipv4-called-ipv6", 229, IPV4 ("0032", "4000", "06") TCP ("5") TEN, IS_BROKEN },
  { "avs-beyond-frame", 163, "80211001 ffffffff 00000000", IS_BROKEN },

  /* Links of which no more than the name is known. */
  { "usb", 189, TO_TCP, 0, LENS_DECODE_UNSUPPORTED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "unknown-link-layer", 147, TO_TCP, 0, LENS_DECODE_UNSUPPORTED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },

  /* Cut by the snap length. */
  { "cut-in-ethernet", 1, "020000000001", 60, TRUNCATED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "cut-in-labels", 1, MACS "8847 000010ff", 60, TRUNCATED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
  { "cut-in-radiotap", 127, "0000 1200 03000000 0000", 60, TRUNCATED, LAYER (NOT_IP), 0, 0, 0, 0, 0 },
};

static void
test_every_snap_length (void)
{
  check_every_snap_length (cases, G_N_ELEMENTS (cases));
}

static void
test_every_wire_length (void)
{
  check_every_wire_length (cases, G_N_ELEMENTS (cases));
}

static void
test_mutations (void)
{
  check_mutations (cases, G_N_ELEMENTS (cases));
}

/* Headers that can stand inside themselves, and do not end. */
static void
test_endless (void)
{
  static const struct
  {
    guint32 link_type;
    const char *start;
    const char *again;
  } stacks[] = {
    { 1, MACS, "8100 0001" },
    { 1, MACS "8847", "000010ff" },
    { 1, MACS "6558", MACS "6558" },
    { 1, MACS, "0600 aaaa 03 0080c2 0007 0000" MACS },
    { 1, MACS "894f", "0002 02 04 00000101" },
    { 1, "01000c000000020000000002 0600 aaaa03000000001400000000",
      "01000c000000020000000002 0600 aaaa03000000001400000000" },
    { 9, "", "003d c0000001" },
    { 192, "", "00 00 0800 c0000000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (stacks); i++)
    {
      g_autoptr (GBytes) start = bytes_of (stacks[i].start);
      g_autoptr (GBytes) again = bytes_of (stacks[i].again);
      g_autoptr (GByteArray) frame = g_byte_array_new ();
      LensPacket packet;

      g_byte_array_append (frame, g_bytes_get_data (start, NULL), (guint) g_bytes_get_size (start));
      while (frame->len < 65000)
        g_byte_array_append (frame, g_bytes_get_data (again, NULL), (guint) g_bytes_get_size (again));
      packet = decode_copy (stacks[i].link_type, frame->data, frame->len, frame->len);
      g_assert_cmpint (packet.layer, ==, LENS_LAYER_NOT_IP);
    }
}

/* A layer that was looked up once reads as the one that is looked up for each packet. */
static void
test_layer_kept (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LensLinkLayer *layer = lens_link_registry_find (cases[i].link_type);
      g_autoptr (GBytes) frame = bytes_of (cases[i].frame);
      gsize n_bytes;
      const guint8 *bytes = g_bytes_get_data (frame, &n_bytes);
      LensPacket once;
      LensPacket each;

      lens_decode_with (layer, bytes, (guint32) n_bytes, (guint32) n_bytes, &once);
      lens_decode (cases[i].link_type, bytes, (guint32) n_bytes, (guint32) n_bytes, &each);
      g_assert_cmpint (once.status, ==, each.status);
      g_assert_cmpint (once.layer, ==, each.layer);
      g_assert_cmpuint (once.payload_bytes, ==, each.payload_bytes);
      g_assert_true (lens_address_equal (&once.source, &each.source));
    }
}

static gboolean
has_case (guint32 link_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].link_type == link_type && cases[i].ip_version != 0)
      return TRUE;
  return FALSE;
}

/* Every row has a name and is the only one of its number; what can be read has a frame above. */
static void
test_registry (void)
{
  guint n_rows = 0;

  for (guint32 link_type = 0; link_type < 512; link_type++)
    {
      const LensLinkLayer *layer = lens_link_registry_find (link_type);

      if (layer == NULL)
        continue;
      n_rows++;
      g_assert_cmpuint (layer->link_type, ==, link_type);
      g_assert_true (layer->name != NULL && *layer->name != '\0');
      if (layer->decode != NULL && !has_case (link_type))
        g_error ("no frame of link type %u leads to IP", link_type);
    }
  g_assert_cmpuint (n_rows, >, 60);
}

static void
test_names (void)
{
  g_assert_cmpstr (lens_link_layer_get_name (1), ==, "Ethernet");
  g_assert_cmpstr (lens_link_layer_get_name (189), ==, "USB (Linux)");
  g_assert_nonnull (lens_link_layer_get_name (276));
  g_assert_null (lens_link_layer_get_name (147));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  add_cases (cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/decode/links/every-snap-length", test_every_snap_length);
  g_test_add_func ("/decode/links/every-wire-length", test_every_wire_length);
  g_test_add_func ("/decode/links/mutations", test_mutations);
  g_test_add_func ("/decode/links/endless", test_endless);
  g_test_add_func ("/decode/links/layer-kept", test_layer_kept);
  g_test_add_func ("/decode/links/registry", test_registry);
  g_test_add_func ("/decode/links/names", test_names);
  return g_test_run ();
}
