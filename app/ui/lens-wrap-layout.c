#include "lens-wrap-layout.h"

/* So many lines are no reason to cut what they say. */
#define FEW_LINES 2

struct _LensWrapLayout
{
  GtkLayoutManager parent_instance;
  int spacing;
  int parts;
};

enum
{
  PROP_SPACING = 1,
  PROP_PARTS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LensWrapLayout, lens_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Children that stand side by side. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end; /* the first that isn't in it, or NULL */
  int height;
} Line;

static int
measure_width (GtkWidget *child, int most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return CLAMP (natural, minimum, MAX (minimum, most));
}

static Line
find_line (LensWrapLayout *self, GtkWidget *first, int width, int most)
{
  Line line = { .first = first };
  int taken = -self->spacing;

  for (line.end = first; line.end != NULL; line.end = gtk_widget_get_next_sibling (line.end))
    {
      int minimum, natural, child_width;

      if (!gtk_widget_should_layout (line.end))
        continue;
      child_width = measure_width (line.end, most);
      if (taken >= 0 && taken + self->spacing + child_width > width)
        break;
      taken += self->spacing + child_width;
      gtk_widget_measure (line.end, GTK_ORIENTATION_VERTICAL, child_width, &minimum, &natural, NULL, NULL);
      line.height = MAX (line.height, natural);
    }
  return line;
}

static int
count_lines (LensWrapLayout *self, GtkWidget *widget, int width, int most)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int n = 0;

  while (child != NULL)
    {
      Line line = find_line (self, child, width, most);

      n += line.height > 0 ? 1 : 0;
      child = line.end;
    }
  return n;
}

/* How wide a child may be that can be narrower: all of the width, or the largest part of it with which there are fewest lines. */
static int
find_most (LensWrapLayout *self, GtkWidget *widget, int width)
{
  int best = width;
  int n_lines = self->parts > 1 ? count_lines (self, widget, width, width) : 1;

  for (int parts = 2; parts <= self->parts && n_lines > FEW_LINES; parts++)
    {
      int most = (width - (parts - 1) * self->spacing) / parts;
      int n = count_lines (self, widget, width, most);

      if (n < n_lines)
        {
          best = most;
          n_lines = n;
        }
    }
  return best;
}

static int
measure_lines (LensWrapLayout *self, GtkWidget *widget, int width, int most)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = -self->spacing;

  while (child != NULL)
    {
      Line line = find_line (self, child, width, most);

      if (line.height > 0)
        height += self->spacing + line.height;
      child = line.end;
    }
  return MAX (height, 0);
}

static GtkSizeRequestMode
lens_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lens_wrap_layout_measure (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LensWrapLayout *self = LENS_WRAP_LAYOUT (manager);
  int width;

  *minimum = 0;
  *natural = -self->spacing;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += self->spacing + child_natural;
    }
  *natural = MAX (*natural, *minimum);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  width = for_size >= 0 ? for_size : *natural;
  *natural = measure_lines (self, widget, width, find_most (self, widget, width));
  *minimum = *natural;
}

/* Each child stands in the middle of its line's height. */
static void
allocate_line (LensWrapLayout *self, const Line *line, int width, int most, int y, gboolean is_from_right)
{
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end; child = gtk_widget_get_next_sibling (child))
    {
      int child_width;

      if (!gtk_widget_should_layout (child))
        continue;
      child_width = measure_width (child, most);
      gtk_widget_size_allocate (child,
                                &(GtkAllocation){ .x = is_from_right ? width - x - child_width : x,
                                                  .y = y,
                                                  .width = child_width,
                                                  .height = line->height },
                                -1);
      x += child_width + self->spacing;
    }
}

static void
lens_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  LensWrapLayout *self = LENS_WRAP_LAYOUT (manager);
  gboolean is_from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int most = find_most (self, widget, width);
  int y = MAX ((height - measure_lines (self, widget, width, most)) / 2, 0);

  while (child != NULL)
    {
      Line line = find_line (self, child, width, most);

      allocate_line (self, &line, width, most, y, is_from_right);
      if (line.height > 0)
        y += line.height + self->spacing;
      child = line.end;
    }
}

static void
lens_wrap_layout_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SPACING)
    g_value_set_int (value, LENS_WRAP_LAYOUT (object)->spacing);
  else if (property_id == PROP_PARTS)
    g_value_set_int (value, LENS_WRAP_LAYOUT (object)->parts);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
lens_wrap_layout_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SPACING)
    LENS_WRAP_LAYOUT (object)->spacing = g_value_get_int (value);
  else if (property_id == PROP_PARTS)
    LENS_WRAP_LAYOUT (object)->parts = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
lens_wrap_layout_class_init (LensWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = lens_wrap_layout_get_property;
  object_class->set_property = lens_wrap_layout_set_property;
  layout_class->get_request_mode = lens_wrap_layout_get_request_mode;
  layout_class->measure = lens_wrap_layout_measure;
  layout_class->allocate = lens_wrap_layout_allocate;
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PARTS]
      = g_param_spec_int ("parts", NULL, NULL, 1, G_MAXINT16, 1, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lens_wrap_layout_init (LensWrapLayout *self)
{
  self->parts = 1;
}
