/* What a test looks for in a chart's scene. */
#pragma once

#include "lens-plot.h"

static inline gboolean
test_scene_has_label (const LensPlotScene *scene, const char *text)
{
  for (guint i = 0; i < scene->labels->len; i++)
    if (g_str_equal (g_array_index (scene->labels, LensPlotLabel, i).text, text))
      return TRUE;
  return FALSE;
}
