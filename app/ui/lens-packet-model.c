#include "lens-packet-model.h"

#include "lens-format.h"
#include "lens-host-labels.h"

#include <glib/gi18n.h>

/* Captures mostly have microseconds. */
#define TIME_DECIMALS 6

struct _LensPacketModel
{
  GObject parent_instance;
  LensPacketOrder *order; /* owned */
  LensPacketList *list;   /* (transfer none) the order's */
  LensCapture *capture;   /* (transfer none) the list's */
  gboolean is_descending;
  gboolean shows_names;
  gboolean needs_date; /* not all packets are of the same day */
  gint64 first_ns;     /* of the capture */
};

G_DEFINE_FINAL_TYPE (LensPacketModel, lens_packet_model, G_TYPE_OBJECT)

static char *
format_span (gint64 span_ns)
{
  return span_ns == LENS_PACKET_LIST_NO_TIME ? g_strdup ("") : lens_format_seconds (span_ns);
}

static char *
format_time (const LensPacketModel *model, gsize place, gint64 time_ns, LensTimeForm form)
{
  switch (form)
    {
    case LENS_TIME_RELATIVE:
      return lens_format_seconds (time_ns - model->first_ns);
    case LENS_TIME_SINCE_PREVIOUS:
      return format_span (lens_packet_list_get_since_previous (model->list, place));
    case LENS_TIME_ABSOLUTE:
    case LENS_N_TIME_FORMS:
    default:
      if (model->needs_date)
        return lens_format_date_time (time_ns, FALSE);
      return lens_format_time_of_day (time_ns, time_ns % 1000 == 0 ? TIME_DECIMALS : 9, FALSE);
    }
}

static char *
format_host (const LensPacketModel *model, guint32 host)
{
  LensHostsView hosts = lens_packet_table_get_hosts (lens_packet_list_get_table (model->list));
  char text[LENS_ADDRESS_TEXT_SIZE];

  if (host == LENS_HOST_NONE)
    return g_strdup ("");
  if (model->shows_names)
    {
      g_auto (GStrv) labels = lens_host_labels_new (model->capture, &hosts.items[host].address, 1);

      return g_strdup (labels[0]);
    }
  return g_strdup (lens_address_format (&hosts.items[host].address, text));
}

static char *
format_port (const LensFlow *flow, guint16 port)
{
  return lens_packet_has_ports (flow) ? g_strdup_printf ("%u", port) : g_strdup ("");
}

char *
lens_packet_model_get_text (LensPacketModel *model,
                            guint position,
                            LensPacketColumn column,
                            LensTimeForm form)
{
  const LensPacketTable *table = lens_packet_list_get_table (model->list);
  LensPacketColumns columns = lens_packet_table_get_columns (table);
  gsize place = lens_packet_model_get_place (model, position);
  gsize row = lens_packet_list_get_row (model->list, place);
  const LensFlow *flow = &lens_packet_table_get_flows (table).items[columns.flow[row]];
  guint32 burst;
  char buffer[16];

  switch (column)
    {
    case LENS_PACKET_NUMBER:
      return lens_format_count (lens_packet_table_get_number (table, row));
    case LENS_PACKET_TIME:
    case LENS_PACKET_SINCE_PREVIOUS:
      return format_time (model, place, columns.time_ns[row], form);
    case LENS_PACKET_SOURCE:
      return format_host (model, flow->source_host);
    case LENS_PACKET_DESTINATION:
      return format_host (model, flow->destination_host);
    case LENS_PACKET_PROTOCOL:
      return g_strdup (lens_packet_protocol_name (flow, buffer));
    case LENS_PACKET_SOURCE_PORT:
      return format_port (flow, flow->source_port);
    case LENS_PACKET_DESTINATION_PORT:
      return format_port (flow, flow->destination_port);
    case LENS_PACKET_PAYLOAD:
      return lens_format_count (columns.payload_bytes[row]);
    case LENS_PACKET_WIRE:
      return lens_format_count (columns.wire_bytes[row]);
    case LENS_PACKET_INTER_ARRIVAL:
      return format_span (lens_packet_list_get_inter_arrival (model->list, place));
    case LENS_PACKET_BURST:
    case LENS_N_PACKET_COLUMNS:
    default:
      burst = lens_packet_list_get_burst (model->list, place);
      return burst > 0 ? g_strdup_printf ("%u", burst) : g_strdup ("");
    }
}

static void
lens_packet_model_finalize (GObject *object)
{
  g_clear_pointer (&LENS_PACKET_MODEL (object)->order, lens_packet_order_unref);
  G_OBJECT_CLASS (lens_packet_model_parent_class)->finalize (object);
}

static void
lens_packet_model_class_init (LensPacketModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lens_packet_model_finalize;
}

static void
lens_packet_model_init (LensPacketModel *self)
{
}

LensPacketModel *
lens_packet_model_new (LensPacketOrder *order, gboolean is_descending, gboolean shows_names)
{
  LensPacketModel *self = g_object_new (LENS_TYPE_PACKET_MODEL, NULL);
  gint64 last_ns = 0;

  self->order = lens_packet_order_ref (order);
  self->list = lens_packet_order_get_list (order);
  self->capture = lens_analysis_get_capture (lens_packet_list_get_analysis (self->list));
  self->is_descending = is_descending;
  self->shows_names = shows_names;
  if (lens_capture_get_time_span (self->capture, &self->first_ns, &last_ns))
    self->needs_date = lens_format_has_days (self->first_ns, last_ns, FALSE);
  return self;
}

LensPacketOrder *
lens_packet_model_get_order (LensPacketModel *self)
{
  return self->order;
}

gboolean
lens_packet_model_is_descending (LensPacketModel *self)
{
  return self->is_descending;
}

guint
lens_packet_model_get_n (LensPacketModel *self)
{
  gsize n = lens_packet_list_get_n (self->list);

  return (guint) MIN (n, (gsize) LENS_PACKET_MODEL_MAX_ROWS);
}

static gsize
turn_round (LensPacketModel *self, gsize position)
{
  return self->is_descending ? lens_packet_list_get_n (self->list) - 1 - position : position;
}

gsize
lens_packet_model_get_place (LensPacketModel *self, guint position)
{
  return lens_packet_order_get_place (self->order, turn_round (self, position));
}

gsize
lens_packet_model_find_place (LensPacketModel *self, gsize place)
{
  gsize position = lens_packet_order_find_place (self->order, place);

  if (position == LENS_PACKET_LIST_NONE)
    return position;
  position = turn_round (self, position);
  return position < LENS_PACKET_MODEL_MAX_ROWS ? position : LENS_PACKET_LIST_NONE;
}

gsize
lens_packet_model_get_row (LensPacketModel *self, guint position)
{
  return lens_packet_list_get_row (self->list, lens_packet_model_get_place (self, position));
}
