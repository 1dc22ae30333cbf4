#include "lens-chart-hover.h"

#include "lens-texture.h"

#include <glib/gi18n.h>
#include <math.h>

/* Between the bubble and what it speaks of, and at least to the widget's edge. */
#define BUBBLE_GAP_PX 14
#define BUBBLE_EDGE_PX 4

#define RING_PX 5

/* A picture stretched further shows nothing any more. */
#define MAX_STRETCH 60.0

GtkWidget *
lens_chart_hover_new_bubble (void)
{
  GtkWidget *bubble = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (bubble), 0);
  gtk_label_set_wrap (GTK_LABEL (bubble), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (bubble), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_can_target (bubble, FALSE);
  gtk_widget_set_visible (bubble, FALSE);
  gtk_widget_add_css_class (bubble, "chart-bubble");
  return bubble;
}

void
lens_chart_hover_set_name (GtkWidget *chart, const char *title, const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text != NULL ? text : ""), "\n", ' ');
  /* Translators: a chart's title, then what the bar or point says that the keyboard is on. */
  g_autofree char *name = *line != '\0' ? g_strdup_printf (_ ("%s. %s"), title, line) : g_strdup (title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GdkRGBA
to_rgba (const LensPlotColor *color, double alpha)
{
  return (GdkRGBA){ (float) color->red, (float) color->green, (float) color->blue, (float) alpha };
}

static void
fill (GtkSnapshot *snapshot, double left, double top, double right, double bottom, const GdkRGBA *color)
{
  gtk_snapshot_append_color (
      snapshot, color,
      &GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (right - left), (float) (bottom - top)));
}

/* In the colour of its series, with the ground's around it so that it is seen on lines too. */
static void
snapshot_ring (GtkSnapshot *snapshot, double x, double y, const GdkRGBA *ground, const GdkRGBA *color)
{
  const GdkRGBA *colors[] = { ground, color };

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      float radius = (float) (RING_PX + 1.5 - 1.5 * i);
      GskRoundedRect round;

      gsk_rounded_rect_init_from_rect (
          &round, &GRAPHENE_RECT_INIT ((float) x - radius, (float) y - radius, 2 * radius, 2 * radius),
          radius);
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      gtk_snapshot_append_color (snapshot, colors[i], &round.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
snapshot_cross (GtkSnapshot *snapshot,
                const LensPlotScene *scene,
                const LensChartData *data,
                const LensPlotProbe *probe,
                const LensPlotTheme *theme)
{
  const LensPlotBox *plot = &scene->plot;
  GdkRGBA line = to_rgba (&theme->foreground, 0.5);
  GdkRGBA ground = to_rgba (&theme->background, 1);
  GdkRGBA ink;
  double x = floor (probe->x);
  double y = floor (probe->y);

  fill (snapshot, x, plot->top, x + 1, plot->bottom, &line);
  if (probe->kind != LENS_PLOT_PROBE_POINT || probe->series >= data->series->len)
    return;
  fill (snapshot, plot->left, y, plot->right, y + 1, &line);
  ink = to_rgba (&theme->series[g_array_index (data->series, LensChartSeries, probe->series).color
                                % LENS_PLOT_N_SERIES_COLORS],
                 1);
  snapshot_ring (snapshot, probe->x, probe->y, &ground, &ink);
}

void
lens_chart_hover_snapshot (GtkSnapshot *snapshot,
                           const LensPlotScene *scene,
                           const LensChartData *data,
                           const LensPlotProbe *probe,
                           const LensPlotTheme *theme)
{
  if (probe->kind == LENS_PLOT_PROBE_BAR)
    {
      LensPlotBox box = lens_plot_scene_get_bar_box (scene, data, probe->bar);
      GdkRGBA tint = to_rgba (&theme->foreground, 0.07);

      fill (snapshot, box.left, box.top, box.right, box.bottom, &tint);
    }
  else if (probe->kind == LENS_PLOT_PROBE_LANE)
    {
      LensPlotBox box = lens_plot_scene_get_lane_box (scene, data, probe->lane);
      GdkRGBA tint = to_rgba (&theme->foreground, 0.07);

      fill (snapshot, box.left, box.top, box.right, box.bottom, &tint);
      if (probe->x >= scene->plot.left)
        snapshot_cross (snapshot, scene, data, probe, theme);
    }
  else if (probe->kind != LENS_PLOT_PROBE_NOTHING)
    {
      snapshot_cross (snapshot, scene, data, probe, theme);
    }
}

void
lens_chart_hover_snapshot_stretched (GtkSnapshot *snapshot,
                                     GtkWidget *widget,
                                     const LensPlotScene *scene,
                                     GdkTexture *texture,
                                     int width,
                                     int height,
                                     const LensPlotBox *plot,
                                     LensTimeSpan span,
                                     const LensPlotTheme *theme)
{
  LensTimeSpan now = lens_plot_scene_get_span (scene);
  double margin = lens_plot_scene_get_x (scene, now.first_ns) - scene->plot.left;
  double from = lens_plot_scene_get_far_x (scene, span.first_ns);
  double to = lens_plot_scene_get_far_x (scene, span.last_ns);
  double scale = (to - from) / (plot->right - plot->left - 2 * margin);
  GdkRGBA ground = to_rgba (&theme->background, 1);

  if ((now.first_ns == span.first_ns && now.last_ns == span.last_ns) || !(scale > 1 / MAX_STRETCH)
      || !(scale < MAX_STRETCH))
    return;
  fill (snapshot, scene->plot.left, scene->plot.top, scene->plot.right, scene->plot.bottom, &ground);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) scene->plot.left, (float) scene->plot.top,
                                                         (float) (scene->plot.right - scene->plot.left),
                                                         (float) (scene->plot.bottom - scene->plot.top)));
  lens_texture_append (snapshot, widget, texture,
                       &GRAPHENE_RECT_INIT ((float) (from - (plot->left + margin) * scale), 0,
                                            (float) (width * scale), (float) height));
  gtk_snapshot_pop (snapshot);
}

void
lens_chart_hover_snapshot_marked (GtkSnapshot *snapshot,
                                  const LensPlotScene *scene,
                                  double left,
                                  double right,
                                  const LensPlotTheme *theme)
{
  GdkRGBA tint = to_rgba (&theme->series[0], 0.18);
  GdkRGBA line = to_rgba (&theme->series[0], 0.9);

  fill (snapshot, left, scene->plot.top, right, scene->plot.bottom, &tint);
  fill (snapshot, floor (left), scene->plot.top, floor (left) + 1, scene->plot.bottom, &line);
  fill (snapshot, floor (right), scene->plot.top, floor (right) + 1, scene->plot.bottom, &line);
}

void
lens_chart_hover_place_bubble (GtkWidget *bubble, int width, int height, double x, double y)
{
  int bubble_width;
  int bubble_height;
  double left = x + BUBBLE_GAP_PX;
  double top = y + BUBBLE_GAP_PX;

  gtk_widget_measure (bubble, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &bubble_width, NULL, NULL);
  bubble_width = MIN (bubble_width, MAX (width - 2 * BUBBLE_EDGE_PX, 1));
  gtk_widget_measure (bubble, GTK_ORIENTATION_VERTICAL, bubble_width, NULL, &bubble_height, NULL, NULL);
  if (left + bubble_width > width - BUBBLE_EDGE_PX)
    left = x - BUBBLE_GAP_PX - bubble_width;
  if (top + bubble_height > height - BUBBLE_EDGE_PX)
    top = y - BUBBLE_GAP_PX - bubble_height;
  left = CLAMP (left, BUBBLE_EDGE_PX, MAX (width - BUBBLE_EDGE_PX - bubble_width, BUBBLE_EDGE_PX));
  top = MAX (top, BUBBLE_EDGE_PX);
  gtk_widget_size_allocate (bubble, &(GtkAllocation){ (int) left, (int) top, bubble_width, bubble_height },
                            -1);
}
