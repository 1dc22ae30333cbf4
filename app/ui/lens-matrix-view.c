#include "lens-matrix-view.h"

#include "lens-chart-matrix.h"
#include "lens-matrix-picture.h"
#include "lens-theme.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define MIN_WIDTH_PX 280
#define MIN_HEIGHT_PX 120

struct _LensMatrixView
{
  GtkWidget parent_instance;
  const LensChartData *data; /* (nullable) */
  LensFilter *filter;        /* (nullable) */
  LensMatrixPlace hover;
  LensMatrixPlace cursor; /* where the keys are; unset until they or a click have moved it */
};

enum
{
  TERM_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LensMatrixView, lens_matrix_view, GTK_TYPE_WIDGET)

static gboolean
is_empty (LensMatrixView *self)
{
  return self->data == NULL || lens_host_matrix_get_n_sides (self->data->matrix) == 0;
}

static void
lay_out (LensMatrixView *self, LensMatrixLayout *layout)
{
  GtkWidget *widget = GTK_WIDGET (self);

  lens_matrix_layout_init (layout, self->data, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                           lens_theme_get_plot (widget).font_size);
}

/* The cell that weighs most: where the keys begin. */
static LensMatrixPlace
find_heaviest (LensMatrixView *self)
{
  const LensHostMatrix *matrix = self->data->matrix;
  guint n_sides = lens_host_matrix_get_n_sides (matrix);
  guint best = 0;

  for (guint i = 1; i < n_sides * n_sides; i++)
    if (lens_host_matrix_weigh (matrix, &matrix->cells[i])
        > lens_host_matrix_weigh (matrix, &matrix->cells[best]))
      best = i;
  return (LensMatrixPlace){ .is_set = TRUE, .row = (int) (best / n_sides), .column = (int) (best % n_sides) };
}

static LensMatrixPlace
get_cursor (LensMatrixView *self)
{
  return self->cursor.is_set ? self->cursor : find_heaviest (self);
}

/* Its name says the cell that the keys are on. */
static void
update_accessible (LensMatrixView *self)
{
  LensMatrixPlace cursor;
  g_autofree char *cell = NULL;
  g_autofree char *name = NULL;

  if (self->data == NULL)
    return;
  if (is_empty (self))
    name = g_strdup (self->data->title);
  else
    {
      cursor = get_cursor (self);
      cell = lens_chart_matrix_describe (self->data, cursor.row, cursor.column);
      /* Translators: a chart's title, then what the cell says that the keyboard is on. */
      name = g_strdup_printf (_ ("%s. %s"), self->data->title, cell);
    }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      self->data->empty_text != NULL ? self->data->empty_text : self->data->subtitle, -1);
}

static void
lens_matrix_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LensMatrixView *self = LENS_MATRIX_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  LensMatrixMarks marks = { .hover = self->hover, .filter = self->filter };
  LensPlotTheme theme = lens_theme_get_plot (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  cairo_t *cr;

  if (self->data == NULL || width < 1 || height < 1)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (is_empty (self))
    {
      LensChartData picture = *self->data;

      /* They are labels around it. */
      picture.title = picture.subtitle = NULL;
      lens_plot_draw (cr, width, height, &picture, &theme);
    }
  else
    {
      g_auto (LensMatrixLayout) layout = { 0 };

      if (gtk_widget_has_focus (widget) && GTK_IS_WINDOW (root)
          && gtk_window_get_focus_visible (GTK_WINDOW (root)))
        marks.focus = get_cursor (self);
      lay_out (self, &layout);
      lens_matrix_picture_draw (cr, &layout, self->data, &theme, &marks);
    }
  cairo_destroy (cr);
}

static GtkSizeRequestMode
lens_matrix_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lens_matrix_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LensMatrixView *self = LENS_MATRIX_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MIN_WIDTH_PX;
  else if (is_empty (self))
    *minimum = *natural = MIN_HEIGHT_PX;
  else
    *minimum = *natural
        = MAX (MIN_HEIGHT_PX,
               (int) ceil (lens_matrix_layout_get_natural_height (self->data, MAX (for_size, MIN_WIDTH_PX),
                                                                  lens_theme_get_plot (widget).font_size)));
}

static LensMatrixPlace
find_place (LensMatrixView *self, double x, double y)
{
  g_auto (LensMatrixLayout) layout = { 0 };

  if (is_empty (self))
    return (LensMatrixPlace){ 0 };
  lay_out (self, &layout);
  return lens_matrix_layout_find (&layout, x, y);
}

static gboolean
can_choose (LensMatrixView *self, const LensMatrixPlace *place, LensFilterTerm *term)
{
  return place->is_set && !is_empty (self)
         && lens_host_matrix_get_term (self->data->matrix, place->row, place->column, term);
}

static gboolean
lens_matrix_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LensMatrixView *self = LENS_MATRIX_VIEW (widget);
  LensMatrixPlace place = { 0 };
  g_autofree char *text = NULL;

  if (!is_empty (self))
    place = keyboard ? get_cursor (self) : find_place (self, x, y);
  if (!place.is_set)
    return FALSE;
  text = lens_chart_matrix_describe (self->data, place.row, place.column);
  gtk_tooltip_set_text (tooltip, text);
  if (!keyboard)
    gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ x - 4, y - 4, 8, 8 });
  return TRUE;
}

static void
choose (LensMatrixView *self, const LensMatrixPlace *place, gboolean adds)
{
  LensFilterTerm term;

  if (can_choose (self, place, &term))
    g_signal_emit (self, signals[TERM_CHOSEN], 0, &term, adds);
}

static void
set_cursor (LensMatrixView *self, const LensMatrixPlace *place)
{
  self->cursor = *place;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LensMatrixView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  LensMatrixPlace place = find_place (self, x, y);

  if (!place.is_set)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_cursor (self, &place);
  choose (self, &place, (state & GDK_CONTROL_MASK) != 0);
}

static void
set_hover (LensMatrixView *self, const LensMatrixPlace *place)
{
  LensFilterTerm term;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), can_choose (self, place, &term) ? "pointer" : NULL);
  if (place->is_set == self->hover.is_set && place->row == self->hover.row
      && place->column == self->hover.column)
    return;
  self->hover = *place;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, LensMatrixView *self)
{
  LensMatrixPlace place = find_place (self, x, y);

  set_hover (self, &place);
}

static void
leave_cb (GtkEventControllerMotion *controller, LensMatrixView *self)
{
  set_hover (self, &(LensMatrixPlace){ 0 });
}

/* Where a key leads from @place; FALSE where it is none that does. */
static gboolean
follow_key (LensMatrixView *self, guint key, LensMatrixPlace *place)
{
  int last = (int) lens_host_matrix_get_n_sides (self->data->matrix) - 1;
  LensMatrixPlace from = *place;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      place->column = MAX (place->column - 1, LENS_MATRIX_NAMES);
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      place->column = MIN (place->column + 1, last);
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      place->row = MAX (place->row - 1, LENS_MATRIX_NAMES);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      place->row = MIN (place->row + 1, last);
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      place->column = 0;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      place->column = last;
      break;
    default:
      return FALSE;
    }
  /* Nothing is in the corner of the names. */
  if (place->row < 0 && place->column < 0)
    *place = from;
  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                LensMatrixView *self)
{
  gboolean adds = (state & GDK_CONTROL_MASK) != 0;
  LensMatrixPlace place;

  if (is_empty (self) || (state & GDK_ALT_MASK) != 0)
    return FALSE;
  place = get_cursor (self);
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter || key == GDK_KEY_space)
    {
      set_cursor (self, &place);
      choose (self, &place, adds);
      return TRUE;
    }
  if (adds || !follow_key (self, key, &place))
    return FALSE;
  set_cursor (self, &place);
  return TRUE;
}

static void
lens_matrix_view_dispose (GObject *object)
{
  LensMatrixView *self = LENS_MATRIX_VIEW (object);

  self->data = NULL;
  g_clear_pointer (&self->filter, lens_filter_unref);
  G_OBJECT_CLASS (lens_matrix_view_parent_class)->dispose (object);
}

static void
lens_matrix_view_class_init (LensMatrixViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lens_matrix_view_dispose;
  widget_class->snapshot = lens_matrix_view_snapshot;
  widget_class->get_request_mode = lens_matrix_view_get_request_mode;
  widget_class->measure = lens_matrix_view_measure;
  widget_class->query_tooltip = lens_matrix_view_query_tooltip;

  signals[TERM_CHOSEN] = g_signal_new ("term-chosen", LENS_TYPE_MATRIX_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "matrixview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lens_matrix_view_init (LensMatrixView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lens_matrix_view_new (void)
{
  return g_object_new (LENS_TYPE_MATRIX_VIEW, NULL);
}

void
lens_matrix_view_set_data (LensMatrixView *self, const LensChartData *data)
{
  int n_sides;

  self->data = data;
  self->hover.is_set = FALSE;
  n_sides = is_empty (self) ? 0 : (int) lens_host_matrix_get_n_sides (data->matrix);
  if (data != NULL && (self->cursor.row >= n_sides || self->cursor.column >= n_sides))
    self->cursor.is_set = FALSE;
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
lens_matrix_view_set_filter (LensMatrixView *self, LensFilter *filter)
{
  lens_filter_ref (filter);
  g_clear_pointer (&self->filter, lens_filter_unref);
  self->filter = filter;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
