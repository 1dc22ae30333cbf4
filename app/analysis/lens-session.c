#include "lens-session-private.h"

G_DEFINE_FINAL_TYPE (LensSession, lens_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CAPTURE,
  PROP_FILTER,
  PROP_ANALYSIS,
  PROP_WHOLE,
  PROP_IS_BUSY,
  PROP_FILTER_ERROR,
  PROP_READING_FRACTION,
  PROP_CAN_GO_BACK,
  PROP_CAN_GO_FORWARD,
  PROP_SHOW_NAMES,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
update_history (LensSession *self)
{
  gboolean could_go_back = self->could_go_back;
  gboolean could_go_forward = self->could_go_forward;

  self->could_go_back = lens_session_get_can_go_back (self);
  self->could_go_forward = lens_session_get_can_go_forward (self);
  if (could_go_back != self->could_go_back)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
  if (could_go_forward != self->could_go_forward)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_FORWARD]);
}

static void
take_filter (LensSession *self, LensFilter *filter)
{
  lens_filter_unref (self->filter);
  self->filter = filter;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

LensSession *
lens_session_new (void)
{
  return g_object_new (LENS_TYPE_SESSION, NULL);
}

void
lens_session_set_capture (LensSession *self, LensCapture *capture)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  if (self->capture == capture)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  lens_session_cancel_work (self);
  self->is_behind = FALSE;
  g_clear_pointer (&self->capture, lens_capture_unref);
  g_clear_pointer (&self->row_sets, lens_row_sets_unref);
  self->capture = capture != NULL ? lens_capture_ref (capture) : NULL;
  self->row_sets = capture != NULL ? lens_row_sets_new (capture) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTURE]);
  lens_session_forget_reading (self);

  if (!lens_filter_is_empty (self->filter))
    take_filter (self, lens_filter_new_empty ());
  lens_filter_history_reset (&self->history);
  update_history (self);
  lens_session_start_over (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
lens_session_update_capture (LensSession *self, LensCapture *capture)
{
  LensRowSets *before;

  g_return_if_fail (LENS_IS_SESSION (self));
  g_return_if_fail (self->capture != NULL && capture != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  before = self->row_sets;
  self->row_sets = lens_row_sets_new_grown (capture, before);
  lens_row_sets_unref (before);
  lens_capture_ref (capture);
  lens_capture_unref (self->capture);
  self->capture = capture;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTURE]);
  /* All there is comes once: what is being worked out of a part of it nobody will look at. What BPF has read would be lost. */
  if (lens_session_get_is_busy (self)
      && (lens_capture_is_growing (capture) || self->filtered_work.cancellable != NULL))
    self->is_behind = TRUE;
  else
    lens_session_start_everything (self);
  lens_session_update_busy (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* After a change of the history. @filter: (transfer full) (nullable): none that is another. */
static void
change_filter (LensSession *self, LensFilter *filter)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (filter != NULL)
    take_filter (self, filter);
  update_history (self);
  if (filter != NULL)
    lens_session_follow_changed_filter (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
lens_session_set_filter (LensSession *self, LensFilter *filter)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  g_return_if_fail (filter != NULL);
  if (lens_filter_equal (self->filter, filter))
    return;
  lens_filter_history_settle (&self->history, self->filter);
  lens_filter_history_push (&self->history, self->filter);
  change_filter (self, lens_filter_ref (filter));
}

void
lens_session_try_filter (LensSession *self, LensFilter *filter)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  g_return_if_fail (filter != NULL);
  if (lens_filter_equal (self->filter, filter))
    return;
  lens_filter_history_try (&self->history, self->filter);
  change_filter (self, lens_filter_ref (filter));
}

void
lens_session_keep_filter (LensSession *self)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  lens_filter_history_settle (&self->history, self->filter);
  change_filter (self, NULL);
}

void
lens_session_drop_filter (LensSession *self)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  change_filter (self, lens_filter_history_give_up (&self->history));
}

void
lens_session_go (LensSession *self, int steps)
{
  LensFilter *filter = NULL;

  g_return_if_fail (LENS_IS_SESSION (self));
  lens_filter_history_settle (&self->history, self->filter);
  for (guint n = (guint) ABS (steps); n > 0; n--)
    {
      LensFilter *next
          = lens_filter_history_step (&self->history, filter != NULL ? filter : self->filter, steps < 0);

      if (next == NULL)
        break;
      g_clear_pointer (&filter, lens_filter_unref);
      filter = next;
    }
  change_filter (self, filter);
}

void
lens_session_go_back (LensSession *self)
{
  lens_session_go (self, -1);
}

void
lens_session_go_forward (LensSession *self)
{
  lens_session_go (self, 1);
}

LensFilter *
lens_session_get_step (LensSession *self, int steps)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), NULL);
  return lens_filter_history_peek (&self->history, steps);
}

void
lens_session_set_burst_rule (LensSession *self, const LensBurstRule *rule)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  if (lens_burst_rule_equal (&self->rule, rule))
    return;
  self->rule = *rule;
  if (self->capture == NULL)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  lens_session_start_everything (self);
  g_object_thaw_notify (G_OBJECT (self));
}

LensCapture *
lens_session_get_capture (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), NULL);
  return self->capture;
}

LensFilter *
lens_session_get_filter (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), NULL);
  return self->filter;
}

LensAnalysis *
lens_session_get_analysis (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), NULL);
  return self->analysis;
}

LensAnalysis *
lens_session_get_whole (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), NULL);
  return self->whole;
}

gboolean
lens_session_get_is_busy (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), FALSE);
  return self->whole_work.cancellable != NULL || self->filtered_work.cancellable != NULL;
}

const GError *
lens_session_get_filter_error (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), NULL);
  return self->filter_error;
}

double
lens_session_get_reading_fraction (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), LENS_SESSION_NOT_READING);
  return self->reading_fraction;
}

gboolean
lens_session_get_can_go_back (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), FALSE);
  return self->history.back->len > 0;
}

gboolean
lens_session_get_can_go_forward (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), FALSE);
  return self->history.forward->len > 0;
}

void
lens_session_set_show_names (LensSession *self, gboolean show_names)
{
  g_return_if_fail (LENS_IS_SESSION (self));
  if (self->show_names == show_names)
    return;
  self->show_names = show_names;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_NAMES]);
}

gboolean
lens_session_get_show_names (LensSession *self)
{
  g_return_val_if_fail (LENS_IS_SESSION (self), TRUE);
  return self->show_names;
}

static void
lens_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LensSession *self = LENS_SESSION (object);

  switch (property_id)
    {
    case PROP_CAPTURE:
      g_value_set_boxed (value, self->capture);
      break;
    case PROP_FILTER:
      g_value_set_boxed (value, self->filter);
      break;
    case PROP_ANALYSIS:
      g_value_set_boxed (value, self->analysis);
      break;
    case PROP_WHOLE:
      g_value_set_boxed (value, self->whole);
      break;
    case PROP_IS_BUSY:
      g_value_set_boolean (value, lens_session_get_is_busy (self));
      break;
    case PROP_FILTER_ERROR:
      g_value_set_boxed (value, self->filter_error);
      break;
    case PROP_READING_FRACTION:
      g_value_set_double (value, self->reading_fraction);
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, lens_session_get_can_go_back (self));
      break;
    case PROP_CAN_GO_FORWARD:
      g_value_set_boolean (value, lens_session_get_can_go_forward (self));
      break;
    case PROP_SHOW_NAMES:
      g_value_set_boolean (value, self->show_names);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lens_session_dispose (GObject *object)
{
  LensSession *self = LENS_SESSION (object);

  lens_session_cancel_work (self);
  G_OBJECT_CLASS (lens_session_parent_class)->dispose (object);
}

static void
lens_session_finalize (GObject *object)
{
  LensSession *self = LENS_SESSION (object);

  g_clear_pointer (&self->capture, lens_capture_unref);
  g_clear_pointer (&self->filter, lens_filter_unref);
  g_clear_pointer (&self->analysis, lens_analysis_unref);
  g_clear_pointer (&self->whole, lens_analysis_unref);
  g_clear_pointer (&self->row_sets, lens_row_sets_unref);
  g_clear_error (&self->filter_error);
  lens_filter_history_clear (&self->history);
  G_OBJECT_CLASS (lens_session_parent_class)->finalize (object);
}

static void
lens_session_class_init (LensSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = lens_session_get_property;
  object_class->dispose = lens_session_dispose;
  object_class->finalize = lens_session_finalize;

  properties[PROP_CAPTURE] = g_param_spec_boxed ("capture", NULL, NULL, LENS_TYPE_CAPTURE, flags);
  properties[PROP_FILTER] = g_param_spec_boxed ("filter", NULL, NULL, LENS_TYPE_FILTER, flags);
  properties[PROP_ANALYSIS] = g_param_spec_boxed ("analysis", NULL, NULL, LENS_TYPE_ANALYSIS, flags);
  properties[PROP_WHOLE] = g_param_spec_boxed ("whole", NULL, NULL, LENS_TYPE_ANALYSIS, flags);
  properties[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, flags);
  properties[PROP_FILTER_ERROR] = g_param_spec_boxed ("filter-error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_READING_FRACTION] = g_param_spec_double (
      "reading-fraction", NULL, NULL, LENS_SESSION_NOT_READING, 1.0, LENS_SESSION_NOT_READING, flags);
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_GO_FORWARD] = g_param_spec_boolean ("can-go-forward", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_NAMES] = g_param_spec_boolean ("show-names", NULL, NULL, TRUE, flags);
  g_signal_new ("failed", LENS_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lens_session_init (LensSession *self)
{
  self->filter = lens_filter_new_empty ();
  self->rule = lens_burst_rule_default ();
  self->show_names = TRUE;
  self->reading_fraction = LENS_SESSION_NOT_READING;
  lens_filter_history_init (&self->history);
}
