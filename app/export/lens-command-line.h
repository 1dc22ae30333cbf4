/* The command line: its options, and what they ask for. No display, no D-Bus, no GTK. Main thread.
 *
 * The application registers lens_command_line_get_entries() with g_application_add_main_option_entries() and answers
 * GApplication::handle-local-options with lens_command_line_handle(). The file names are among the options
 * (G_OPTION_REMAINING), so GApplication sees no arguments of its own: when a window is wanted, the application takes
 * them with lens_command_line_get_files() and opens them.
 */
#pragma once

#include "lens-batch.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What lens_command_line_handle() returns when nothing is to be done without a window, as handle-local-options does. */
#define LENS_COMMAND_LINE_WINDOW (-1)

/* The option table (transfer none), ended by an empty entry. */
const GOptionEntry *lens_command_line_get_entries (void);

/* The words after the options in --help: "[FILE…]", and a line on what the program does. (transfer none), translated. */
const char *lens_command_line_get_parameter_text (void);
const char *lens_command_line_get_summary_text (void);

/* Looks at all of @arguments (with the program's name; (transfer none)) before GApplication does, which has one exit code
 * for everything: LENS_EXIT_OK, or LENS_EXIT_USAGE after saying on standard error what is wrong. */
int lens_command_line_check (const char *const *arguments);

/* Does what @options ask for and returns the exit code (LensExit): --version, --summary, --report. Wrong usage is said on
 * standard error. LENS_COMMAND_LINE_WINDOW: a window is wanted, and what goes with it was found right. */
int lens_command_line_handle (GVariantDict *options);

/* The job that @options ask for; FALSE with the text of what is wrong in @error (exit with LENS_EXIT_USAGE). The strings in
 * @job are borrowed from @options, and @job->capture_paths is @files, which are the caller's (lens_command_line_get_files()). Where
 * neither print_summary nor report_path is set, a window is wanted for them, with the job's rule and ceiling. */
gboolean
lens_command_line_parse (GVariantDict *options, const char *const *files, LensBatchJob *job, GError **error);

/* The files that @options name: (transfer full) NULL-terminated, file names as typed; empty when there are none. */
char **lens_command_line_get_files (GVariantDict *options);

G_END_DECLS
