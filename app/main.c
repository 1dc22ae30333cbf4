/* PacketLens: locale, application, run. */
#include "lens-application.h"
#include "lens-command-line.h"
#include "lens-memory.h"
#include "lens-text.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sys/auxv.h>

/* A program that reads what strangers wrote must not hold rights that the person who starts it does not have. */
static gboolean
has_rights_of_others (void)
{
  return getauxval (AT_SECURE) != 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (LensApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LENS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (has_rights_of_others ())
    {
      lens_text_print_error (
          _ ("PacketLens does not run with the rights of another user or group: a damaged capture could "
             "misuse them. Take them from the program with “chmod ug-s” or “setcap -r”, then start it "
             "again."));
      return LENS_EXIT_NOTHING_READ;
    }
  /* A reader that went away and a file that grew too large are errors of a write, not ends of the program. */
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);

  lens_memory_set_large_blocks_apart ();
  lens_memory_end_with_message (LENS_EXIT_NOTHING_READ);
  status = lens_command_line_check ((const char *const *) argv);
  if (status != LENS_EXIT_OK)
    return status;
  application = lens_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
