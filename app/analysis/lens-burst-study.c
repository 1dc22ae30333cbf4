#include "lens-burst-study.h"

#include "lens-stream.h"
#include "lens-worker.h"

/* What is to be worked out, for the worker. */
typedef struct
{
  LensAnalysis *base;       /* owned: the session's */
  LensAnalysis *scope;      /* owned (nullable): whose bursts are looked for, where it is there already */
  LensFilter *scope_filter; /* owned: what it selects */
  LensBurstRule rule;
  gboolean has_stream; /* else the strongest */
  LensAddress source;
  LensAddress destination;
  gboolean has_flow;
  LensFlowKey flow; /* of the stream */
  LensAddress host; /* whose streams are the lanes now; version 0: nobody's */
} StudyJob;

/* A filter to the time of a burst that was chosen, and the one under which it was. */
typedef struct
{
  LensFilter *filter; /* owned */
  LensFilter *scope;  /* owned */
} Choice;

/* As many are remembered. */
#define MAX_CHOICES 100

struct _LensBurstStudy
{
  GObject parent_instance;

  LensSession *session;     /* owned */
  LensAnalysis *analysis;   /* owned, nullable */
  LensAnalysis *base;       /* owned, nullable: what analysis was made from */
  LensAnalysis *asked_base; /* owned, nullable: what it is being made from, or was made from last */
  LensBurstRule asked_rule;
  gboolean asked_has_stream;
  LensAddress asked_source;
  LensAddress asked_destination;
  gboolean asked_has_flow;
  LensFlowKey asked_flow;

  LensBurstRule rule; /* only where has_rule */
  gboolean has_rule;
  gboolean has_stream;
  LensAddress source;
  LensAddress destination;
  gboolean has_flow; /* only where has_stream */
  LensFlowKey flow;
  LensFilter *stream_filter; /* owned, nullable: the filter the stream was set under, without times */
  LensAnalysis *scope;       /* owned, nullable: whose bursts those of analysis are */
  GPtrArray *choices;        /* (element-type Choice), oldest first */
  gboolean is_wanted;
  GCancellable *cancellable; /* owned; NULL: nothing is under way */
  guint64 generation;
};

G_DEFINE_FINAL_TYPE (LensBurstStudy, lens_burst_study, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ANALYSIS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint failed_signal;

/* Goes with a piece of work to its callback; keeps nothing alive. */
typedef struct
{
  GWeakRef study;
  guint64 generation;
} StudyTicket;

static void
choice_free (Choice *choice)
{
  lens_filter_unref (choice->filter);
  lens_filter_unref (choice->scope);
  g_free (choice);
}

static void
study_job_free (StudyJob *job)
{
  lens_analysis_unref (job->base);
  lens_filter_unref (job->scope_filter);
  g_clear_pointer (&job->scope, lens_analysis_unref);
  g_free (job);
}

/* The host that the filter is to, if it is one; else the one whose lanes there are, if the stream is one of its; else the stream's source. */
static LensAddress
choose_host (LensFilter *filter,
             const LensAddress *shown,
             const LensAddress *source,
             const LensAddress *destination)
{
  gboolean is_shown = shown->version != 0
                      && (lens_address_equal (shown, source) || lens_address_equal (shown, destination));
  LensAddress fallback = is_shown ? *shown : *source;
  LensAddress host = fallback;
  gsize n_hosts = 0;

  for (gsize i = 0; i < lens_filter_get_n_terms (filter); i++)
    {
      const LensFilterTerm *term = lens_filter_get_term (filter, i);

      if (term->kind != LENS_FILTER_HOST || term->is_off || term->is_inverted)
        continue;
      n_hosts++;
      host = term->address;
    }
  return n_hosts == 1 ? host : fallback;
}

/* What it is to be worked out of: (transfer full). */
static LensAnalysis *
get_scope (const StudyJob *job, GCancellable *cancellable, GError **error)
{
  if (job->scope != NULL)
    return lens_analysis_ref (job->scope);
  return lens_analysis_new_other (job->base, job->scope_filter, cancellable, error);
}

static void
study_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const StudyJob *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensAnalysis) scope = get_scope (job, cancellable, &error);
  g_autoptr (LensStream) stream = NULL;
  g_autoptr (LensBurstLanes) lanes = NULL;

  if (scope != NULL)
    {
      const LensStream *top = lens_analysis_get_top_stream (scope);

      stream = lens_stream_new (scope, job->has_stream ? &job->source : &top->source,
                                job->has_stream ? &job->destination : &top->destination,
                                job->has_flow ? &job->flow : NULL, &job->rule, cancellable, &error);
    }
  if (stream != NULL)
    {
      LensAddress host = choose_host (job->scope_filter, &job->host, &stream->source, &stream->destination);

      lanes = lens_burst_lanes_new (scope, &host, &job->rule, cancellable, &error);
    }
  if (lanes == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (
        task,
        lens_analysis_new_with_bursts (job->base, scope, g_steal_pointer (&stream), g_steal_pointer (&lanes)),
        (GDestroyNotify) lens_analysis_unref);
}

static void
cancel (LensBurstStudy *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
}

/* @analysis: (transfer full) (nullable) */
static void
take_analysis (LensBurstStudy *self, LensAnalysis *analysis)
{
  if (self->analysis == NULL && analysis == NULL)
    return;
  g_clear_pointer (&self->analysis, lens_analysis_unref);
  g_clear_pointer (&self->base, lens_analysis_unref);
  g_clear_pointer (&self->scope, lens_analysis_unref);
  self->analysis = analysis;
  if (analysis != NULL && self->asked_base != NULL)
    {
      LensAnalysis *scope = lens_analysis_get_burst_scope (analysis);

      self->base = lens_analysis_ref (self->asked_base);
      self->scope = lens_analysis_ref (scope != analysis ? scope : self->base);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANALYSIS]);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  StudyTicket *ticket = user_data;
  g_autoptr (LensBurstStudy) self = g_weak_ref_get (&ticket->study);
  g_autoptr (GError) error = NULL;
  g_autoptr (LensAnalysis) analysis = g_task_propagate_pointer (G_TASK (result), &error);
  gboolean is_stale = self == NULL || ticket->generation != self->generation;

  g_weak_ref_clear (&ticket->study);
  g_free (ticket);
  if (is_stale)
    return;
  g_clear_object (&self->cancellable);
  if (analysis != NULL)
    take_analysis (self, g_steal_pointer (&analysis));
  else
    g_signal_emit (self, failed_signal, 0, error->message);
}

/* The filter under which a burst was chosen, where @filter is to its time; else @filter itself. (transfer none) */
static LensFilter *
find_scope (LensBurstStudy *self, LensFilter *filter)
{
  for (guint i = self->choices->len; i > 0; i--)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i - 1);

      if (lens_filter_has_same_effect (choice->filter, filter))
        return choice->scope;
    }
  return filter;
}

static void
set_scope (LensBurstStudy *self, StudyJob *job)
{
  LensFilter *filter = lens_analysis_get_filter (job->base);
  LensFilter *scope_filter = find_scope (self, filter);

  job->scope_filter = lens_filter_ref (scope_filter);
  if (scope_filter == filter)
    job->scope = lens_analysis_ref (job->base);
  else if (self->scope != NULL
           && lens_analysis_get_capture (self->scope) == lens_analysis_get_capture (job->base)
           && lens_filter_has_same_effect (lens_analysis_get_filter (self->scope), scope_filter))
    job->scope = lens_analysis_ref (self->scope);
}

static void
start (LensBurstStudy *self, LensAnalysis *base)
{
  StudyTicket *ticket = g_new0 (StudyTicket, 1);
  StudyJob *job = g_new0 (StudyJob, 1);
  const LensBurstLanes *lanes
      = self->analysis != NULL ? lens_analysis_get_burst_lanes (self->analysis) : NULL;
  g_autoptr (GTask) task = NULL;

  cancel (self);
  g_clear_pointer (&self->asked_base, lens_analysis_unref);
  self->asked_base = lens_analysis_ref (base);
  self->asked_rule = lens_burst_study_get_rule (self);
  self->asked_has_stream = self->has_stream;
  self->asked_source = self->source;
  self->asked_destination = self->destination;
  self->asked_has_flow = self->has_flow;
  self->asked_flow = self->flow;

  job->base = lens_analysis_ref (base);
  job->rule = self->asked_rule;
  set_scope (self, job);
  job->has_stream = self->has_stream;
  job->source = self->source;
  job->destination = self->destination;
  job->has_flow = self->has_stream && self->has_flow;
  job->flow = self->flow;
  if (self->has_stream && lanes != NULL)
    job->host = lanes->host;
  self->cancellable = g_cancellable_new ();
  g_weak_ref_init (&ticket->study, self);
  ticket->generation = self->generation;
  task = g_task_new (NULL, self->cancellable, done_cb, ticket);
  g_task_set_task_data (task, job, (GDestroyNotify) study_job_free);
  lens_worker_run (task, study_worker);
}

/* Whether what is there, or under way, is what is asked for. */
static gboolean
is_answered (LensBurstStudy *self, LensAnalysis *base)
{
  LensBurstRule rule = lens_burst_study_get_rule (self);

  if (self->asked_base != base || (self->cancellable == NULL && self->base != base)
      || !lens_burst_rule_equal (&self->asked_rule, &rule) || self->asked_has_stream != self->has_stream)
    return FALSE;
  return !self->has_stream
         || (lens_address_equal (&self->asked_source, &self->source)
             && lens_address_equal (&self->asked_destination, &self->destination)
             && self->asked_has_flow == self->has_flow
             && (!self->has_flow || lens_flow_key_equal (&self->asked_flow, &self->flow)));
}

/* The choice of a stream ends with the packets it was chosen among. */
static void
review_stream (LensBurstStudy *self, LensAnalysis *base)
{
  g_autoptr (LensFilter) filter
      = lens_filter_without_kind (lens_analysis_get_filter (base), LENS_FILTER_TIME);

  if (self->has_stream && !lens_filter_has_same_effect (filter, self->stream_filter))
    self->has_stream = self->has_flow = FALSE;
}

static void
follow (LensBurstStudy *self)
{
  LensAnalysis *base = lens_session_get_analysis (self->session);

  if (base == NULL)
    {
      cancel (self);
      self->has_stream = self->has_flow = FALSE;
      g_ptr_array_set_size (self->choices, 0);
      g_clear_pointer (&self->asked_base, lens_analysis_unref);
      take_analysis (self, NULL);
      return;
    }
  review_stream (self, base);
  if (self->is_wanted && !is_answered (self, base))
    start (self, base);
}

LensBurstStudy *
lens_burst_study_new (LensSession *session)
{
  LensBurstStudy *self = g_object_new (LENS_TYPE_BURST_STUDY, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::analysis", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  return self;
}

void
lens_burst_study_set_is_wanted (LensBurstStudy *self, gboolean is_wanted)
{
  g_return_if_fail (LENS_IS_BURST_STUDY (self));
  self->is_wanted = is_wanted;
  follow (self);
}

void
lens_burst_study_set_rule (LensBurstStudy *self, const LensBurstRule *rule)
{
  g_return_if_fail (LENS_IS_BURST_STUDY (self));
  self->rule = *rule;
  self->has_rule = TRUE;
  follow (self);
}

LensBurstRule
lens_burst_study_get_rule (LensBurstStudy *self)
{
  LensAnalysis *base;

  g_return_val_if_fail (LENS_IS_BURST_STUDY (self), lens_burst_rule_default ());
  base = lens_session_get_analysis (self->session);
  if (self->has_rule)
    return self->rule;
  return base != NULL ? *lens_analysis_get_burst_rule (base) : lens_burst_rule_default ();
}

static void
keep_stream (LensBurstStudy *self, const LensAddress *source, const LensAddress *destination)
{
  self->has_stream = TRUE;
  self->source = *source;
  self->destination = *destination;
  g_clear_pointer (&self->stream_filter, lens_filter_unref);
  self->stream_filter = lens_filter_without_kind (lens_session_get_filter (self->session), LENS_FILTER_TIME);
}

void
lens_burst_study_set_stream (LensBurstStudy *self, const LensAddress *source, const LensAddress *destination)
{
  g_return_if_fail (LENS_IS_BURST_STUDY (self));
  g_return_if_fail ((source == NULL) == (destination == NULL));
  self->has_stream = FALSE;
  self->has_flow = FALSE;
  if (source != NULL)
    keep_stream (self, source, destination);
  follow (self);
}

void
lens_burst_study_set_flow (LensBurstStudy *self, const LensFlowKey *flow)
{
  const LensStream *stream;

  g_return_if_fail (LENS_IS_BURST_STUDY (self));
  if (self->analysis == NULL)
    return;
  stream = lens_analysis_get_stream (self->analysis);
  if (!self->has_stream && flow != NULL)
    keep_stream (self, &stream->source, &stream->destination);
  self->has_flow = flow != NULL;
  if (flow != NULL)
    self->flow = *flow;
  follow (self);
}

gboolean
lens_burst_study_has_stream (LensBurstStudy *self)
{
  g_return_val_if_fail (LENS_IS_BURST_STUDY (self), FALSE);
  return self->has_stream;
}

/* Filters to @term, a burst's time, in place of the one before; the bursts stay those of @scope. */
static void
choose (LensBurstStudy *self, LensFilter *scope, const LensFilterTerm *term)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->scope = lens_filter_ref (scope);
  choice->filter = lens_filter_with_span (scope, term);
  if (self->choices->len == MAX_CHOICES)
    g_ptr_array_remove_index (self->choices, 0);
  g_ptr_array_add (self->choices, choice);
  lens_session_set_filter (self->session, choice->filter);
}

void
lens_burst_study_select_time (LensBurstStudy *self, gint64 first_ns, gint64 last_ns)
{
  LensFilterTerm term = lens_filter_term_time (first_ns, last_ns);
  LensFilter *filter;
  LensFilter *scope;
  const LensStream *stream;

  g_return_if_fail (LENS_IS_BURST_STUDY (self));
  if (self->analysis == NULL)
    return;
  stream = lens_analysis_get_stream (self->analysis);
  if (!self->has_stream)
    lens_burst_study_set_stream (self, &stream->source, &stream->destination);
  filter = lens_session_get_filter (self->session);
  scope = find_scope (self, filter);
  if (!lens_filter_has_term (filter, &term))
    choose (self, scope, &term);
  else if (scope != filter)
    lens_session_set_filter (self->session, scope);
  else
    {
      g_autoptr (LensFilter) timeless = lens_filter_with_span (filter, NULL);

      lens_session_set_filter (self->session, timeless);
    }
}

LensAnalysis *
lens_burst_study_get_analysis (LensBurstStudy *self)
{
  g_return_val_if_fail (LENS_IS_BURST_STUDY (self), NULL);
  return self->analysis;
}

gboolean
lens_burst_study_get_is_busy (LensBurstStudy *self)
{
  g_return_val_if_fail (LENS_IS_BURST_STUDY (self), FALSE);
  return self->cancellable != NULL;
}

LensAnalysis *
lens_burst_study_get_shown (LensBurstStudy *self)
{
  LensAnalysis *base;

  g_return_val_if_fail (LENS_IS_BURST_STUDY (self), NULL);
  base = lens_session_get_analysis (self->session);
  return self->analysis != NULL && self->base == base ? self->analysis : base;
}

static void
lens_burst_study_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LensBurstStudy *self = LENS_BURST_STUDY (object);

  if (property_id == PROP_ANALYSIS)
    g_value_set_boxed (value, self->analysis);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
lens_burst_study_dispose (GObject *object)
{
  LensBurstStudy *self = LENS_BURST_STUDY (object);

  cancel (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lens_burst_study_parent_class)->dispose (object);
}

static void
lens_burst_study_finalize (GObject *object)
{
  LensBurstStudy *self = LENS_BURST_STUDY (object);

  g_clear_pointer (&self->analysis, lens_analysis_unref);
  g_clear_pointer (&self->base, lens_analysis_unref);
  g_clear_pointer (&self->asked_base, lens_analysis_unref);
  g_clear_pointer (&self->stream_filter, lens_filter_unref);
  g_clear_pointer (&self->scope, lens_analysis_unref);
  g_ptr_array_unref (self->choices);
  G_OBJECT_CLASS (lens_burst_study_parent_class)->finalize (object);
}

static void
lens_burst_study_class_init (LensBurstStudyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lens_burst_study_get_property;
  object_class->dispose = lens_burst_study_dispose;
  object_class->finalize = lens_burst_study_finalize;
  properties[PROP_ANALYSIS]
      = g_param_spec_boxed ("analysis", NULL, NULL, LENS_TYPE_ANALYSIS,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  failed_signal = g_signal_new ("failed", LENS_TYPE_BURST_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lens_burst_study_init (LensBurstStudy *self)
{
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
}
