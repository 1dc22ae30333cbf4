/* Loaded into the layout helper by its test (LD_PRELOAD): at the moment when the helper first reads its request, tries what
 * an intruder would, and says on standard error what the system answered. Then the helper goes on.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef size_t (*ReadFunc) (void *, size_t, size_t, FILE *);

static ReadFunc real_fread;

size_t fread (void *restrict buffer, size_t size, size_t n, FILE *restrict stream);

__attribute__ ((constructor)) static void
find_real_fread (void)
{
  void *found = dlsym (RTLD_NEXT, "fread");

  /* ISO C has no way from an object's address to a function's. */
  memcpy (&real_fread, &found, sizeof real_fread);
}

/* Standard error has no buffer: this needs nothing but write(). */
static void
report (const char *what, long result)
{
  dprintf (STDERR_FILENO, "%s %s\n", what, result < 0 ? strerror (errno) : "DONE");
}

static long
make_memory_a_program (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory == MAP_FAILED ? 0 : mprotect (memory, 4096, PROT_READ | PROT_EXEC);
}

static void
try_everything (void)
{
  static char *const nothing[] = { NULL };

  report ("socket-inet", socket (AF_INET, SOCK_STREAM, 0));
  report ("socket-unix", socket (AF_UNIX, SOCK_STREAM, 0));
  report ("read-file", open ("/etc/passwd", O_RDONLY));
  report ("write-file", open ("/tmp/packetlens-intruder", O_WRONLY | O_CREAT, 0600));
  report ("duplicate", dup (STDOUT_FILENO));
  report ("process", syscall (SYS_clone, 17 /* SIGCHLD */, 0, 0, 0, 0));
  report ("program", execve ("/bin/true", nothing, nothing));
  report ("kill-parent", syscall (SYS_kill, getppid (), 0));
  report ("trace-parent", syscall (SYS_ptrace, 16 /* PTRACE_ATTACH */, getppid (), 0, 0));
  report ("memory-as-program", make_memory_a_program ());
  report ("raise-limits", syscall (SYS_prlimit64, 0, 7 /* RLIMIT_NOFILE */, NULL, NULL));
}

size_t
fread (void *restrict buffer, size_t size, size_t n, FILE *restrict stream)
{
  static int has_tried = 0;

  /* Graphviz reads its own configuration before. */
  if (stream == stdin && !has_tried)
    {
      has_tried = 1;
      try_everything ();
    }
  return real_fread (buffer, size, n, stream);
}
