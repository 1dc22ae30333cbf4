#include "lens-field-tree.h"

#include <glib/gi18n-lib.h>

/* The fields that packet tables have, by what those call them. */
static const struct
{
  const char *id;
  const char *purpose;
} purposes[] = {
  { "time", N_ ("When the packet was captured") },
  { "IP_version", N_ ("Which IP it is: 4 or 6") },
  { "IP_ihl", N_ ("How long the IP header is, in words of four bytes: 5 where it has no options") },
  { "IP_tos",
    N_ ("How routers are to treat the packet: its class of service, and whether there is congestion") },
  { "IP_len", N_ ("How many bytes the datagram has: in IPv4 with its header, in IPv6 without") },
  { "IP_id", N_ ("Number that all fragments of one datagram share") },
  { "IP_flags", N_ ("Whether the datagram may be cut into fragments, and whether more of them follow") },
  { "IP_frag", N_ ("Where in the datagram this fragment belongs, in units of eight bytes") },
  { "IP_ttl", N_ ("How many more routers may pass the packet on") },
  { "IP_proto", N_ ("What the datagram carries") },
  { "IP_chksum", N_ ("Sum over the IP header, by which damage is found") },
  { "IP_src", N_ ("Host that sent the packet") },
  { "IP_dst", N_ ("Host that the packet is for") },
  { "TCP_sport", N_ ("Port of the program that sent it") },
  { "TCP_dport", N_ ("Port of the program that it is for") },
  { "TCP_seq", N_ ("Number of the first byte it carries in the stream of its sender") },
  { "TCP_ack", N_ ("Number of the next byte that its sender waits for") },
  { "TCP_dataofs", N_ ("How long the TCP header is, in words of four bytes: 5 where it has no options") },
  { "TCP_reserved", N_ ("Bits without a use") },
  { "TCP_flags", N_ ("What it does to the connection: opens, acknowledges, pushes, ends, breaks off") },
  { "TCP_window", N_ ("How many more bytes its sender has room for, before scaling") },
  { "TCP_chksum", N_ ("Sum over the TCP header and what it carries, by which damage is found") },
  { "TCP_urgptr", N_ ("Where urgent data end, if there are any") },
  { "UDP_sport", N_ ("Port of the program that sent it") },
  { "UDP_dport", N_ ("Port of the program that it is for") },
  { "UDP_len", N_ ("How many bytes the UDP datagram has, with its header") },
  { "UDP_chksum", N_ ("Sum over the UDP header and what it carries, by which damage is found; 0: none") },
  { "Raw_load", N_ ("What the packet carries for the programs that talk: its payload") },
  { "IP_int_arr_time", N_ ("Time since the packet before it to the same destination") },
  { "IP_Burst_ix", N_ ("Which burst of its stream it is in, by the rule of the page Bursts") },
  { "IP_Burst_length", N_ ("Packets of the burst, less one") },
  { "IP_Burst_avg_size", N_ ("Mean payload of the packets in the burst, in bytes") },
};

const char *
lens_field_get_purpose (const LensField *field)
{
  for (gsize i = 0; field->id != NULL && i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (purposes[i].id, field->id))
      return _ (purposes[i].purpose);
  return NULL;
}
