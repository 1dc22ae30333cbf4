/* PacketLens: locale, application, run. */
#include "lens-application.h"
#include "lens-command-line.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (LensApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LENS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  status = lens_command_line_check ((const char *const *) argv);
  if (status != LENS_EXIT_OK)
    return status;
  application = lens_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
