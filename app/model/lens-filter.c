#include "lens-filter.h"

struct _LensFilter
{
  gatomicrefcount ref_count;
  GArray *terms; /* (element-type LensFilterTerm), each with an expression of its own */
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

static void
clear_term (gpointer data)
{
  LensFilterTerm *term = data;

  g_free ((char *) term->expression);
}

LensFilter *
lens_filter_new_empty (void)
{
  LensFilter *filter = g_new0 (LensFilter, 1);

  g_atomic_ref_count_init (&filter->ref_count);
  filter->terms = g_array_new (FALSE, FALSE, sizeof (LensFilterTerm));
  g_array_set_clear_func (filter->terms, clear_term);
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
lens_filter_term_subnet (const LensSubnet *subnet, guint side)
{
  return (LensFilterTerm){
    .kind = LENS_FILTER_SUBNET, .address = subnet->network, .prefix_bits = subnet->prefix_bits, .side = side
  };
}

LensFilterTerm
lens_filter_term_connection (const LensAddress *source, const LensAddress *destination)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_CONNECTION, .address = *source, .destination = *destination };
}

LensFilterTerm
lens_filter_term_pair (const LensAddress *a, const LensAddress *b)
{
  gboolean is_turned = lens_address_compare (a, b) > 0;
  LensFilterTerm term = lens_filter_term_connection (is_turned ? b : a, is_turned ? a : b);

  term.is_either_way = TRUE;
  return term;
}

static guint8
get_bits_of_connection (const LensSubnet *subnet)
{
  return lens_subnet_is_host (subnet) ? 0 : subnet->prefix_bits;
}

LensFilterTerm
lens_filter_term_subnets (const LensSubnet *source, const LensSubnet *destination, gboolean is_either_way)
{
  int by_address = lens_address_compare (&source->network, &destination->network);
  gboolean is_turned
      = is_either_way
        && (by_address > 0 || (by_address == 0 && source->prefix_bits > destination->prefix_bits));
  const LensSubnet *from = is_turned ? destination : source, *to = is_turned ? source : destination;
  LensFilterTerm term = lens_filter_term_connection (&from->network, &to->network);

  term.prefix_bits = get_bits_of_connection (from);
  term.destination_prefix_bits = get_bits_of_connection (to);
  term.is_either_way = is_either_way;
  return term;
}

void
lens_filter_term_get_subnets (const LensFilterTerm *term, LensSubnet *source, LensSubnet *destination)
{
  *source = lens_subnet_of_host_or_group (&term->address, term->prefix_bits);
  *destination = lens_subnet_of_host_or_group (&term->destination, term->destination_prefix_bits);
}

LensFilterTerm
lens_filter_term_flow (const LensAddress *source,
                       guint16 source_port,
                       const LensAddress *destination,
                       guint16 destination_port,
                       guint8 protocol)
{
  return (LensFilterTerm){
    .kind = LENS_FILTER_FLOW,
    .address = *source,
    .destination = *destination,
    .port = source_port,
    .destination_port = destination_port,
    .protocol = protocol,
  };
}

LensFilterTerm
lens_filter_term_protocol (guint8 protocol)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_PROTOCOL, .protocol = protocol };
}

LensFilterTerm
lens_filter_term_layer (LensLayerClass class)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_LAYER, .class = class };
}

LensFilterTerm
lens_filter_term_port (LensLayer layer, guint side, guint16 port)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_PORT, .layer = layer, .side = side, .port = port };
}

LensFilterTerm
lens_filter_term_time (gint64 first_ns, gint64 last_ns)
{
  return (LensFilterTerm){
    .kind = LENS_FILTER_TIME,
    .first_ns = MIN (first_ns, last_ns),
    .last_ns = MAX (first_ns, last_ns),
  };
}

LensFilterTerm
lens_filter_term_bpf (const char *expression)
{
  return (LensFilterTerm){ .kind = LENS_FILTER_BPF, .expression = expression };
}

static LensFilterTerm
copy_term (const LensFilterTerm *term)
{
  LensFilterTerm copy = *term;

  copy.expression = g_strdup (term->expression);
  return copy;
}

LensFilterTerm *
lens_filter_term_copy (const LensFilterTerm *term)
{
  LensFilterTerm *copy = g_new (LensFilterTerm, 1);

  *copy = copy_term (term);
  return copy;
}

void
lens_filter_term_free (LensFilterTerm *term)
{
  clear_term (term);
  g_free (term);
}

gboolean
lens_filter_term_is_alike (const LensFilterTerm *a, const LensFilterTerm *b)
{
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case LENS_FILTER_HOST:
      return lens_address_equal (&a->address, &b->address);
    case LENS_FILTER_SUBNET:
      return lens_address_equal (&a->address, &b->address) && a->prefix_bits == b->prefix_bits
             && a->side == b->side;
    case LENS_FILTER_CONNECTION:
      return lens_address_equal (&a->address, &b->address)
             && lens_address_equal (&a->destination, &b->destination) && a->prefix_bits == b->prefix_bits
             && a->destination_prefix_bits == b->destination_prefix_bits
             && !a->is_either_way == !b->is_either_way;
    case LENS_FILTER_FLOW:
      return lens_address_equal (&a->address, &b->address)
             && lens_address_equal (&a->destination, &b->destination) && a->protocol == b->protocol
             && a->port == b->port && a->destination_port == b->destination_port;
    case LENS_FILTER_PROTOCOL:
      return a->protocol == b->protocol;
    case LENS_FILTER_LAYER:
      return a->class == b->class;
    case LENS_FILTER_TIME:
      return a->first_ns == b->first_ns && a->last_ns == b->last_ns;
    case LENS_FILTER_BPF:
      return g_strcmp0 (a->expression, b->expression) == 0;
    case LENS_FILTER_PORT:
    case LENS_N_FILTER_KINDS:
    default:
      return a->layer == b->layer && a->side == b->side && a->port == b->port;
    }
}

gboolean
lens_filter_term_equal (const LensFilterTerm *a, const LensFilterTerm *b)
{
  return !a->is_inverted == !b->is_inverted && !a->is_off == !b->is_off && lens_filter_term_is_alike (a, b);
}

guint
lens_filter_term_hash (const LensFilterTerm *term)
{
  guint hash = term->kind;

  hash = hash * 31 + lens_address_table_hash (&term->address);
  hash = hash * 31 + lens_address_table_hash (&term->destination);
  hash = hash * 31 + (term->is_either_way ? 1 : 0);
  hash = hash * 31 + term->prefix_bits;
  hash = hash * 31 + term->destination_prefix_bits;
  hash = hash * 31 + term->class;
  hash = hash * 31 + term->protocol;
  hash = hash * 31 + term->layer;
  hash = hash * 31 + term->side;
  hash = hash * 31 + term->port;
  hash = hash * 31 + term->destination_port;
  hash = hash * 31 + g_int64_hash (&term->first_ns);
  hash = hash * 31 + g_int64_hash (&term->last_ns);
  return term->expression != NULL ? hash * 31 + g_str_hash (term->expression) : hash;
}

static LensFilterTerm *
find_term (const LensFilter *filter, const LensFilterTerm *term)
{
  for (guint i = 0; i < filter->terms->len; i++)
    {
      LensFilterTerm *other = &g_array_index (filter->terms, LensFilterTerm, i);

      if (lens_filter_term_is_alike (other, term))
        return other;
    }
  return NULL;
}

const LensFilterTerm *
lens_filter_find_term (const LensFilter *filter, const LensFilterTerm *term)
{
  return find_term (filter, term);
}

gboolean
lens_filter_has_term (const LensFilter *filter, const LensFilterTerm *term)
{
  const LensFilterTerm *alike = find_term (filter, term);

  return alike != NULL && lens_filter_term_equal (alike, term);
}

/* @without: (nullable) what is left out. */
static LensFilter *
copy_filter (const LensFilter *filter, const LensFilterTerm *without)
{
  LensFilter *copy = lens_filter_new_empty ();

  for (guint i = 0; i < filter->terms->len; i++)
    {
      const LensFilterTerm *term = &g_array_index (filter->terms, LensFilterTerm, i);

      if (without == NULL || !lens_filter_term_is_alike (term, without))
        {
          LensFilterTerm own = copy_term (term);

          g_array_append_val (copy->terms, own);
        }
    }
  return copy;
}

LensFilter *
lens_filter_with_term (const LensFilter *filter, const LensFilterTerm *term)
{
  LensFilter *changed = copy_filter (filter, NULL);
  LensFilterTerm *alike = find_term (changed, term);

  if (alike != NULL)
    {
      alike->is_inverted = term->is_inverted;
      alike->is_off = term->is_off;
    }
  else
    {
      LensFilterTerm own = copy_term (term);

      g_array_append_val (changed->terms, own);
    }
  return changed;
}

LensFilter *
lens_filter_without_term (const LensFilter *filter, const LensFilterTerm *term)
{
  return copy_filter (filter, term);
}

LensFilter *
lens_filter_with_inverted (const LensFilter *filter, const LensFilterTerm *term, gboolean is_inverted)
{
  LensFilter *changed = copy_filter (filter, NULL);
  LensFilterTerm *alike = find_term (changed, term);

  if (alike != NULL)
    alike->is_inverted = is_inverted;
  return changed;
}

LensFilter *
lens_filter_with_enabled (const LensFilter *filter, const LensFilterTerm *term, gboolean is_enabled)
{
  LensFilter *changed = copy_filter (filter, NULL);
  LensFilterTerm *alike = find_term (changed, term);

  if (alike != NULL)
    alike->is_off = !is_enabled;
  return changed;
}

guint
lens_filter_term_get_kind_bit (const LensFilterTerm *term)
{
  if (term->kind == LENS_FILTER_SUBNET)
    return 1u << LENS_FILTER_HOST;
  if (term->kind == LENS_FILTER_LAYER && term->class == LENS_CLASS_MALFORMED)
    return 1u << LENS_N_FILTER_KINDS;
  return 1u << term->kind;
}

gboolean
lens_filter_terms_are_alternatives (const LensFilterTerm *a, const LensFilterTerm *b)
{
  return !a->is_inverted && !b->is_inverted && a->kind != LENS_FILTER_BPF
         && lens_filter_term_get_kind_bit (a) == lens_filter_term_get_kind_bit (b);
}

LensFilter *
lens_filter_without_kind (const LensFilter *filter, LensFilterKind kind)
{
  LensFilter *changed = copy_filter (filter, NULL);

  for (guint i = changed->terms->len; i > 0; i--)
    if (g_array_index (changed->terms, LensFilterTerm, i - 1).kind == kind)
      g_array_remove_index (changed->terms, i - 1);
  return changed;
}

gboolean
lens_filter_term_is_span (const LensFilterTerm *term)
{
  return term->kind == LENS_FILTER_TIME && !term->is_inverted && !term->is_off;
}

LensFilter *
lens_filter_with_span (const LensFilter *filter, const LensFilterTerm *term)
{
  g_autoptr (LensFilter) rest = copy_filter (filter, NULL);

  for (guint i = rest->terms->len; i > 0; i--)
    if (lens_filter_term_is_span (&g_array_index (rest->terms, LensFilterTerm, i - 1)))
      g_array_remove_index (rest->terms, i - 1);
  return term != NULL ? lens_filter_with_term (rest, term) : g_steal_pointer (&rest);
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

/* Whether every term of @a, or every one that has an effect, is in @b. */
static gboolean
is_within (const LensFilter *a, const LensFilter *b, gboolean only_effects)
{
  for (guint i = 0; i < a->terms->len; i++)
    {
      const LensFilterTerm *term = &g_array_index (a->terms, LensFilterTerm, i);

      if (!(only_effects && term->is_off) && !lens_filter_has_term (b, term))
        return FALSE;
    }
  return TRUE;
}

gboolean
lens_filter_passes_all (const LensFilter *filter)
{
  for (guint i = 0; i < filter->terms->len; i++)
    if (!g_array_index (filter->terms, LensFilterTerm, i).is_off)
      return FALSE;
  return TRUE;
}

gboolean
lens_filter_equal (const LensFilter *a, const LensFilter *b)
{
  return a == b || (is_within (a, b, FALSE) && is_within (b, a, FALSE));
}

gboolean
lens_filter_has_same_effect (const LensFilter *a, const LensFilter *b)
{
  return a == b || (is_within (a, b, TRUE) && is_within (b, a, TRUE));
}
