/* The link layers PacketLens decodes. Numbers: https://www.tcpdump.org/linktypes.html */
#include "lens-link.h"

#include "lens-decode.h"

static const LensLinkLayer link_layers[] = {
  { 1, "Ethernet", lens_link_ethernet },
  { 113, "Linux cooked", lens_link_linux_cooked },
  { 276, "Linux cooked v2", lens_link_linux_cooked_v2 },
  { 101, "Raw IP", lens_link_raw_ip },
  { 12, "Raw IP", lens_link_raw_ip }, /* DLT_RAW's own number, found in old files */
  { 14, "Raw IP", lens_link_raw_ip }, /* the same on OpenBSD */
  { 228, "Raw IPv4", lens_link_raw_ip },
  { 229, "Raw IPv6", lens_link_raw_ip },
  { 0, "BSD loopback", lens_link_bsd_null },
  { 108, "BSD loopback", lens_link_bsd_null },
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
