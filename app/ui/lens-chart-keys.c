#include "lens-chart-keys.h"

#include <gdk/gdk.h>

gboolean
lens_chart_keys_find_step (guint key, gboolean is_far, LensPlotStep *step)
{
  static const struct
  {
    guint key;
    guint keypad_key;
    LensPlotStep step;
    LensPlotStep far_step;
  } moves[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, LENS_PLOT_STEP_LEFT, LENS_PLOT_STEP_FAR_LEFT },
    { GDK_KEY_Right, GDK_KEY_KP_Right, LENS_PLOT_STEP_RIGHT, LENS_PLOT_STEP_FAR_RIGHT },
    { GDK_KEY_Up, GDK_KEY_KP_Up, LENS_PLOT_STEP_UP, LENS_PLOT_STEP_FAR_LEFT },
    { GDK_KEY_Down, GDK_KEY_KP_Down, LENS_PLOT_STEP_DOWN, LENS_PLOT_STEP_FAR_RIGHT },
    { GDK_KEY_Home, GDK_KEY_KP_Home, LENS_PLOT_STEP_FIRST, LENS_PLOT_STEP_FIRST },
    { GDK_KEY_End, GDK_KEY_KP_End, LENS_PLOT_STEP_LAST, LENS_PLOT_STEP_LAST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (key == moves[i].key || key == moves[i].keypad_key)
      {
        *step = is_far ? moves[i].far_step : moves[i].step;
        return TRUE;
      }
  return FALSE;
}

gboolean
lens_chart_keys_is_choice (guint key)
{
  return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter || key == GDK_KEY_space;
}
