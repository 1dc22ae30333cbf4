/* bench-run SECONDS MEGABYTES COMMAND [ARGUMENT...]: runs a program, its standard output thrown away, and prints how long it took, the
 * most memory it had and how it ended, as a line of JSON. It is ended after SECONDS, and gets no more than MEGABYTES of addresses.
 *
 * Small on purpose, and without GLib: what a process has before it becomes the program counts as the program's memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Of the child, for the handler of the alarm, which is given nothing. */
static volatile sig_atomic_t child_group = 0;
static volatile sig_atomic_t is_late = 0;

static void
end_child (int number)
{
  is_late = 1;
  kill (-(pid_t) child_group, SIGKILL);
}

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static _Noreturn void
become_program (char **argv, rlim_t megabytes)
{
  struct rlimit limit = { megabytes * 1000000, megabytes * 1000000 };
  int null = open ("/dev/null", O_WRONLY);

  setpgid (0, 0);
  if (null < 0 || dup2 (null, STDOUT_FILENO) < 0 || setrlimit (RLIMIT_AS, &limit) != 0)
    _exit (126);
  execvp (argv[0], argv);
  fprintf (stderr, "%s: %s\n", argv[0], strerror (errno));
  _exit (127);
}

int
main (int argc, char **argv)
{
  struct sigaction action = { .sa_handler = end_child, .sa_flags = SA_RESTART };
  unsigned int most_seconds = argc > 3 ? (unsigned int) strtoul (argv[1], NULL, 10) : 0;
  rlim_t megabytes = argc > 3 ? strtoul (argv[2], NULL, 10) : 0;
  struct rusage usage;
  double start;
  double seconds;
  pid_t child;
  int status;

  if (most_seconds == 0 || megabytes == 0)
    {
      fprintf (stderr, "bench-run SECONDS MEGABYTES COMMAND [ARGUMENT...]\n");
      return 2;
    }
  start = get_seconds ();
  child = fork ();
  if (child == 0)
    become_program (argv + 3, megabytes);
  if (child < 0)
    {
      perror ("fork");
      return 1;
    }
  setpgid (child, child); /* whoever comes first */
  child_group = child;
  sigaction (SIGALRM, &action, NULL);
  alarm (most_seconds);
  if (wait4 (child, &status, 0, &usage) < 0)
    {
      perror ("wait4");
      return 1;
    }
  seconds = get_seconds () - start;
  printf ("{ \"seconds\": %.3f, \"peak_kb\": %ld, \"status\": %d, \"is_late\": %s }\n", seconds,
          usage.ru_maxrss, WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status),
          is_late ? "true" : "false");
  return 0;
}
