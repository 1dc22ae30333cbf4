#include "lens-filter.h"

#include <glib/gi18n-lib.h>

struct _LensFilter
{
  gatomicrefcount ref_count;
  GArray *terms; /* (element-type LensFilterTerm) */
};

GType
lens_filter_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("LensFilter", (GBoxedCopyFunc) lens_filter_ref,
                                                            (GBoxedFreeFunc) lens_filter_unref));
  return type;
}

LensFilter *
lens_filter_new_empty (void)
{
  LensFilter *filter = g_new0 (LensFilter, 1);

  g_atomic_ref_count_init (&filter->ref_count);
  filter->terms = g_array_new (FALSE, FALSE, sizeof (LensFilterTerm));
  return filter;
}

LensFilter *
lens_filter_ref (LensFilter *filter)
{
  g_atomic_ref_count_inc (&filter->ref_count);
  return filter;
}

void
lens_filter_unref (LensFilter *filter)
{
  if (!g_atomic_ref_count_dec (&filter->ref_count))
    return;
  g_array_unref (filter->terms);
  g_free (filter);
}

LensFilterTerm
lens_filter_term_host (const LensAddress *address)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_HOST, .address = *address };
}

LensFilterTerm
lens_filter_term_connection (const LensAddress *source, const LensAddress *destination)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_CONNECTION, .address = *source, .destination = *destination };
}

LensFilterTerm
lens_filter_term_port (LensLayer layer, guint side, guint16 port)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_PORT, .layer = layer, .side = side, .port = port };
}

gboolean
lens_filter_term_equal (const LensFilterTerm *a, const LensFilterTerm *b)
{
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case LENS_FILTER_HOST:
      return lens_address_equal (&a->address, &b->address);
    case LENS_FILTER_CONNECTION:
      return lens_address_equal (&a->address, &b->address)
             && lens_address_equal (&a->destination, &b->destination);
    case LENS_FILTER_PORT:
    default:
      return a->layer == b->layer && a->side == b->side && a->port == b->port;
    }
}

gboolean
lens_filter_has_term (const LensFilter *filter, const LensFilterTerm *term)
{
  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    if (lens_filter_term_equal (lens_filter_get_term (filter, i), term))
      return TRUE;
  return FALSE;
}

LensFilter *
lens_filter_remove (const LensFilter *filter, const LensFilterTerm *term)
{
  LensFilter *changed = lens_filter_new_empty ();

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    if (!lens_filter_term_equal (lens_filter_get_term (filter, i), term))
      g_array_append_vals (changed->terms, lens_filter_get_term (filter, i), 1);
  return changed;
}

LensFilter *
lens_filter_add (const LensFilter *filter, const LensFilterTerm *term)
{
  LensFilter *changed = lens_filter_new_empty ();

  g_array_append_vals (changed->terms, filter->terms->data, filter->terms->len);
  if (!lens_filter_has_term (filter, term))
    g_array_append_vals (changed->terms, term, 1);
  return changed;
}

gsize
lens_filter_get_n_terms (const LensFilter *filter)
{
  return filter->terms->len;
}

const LensFilterTerm *
lens_filter_get_term (const LensFilter *filter, gsize position)
{
  g_return_val_if_fail (position < filter->terms->len, NULL);

  return &g_array_index (filter->terms, LensFilterTerm, position);
}

gboolean
lens_filter_is_empty (const LensFilter *filter)
{
  return filter->terms->len == 0;
}

gboolean
lens_filter_equal (const LensFilter *a, const LensFilter *b)
{
  if (a == b)
    return TRUE;
  if (lens_filter_get_n_terms (a) != lens_filter_get_n_terms (b))
    return FALSE;
  /* No filter has a term twice, so as many terms, all found, are the same ones. */
  for (gsize i = 0; i < lens_filter_get_n_terms (a); i++)
    if (!lens_filter_has_term (b, lens_filter_get_term (a, i)))
      return FALSE;
  return TRUE;
}

static char *
describe_port (const LensFilterTerm *term)
{
  const char *protocol = term->layer == LENS_LAYER_TCP ? "TCP" : "UDP";

  /* Translators: %s is TCP or UDP, %u a port number. */
  if (term->side == LENS_PORT_SOURCE)
    return g_strdup_printf (_ ("%s source port %u"), protocol, term->port);
  if (term->side == LENS_PORT_DESTINATION)
    return g_strdup_printf (_ ("%s destination port %u"), protocol, term->port);
  return g_strdup_printf (_ ("%s port %u"), protocol, term->port);
}

char *
lens_filter_term_describe (const LensFilterTerm *term)
{
  char address[LENS_ADDRESS_TEXT_SIZE];
  char destination[LENS_ADDRESS_TEXT_SIZE];

  switch (term->kind)
    {
    case LENS_FILTER_HOST:
      return g_strdup_printf (_ ("host %s"), lens_address_format (&term->address, address));
    case LENS_FILTER_CONNECTION:
      return g_strdup_printf ("%s → %s", lens_address_format (&term->address, address),
                              lens_address_format (&term->destination, destination));
    case LENS_FILTER_PORT:
    default:
      return describe_port (term);
    }
}

char *
lens_filter_describe (const LensFilter *filter)
{
  GString *text;

  if (lens_filter_is_empty (filter))
    return NULL;
  text = g_string_new (NULL);
  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      g_autofree char *term = lens_filter_term_describe (lens_filter_get_term (filter, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", term);
    }
  return g_string_free (text, FALSE);
}

/* A term with its addresses looked up once: LENS_HOST_NONE where the capture has no such host. */
typedef struct
{
  const LensFilterTerm *term;
  guint32 host;
  guint32 destination_host;
} BoundTerm;

static gboolean
flow_passes_term (const LensFlow *flow, const BoundTerm *bound)
{
  const LensFilterTerm *term = bound->term;

  switch (term->kind)
    {
    case LENS_FILTER_HOST:
      return bound->host != LENS_HOST_NONE
             && (flow->source_host == bound->host || flow->destination_host == bound->host);
    case LENS_FILTER_CONNECTION:
      return bound->host != LENS_HOST_NONE && flow->source_host == bound->host
             && flow->destination_host == bound->destination_host;
    case LENS_FILTER_PORT:
    default:
      return flow->layer == term->layer
             && (((term->side & LENS_PORT_SOURCE) != 0 && flow->source_port == term->port)
                 || ((term->side & LENS_PORT_DESTINATION) != 0 && flow->destination_port == term->port));
    }
}

static gboolean
flow_passes (const LensFlow *flow, const BoundTerm *terms, gsize n_terms)
{
  guint kinds_there = 0;
  guint kinds_passed = 0;

  for (gsize i = 0; i < n_terms; i++)
    {
      guint kind = 1u << terms[i].term->kind;

      kinds_there |= kind;
      if ((kinds_passed & kind) == 0 && flow_passes_term (flow, &terms[i]))
        kinds_passed |= kind;
    }
  return kinds_there == kinds_passed;
}

guint8 *
lens_filter_match_flows (const LensFilter *filter, const LensPacketTable *table)
{
  gsize n_terms = lens_filter_get_n_terms (filter);
  LensFlowsView flows = lens_packet_table_get_flows (table);
  g_autofree BoundTerm *terms = g_new0 (BoundTerm, n_terms);
  guint8 *passes = g_try_new (guint8, MAX (flows.n, 1));

  if (passes == NULL)
    return NULL;
  for (gsize i = 0; i < n_terms; i++)
    {
      terms[i].term = lens_filter_get_term (filter, i);
      terms[i].host = lens_packet_table_find_host (table, &terms[i].term->address);
      terms[i].destination_host = lens_packet_table_find_host (table, &terms[i].term->destination);
    }
  for (gsize i = 0; i < flows.n; i++)
    passes[i] = (guint8) flow_passes (&flows.items[i], terms, n_terms);
  return passes;
}
