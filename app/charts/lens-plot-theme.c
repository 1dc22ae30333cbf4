#include "lens-plot.h"

#define RGB(hex)                                                                                             \
  {                                                                                                          \
    .red = ((hex) >> 16 & 0xff) / 255.0, .green = ((hex) >> 8 & 0xff) / 255.0, .blue = ((hex) &0xff) / 255.0 \
  }

/* Ten hues that also differ in lightness, so that people who see fewer hues tell them apart; made from P. Tol's and from
 * Okabe and Ito's sets, darkened to a contrast of at least 3:1 with the background. The last one is for "others". */
LensPlotTheme
lens_plot_theme_light (void)
{
  return (LensPlotTheme){
    .background = RGB (0xffffff),
    .foreground = RGB (0x2a2a2e),
    .dim = RGB (0x66666e),
    .band = RGB (0xe8b400),
    .series = { RGB (0x1c71c8), RGB (0xd55e00), RGB (0x00916a), RGB (0xaa4499), RGB (0xa87900),
                RGB (0x2b9bc9), RGB (0x7b1e3a), RGB (0x76761a), RGB (0x4b3fa8), RGB (0x85858d) },
    .font_size = 12,
  };
}

LensPlotTheme
lens_plot_theme_dark (void)
{
  return (LensPlotTheme){
    .background = RGB (0x1e1e1e),
    .foreground = RGB (0xededed),
    .dim = RGB (0xa8a8ae),
    .band = RGB (0xf2c94c),
    .series = { RGB (0x62a8e5), RGB (0xf08a3c), RGB (0x2fc295), RGB (0xd77fcb), RGB (0xe9c046),
                RGB (0x86d7f7), RGB (0xdb5a5a), RGB (0xb9b955), RGB (0xa598f0), RGB (0x9a9aa2) },
    .font_size = 12,
  };
}
