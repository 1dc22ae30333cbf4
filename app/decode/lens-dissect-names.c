/* Words for numbers in headers: https://www.iana.org/assignments (protocol-numbers, icmp-parameters, icmpv6-parameters,
 * ip-parameters, tcp-parameters, dscp-registry, ieee-802-numbers, arp-parameters, sctp-parameters). Names of protocols are not translated.
 */
#include "lens-dissect-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint value;
  const char *name;
} Name;

static const Name protocols[] = {
  { 0, "IPv6 hop-by-hop options" },
  { 1, "ICMP" },
  { 2, "IGMP" },
  { 4, "IPv4" },
  { 6, "TCP" },
  { 8, "EGP" },
  { 17, "UDP" },
  { 33, "DCCP" },
  { 41, "IPv6" },
  { 43, "IPv6 routing" },
  { 44, "IPv6 fragment" },
  { 46, "RSVP" },
  { 47, "GRE" },
  { 50, "ESP" },
  { 51, "AH" },
  { 58, "ICMPv6" },
  { 59, "IPv6 no next header" },
  { 60, "IPv6 destination options" },
  { 88, "EIGRP" },
  { 89, "OSPF" },
  { 97, "EtherIP" },
  { 103, "PIM" },
  { 108, "IPComp" },
  { 112, "VRRP" },
  { 115, "L2TP" },
  { 132, "SCTP" },
  { 135, "Mobility" },
  { 136, "UDP-Lite" },
  { 137, "MPLS in IP" },
  { 139, "HIP" },
  { 140, "Shim6" },
};

static const Name ethertypes[] = {
  { 0x0800, "IPv4" },
  { 0x0806, "ARP" },
  { 0x0842, "Wake-on-LAN" },
  { 0x22f3, "TRILL" },
  { 0x6558, "Ethernet" },
  { 0x8035, "RARP" },
  { 0x809b, "AppleTalk" },
  { 0x80f3, "AppleTalk ARP" },
  { 0x8100, "VLAN (802.1Q)" },
  { 0x8137, "IPX" },
  { 0x86dd, "IPv6" },
  { 0x8808, "Ethernet flow control" },
  { 0x8809, "Slow protocols (LACP)" },
  { 0x8847, "MPLS" },
  { 0x8848, "MPLS multicast" },
  { 0x8863, "PPPoE discovery" },
  { 0x8864, "PPPoE session" },
  { 0x8870, "LLC" },
  { 0x888e, "EAP over LAN (802.1X)" },
  { 0x8892, "PROFINET" },
  { 0x88a2, "ATA over Ethernet" },
  { 0x88a4, "EtherCAT" },
  { 0x88a8, "VLAN (802.1ad)" },
  { 0x88cc, "LLDP" },
  { 0x88e5, "MACsec" },
  { 0x88e7, "Backbone bridge (802.1ah)" },
  { 0x88f7, "PTP" },
  { 0x8902, "CFM" },
  { 0x8906, "FCoE" },
  { 0x8909, "Cisco MetaData" },
  { 0x8926, "VN-tag" },
  { 0x892f, "HSR" },
  { 0x893f, "E-tag (802.1BR)" },
  { 0x894f, "NSH" },
  { 0x9000, "Loopback test" },
  { 0x9100, "VLAN (before 802.1ad)" },
  { 0x9200, "VLAN (before 802.1ad)" },
  { 0xd28b, "Arista" },
  { 0xf1c1, "Redundancy tag (802.1CB)" },
  { 0x4305, "B.A.T.M.A.N." },
};

static const Name icmp_types[] = {
  { 0, N_ ("Echo reply") },           { 3, N_ ("Destination unreachable") },
  { 4, N_ ("Source quench") },        { 5, N_ ("Redirect") },
  { 8, N_ ("Echo request") },         { 9, N_ ("Router advertisement") },
  { 10, N_ ("Router solicitation") }, { 11, N_ ("Time exceeded") },
  { 12, N_ ("Parameter problem") },   { 13, N_ ("Timestamp request") },
  { 14, N_ ("Timestamp reply") },
};

static const Name icmpv6_types[] = {
  { 1, N_ ("Destination unreachable") },
  { 2, N_ ("Packet too big") },
  { 3, N_ ("Time exceeded") },
  { 4, N_ ("Parameter problem") },
  { 128, N_ ("Echo request") },
  { 129, N_ ("Echo reply") },
  { 130, N_ ("Multicast listener query") },
  { 131, N_ ("Multicast listener report") },
  { 132, N_ ("Multicast listener done") },
  { 133, N_ ("Router solicitation") },
  { 134, N_ ("Router advertisement") },
  { 135, N_ ("Neighbour solicitation") },
  { 136, N_ ("Neighbour advertisement") },
  { 137, N_ ("Redirect") },
  { 143, N_ ("Multicast listener report, version 2") },
};

static const Name dscps[] = {
  { 0, N_ ("default") },
  { 8, "CS1" },
  { 10, "AF11" },
  { 12, "AF12" },
  { 14, "AF13" },
  { 16, "CS2" },
  { 18, "AF21" },
  { 20, "AF22" },
  { 22, "AF23" },
  { 24, "CS3" },
  { 26, "AF31" },
  { 28, "AF32" },
  { 30, "AF33" },
  { 32, "CS4" },
  { 34, "AF41" },
  { 36, "AF42" },
  { 38, "AF43" },
  { 40, "CS5" },
  { 44, "VA" },
  { 46, "EF" },
  { 48, "CS6" },
  { 56, "CS7" },
  { 1, N_ ("low effort") },
};

static const Name ecns[] = {
  { 0, N_ ("not capable of congestion notification") },
  { 1, N_ ("capable, ECT(1)") },
  { 2, N_ ("capable, ECT(0)") },
  { 3, N_ ("congestion experienced") },
};

static const Name ipv4_options[] = {
  { 0, N_ ("End of options") }, { 1, N_ ("No operation") },
  { 7, N_ ("Record route") },   { 68, N_ ("Timestamp") },
  { 130, N_ ("Security") },     { 131, N_ ("Loose source route") },
  { 136, N_ ("Stream ID") },    { 137, N_ ("Strict source route") },
  { 148, N_ ("Router alert") },
};

static const Name tcp_options[] = {
  { 0, N_ ("End of options") },
  { 1, N_ ("No operation") },
  { 2, N_ ("Maximum segment size") },
  { 3, N_ ("Window scale") },
  { 4, N_ ("Selective acknowledgment permitted") },
  { 5, N_ ("Selective acknowledgment") },
  { 8, N_ ("Timestamps") },
  { 19, N_ ("MD5 signature") },
  { 28, N_ ("User timeout") },
  { 29, N_ ("Authentication") },
  { 30, N_ ("Multipath TCP") },
  { 34, N_ ("Fast open cookie") },
};

static const Name arp_operations[] = {
  { 1, N_ ("request") },
  { 2, N_ ("reply") },
  { 3, N_ ("reverse request") },
  { 4, N_ ("reverse reply") },
};

static const Name cooked_packets[] = {
  { 0, N_ ("to this computer") }, { 1, N_ ("broadcast") },          { 2, N_ ("multicast") },
  { 3, N_ ("to another") },       { 4, N_ ("from this computer") },
};

static const Name sctp_chunks[] = {
  { 0, "DATA" },
  { 1, "INIT" },
  { 2, "INIT ACK" },
  { 3, "SACK" },
  { 4, "HEARTBEAT" },
  { 5, "HEARTBEAT ACK" },
  { 6, "ABORT" },
  { 7, "SHUTDOWN" },
  { 8, "SHUTDOWN ACK" },
  { 9, "ERROR" },
  { 10, "COOKIE ECHO" },
  { 11, "COOKIE ACK" },
  { 14, "SHUTDOWN COMPLETE" },
  { 15, "AUTH" },
  { 64, "I-DATA" },
  { 192, "FORWARD TSN" },
};

static const char *
find (const Name *names, gsize n_names, guint64 value)
{
  for (gsize i = 0; i < n_names; i++)
    if (names[i].value == value)
      return names[i].name;
  return NULL;
}

/* (transfer full) (nullable) */
#define FIND_WORDS(names, value) find_words (names, G_N_ELEMENTS (names), value)

static char *
find_words (const Name *names, gsize n_names, guint64 value)
{
  const char *name = find (names, n_names, value);

  return name != NULL ? g_strdup (_ (name)) : NULL;
}

const char *
lens_protocol_get_name (guint8 protocol)
{
  return find (protocols, G_N_ELEMENTS (protocols), protocol);
}

const char *
lens_ethertype_get_name (guint16 ethertype)
{
  return find (ethertypes, G_N_ELEMENTS (ethertypes), ethertype);
}

char *
lens_explain_ethertype (guint64 value)
{
  return g_strdup (lens_ethertype_get_name ((guint16) value));
}

char *
lens_explain_protocol (guint64 value)
{
  return g_strdup (lens_protocol_get_name ((guint8) value));
}

char *
lens_explain_icmp_type (guint64 value)
{
  return FIND_WORDS (icmp_types, value);
}

char *
lens_explain_icmpv6_type (guint64 value)
{
  return FIND_WORDS (icmpv6_types, value);
}

char *
lens_explain_dscp (guint64 value)
{
  return FIND_WORDS (dscps, value);
}

char *
lens_explain_ecn (guint64 value)
{
  return FIND_WORDS (ecns, value);
}

char *
lens_explain_ipv4_option (guint64 value)
{
  return FIND_WORDS (ipv4_options, value);
}

char *
lens_explain_tcp_option (guint64 value)
{
  return FIND_WORDS (tcp_options, value);
}

char *
lens_explain_arp_operation (guint64 value)
{
  return FIND_WORDS (arp_operations, value);
}

char *
lens_explain_cooked_packet (guint64 value)
{
  return FIND_WORDS (cooked_packets, value);
}

char *
lens_explain_sctp_chunk (guint64 value)
{
  return FIND_WORDS (sctp_chunks, value);
}

static char *
explain_bytes (guint64 n_bytes)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" G_GUINT64_FORMAT " byte",
                                       "%" G_GUINT64_FORMAT " bytes", (gulong) n_bytes),
                          n_bytes);
}

/* A length in words of four bytes. */
char *
lens_explain_words (guint64 value)
{
  return explain_bytes (value * 4);
}

/* A length in eight bytes, less one. */
char *
lens_explain_eights (guint64 value)
{
  return explain_bytes ((value + 1) * 8);
}
