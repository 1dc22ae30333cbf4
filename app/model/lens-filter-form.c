#include "lens-filter-form.h"

#include "lens-error.h"
#include "lens-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of what was typed is said again. */
#define MAX_TEXT_CHARS 60

#define N_PROTOCOLS 256

/* FALSE without an error for an empty text. */
static gboolean
read_address (const char *text, LensAddress *address, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *safe = NULL;

  if (*trimmed == '\0')
    return FALSE;
  if (lens_address_parse (trimmed, address))
    return TRUE;
  safe = lens_text_make_safe_string (trimmed, MAX_TEXT_CHARS);
  g_set_error (error, LENS_ERROR, LENS_ERROR_FILTER,
               _ ("“%s” is no address. Write it as 192.0.2.1 or 2001:db8::1."), safe);
  return FALSE;
}

/* A host is a subnet of its own where one end alone is meant. FALSE without an error for an empty text. */
static gboolean
read_host (const LensFilterForm *form, LensFilterTerm *term, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (form->source));
  g_autofree char *safe = NULL;
  LensSubnet subnet;
  LensAddress address;

  if (strchr (trimmed, '/') == NULL)
    {
      if (!read_address (trimmed, &address, error))
        return FALSE;
      subnet = lens_subnet_of_host_or_group (&address, 0);
    }
  else if (!lens_subnet_parse (trimmed, &subnet))
    {
      safe = lens_text_make_safe_string (trimmed, MAX_TEXT_CHARS);
      g_set_error (error, LENS_ERROR, LENS_ERROR_FILTER,
                   _ ("“%s” is no subnet. Write it as 10.0.0.0/8 or 2001:db8::/32."), safe);
      return FALSE;
    }
  *term = lens_subnet_is_host (&subnet) && form->side == LENS_PORT_EITHER
              ? lens_filter_term_host (&subnet.network)
              : lens_filter_term_subnet (&subnet, form->side);
  return TRUE;
}

/* FALSE without an error for an empty text. */
static gboolean
read_port (const char *text, guint16 *port, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *safe = NULL;
  guint64 number;

  if (*trimmed == '\0')
    return FALSE;
  if (!g_ascii_string_to_unsigned (trimmed, 10, 0, G_MAXUINT16, &number, NULL))
    {
      safe = lens_text_make_safe_string (trimmed, MAX_TEXT_CHARS);
      g_set_error (error, LENS_ERROR, LENS_ERROR_FILTER,
                   _ ("“%s” is no port. A port is a number from 0 to 65535."), safe);
      return FALSE;
    }
  *port = (guint16) number;
  return TRUE;
}

/* Both ends. Something wrong with the second is said also while the first is still empty. */
static gboolean
read_ends (const LensFilterForm *form, LensAddress *source, LensAddress *destination, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  gboolean has_source = read_address (form->source, source, &wrong);
  gboolean has_destination = read_address (form->destination, destination, wrong == NULL ? &wrong : NULL);

  if (wrong == NULL && has_source && has_destination && source->version != destination->version)
    g_set_error_literal (&wrong, LENS_ERROR, LENS_ERROR_FILTER,
                         _ ("One is an IPv4 address and one of IPv6: no packet goes from one to the other."));
  if (wrong == NULL)
    return has_source && has_destination;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

static gboolean
read_flow (const LensFilterForm *form, LensFilterTerm *term, GError **error)
{
  gboolean has_ports = lens_filter_form_has_ports (form->protocol);
  LensAddress source, destination;
  guint16 port = 0, destination_port = 0;
  g_autoptr (GError) wrong = NULL;
  gboolean is_full = read_ends (form, &source, &destination, &wrong);

  if (has_ports && wrong == NULL)
    is_full &= read_port (form->port, &port, &wrong);
  if (has_ports && wrong == NULL)
    is_full &= read_port (form->destination_port, &destination_port, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }
  if (is_full)
    *term = lens_filter_term_flow (&source, port, &destination, destination_port, form->protocol);
  return is_full;
}

static gboolean
read_connection (const LensFilterForm *form, LensFilterTerm *term, GError **error)
{
  LensAddress source, destination;

  if (!read_ends (form, &source, &destination, error))
    return FALSE;
  *term = form->is_either_way ? lens_filter_term_pair (&source, &destination)
                              : lens_filter_term_connection (&source, &destination);
  return TRUE;
}

static gboolean
read_time (const char *text, const LensTimeFrame *frame, gint64 *time_ns, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *safe = NULL;

  if (*trimmed == '\0' || lens_time_text_read (trimmed, frame, time_ns))
    return TRUE;
  safe = lens_text_make_safe_string (trimmed, MAX_TEXT_CHARS);
  g_set_error (
      error, LENS_ERROR, LENS_ERROR_FILTER,
      _ ("“%s” is no time. Write it as 17:55:53.2, as 2021-04-07 17:55:53, or as seconds from the start."),
      safe);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t")] == '\0';
}

static gboolean
read_span (const LensFilterForm *form, LensFilterTerm *term, GError **error)
{
  gint64 first_ns = form->frame.first_ns, last_ns = form->frame.last_ns;

  if (!read_time (form->start, &form->frame, &first_ns, error)
      || !read_time (form->end, &form->frame, &last_ns, error))
    return FALSE;
  if (is_blank (form->start) && is_blank (form->end))
    return FALSE;
  if (last_ns < first_ns)
    {
      g_set_error_literal (error, LENS_ERROR, LENS_ERROR_FILTER, _ ("The end is before the start."));
      return FALSE;
    }
  *term = lens_filter_term_time (first_ns, last_ns);
  return TRUE;
}

static gboolean
read_selecting (const LensFilterForm *form, LensFilterTerm *term, GError **error)
{
  guint16 port;

  switch (form->kind)
    {
    case LENS_FILTER_HOST:
    case LENS_FILTER_SUBNET:
      return read_host (form, term, error);
    case LENS_FILTER_LAYER:
      *term = lens_filter_term_layer (form->class);
      return TRUE;
    case LENS_FILTER_CONNECTION:
      return read_connection (form, term, error);
    case LENS_FILTER_FLOW:
      return read_flow (form, term, error);
    case LENS_FILTER_PROTOCOL:
      *term = lens_filter_term_protocol (form->protocol);
      return TRUE;
    case LENS_FILTER_PORT:
      if (!read_port (form->port, &port, error))
        return FALSE;
      *term = lens_filter_term_port (form->layer, form->side, port);
      return TRUE;
    case LENS_FILTER_TIME:
      return read_span (form, term, error);
    case LENS_FILTER_BPF:
    case LENS_N_FILTER_KINDS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

gboolean
lens_filter_form_read (const LensFilterForm *form, LensFilterTerm *term, GError **error)
{
  if (!read_selecting (form, term, error))
    return FALSE;
  term->is_inverted = form->is_inverted;
  return TRUE;
}

gboolean
lens_filter_form_has_ports (guint8 protocol)
{
  static const guint8 protocols[] = { 6, 17, 33, 132, 136 }; /* TCP, UDP, DCCP, SCTP, UDP-Lite */

  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (protocols[i] == protocol)
      return TRUE;
  return FALSE;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const LensProtocolCount *first = a, *second = b;

  if (first->packets != second->packets)
    return first->packets > second->packets ? -1 : 1;
  return (int) first->protocol - (int) second->protocol;
}

GArray *
lens_filter_form_list_protocols (const LensPacketTable *table)
{
  LensFlowsView flows = lens_packet_table_get_flows (table);
  guint64 packets[N_PROTOCOLS] = { 0 };
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (LensProtocolCount));

  for (gsize i = 0; i < flows.n; i++)
    if (flows.items[i].layer != LENS_LAYER_NOT_IP)
      packets[flows.items[i].protocol] += flows.items[i].packets;
  for (guint protocol = 0; protocol < N_PROTOCOLS; protocol++)
    if (packets[protocol] > 0)
      {
        LensProtocolCount count = { .protocol = (guint8) protocol, .packets = packets[protocol] };

        g_array_append_val (counts, count);
      }
  g_array_sort (counts, compare_counts);
  return counts;
}
