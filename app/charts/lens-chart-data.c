#include "lens-chart-data.h"

#include "lens-format.h"
#include "lens-host-labels.h"

#include <glib/gi18n-lib.h>

static void
clear_bar (gpointer item)
{
  LensChartBar *bar = item;

  g_free (bar->label);
  g_free (bar->address);
  g_free (bar->value_text);
  g_free (bar->edge);
}

static void
clear_series (gpointer item)
{
  LensChartSeries *series = item;

  g_free (series->label);
  g_free (series->address);
  g_free (series->points);
  g_free (series->detail);
}

static void
clear_lane (gpointer item)
{
  LensChartLane *lane = item;

  g_free (lane->label);
  g_free (lane->address);
  g_free (lane->bursts);
}

static void
clear_fact (gpointer item)
{
  LensChartFact *fact = item;

  g_free (fact->label);
  g_free (fact->text);
}

LensChartData *
lens_chart_data_new (LensChartKind kind, LensUnit unit)
{
  LensChartData *data = g_new0 (LensChartData, 1);

  data->kind = kind;
  data->unit = unit;
  data->value_factor = 1;
  data->bars = g_array_new (FALSE, TRUE, sizeof (LensChartBar));
  data->series = g_array_new (FALSE, TRUE, sizeof (LensChartSeries));
  data->bands = g_array_new (FALSE, TRUE, sizeof (LensChartBand));
  data->facts = g_array_new (FALSE, TRUE, sizeof (LensChartFact));
  g_array_set_clear_func (data->facts, clear_fact);
  g_array_set_clear_func (data->bars, clear_bar);
  data->lanes = g_array_new (FALSE, TRUE, sizeof (LensChartLane));
  g_array_set_clear_func (data->series, clear_series);
  g_array_set_clear_func (data->lanes, clear_lane);
  return data;
}

void
lens_chart_data_free (LensChartData *data)
{
  if (data == NULL)
    return;
  g_array_unref (data->bars);
  g_array_unref (data->series);
  g_array_unref (data->bands);
  g_array_unref (data->lanes);
  g_array_unref (data->facts);
  g_free (data->median_text);
  g_free (data->range_text);
  g_clear_pointer (&data->matrix, lens_host_matrix_free);
  g_strfreev (data->matrix_labels);
  g_free (data->title);
  g_free (data->subtitle);
  g_free (data->x_title);
  g_free (data->y_title);
  g_free (data->legend_title);
  g_free (data->empty_text);
  g_clear_pointer (&data->pyramid, lens_series_pyramid_unref);
  g_free (data);
}

void
lens_chart_data_add_bar (LensChartData *data,
                         const char *label,
                         guint64 value,
                         guint color,
                         const LensFilterTerm *term)
{
  LensChartBar bar = {
    .label = g_strdup (label),
    .value = value,
    .value_text = data->unit == LENS_UNIT_BYTES ? lens_format_bytes (value) : lens_format_count (value),
    .color = color,
    .has_term = term != NULL,
  };

  if (term != NULL)
    bar.term = *term;
  g_array_append_val (data->bars, bar);
}

void
lens_chart_data_add_series (LensChartData *data, const char *label, const LensSeries *series, guint color)
{
  LensChartSeries copy = {
    .label = g_strdup (label),
    .destination = series->address,
    .kind = series->kind,
    .port = series->port,
    .points = g_memdup2 (series->points, series->n_points * sizeof *series->points),
    .n_points = series->n_points,
    .packets = series->packets,
    .payload_bytes = series->payload_bytes,
    .color = color,
  };

  g_array_append_val (data->series, copy);
}

void
lens_chart_data_take_fact (LensChartData *data, const char *label, char *text, double value)
{
  LensChartFact fact = { .label = g_strdup (label), .text = text, .value = value };

  g_array_append_val (data->facts, fact);
}

/* Where to write what is known of a host. */
typedef struct
{
  char **label;
  char **address;
} Place;

static void
add_place (GArray *places, GArray *addresses, char **label, char **text, const LensAddress *address)
{
  Place place = { label, text };

  g_array_append_val (places, place);
  g_array_append_val (addresses, *address);
}

const char *
lens_chart_series_get_key (const LensChartSeries *series)
{
  return series->kind == LENS_SERIES_OTHERS ? "others"
         : series->address != NULL          ? series->address
                                            : series->label;
}

void
lens_chart_data_hide_series (LensChartData *data, GHashTable *hidden)
{
  for (guint i = 0; i < data->series->len; i++)
    {
      LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      series->is_hidden = g_hash_table_contains (hidden, lens_chart_series_get_key (series));
    }
}

void
lens_chart_data_label_hidden (LensChartData *data)
{
  for (guint i = 0; i < data->series->len; i++)
    {
      LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);
      char *label = series->label;

      if (!series->is_hidden)
        continue;
      /* Translators: a series of a chart that is in the legend but not drawn. */
      series->label = g_strdup_printf (_ ("%s (hidden)"), label);
      g_free (label);
    }
}

void
lens_chart_data_name_hosts (LensChartData *data, const LensCapture *capture)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (LensAddress));
  g_auto (GStrv) labels = NULL;

  if (data->matrix != NULL)
    {
      g_strfreev (data->matrix_labels);
      data->matrix_labels = lens_host_labels_new (capture, data->matrix->hosts, data->matrix->n_hosts);
    }
  for (guint i = 0; i < data->bars->len; i++)
    {
      LensChartBar *bar = &g_array_index (data->bars, LensChartBar, i);

      if (bar->has_term && bar->term.kind == LENS_FILTER_HOST)
        add_place (places, addresses, &bar->label, &bar->address, &bar->term.address);
    }
  for (guint i = 0; i < data->series->len; i++)
    {
      LensChartSeries *series = &g_array_index (data->series, LensChartSeries, i);

      if (series->destination.version != 0)
        add_place (places, addresses, &series->label, &series->address, &series->destination);
    }
  for (guint i = 0; i < data->lanes->len; i++)
    {
      LensChartLane *lane = &g_array_index (data->lanes, LensChartLane, i);

      add_place (places, addresses, &lane->label, &lane->address,
                 lane->is_sent ? &lane->destination : &lane->source);
    }

  labels = lens_host_labels_new (capture, (const LensAddress *) (gpointer) addresses->data, addresses->len);
  for (guint i = 0; i < places->len; i++)
    {
      Place *place = &g_array_index (places, Place, i);

      if (g_str_equal (*place->label, labels[i]))
        continue;
      g_free (*place->address);
      *place->address = *place->label;
      *place->label = g_steal_pointer (&labels[i]);
      labels[i] = g_strdup ("");
    }
}
