#include "lens-packet-listing.h"

/* What takes longer to list or sort is said. */
#define SLOW_MS 200

struct _LensPacketListing
{
  GObject parent_instance;
  LensAnalysis *analysis;    /* owned (nullable) */
  LensBurstRule rule;        /* with the analysis */
  LensPacketOrder *order;    /* owned (nullable) */
  GCancellable *ordering;    /* owned (nullable): an order is being worked out */
  GCancellable *working_out; /* owned (nullable): inter-arrival times and bursts are */
  guint slow_timeout_id;     /* until that is said */
};

G_DEFINE_FINAL_TYPE (LensPacketListing, lens_packet_listing, G_TYPE_OBJECT)

enum
{
  ORDERED,
  FAILED,
  SLOW,
  WORKED_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
stop_ordering (LensPacketListing *self)
{
  g_clear_handle_id (&self->slow_timeout_id, g_source_remove);
  stop (&self->ordering);
}

static void
worked_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  LensPacketListing *self;

  (void) lens_packet_list_work_out_finish (result, &error);
  /* Whoever cancels has gone on, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  g_clear_object (&self->working_out);
  g_signal_emit (self, signals[WORKED_OUT], 0);
}

/* The columns that need more than a look at the packet are filled when that is done. */
static void
work_out (LensPacketListing *self)
{
  stop (&self->working_out);
  self->working_out = g_cancellable_new ();
  lens_packet_list_work_out_async (lens_packet_order_get_list (self->order), self->working_out, worked_out_cb,
                                   self);
}

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LensPacketOrder) order = lens_packet_order_new_finish (result, &error);
  LensPacketListing *self;
  gboolean is_other_list;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  g_clear_object (&self->ordering);
  g_clear_handle_id (&self->slow_timeout_id, g_source_remove);
  if (order == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  is_other_list
      = self->order == NULL || lens_packet_order_get_list (self->order) != lens_packet_order_get_list (order);
  g_clear_pointer (&self->order, lens_packet_order_unref);
  self->order = g_steal_pointer (&order);
  g_signal_emit (self, signals[ORDERED], 0, self->order);
  if (is_other_list && self->order != NULL)
    work_out (self);
}

static gboolean
slow_cb (gpointer user_data)
{
  LensPacketListing *self = user_data;

  self->slow_timeout_id = 0;
  g_signal_emit (self, signals[SLOW], 0);
  return G_SOURCE_REMOVE;
}

void
lens_packet_listing_ask (LensPacketListing *self,
                         LensAnalysis *analysis,
                         const LensBurstRule *rule,
                         LensPacketColumn column)
{
  LensPacketList *list = self->order != NULL ? lens_packet_order_get_list (self->order) : NULL;

  stop_ordering (self);
  lens_analysis_ref (analysis);
  g_clear_pointer (&self->analysis, lens_analysis_unref);
  self->analysis = analysis;
  self->rule = *rule;
  if (list != NULL
      && (lens_packet_list_get_analysis (list) != analysis
          || !lens_burst_rule_equal (lens_packet_list_get_burst_rule (list), rule)))
    list = NULL;
  self->ordering = g_cancellable_new ();
  self->slow_timeout_id = g_timeout_add (SLOW_MS, slow_cb, self);
  lens_packet_order_new_async (analysis, rule, list, column, self->ordering, order_cb, self);
}

gboolean
lens_packet_listing_is_busy (LensPacketListing *self)
{
  return self->ordering != NULL;
}

LensAnalysis *
lens_packet_listing_get_analysis (LensPacketListing *self)
{
  return self->analysis;
}

gboolean
lens_packet_listing_has_rule (LensPacketListing *self, const LensBurstRule *rule)
{
  return self->analysis != NULL && lens_burst_rule_equal (&self->rule, rule);
}

LensPacketOrder *
lens_packet_listing_get_order (LensPacketListing *self)
{
  return self->order;
}

void
lens_packet_listing_forget (LensPacketListing *self)
{
  stop_ordering (self);
  stop (&self->working_out);
  g_clear_pointer (&self->analysis, lens_analysis_unref);
  g_clear_pointer (&self->order, lens_packet_order_unref);
}

static void
lens_packet_listing_dispose (GObject *object)
{
  lens_packet_listing_forget (LENS_PACKET_LISTING (object));
  G_OBJECT_CLASS (lens_packet_listing_parent_class)->dispose (object);
}

static void
lens_packet_listing_class_init (LensPacketListingClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_packet_listing_dispose;
  signals[ORDERED] = g_signal_new ("ordered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_POINTER);
  signals[FAILED]
      = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SLOW] = g_signal_new ("slow", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WORKED_OUT]
      = g_signal_new ("worked-out", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lens_packet_listing_init (LensPacketListing *self)
{
}

LensPacketListing *
lens_packet_listing_new (void)
{
  return g_object_new (LENS_TYPE_PACKET_LISTING, NULL);
}
