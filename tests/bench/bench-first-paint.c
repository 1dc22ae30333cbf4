/* bench-first-paint COMMAND [ARGUMENT...]: starts a program and prints the milliseconds until its first window is painted.
 *
 * Seen from outside, the same way for every program: from starting the process until the X server shows, in the topmost lines of
 * a window that was mapped, more than one colour. Then the program is ended. For an X server without a window manager that
 * shows nothing else, such as Xvfb.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_WAIT_US (60 * G_USEC_PER_SEC)
#define BETWEEN_LOOKS_US 500
#define LINES 60        /* the header bar is in them */
#define LEAST_WIDTH 200 /* helper windows of toolkits are smaller */

/* The program may destroy a window between two questions about it. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

static Window
find_window (Display *display, XWindowAttributes *attributes)
{
  Window found = None;
  Window root;
  Window parent;
  Window *children = NULL;
  unsigned int n = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n))
    return None;
  for (unsigned int i = 0; i < n && found == None; i++)
    if (XGetWindowAttributes (display, children[i], attributes) && attributes->map_state == IsViewable
        && attributes->width >= LEAST_WIDTH)
      found = children[i];
  if (children != NULL)
    XFree (children);
  return found;
}

static gboolean
has_colours (XImage *image)
{
  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++)
      if (XGetPixel (image, x, y) != XGetPixel (image, 0, 0))
        return TRUE;
  return FALSE;
}

static gboolean
is_painted (Display *display)
{
  XWindowAttributes at;
  XImage *image;
  gboolean result;

  if (find_window (display, &at) == None)
    return FALSE;
  /* Of the screen, not of the window: parts that are off the screen can't be asked for. */
  at.x = MAX (at.x, 0);
  at.y = MAX (at.y, 0);
  at.width = MIN (at.width, DisplayWidth (display, DefaultScreen (display)) - at.x);
  at.height = MIN (MIN (at.height, LINES), DisplayHeight (display, DefaultScreen (display)) - at.y);
  if (at.width < 1 || at.height < 1)
    return FALSE;
  image = XGetImage (display, DefaultRootWindow (display), at.x, at.y, (unsigned int) at.width,
                     (unsigned int) at.height, AllPlanes, ZPixmap);
  if (image == NULL)
    return FALSE;
  result = has_colours (image);
  XDestroyImage (image);
  return result;
}

/* The milliseconds from @start_us until a window is painted, or less than 0 where the program ends before or takes too long. */
static double
wait_for_paint (Display *display, pid_t child, gint64 start_us)
{
  while (!is_painted (display))
    {
      if (waitpid (child, NULL, WNOHANG) != 0 || g_get_monotonic_time () - start_us > MOST_WAIT_US)
        return -1;
      g_usleep (BETWEEN_LOOKS_US);
    }
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  XWindowAttributes attributes;
  gint64 start_us;
  double painted_ms;
  pid_t child;
  int code;

  if (argc < 2 || display == NULL)
    {
      g_printerr ("bench-first-paint COMMAND [ARGUMENT...], with a display\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);
  if (find_window (display, &attributes) != None)
    {
      g_printerr ("There is another window on this display\n");
      return 2;
    }
  start_us = g_get_monotonic_time ();
  code = posix_spawnp (&child, argv[1], NULL, NULL, argv + 1, environ);
  if (code != 0)
    {
      g_printerr ("%s: %s\n", argv[1], g_strerror (code));
      return 1;
    }
  painted_ms = wait_for_paint (display, child, start_us);
  kill (child, SIGTERM);
  waitpid (child, NULL, 0);
  XCloseDisplay (display);
  if (painted_ms < 0)
    {
      g_printerr ("%s: no window was painted\n", argv[1]);
      return 1;
    }
  g_print ("%.1f\n", painted_ms);
  return 0;
}
