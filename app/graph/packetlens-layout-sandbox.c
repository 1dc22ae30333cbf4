#include "packetlens-layout-sandbox.h"

#include <errno.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if HAVE_SECCOMP
#include <seccomp.h>
#include <sys/mman.h>
#endif

#define MAX_CPU_SECONDS 60
#define MAX_MEMORY_BYTES (1024UL * 1024 * 1024)
#define MAX_OPEN_FILES 64 /* while Graphviz loads its plugins */

/* Sanitizers reserve terabytes of addresses, and open files of /proc for their reports. */
#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

static gboolean
set_limit (int resource, rlim_t value)
{
  struct rlimit limit;

  if (getrlimit ((__rlimit_resource_t) resource, &limit) != 0)
    return FALSE;
  limit.rlim_cur = MIN (value, limit.rlim_max);
  limit.rlim_max = limit.rlim_cur;
  return setrlimit ((__rlimit_resource_t) resource, &limit) == 0;
}

static void
close_all_but_standard_streams (void)
{
#ifdef SYS_close_range
  if (syscall (SYS_close_range, STDERR_FILENO + 1, ~0U, 0) == 0)
    return;
#endif
  /* A kernel before 5.9. */
  for (int fd = STDERR_FILENO + 1; fd < (int) sysconf (_SC_OPEN_MAX) && fd < 65536; fd++)
    close (fd);
}

gboolean
layout_sandbox_set_limits (void)
{
  /* Rights of another user are never needed here. */
  if (getauxval (AT_SECURE) != 0)
    return FALSE;
  close_all_but_standard_streams ();
  return prctl (PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
         && set_limit (RLIMIT_CPU, MAX_CPU_SECONDS) && set_limit (RLIMIT_FSIZE, 0)
         && set_limit (RLIMIT_CORE, 0) && set_limit (RLIMIT_NOFILE, MAX_OPEN_FILES)
         && set_limit (RLIMIT_NPROC, 0) && (HAS_SANITIZER || set_limit (RLIMIT_AS, MAX_MEMORY_BYTES));
}

#if HAVE_SECCOMP

/* What computing, standard input and output, and ending (also by abort()) need. */
static const int allowed_calls[] = {
  SCMP_SYS (brk),          SCMP_SYS (clock_gettime),   SCMP_SYS (close),        SCMP_SYS (exit),
  SCMP_SYS (exit_group),   SCMP_SYS (fstat),           SCMP_SYS (futex),        SCMP_SYS (getpid),
  SCMP_SYS (getrandom),    SCMP_SYS (getrusage),       SCMP_SYS (gettid),       SCMP_SYS (gettimeofday),
  SCMP_SYS (lseek),        SCMP_SYS (madvise),         SCMP_SYS (mremap),       SCMP_SYS (munmap),
  SCMP_SYS (read),         SCMP_SYS (restart_syscall), SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn), SCMP_SYS (sched_yield),     SCMP_SYS (sysinfo),      SCMP_SYS (times),
  SCMP_SYS (write),        SCMP_SYS (writev),
};

/* With arguments: memory that is no program, and signals to itself. */
static gboolean
allow_with_conditions (scmp_filter_ctx filter)
{
  const struct scmp_arg_cmp not_a_program = SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  const struct scmp_arg_cmp itself = SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ());

  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, not_a_program) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, not_a_program) == 0
         && seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1, itself) == 0;
}

/* Everything else fails with EPERM, so that a library that merely looks for something goes on without it. */
static gboolean
forbid_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean is_built = filter != NULL;
  int result = -ENOMEM;

  for (gsize i = 0; i < G_N_ELEMENTS (allowed_calls) && is_built; i++)
    is_built = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed_calls[i], 0) == 0;
  is_built = is_built && allow_with_conditions (filter);
  if (is_built)
    result = seccomp_load (filter);
  if (filter != NULL)
    seccomp_release (filter);
  /* A kernel, or a container around this program, that has no filters or permits none. */
  return result == 0
         || (is_built
             && (result == -EINVAL || result == -ENOSYS || result == -EPERM || result == -ECANCELED));
}

#else

static gboolean
forbid_calls (void)
{
  return TRUE;
}

#endif

gboolean
layout_sandbox_close (void)
{
  return HAS_SANITIZER || (set_limit (RLIMIT_NOFILE, 0) && forbid_calls ());
}
