#include "lens-filter-form.h"
#include "lens-filter.h"

#include "lens-format.h"
#include "lens-text.h"

#include <glib/gi18n-lib.h>

/* How much of an expression a chip shows. */
#define MAX_EXPRESSION_CHARS 120

/* Proper names, not translated: what people know of https://www.iana.org/assignments/protocol-numbers. */
static const struct
{
  guint8 protocol;
  const char *name;
} protocol_names[] = {
  { 1, "ICMP" },  { 2, "IGMP" },  { 4, "IPv4" },   { 6, "TCP" },    { 17, "UDP" },    { 33, "DCCP" },
  { 41, "IPv6" }, { 47, "GRE" },  { 50, "ESP" },   { 51, "AH" },    { 58, "ICMPv6" }, { 88, "EIGRP" },
  { 89, "OSPF" }, { 103, "PIM" }, { 112, "VRRP" }, { 115, "L2TP" }, { 132, "SCTP" },  { 136, "UDP-Lite" },
};

static const char *
find_protocol_name (guint8 protocol)
{
  for (gsize i = 0; i < G_N_ELEMENTS (protocol_names); i++)
    if (protocol_names[i].protocol == protocol)
      return protocol_names[i].name;
  return NULL;
}

static char *
describe_protocol (guint8 protocol)
{
  const char *name = find_protocol_name (protocol);

  /* Translators: a protocol above IP, by its name or its number. */
  return name != NULL ? g_strdup_printf (_ ("protocol %s"), name)
                      : g_strdup_printf (_ ("IP protocol %u"), protocol);
}

char *
lens_filter_form_name_protocol (guint8 protocol)
{
  const char *name = find_protocol_name (protocol);

  return name != NULL ? g_strdup (name) : g_strdup_printf (_ ("IP protocol %u"), protocol);
}

static char *
describe_any_port (const LensFilterTerm *term)
{
  if (term->side == LENS_PORT_SOURCE)
    return g_strdup_printf (_ ("source port %u"), term->port);
  if (term->side == LENS_PORT_DESTINATION)
    return g_strdup_printf (_ ("destination port %u"), term->port);
  return g_strdup_printf (_ ("port %u"), term->port);
}

static char *
describe_port (const LensFilterTerm *term)
{
  const char *protocol = term->layer == LENS_LAYER_TCP ? "TCP" : "UDP";

  if (term->layer != LENS_LAYER_TCP && term->layer != LENS_LAYER_UDP)
    return describe_any_port (term);
  /* Translators: %s is TCP or UDP, %u a port number. */
  if (term->side == LENS_PORT_SOURCE)
    return g_strdup_printf (_ ("%s source port %u"), protocol, term->port);
  if (term->side == LENS_PORT_DESTINATION)
    return g_strdup_printf (_ ("%s destination port %u"), protocol, term->port);
  return g_strdup_printf (_ ("%s port %u"), protocol, term->port);
}

/* "192.0.2.1:443", "[2001:db8::1]:443". */
static char *
describe_end (const LensAddress *address, guint16 port)
{
  char text[LENS_ADDRESS_TEXT_SIZE];

  lens_address_format (address, text);
  return address->version == 6 ? g_strdup_printf ("[%s]:%u", text, port)
                               : g_strdup_printf ("%s:%u", text, port);
}

static char *
describe_flow (const LensFilterTerm *term)
{
  g_autofree char *source = describe_end (&term->address, term->port);
  g_autofree char *destination = describe_end (&term->destination, term->destination_port);
  g_autofree char *protocol = lens_filter_form_name_protocol (term->protocol);

  return g_strdup_printf ("%s %s → %s", protocol, source, destination);
}

static char *
describe_subnet (const LensFilterTerm *term)
{
  LensSubnet subnet = { .network = term->address, .prefix_bits = term->prefix_bits };
  char text[LENS_SUBNET_TEXT_SIZE];

  /* One end of a single host. */
  if (lens_subnet_is_host (&subnet))
    {
      lens_address_format (&term->address, text);
      return g_strdup_printf (term->side == LENS_PORT_SOURCE        ? _ ("from host %s")
                              : term->side == LENS_PORT_DESTINATION ? _ ("to host %s")
                                                                    : _ ("host %s"),
                              text);
    }
  lens_subnet_format (&subnet, text);
  /* Translators: %s is an address and the length of its prefix, "10.0.0.0/8". */
  return g_strdup_printf (term->side == LENS_PORT_SOURCE        ? _ ("from subnet %s")
                          : term->side == LENS_PORT_DESTINATION ? _ ("to subnet %s")
                                                                : _ ("subnet %s"),
                          text);
}

const char *
lens_filter_form_name_class (LensLayerClass class)
{
  switch (class)
    {
    case LENS_CLASS_IP:
      return _ ("IP");
    case LENS_CLASS_IPV4:
      return "IPv4";
    case LENS_CLASS_IPV6:
      return "IPv6";
    case LENS_CLASS_TCP:
      return "TCP";
    case LENS_CLASS_UDP:
      return "UDP";
    case LENS_CLASS_ICMP:
      return "ICMP";
    case LENS_CLASS_OTHER_IP:
      return _ ("Other IP");
    case LENS_CLASS_NOT_IP:
      return _ ("Without IP");
    case LENS_CLASS_MALFORMED:
    case LENS_N_CLASSES:
    default:
      return _ ("Malformed");
    }
}

static char *
describe_layer (LensLayerClass class)
{
  switch (class)
    {
    case LENS_CLASS_OTHER_IP:
      /* Translators: packets with an IP header that are none of TCP, UDP and ICMP. */
      return g_strdup (_ ("layer other IP"));
    case LENS_CLASS_NOT_IP:
      return g_strdup (_ ("without IP"));
    case LENS_CLASS_MALFORMED:
      return g_strdup (_ ("malformed"));
    case LENS_CLASS_IP:
    case LENS_CLASS_IPV4:
    case LENS_CLASS_IPV6:
    case LENS_CLASS_TCP:
    case LENS_CLASS_UDP:
    case LENS_CLASS_ICMP:
    case LENS_N_CLASSES:
    default:
      /* Translators: %s is IP, IPv4, TCP and so on. */
      return g_strdup_printf (_ ("layer %s"), lens_filter_form_name_class (class));
    }
}

/* @prefix_bits: 0 for an address by itself. */
static const char *
format_end (const LensAddress *address, guint8 prefix_bits, char buffer[LENS_SUBNET_TEXT_SIZE])
{
  LensSubnet subnet = { .network = *address, .prefix_bits = prefix_bits };

  return prefix_bits > 0 ? lens_subnet_format (&subnet, buffer) : lens_address_format (address, buffer);
}

static char *
describe_connection (const LensFilterTerm *term)
{
  char source[LENS_SUBNET_TEXT_SIZE];
  char destination[LENS_SUBNET_TEXT_SIZE];

  return g_strdup_printf (term->is_either_way ? "%s ↔ %s" : "%s → %s",
                          format_end (&term->address, term->prefix_bits, source),
                          format_end (&term->destination, term->destination_prefix_bits, destination));
}

/* One moment, as exactly as it is known, without the thousandths of which there are none. */
static char *
describe_moment (gint64 time_ns, gboolean has_day, gboolean is_utc)
{
  guint decimals = time_ns % 1000 != 0 ? 9 : time_ns % 1000000 != 0 ? 6 : time_ns % 1000000000 != 0 ? 3 : 0;

  return lens_format_moment (time_ns, decimals, has_day, is_utc);
}

/* With as many decimals as tell the ends of so short a span apart. */
static char *
describe_time (const LensFilterTerm *term, LensTimeWords time_words)
{
  guint64 span_ns = (guint64) term->last_ns - (guint64) term->first_ns;
  guint decimals = span_ns >= 10 * G_GUINT64_CONSTANT (1000000000) ? 0
                   : span_ns >= 10 * 1000000                       ? 3
                   : span_ns >= 10 * 1000                          ? 6
                                                                   : 9;
  gboolean is_utc = time_words == LENS_TIME_WORDS_UTC;
  gboolean has_day = time_words != LENS_TIME_WORDS_CLOCK;
  g_autofree char *span
      = span_ns == 0 ? describe_moment (term->first_ns, has_day, is_utc)
                     : lens_format_time_span (term->first_ns, term->last_ns, decimals, has_day, is_utc);

  return is_utc ? g_strconcat (span, " UTC", NULL) : g_steal_pointer (&span);
}

static char *
describe_selected (const LensFilterTerm *term, LensTimeWords time_words)
{
  char address[LENS_ADDRESS_TEXT_SIZE];

  switch (term->kind)
    {
    case LENS_FILTER_HOST:
      return g_strdup_printf (_ ("host %s"), lens_address_format (&term->address, address));
    case LENS_FILTER_SUBNET:
      return describe_subnet (term);
    case LENS_FILTER_LAYER:
      return describe_layer (term->class);
    case LENS_FILTER_CONNECTION:
      return describe_connection (term);
    case LENS_FILTER_FLOW:
      return describe_flow (term);
    case LENS_FILTER_PROTOCOL:
      return describe_protocol (term->protocol);
    case LENS_FILTER_TIME:
      return describe_time (term, time_words);
    case LENS_FILTER_BPF:
      return lens_text_make_safe_string (term->expression, MAX_EXPRESSION_CHARS);
    case LENS_FILTER_PORT:
    case LENS_N_FILTER_KINDS:
    default:
      return describe_port (term);
    }
}

char *
lens_filter_term_describe (const LensFilterTerm *term, LensTimeWords time_words)
{
  g_autofree char *selected = describe_selected (term, time_words);

  if (!term->is_inverted)
    return g_steal_pointer (&selected);
  if (term->kind == LENS_FILTER_BPF)
    /* Translators: %s is an expression as tcpdump has it: “not (tcp port 443)”. */
    return g_strdup_printf (_ ("not (%s)"), selected);
  /* Translators: what a filter leaves out: “not host 192.0.2.1”. */
  return g_strdup_printf (_ ("not %s"), selected);
}

/* The first term from @start on that has an effect and is an alternative to that at @position, which has one; how many terms there are
 * where there is none. */
static gsize
find_alternative (const LensFilter *filter, gsize position, gsize start)
{
  const LensFilterTerm *term = lens_filter_get_term (filter, position);
  gsize n = lens_filter_get_n_terms (filter);

  while (start < n
         && (start == position || lens_filter_get_term (filter, start)->is_off
             || !lens_filter_terms_are_alternatives (term, lens_filter_get_term (filter, start))))
    start++;
  return start;
}

/* The term at @position and all that are alternatives to it, which come after it. */
static void
append_alternatives (GString *text, const LensFilter *filter, gsize position)
{
  gsize n = lens_filter_get_n_terms (filter);

  for (gsize i = position; i < n; i = find_alternative (filter, position, i + 1))
    {
      g_autofree char *words
          = lens_filter_term_describe (lens_filter_get_term (filter, i), LENS_TIME_WORDS_UTC);

      if (i > position)
        /* Translators: between what a filter lets pass: “host 192.0.2.1 or host 192.0.2.7”. */
        g_string_append (text, _ (" or "));
      g_string_append (text, words);
    }
}

char *
lens_filter_describe (const LensFilter *filter)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      if (lens_filter_get_term (filter, i)->is_off || find_alternative (filter, i, 0) < i)
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      append_alternatives (text, filter, i);
    }
  return lens_filter_passes_all (filter) ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}
