/* bench-plot FIGURES OUT.png: draws time and memory against packets, from the lines of JSON that run-benchmarks writes, with the code
 * that draws PacketLens's own charts. Above: PacketLens and what only reads the file; below: every program.
 */
#include "lens-plot.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define PANEL_WIDTH 620
#define PANEL_HEIGHT 360
#define FONT_SIZE 13
#define N_NEAR 2 /* of the first programs: those that are shown on their own as well */

typedef enum
{
  QUANTITY_TIME,
  QUANTITY_MEMORY,
  N_QUANTITIES
} Quantity;

typedef struct
{
  char *name;                   /* owned */
  GArray *points[N_QUANTITIES]; /* (element-type LensSeriesPoint), over packets */
} Program;

static void
free_program (Program *program)
{
  g_free (program->name);
  for (int i = 0; i < N_QUANTITIES; i++)
    g_array_unref (program->points[i]);
  g_free (program);
}

static Program *
find_program (GPtrArray *programs, const char *name)
{
  Program *program;

  for (guint i = 0; i < programs->len; i++)
    if (g_str_equal (((Program *) g_ptr_array_index (programs, i))->name, name))
      return g_ptr_array_index (programs, i);
  program = g_new0 (Program, 1);
  program->name = g_strdup (name);
  for (int i = 0; i < N_QUANTITIES; i++)
    program->points[i] = g_array_new (FALSE, FALSE, sizeof (LensSeriesPoint));
  g_ptr_array_add (programs, program);
  return program;
}

static void
add_point (Program *program, Quantity quantity, gint64 packets, double value)
{
  LensSeriesPoint point = { .time_ns = packets, .payload_bytes = (guint32) CLAMP (value, 0, G_MAXUINT32) };

  g_array_append_val (program->points[quantity], point);
}

/* A line of another kind, or of a program that could not be run, has nothing to draw. */
static gboolean
read_line (GPtrArray *programs, const char *line, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  Program *program;
  gint64 packets;

  if (!json_parser_load_from_data (parser, line, -1, error))
    return FALSE;
  object = json_node_get_object (json_parser_get_root (parser));
  if (g_strcmp0 (json_object_get_string_member_with_default (object, "kind", NULL), "growth") != 0
      || !json_object_has_member (object, "seconds"))
    return TRUE;
  program = find_program (programs, json_object_get_string_member (object, "program"));
  packets = json_object_get_int_member (object, "packets");
  add_point (program, QUANTITY_TIME, packets, json_object_get_double_member (object, "seconds") * 1000);
  add_point (program, QUANTITY_MEMORY, packets,
             (double) json_object_get_int_member (object, "peak_kb") * 1024 / 1e6);
  return TRUE;
}

static GPtrArray *
read_figures (const char *path, GError **error)
{
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func ((GDestroyNotify) free_program);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !read_line (programs, lines[i], error))
      return NULL;
  return g_steal_pointer (&programs);
}

static void
add_series (LensChartData *data, const Program *program, GArray *points, guint color)
{
  LensSeries series = { .points = (LensSeriesPoint *) (gpointer) points->data, .n_points = points->len };

  if (points->len == 0)
    return;
  lens_chart_data_add_series (data, program->name, &series, color);
  data->last_ns = MAX (data->last_ns, series.points[points->len - 1].time_ns);
}

static LensChartData *
build_chart (GPtrArray *programs, guint n_programs, Quantity quantity)
{
  LensChartData *data = lens_chart_data_new (
      LENS_CHART_TIME_SERIES, quantity == QUANTITY_TIME ? LENS_UNIT_MILLISECONDS : LENS_UNIT_PACKETS);
  gboolean is_all = n_programs == programs->len;

  data->over = LENS_CHART_OVER_NUMBER;
  data->title = g_strdup (quantity == QUANTITY_TIME ? "Time" : "Peak memory, MB");
  data->subtitle = g_strdup (is_all ? "every program" : "PacketLens and what only reads the file");
  data->x_title = g_strdup ("Packets");
  data->y_title = g_strdup ("");
  for (guint i = 0; i < n_programs; i++)
    {
      const Program *program = g_ptr_array_index (programs, i);

      add_series (data, program, program->points[quantity], i);
    }
  if (data->series->len == 0)
    data->empty_text = g_strdup ("nothing was measured");
  return data;
}

static void
draw_panel (cairo_t *cr, GPtrArray *programs, guint n_programs, Quantity quantity, int column, int row)
{
  LensPlotTheme theme = lens_plot_theme_light ();
  g_autoptr (LensChartData) data = build_chart (programs, n_programs, quantity);

  theme.font_size = FONT_SIZE;
  cairo_save (cr);
  cairo_translate (cr, column * PANEL_WIDTH, row * PANEL_HEIGHT);
  lens_plot_draw (cr, PANEL_WIDTH, PANEL_HEIGHT, data, &theme);
  cairo_restore (cr);
}

static gboolean
write_picture (GPtrArray *programs, const char *path)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, N_QUANTITIES * PANEL_WIDTH, 2 * PANEL_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  for (int quantity = 0; quantity < N_QUANTITIES; quantity++)
    {
      draw_panel (cr, programs, MIN (N_NEAR, programs->len), quantity, quantity, 0);
      draw_panel (cr, programs, programs->len, quantity, quantity, 1);
    }
  cairo_destroy (cr);
  status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_printerr ("%s: %s\n", path, cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) programs = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    {
      g_printerr ("bench-plot FIGURES OUT.png\n");
      return 2;
    }
  if (lens_plot_is_available (&error))
    programs = read_figures (argv[1], &error);
  if (programs == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return write_picture (programs, argv[2]) ? 0 : 1;
}
