#include "lens-chart-lines.h"

#include "lens-chart-words.h"
#include "lens-filter-form.h"
#include "lens-format.h"

#include <glib/gi18n-lib.h>

/* (transfer full) */
static char *
name_line (const LensSplit *split, const LensSplitLine *line)
{
  char text[LENS_ADDRESS_TEXT_SIZE];
  const char *host = lens_address_format (&split->spec.host, text);
  g_autofree char *count = lens_format_count (line->n_members);

  switch (line->kind)
    {
    case LENS_SPLIT_LINE_SENT:
      /* Translators: the packets of a host, whose address follows. */
      return g_strdup_printf (_ ("sent by %s"), host);
    case LENS_SPLIT_LINE_RECEIVED:
      return g_strdup_printf (_ ("received by %s"), host);
    case LENS_SPLIT_LINE_BETWEEN_OTHERS:
      return g_strdup (_ ("between others"));
    case LENS_SPLIT_LINE_DESTINATION:
      return g_strdup (lens_address_format (&line->address, text));
    case LENS_SPLIT_LINE_PORT:
      return g_strdup_printf ("%s %u", line->layer == LENS_LAYER_TCP ? "TCP" : "UDP", line->port);
    case LENS_SPLIT_LINE_NO_PORT:
      return g_strdup (_ ("without ports"));
    case LENS_SPLIT_LINE_PROTOCOL:
      return lens_filter_form_name_protocol (line->protocol);
    case LENS_SPLIT_LINE_NOT_IP:
      return g_strdup (_ ("without IP"));
    case LENS_SPLIT_LINE_OTHERS:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s other", "%s others", line->n_members), count);
    case LENS_SPLIT_LINE_ALL:
    default:
      return g_strdup (_ ("all packets"));
    }
}

LensChartSeries *
lens_chart_take_line (LensChartData *data,
                      const LensSplit *split,
                      gsize line,
                      LensSeriesPoint *points,
                      gsize n_points)
{
  const LensSplitLine *of = &split->lines[line];
  gboolean is_others = of->kind == LENS_SPLIT_LINE_OTHERS;
  LensChartSeries series = {
    .label = name_line (split, of),
    .destination = of->address,
    .kind = is_others ? LENS_SERIES_OTHERS : LENS_SERIES_LINE,
    .port = of->port,
    .points = points,
    .n_points = n_points,
    .packets = of->packets,
    .payload_bytes = of->payload_bytes,
    .color = is_others ? LENS_CHART_COLOR_OTHERS : (guint) line,
  };

  g_array_append_val (data->series, series);
  return &g_array_index (data->series, LensChartSeries, data->series->len - 1);
}

void
lens_chart_take_lines (LensChartData *data,
                       const LensSplit *split,
                       LensLineSeries *lines,
                       gboolean is_stepped)
{
  data->first_ns = G_MAXINT64;
  data->last_ns = G_MININT64;
  for (gsize i = 0; i < lines->n_lines; i++)
    {
      gsize n = lines->n_points[i];

      data->first_ns = MIN (data->first_ns, lines->points[i][0].time_ns);
      data->last_ns = MAX (data->last_ns, lines->points[i][n - 1].time_ns);
      lens_chart_take_line (data, split, i, g_steal_pointer (&lines->points[i]), n)->is_stepped = is_stepped;
    }
}

void
lens_chart_set_lines_title (LensChartData *data, LensSplitBy by)
{
  static const char *const titles[LENS_N_SPLITS] = {
    [LENS_SPLIT_DIRECTION] = N_ ("Direction"),
    [LENS_SPLIT_DESTINATION] = N_ ("Destination address"),
    [LENS_SPLIT_PORT] = N_ ("Destination port"),
    [LENS_SPLIT_PROTOCOL] = N_ ("Protocol"),
  };

  g_clear_pointer (&data->legend_title, g_free);
  if (titles[by] != NULL)
    data->legend_title = g_strdup (_ (titles[by]));
}

LensSplitSpec
lens_chart_get_split (const LensAnalysis *analysis, const LensChartOptions *options)
{
  LensSplitSpec spec = { .by = options->split, .max_named = options->top };

  lens_split_find_host (analysis, &spec.host);
  return spec;
}
