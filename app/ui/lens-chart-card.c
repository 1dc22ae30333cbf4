#include "lens-chart-card.h"

#include "lens-accessible.h"
#include "lens-chart-choice.h"
#include "lens-chart-list.h"
#include "lens-chart-legend.h"
#include "lens-chart-matrix.h"
#include "lens-chart-options-bar.h"
#include "lens-chart-table.h"
#include "lens-chart-view.h"
#include "lens-in-view.h"
#include "lens-matrix-options.h"
#include "lens-matrix-view.h"
#include "lens-width-first-layout.h"

#include <glib/gi18n.h>

/* After the last time that a chart was made wider. */
#define WIDENED_MS 250

struct _LensChartCard
{
  GtkBox parent_instance;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkToggleButton *table_button;
  GtkWidget *copy_button;
  GtkWidget *select_button;
  GtkWidget *show_all_button;
  GtkWidget *save_button;
  GtkStack *stack;
  LensChartView *view;         /* (nullable) */
  LensMatrixView *matrix_view; /* (nullable) instead of it, with its options */
  LensMatrixOptions *matrix_options;
  LensChartOptionsBar *options_bar; /* (nullable) */
  LensChartLegend *legend;          /* (nullable) of a view */
  LensChartTable *table;

  const LensChart *chart;
  LensSession *session;
  LensBurstStudy *study; /* (nullable) whose analysis is shown, else the session's */
  LensVisibleTime *visible;
  LensDrawQueue *queue;
  LensChartData *data;         /* (nullable) what is shown */
  LensAnalysis *data_analysis; /* (nullable) that it is of */
  GCancellable *build_cancel;  /* (nullable) of the figures that a worker reads for it */
  GCancellable *detail_cancel; /* (nullable) of the closer look that is on its way */
  guint widened_id;
  gboolean is_stale; /* the session's analysis is newer */
};

G_DEFINE_FINAL_TYPE (LensChartCard, lens_chart_card, GTK_TYPE_BOX)

static LensAnalysis *
get_analysis (LensChartCard *self)
{
  if (self->study != NULL)
    return lens_burst_study_get_analysis (self->study);
  return self->session != NULL ? lens_session_get_analysis (self->session) : NULL;
}

static LensChartData *
build_data (LensChartCard *self, LensAnalysis *analysis)
{
  LensChartOptions options = lens_chart_card_get_options (self);

  return self->matrix_view != NULL
             ? lens_chart_matrix_build (analysis, lens_session_get_whole (self->session), &options)
             : lens_chart_build (self->chart, analysis, &options);
}

static void
show_picture (LensChartCard *self, const LensChartData *data)
{
  if (self->matrix_view != NULL)
    lens_matrix_view_set_data (self->matrix_view, data);
  else if (self->view != NULL)
    lens_chart_view_set_data (self->view, data);
}

static void
cancel_detail (LensChartCard *self)
{
  if (self->detail_cancel != NULL)
    g_cancellable_cancel (self->detail_cancel);
  g_clear_object (&self->detail_cancel);
}

static void
detail_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LensChartCard) self = user_data;
  g_autoptr (GError) error = NULL;
  LensSeriesDetail *detail = lens_series_detail_new_finish (result, &error);

  /* What was cancelled has been replaced by another look, or by other figures. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      g_clear_pointer (&detail, lens_series_detail_free);
      return;
    }
  g_clear_object (&self->detail_cancel);
  if (detail != NULL)
    lens_chart_data_take_detail (self->data, detail);
  else
    g_warning ("%s", error->message);
  lens_chart_view_shown_changed (self->view, LENS_CHART_SHOWN_CLOSER);
}

static gsize
count_columns (LensChartCard *self)
{
  return lens_chart_columns_of_pixels (gtk_widget_get_width (GTK_WIDGET (self->view))
                                       * gtk_widget_get_scale_factor (GTK_WIDGET (self->view)));
}

static void
look_closer (LensChartCard *self)
{
  cancel_detail (self);
  self->detail_cancel = g_cancellable_new ();
  lens_chart_data_look_closer_async (self->data, self->data_analysis, count_columns (self),
                                     self->detail_cancel, detail_cb, g_object_ref (self));
}

static void
cancel_build (LensChartCard *self)
{
  if (self->build_cancel != NULL)
    g_cancellable_cancel (self->build_cancel);
  g_clear_object (&self->build_cancel);
}

/* Also where intervals that fit the time are to be counted anew. */
static void read_data (LensChartCard *self, LensAnalysis *analysis);

/* Shows the part of the time that all charts show. */
static void
show_visible_time (LensChartCard *self)
{
  const LensTimeSpan *span = lens_visible_time_get (self->visible);
  gboolean is_over_time = self->data != NULL && lens_chart_data_is_over_time (self->data);
  gboolean needs_detail;

  cancel_detail (self);
  gtk_widget_set_visible (self->show_all_button, is_over_time && span != NULL);
  gtk_widget_set_visible (self->select_button, is_over_time && span != NULL);
  if (!is_over_time)
    return;
  lens_chart_data_set_shown (self->data, span);
  if (!lens_chart_data_fits_shown (self->data))
    {
      if (lens_in_view_get (GTK_WIDGET (self)))
        read_data (self, get_analysis (self));
      lens_chart_view_shown_changed (self->view, LENS_CHART_SHOWN_ROUGHLY);
      return;
    }
  needs_detail = lens_chart_data_needs_detail (self->data, count_columns (self));
  if (needs_detail && lens_in_view_get (GTK_WIDGET (self)))
    look_closer (self);
  lens_chart_view_shown_changed (self->view,
                                 needs_detail ? LENS_CHART_SHOWN_ROUGHLY : LENS_CHART_SHOWN_WHOLE);
}

/* Those charts alone are looked at closely and drawn that are on the screen; the others, once they are. */
static void
in_view_job (GObject *owner)
{
  LensChartCard *self = LENS_CHART_CARD (owner);

  if (self->data == NULL || self->is_stale || !lens_in_view_get (GTK_WIDGET (self)))
    return;
  if (self->build_cancel == NULL && !lens_chart_data_fits_shown (self->data))
    read_data (self, get_analysis (self));
  if (self->detail_cancel == NULL && lens_chart_data_needs_detail (self->data, count_columns (self)))
    look_closer (self);
  lens_chart_view_came_into_view (self->view);
}

static void
widened_late_cb (gpointer user_data)
{
  LENS_CHART_CARD (user_data)->widened_id = 0;
  in_view_job (user_data);
}

/* A window is made larger step by step: the picture is a little coarse until that is over. */
static void
widened_cb (LensChartCard *self)
{
  g_clear_handle_id (&self->widened_id, g_source_remove);
  self->widened_id = g_timeout_add_once (WIDENED_MS, widened_late_cb, self);
}

static void
table_job (GObject *owner)
{
  LensChartCard *self = LENS_CHART_CARD (owner);

  if (self->data != NULL && gtk_toggle_button_get_active (self->table_button)
      && lens_chart_data_fits_shown (self->data))
    lens_chart_table_shown_changed (self->table, self->data);
}

static void
visible_cb (LensChartCard *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->is_stale)
    {
      show_visible_time (self);
      lens_draw_queue_push (self->queue, G_OBJECT (self), table_job);
    }
  else
    self->is_stale = TRUE;
}

static void
show_all_cb (LensChartCard *self)
{
  lens_visible_time_show_all (self->visible);
}

static void
select_cb (LensChartCard *self)
{
  lens_chart_choose_visible_time (self->visible, self->session);
}

/* Series have buttons below the picture. */
static void
update_legend (LensChartCard *self)
{
  if (self->legend == NULL)
    return;
  self->data->has_legend_elsewhere = self->data->series->len > 1 || self->data->legend_title != NULL;
  lens_chart_legend_set_data (self->legend, self->data);
  gtk_widget_set_visible (GTK_WIDGET (self->legend),
                          self->data->has_legend_elsewhere && self->data->empty_text == NULL
                              && !gtk_toggle_button_get_active (self->table_button));
}

static void
legend_cb (LensChartCard *self)
{
  if (self->data == NULL)
    return;
  lens_chart_legend_apply (self->legend, self->data);
  lens_chart_view_shown_changed (self->view, LENS_CHART_SHOWN_WHOLE);
}

/* @data: (transfer full), of @analysis. What was shown stays until then. */
static void
take_data (LensChartCard *self, LensAnalysis *analysis, LensChartData *data)
{
  cancel_detail (self);
  show_picture (self, NULL);
  g_clear_pointer (&self->data, lens_chart_data_free);
  g_clear_pointer (&self->data_analysis, lens_analysis_unref);
  self->data = data;
  self->data_analysis = lens_analysis_ref (analysis);
  if (lens_session_get_show_names (self->session))
    lens_chart_data_name_hosts (self->data, lens_analysis_get_capture (analysis));
  update_legend (self);
  gtk_label_set_text (self->title_label, self->data->title);
  gtk_label_set_text (self->subtitle_label, self->data->subtitle != NULL ? self->data->subtitle : "");
  show_picture (self, self->data);
  show_visible_time (self);
  if (gtk_toggle_button_get_active (self->table_button) && lens_chart_data_fits_shown (self->data))
    lens_chart_table_set_data (self->table, self->data);
}

/* A LensChartCard and the analysis that a worker reads for it. */
typedef struct
{
  LensChartCard *card;
  LensAnalysis *analysis;
} Reading;

static void
built_cb (GObject *source_object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (LensChartCard) self = reading->card;
  g_autoptr (LensAnalysis) analysis = reading->analysis;
  g_autoptr (GError) error = NULL;
  g_autoptr (LensChartData) data = lens_chart_build_finish (result, &error);

  /* What was cancelled is made for another filter or with other options now. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->build_cancel);
  if (data == NULL)
    {
      data = lens_chart_data_new (LENS_CHART_BARS, LENS_UNIT_PACKETS);
      data->title = g_strdup (_ (self->chart->name));
      data->empty_text = g_strdup (error->message);
    }
  take_data (self, analysis, g_steal_pointer (&data));
}

static void
read_data (LensChartCard *self, LensAnalysis *analysis)
{
  LensChartOptions options = lens_chart_card_get_options (self);
  Reading *reading = g_new (Reading, 1);

  cancel_build (self);
  *reading = (Reading){ g_object_ref (self), lens_analysis_ref (analysis) };
  self->build_cancel = g_cancellable_new ();
  lens_chart_build_async (self->chart, analysis, NULL, &options, self->build_cancel, built_cb, reading);
}

static void
build_job (GObject *owner)
{
  LensChartCard *self = LENS_CHART_CARD (owner);
  LensAnalysis *analysis = get_analysis (self);

  if (!self->is_stale || analysis == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->is_stale = FALSE;
  cancel_build (self);
  if (self->chart->read != NULL)
    read_data (self, analysis);
  else
    take_data (self, analysis, build_data (self, analysis));
}

/* Figures that a worker still reads are dropped where nobody is going to see them; they are asked for again where that changes. */
static void
drop_build (LensChartCard *self)
{
  if (self->build_cancel == NULL)
    return;
  cancel_build (self);
  self->is_stale = TRUE;
}

/* While the figures of another filter are on their way, the worker is theirs. */
static void
asked_cb (LensChartCard *self)
{
  LensAnalysis *analysis = get_analysis (self);

  if (!lens_session_get_is_busy (self->session))
    {
      if (self->is_stale && analysis != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
        lens_draw_queue_push (self->queue, G_OBJECT (self), build_job);
    }
  else if (analysis != NULL
           && !lens_filter_has_same_effect (lens_analysis_get_filter (analysis),
                                            lens_session_get_filter (self->session)))
    drop_build (self);
}

static void
analysis_cb (LensChartCard *self)
{
  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    lens_draw_queue_push (self->queue, G_OBJECT (self), build_job);
}

static void
lens_chart_card_map (GtkWidget *widget)
{
  LensChartCard *self = LENS_CHART_CARD (widget);

  GTK_WIDGET_CLASS (lens_chart_card_parent_class)->map (widget);
  if (self->is_stale)
    lens_draw_queue_push (self->queue, G_OBJECT (self), build_job);
}

static void
lens_chart_card_unmap (GtkWidget *widget)
{
  drop_build (LENS_CHART_CARD (widget));
  GTK_WIDGET_CLASS (lens_chart_card_parent_class)->unmap (widget);
}

static void
table_toggled_cb (LensChartCard *self)
{
  gboolean is_table = gtk_toggle_button_get_active (self->table_button);

  if (self->data != NULL)
    update_legend (self);
  if (is_table && self->data != NULL && lens_chart_data_fits_shown (self->data))
    lens_chart_table_set_data (self->table, self->data);
  gtk_stack_set_visible_child_name (self->stack, is_table ? "table" : "picture");
  gtk_widget_set_visible (self->copy_button, is_table);
}

static void
copy_cb (LensChartCard *self)
{
  lens_chart_table_copy (self->table);
}

static void
span_chosen_cb (LensChartCard *self, gint64 first_ns, gint64 last_ns)
{
  if (self->study != NULL)
    lens_burst_study_select_time (self->study, first_ns, last_ns);
}

static void
lane_chosen_cb (LensChartCard *self, guint index)
{
  if (self->study != NULL && self->data != NULL)
    lens_chart_choose_lane (self->data, index, self->study);
}

/* A row of the table does what its bar, or its cell of the matrix, does. */
static void
row_chosen_cb (LensChartCard *self, guint index, gboolean adds)
{
  if (self->data != NULL)
    lens_chart_choose_row (self->data, index, adds, self->session);
}

static void
lens_chart_card_dispose (GObject *object)
{
  LensChartCard *self = LENS_CHART_CARD (object);

  g_clear_handle_id (&self->widened_id, g_source_remove);
  cancel_build (self);
  cancel_detail (self);
  show_picture (self, NULL);
  self->view = NULL;
  self->options_bar = NULL;
  self->legend = NULL;
  self->matrix_view = NULL;
  self->matrix_options = NULL;
  g_clear_pointer (&self->data, lens_chart_data_free);
  g_clear_pointer (&self->data_analysis, lens_analysis_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->study);
  g_clear_object (&self->visible);
  g_clear_object (&self->queue);
  gtk_widget_dispose_template (GTK_WIDGET (self), LENS_TYPE_CHART_CARD);
  G_OBJECT_CLASS (lens_chart_card_parent_class)->dispose (object);
}

static void
lens_chart_card_class_init (LensChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_chart_card_dispose;
  widget_class->map = lens_chart_card_map;
  widget_class->unmap = lens_chart_card_unmap;
  g_type_ensure (LENS_TYPE_WIDTH_FIRST_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/PacketLens/lens-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, table_button);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, copy_button);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, select_button);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, show_all_button);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, save_button);
  gtk_widget_class_bind_template_child (widget_class, LensChartCard, stack);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, select_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
}

static void
lens_chart_card_init (LensChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
filter_cb (LensChartCard *self)
{
  if (self->matrix_view != NULL)
    lens_matrix_view_set_filter (self->matrix_view, lens_session_get_filter (self->session));
}

/* The options stand between the header and the picture. */
static GtkWidget *
add_matrix (LensChartCard *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self));

  self->matrix_view = LENS_MATRIX_VIEW (lens_matrix_view_new ());
  self->matrix_options = LENS_MATRIX_OPTIONS (lens_matrix_options_new ());
  gtk_box_insert_child_after (GTK_BOX (self), GTK_WIDGET (self->matrix_options), header);
  g_signal_connect_object (self->matrix_options, "changed", G_CALLBACK (analysis_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::filter", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  /* Hosts are chosen by what there is of all. */
  g_signal_connect_object (self->session, "notify::whole", G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->matrix_view);
}

/* Between the header and the picture too, but for the switch of the scale, which is the first button of the header. */
static void
add_options_bar (LensChartCard *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self));
  GtkWidget *log_button;

  self->options_bar = LENS_CHART_OPTIONS_BAR (lens_chart_options_bar_new (self->chart));
  log_button = lens_chart_options_bar_get_log_button (self->options_bar);
  if (log_button != NULL)
    gtk_box_insert_child_after (GTK_BOX (header), log_button, gtk_widget_get_first_child (header));
  gtk_box_insert_child_after (GTK_BOX (self), GTK_WIDGET (self->options_bar), header);
  g_signal_connect_object (self->options_bar, "changed", G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
add_view (LensChartCard *self)
{
  if (self->chart->settings != 0)
    add_options_bar (self);
  self->view = LENS_CHART_VIEW (lens_chart_view_new (self->queue, self->visible));
  self->legend = LENS_CHART_LEGEND (lens_chart_legend_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->legend), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->legend));
  g_signal_connect_object (self->legend, "changed", G_CALLBACK (legend_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "widened", G_CALLBACK (widened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "lane-chosen", G_CALLBACK (lane_chosen_cb), self, G_CONNECT_SWAPPED);
  lens_in_view_watch (GTK_WIDGET (self), self->queue, in_view_job);
  return GTK_WIDGET (self->view);
}

GtkWidget *
lens_chart_card_new (const LensChart *chart,
                     LensSession *session,
                     LensBurstStudy *study,
                     LensVisibleTime *visible,
                     LensDrawQueue *queue)
{
  LensChartCard *self = g_object_new (LENS_TYPE_CHART_CARD, NULL);
  const char *name = _ (chart->name);
  GtkWidget *picture;

  self->chart = chart;
  self->session = g_object_ref (session);
  self->study = study != NULL ? g_object_ref (study) : NULL;
  self->visible = g_object_ref (visible);
  self->queue = g_object_ref (queue);
  self->is_stale = TRUE;
  gtk_label_set_text (self->title_label, name);

  /* Translators: buttons of a chart, with its name. */
  lens_accessible_take_button_name (GTK_WIDGET (self->table_button),
                                    g_strdup_printf (_ ("Show “%s” as a table"), name));
  lens_accessible_take_button_name (self->copy_button, g_strdup_printf (_ ("Copy the table of “%s”"), name));
  lens_accessible_take_button_name (self->select_button,
                                    g_strdup_printf (_ ("Filter to the time shown in “%s”"), name));
  lens_accessible_take_button_name (self->show_all_button,
                                    g_strdup_printf (_ ("Show all of the time in “%s”"), name));
  lens_accessible_take_button_name (self->save_button, g_strdup_printf (_ ("Save “%s” as PDF"), name));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->save_button), "s", chart->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save_button), "win.save-chart");

  picture = chart == &lens_chart_matrix ? add_matrix (self) : add_view (self);
  self->table = LENS_CHART_TABLE (lens_chart_table_new (name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_stack_add_named (self->stack, picture, "picture");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->table), "table");
  g_signal_connect_object (self->table, "span-chosen", G_CALLBACK (span_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "lane-chosen", G_CALLBACK (lane_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "row-chosen", G_CALLBACK (row_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (picture, "term-chosen", G_CALLBACK (lens_session_choose_term), session,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (study != NULL ? (gpointer) study : (gpointer) session, "notify::analysis",
                           G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::filter", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-busy", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (visible, "changed", G_CALLBACK (visible_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::show-names", G_CALLBACK (analysis_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

LensChartOptions
lens_chart_card_get_options (LensChartCard *self)
{
  const LensTimeSpan *span = lens_visible_time_get (self->visible);
  LensChartOptions options = self->matrix_options != NULL ? lens_matrix_options_get (self->matrix_options)
                             : self->options_bar != NULL  ? lens_chart_options_bar_get (self->options_bar)
                                                          : lens_chart_get_default_options (self->chart);

  options.has_shown = span != NULL;
  if (span != NULL)
    options.shown = *span;
  return options;
}

GHashTable *
lens_chart_card_copy_hidden (LensChartCard *self)
{
  return self->legend != NULL ? lens_chart_legend_copy_hidden (self->legend) : NULL;
}
