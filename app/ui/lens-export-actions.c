#include "lens-export-actions.h"

#include "lens-file-writer.h"
#include "lens-pdf.h"
#include "lens-report.h"
#include "lens-save-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  const LensChart *chart;
  LensChartOptions options;
  GHashTable *hidden; /* owned (nullable) */
} ExportChart;

struct _LensExport
{
  LensAnalysis *analysis;
  LensAnalysis *whole; /* (nullable) without a filter */
  char *title;
  LensGraphShot *graph; /* (nullable) */
  GArray *charts;       /* (element-type ExportChart) */
  gboolean show_names;
  gboolean has_shown;
  LensTimeSpan shown; /* the part of the time that charts over time show, where has_shown */

  /* While it is saved. */
  GtkFileChooserNative *chooser;
  GWeakRef parent;
  GWeakRef toasts;
  char *path;
  LensPdf *pdf;
  guint n_charts_done;
  LensChartData *data; /* (nullable) of the one that is looked at closely */
};

static void
export_chart_clear (gpointer data)
{
  ExportChart *item = data;

  g_clear_pointer (&item->hidden, g_hash_table_unref);
}

LensExport *
lens_export_new (LensAnalysis *analysis, LensAnalysis *whole, const char *title)
{
  LensExport *export = g_new0 (LensExport, 1);

  export->analysis = lens_analysis_ref (analysis);
  export->whole = whole != NULL ? lens_analysis_ref (whole) : NULL;
  export->title = g_strdup (title);
  export->charts = g_array_new (FALSE, FALSE, sizeof (ExportChart));
  g_array_set_clear_func (export->charts, export_chart_clear);
  g_weak_ref_init (&export->parent, NULL);
  g_weak_ref_init (&export->toasts, NULL);
  return export;
}

void
lens_export_free (LensExport *export)
{
  lens_analysis_unref (export->analysis);
  g_clear_pointer (&export->whole, lens_analysis_unref);
  g_free (export->title);
  g_clear_pointer (&export->graph, lens_graph_shot_free);
  g_array_unref (export->charts);
  g_clear_pointer (&export->data, lens_chart_data_free);
  g_clear_object (&export->chooser);
  g_free (export->path);
  g_clear_pointer (&export->pdf, lens_pdf_free);
  g_weak_ref_clear (&export->parent);
  g_weak_ref_clear (&export->toasts);
  g_free (export);
}

void
lens_export_take_graph (LensExport *export, LensGraphShot *shot)
{
  g_clear_pointer (&export->graph, lens_graph_shot_free);
  export->graph = shot;
}

void
lens_export_set_show_names (LensExport *export, gboolean show_names)
{
  export->show_names = show_names;
}

void
lens_export_set_shown (LensExport *export, const LensTimeSpan *span)
{
  export->has_shown = span != NULL;
  if (span != NULL)
    export->shown = *span;
}

void
lens_export_add_chart (LensExport *export,
                       const LensChart *chart,
                       const LensChartOptions *options,
                       GHashTable *hidden)
{
  ExportChart item = { chart, *options, hidden };

  g_array_append_val (export->charts, item);
}

static void
say_failure (LensExport *export, const GError *error)
{
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&export->parent);

  if (parent != NULL)
    lens_save_dialog_say_failure (parent, _ ("The PDF Was Not Saved"), error);
}

static void
say_success (LensExport *export)
{
  g_autoptr (AdwToastOverlay) toasts = g_weak_ref_get (&export->toasts);

  if (toasts != NULL)
    lens_save_dialog_say_success (toasts, export->path);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LensExport) export = user_data;
  g_autoptr (GError) error = NULL;

  if (lens_file_writer_write_finish (result, &error))
    say_success (export);
  else
    say_failure (export, error);
}

static void
finish (LensExport *export)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lens_pdf_finish (export->pdf, &error);

  if (bytes == NULL)
    {
      say_failure (export, error);
      lens_export_free (export);
      return;
    }
  lens_file_writer_write_async (export->path, bytes, NULL, written_cb, export);
}

static gboolean render_page_cb (gpointer user_data);

/* The page of the chart that was built last. */
static void
add_page (LensExport *export)
{
  lens_chart_data_say_shown (export->data);
  lens_chart_data_label_hidden (export->data);
  lens_pdf_add_chart (export->pdf, export->data);
  g_clear_pointer (&export->data, lens_chart_data_free);
  g_idle_add (render_page_cb, export);
}

static void
detail_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LensExport *export = user_data;
  g_autoptr (GError) error = NULL;
  LensSeriesDetail *detail = lens_series_detail_new_finish (result, &error);

  if (detail == NULL)
    {
      say_failure (export, error);
      lens_export_free (export);
      return;
    }
  lens_chart_data_take_detail (export->data, detail);
  add_page (export);
}

static void
built_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LensExport *export = user_data;
  const ExportChart *item = &g_array_index (export->charts, ExportChart, export->n_charts_done - 1);
  g_autoptr (GError) error = NULL;

  export->data = lens_chart_build_finish (result, &error);
  if (export->data == NULL)
    {
      say_failure (export, error);
      lens_export_free (export);
      return;
    }
  /* Before they get other names: the labels can be what they are known by. */
  if (item->hidden != NULL)
    lens_chart_data_hide_series (export->data, item->hidden);
  if (export->show_names)
    lens_chart_data_name_hosts (export->data, lens_analysis_get_capture (export->analysis));
  if (export->has_shown && lens_chart_data_is_over_time (export->data))
    lens_chart_data_set_shown (export->data, &export->shown);
  if (lens_chart_data_needs_detail (export->data, LENS_SERIES_COLUMNS))
    lens_chart_data_look_closer_async (export->data, export->analysis, LENS_SERIES_COLUMNS, NULL, detail_cb,
                                       export);
  else
    add_page (export);
}

/* A page a pass, its figures from a worker, so that the window stays responsive while a long report is rendered. */
static gboolean
render_page_cb (gpointer user_data)
{
  LensExport *export = user_data;
  const ExportChart *item;

  if (export->graph != NULL)
    {
      g_autoptr (LensGraphShot) shot = g_steal_pointer (&export->graph);
      LensGraphStyle style = lens_graph_style_light ();
      g_autofree LensSize *sizes = lens_graph_picture_measure_nodes (shot->graph, &style);

      lens_pdf_add_graph (export->pdf, _ ("Connection graph"), shot->graph, shot->points, sizes,
                          lens_graph_marks_get_emphasis (shot->marks));
      return G_SOURCE_CONTINUE;
    }
  if (export->n_charts_done == export->charts->len)
    {
      finish (export);
      return G_SOURCE_REMOVE;
    }
  item = &g_array_index (export->charts, ExportChart, export->n_charts_done++);
  lens_chart_build_async (item->chart, export->analysis, export->whole, &item->options, NULL, built_cb,
                          export);
  return G_SOURCE_REMOVE;
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  LensExport *export = user_data;
  g_autofree char *foot = NULL;
  g_autoptr (GError) error = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    {
      lens_export_free (export);
      return;
    }
  export->path = lens_save_dialog_get_path (export->chooser, &error);
  gtk_native_dialog_destroy (dialog);
  g_clear_object (&export->chooser);
  if (export->path == NULL)
    {
      say_failure (export, error);
      lens_export_free (export);
      return;
    }
  export->pdf = lens_pdf_new (export->title);
  foot = lens_report_describe (export->analysis);
  lens_pdf_set_footer (export->pdf, foot, export->charts->len + (export->graph != NULL ? 1 : 0));
  g_idle_add (render_page_cb, export);
}

void
lens_export_actions_save (LensExport *export, const char *name, GtkWindow *parent, AdwToastOverlay *toasts)
{
  g_autofree char *file_name = g_strdup_printf ("%s.pdf", name);

  g_weak_ref_set (&export->parent, parent);
  g_weak_ref_set (&export->toasts, toasts);
  export->chooser
      = lens_save_dialog_new (_ ("Save as PDF"), parent, file_name, _ ("PDF documents"), "application/pdf");
  g_signal_connect (export->chooser, "response", G_CALLBACK (chosen_cb), export);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (export->chooser));
}
