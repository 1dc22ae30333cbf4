#include "lens-theme.h"

#include <adwaita.h>

/* The desktop's font where nobody changed it: 11 points. */
#define USUAL_FONT_PX 14.7

GdkRGBA
lens_theme_get_color (GtkWidget *widget, const char *name, const GdkRGBA *fallback)
{
  GdkRGBA color;

  return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color) ? color
                                                                                              : *fallback;
}

/* @over on top of @under, opaque. */
static LensPlotColor
blend (const GdkRGBA *under, const GdkRGBA *over, double alpha)
{
  return (LensPlotColor){
    .red = under->red + (over->red - under->red) * alpha,
    .green = under->green + (over->green - under->green) * alpha,
    .blue = under->blue + (over->blue - under->blue) * alpha,
  };
}

static char *
dup_font_family (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return g_strdup (pango_font_description_get_family (pango_context_get_font_description (context)));
}

/* The widget's font size in pixels. */
static double
get_font_px (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double resolution = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (resolution > 0 ? resolution : 96) / 72;
}

LensPlotTheme
lens_theme_get_plot (GtkWidget *widget)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  LensPlotTheme theme = is_dark ? lens_plot_theme_dark () : lens_plot_theme_light ();
  const GdkRGBA under = { theme.background.red, theme.background.green, theme.background.blue, 1 };
  const GdkRGBA over = { theme.foreground.red, theme.foreground.green, theme.foreground.blue, 1 };
  GdkRGBA background = lens_theme_get_color (widget, "view_bg_color", &under);
  GdkRGBA foreground = lens_theme_get_color (widget, "view_fg_color", &over);

  theme.background = blend (&background, &background, 1);
  theme.foreground = blend (&background, &foreground, foreground.alpha);
  /* Larger where the person set a larger font. */
  theme.font_size *= MAX (1, get_font_px (widget) / USUAL_FONT_PX);
  return theme;
}

static LensColor
to_lens_color (const GdkRGBA *color, double alpha)
{
  return (LensColor){ color->red, color->green, color->blue, alpha };
}

LensGraphStyle
lens_theme_get_graph (GtkWidget *widget, char **font_family)
{
  LensGraphStyle style = lens_graph_style_light ();
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA black = { 0, 0, 0, 0.8 };
  const GdkRGBA blue = { 0.21, 0.52, 0.89, 1 };
  GdkRGBA background = lens_theme_get_color (widget, "view_bg_color", &white);
  GdkRGBA foreground = lens_theme_get_color (widget, "view_fg_color", &black);
  GdkRGBA accent = lens_theme_get_color (widget, "accent_color", &blue);

  *font_family = dup_font_family (widget);
  style.background = to_lens_color (&background, 1);
  style.foreground = to_lens_color (&foreground, foreground.alpha);
  style.edge = to_lens_color (&accent, 1);
  style.node_fill = to_lens_color (&background, 1);
  style.node_border = to_lens_color (&foreground, 0.3);
  style.label_background = to_lens_color (&background, 0.85);
  style.font_family = *font_family;
  style.font_size = get_font_px (widget);
  return style;
}
