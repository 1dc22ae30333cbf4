"""PacketLens driven from outside: found over AT-SPI, used with real clicks and keys (xdotool).

One process drives one X server and one session bus of its own; run_tests.py sees to that.
"""

import contextlib
import os
import re
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The machine may be slow and shared; a wait ends as soon as what it waits for is there.
PATIENCE_S = 40
PAUSE_S = 0.05

# Widgets whose insides nobody meets on their own.
ATOMS = ("push button", "toggle button", "page tab", "combo box", "scroll bar", "spin button", "label", "image",
         "tree table", "separator", "check box", "progress bar")

COMPLAINT = re.compile(r"-(WARNING|CRITICAL|ERROR) \*\*")
# What GTK 4.8 says when AT-SPI asks for a widget that is just going away.
NO_COMPLAINT = "g_variant_is_object_path: assertion 'string != NULL' failed"


class Failure(AssertionError):
    """What a test expected and did not find."""


def wait_for(condition, what, patience_s=PATIENCE_S):
    """Returns what condition() returns once that is true; a widget may vanish while it is asked."""
    end = time.monotonic() + patience_s
    last_error = None
    while True:
        try:
            result = condition()
            if result:
                return result
        except GLib.Error as error:
            last_error = error
        if time.monotonic() > end:
            raise Failure(f"waited {patience_s} s for {what}" + (f" ({last_error.message})" if last_error else ""))
        time.sleep(PAUSE_S)


def xdotool(*arguments):
    done = subprocess.run(["xdotool", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False, timeout=60)
    return done.stdout.split() if done.returncode == 0 else []


def click_at(x, y, modifier=None):
    """On the screen."""
    xdotool("mousemove", x, y)
    time.sleep(0.1)
    if modifier:
        xdotool("keydown", modifier)
    xdotool("click", 1)
    if modifier:
        xdotool("keyup", modifier)


class Widget:
    """One accessible of the program."""

    def __init__(self, window, accessible):
        self.window = window
        self.accessible = accessible

    # A widget that is gone by the time it is asked has neither.
    @property
    def name(self):
        with contextlib.suppress(GLib.Error):
            return self.accessible.get_name() or ""
        return ""

    @property
    def role(self):
        with contextlib.suppress(GLib.Error):
            return self.accessible.get_role_name() or ""
        return ""

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def text(self):
        text = self.accessible.get_text_iface()
        return text.get_text(0, text.get_character_count()) if text else ""

    def has_state(self, state):
        return self.accessible.get_state_set().contains(state)

    @property
    def is_showing(self):
        """Whether it is what a person sees at its middle. (GTK 4.8 calls the hidden pages of a stack visible too.)"""
        component = self.accessible.get_component_iface()
        if component is None or not self.has_state(Atspi.StateType.VISIBLE):
            return False
        x, y, width, height = self.extents
        if width < 1 or height < 1:
            return False
        if self.is_seen_at(x + width // 2, y + height // 2):
            return True
        # Icons are no accessibles of their own: a button with one is met in its padding, beside the content, or, where that
        # is too narrow, told by the box it is in.
        if self.is_seen_at(x - 2, y + height // 2):
            return True
        box = Widget(self.window, self.accessible.get_parent())
        if box.role != "panel" or self.role not in ("push button", "toggle button") or self._find_clip():
            return False
        x, y, width, height = box.extents
        return box.is_seen_at(x + width // 2, y + height // 2)

    def is_seen_at(self, x, y):
        # GTK answers only with what has been asked for before: make that all of this widget's inside.
        for _ in self.inside():
            pass
        return self.has_at(x, y)

    def has_at(self, x, y):
        """Whether what is known of its inside is to be seen there."""
        top = self.toplevel().accessible
        seen = top.get_component_iface().get_accessible_at_point(x, y, Atspi.CoordType.WINDOW)
        while seen is not None and seen != top:
            if seen == self.accessible:
                return True
            seen = seen.get_parent()
        return False

    @property
    def is_sensitive(self):
        return self.has_state(Atspi.StateType.SENSITIVE)

    @property
    def is_focused(self):
        return self.has_state(Atspi.StateType.FOCUSED)

    @property
    def is_pressed(self):
        return self.has_state(Atspi.StateType.PRESSED)

    @property
    def extents(self):
        """x, y, width, height in its window. (Asking for the desktop's would make GTK warn.)"""
        component = self.accessible.get_component_iface()
        if component is None:  # something without a place: a stack's page
            return 0, 0, 0, 0
        rect = component.get_extents(Atspi.CoordType.WINDOW)
        return rect.x, rect.y, rect.width, rect.height

    def pixels(self, kind):
        """What is on the screen where it is, from left to right and down: a byte a pixel ("gray"), or three ("rgb")."""
        left, top = self.window.origin_of(self.toplevel())
        x, y, width, height = self.extents
        return subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+{left + x}+{top + y}", "-depth", "8",
                               f"{kind}:-"], stdout=subprocess.PIPE, check=True, timeout=60).stdout

    @property
    def children(self):
        for i in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(i)
            if child is not None:
                yield Widget(self.window, child)

    def inside(self):
        for child in self.children:
            yield child
            yield from child.inside()

    def walk(self):
        """It and what is in it, but not the inside of what counts as one thing."""
        yield self
        if self.role not in ATOMS:
            for child in self.children:
                yield from child.walk()

    def toplevel(self):
        accessible = self.accessible
        while accessible.get_parent() is not None and accessible.get_parent().get_role() != Atspi.Role.APPLICATION:
            accessible = accessible.get_parent()
        return Widget(self.window, accessible)

    def middle(self):
        """On the screen."""
        left, top = self.window.origin_of(self.toplevel())
        x, y, width, height = self.extents
        return left + x + width // 2, top + y + height // 2

    def _find_clip(self):
        """The first of the boxes around it that its middle is outside of, or None."""
        x, y, width, height = self.extents
        x, y = x + width // 2, y + height // 2
        box = Widget(self.window, self.accessible.get_parent())
        while box.accessible.get_parent() is not None and box.accessible.get_parent().get_role() != Atspi.Role.APPLICATION:
            left, top, box_width, box_height = box.extents
            if box_width > 0 and box_height > 0 and not (left <= x < left + box_width and top <= y < top + box_height):
                return box
            box = Widget(self.window, box.accessible.get_parent())
        return None

    def scroll_towards(self):
        """Turns the wheel over what clips it, as a person would in a small window; nothing where it is hidden otherwise."""
        x, y, width, height = self.extents
        x, y = x + width // 2, y + height // 2
        box = self._find_clip()
        if box is None:
            return
        left, top, box_width, box_height = box.extents
        # Beside the charts: over them the wheel zooms.
        at_x, at_y = left + box_width - 5, top + box_height // 2
        if not any(box.has_at(left + box_width // 2, top + box_height * part // 4) for part in (1, 2, 3)):
            return
        if top <= y < top + box_height:
            at_x = left + box_width // 2  # over a scroll bar that goes down it does nothing
            button, length, beyond = (7, box_width, x - left - box_width) if x >= left + box_width else (6, box_width, left - x)
        else:
            button, length, beyond = (5, box_height, y - top - box_height) if y >= top + box_height else (4, box_height, top - y)
        # GTK moves by so much at a turn.
        turns = max(1, int(beyond / length ** (2 / 3)))
        origin = self.window.origin_of(self.toplevel())
        xdotool("mousemove", origin[0] + at_x, origin[1] + at_y, "click", "--repeat", turns, "--delay", 20, button)
        time.sleep(0.15)

    def _is_ready(self):
        if self.is_showing:
            return self.is_sensitive
        self.scroll_towards()
        return False

    def bring_into_view(self):
        """With the wheel."""
        wait_for(lambda: self.is_showing or self.scroll_towards(), f"“{self.name}” to be seen")
        self.wait_until_still()

    def bring_inside(self):
        """The same for what AT-SPI does not find at a point."""
        wait_for(lambda: not self._find_clip() or self.scroll_towards(), f"“{self.name}” to be inside")
        self.wait_until_still()

    def click(self, *, modifier=None):
        """A real click in its middle, once it is there and stands still; see Window.find()."""
        wait_for(self._is_ready, f"“{self.name}” to be ready for a click")
        self.wait_until_still()
        click_at(*self.middle(), modifier)

    def drag(self, dx, dy):
        self.wait_until_still()
        x, y = self.middle()
        xdotool("mousemove", x, y, "mousedown", 1)
        for step in range(1, 11):
            xdotool("mousemove", x + dx * step // 10, y + dy * step // 10)
            time.sleep(0.02)
        xdotool("mouseup", 1)

    def wait_until_still(self):
        seen = [None, None]

        def still():
            seen.append(self.extents)
            return seen[-1] == seen[-2] == seen[-3]

        wait_for(still, f"“{self.name}” to stand still")


class Window:
    """A running PacketLens and its windows."""

    def __init__(self, program, arguments, log_path, environment=None, command_prefix=(), preexec=None,
                 stdin=subprocess.DEVNULL):
        values = dict(os.environ, GTK_A11Y="atspi", GSK_RENDERER="cairo", GSETTINGS_BACKEND="memory", GDK_SCALE="1",
                      GDK_BACKEND="x11", LC_ALL="C.UTF-8", TZ="UTC")
        values.update(environment or {})
        self.log_path = log_path
        with open(log_path, "wb") as log:
            # restore_signals: a test that limits the size of files needs SIGXFSZ to stay ignored.
            self.process = subprocess.Popen([*command_prefix, program, *arguments], env=values, stdout=log, stderr=log,
                                            stdin=stdin, preexec_fn=preexec, restore_signals=False)
        self.application = wait_for(self._find_application, "PacketLens to be there for AT-SPI")

    def _find_application(self):
        if self.process.poll() is not None:
            raise Failure(f"PacketLens ended with {self.process.returncode} before there was a window")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        return None

    @property
    def toplevels(self):
        return list(Widget(self, self.application).children)

    def _x_window_of(self, toplevel):
        """Number and place of the X window of an accessible window: told by its title, else by its size."""
        _, _, width, height = toplevel.extents
        best = None
        for number in xdotool("search", "--onlyvisible", "--pid", self.process.pid):
            geometry = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", number) if "=" in line)
            if not geometry:
                continue
            title = " ".join(xdotool("getwindowname", number))
            error = (title != toplevel.name, abs(int(geometry["WIDTH"]) - width) + abs(int(geometry["HEIGHT"]) - height))
            if best is None or error < best[0]:
                best = (error, number, int(geometry["X"]), int(geometry["Y"]))
        if best is None:
            raise Failure(f"“{toplevel.name}” has no window on the screen")
        return best[1:]

    def origin_of(self, toplevel):
        return self._x_window_of(toplevel)[1:]

    def focus(self, toplevel):
        """Gives it the keys, as a window manager would."""
        xdotool("windowfocus", "--sync", self._x_window_of(toplevel)[0])

    def resize(self, width, height):
        def find():
            try:
                return self._x_window_of(self.toplevels[0])[0]
            except (IndexError, Failure):
                self.check_lives()
                return None

        xdotool("windowsize", "--sync", wait_for(find, "a window to be on the screen"), width, height)

    def dialog(self, title):
        """The window of that title, with the keys."""
        found = wait_for(lambda: next((top for top in self.toplevels if top.name == title), None), f"dialog {title!r}")
        wait_for(lambda: found.extents[2] > 1, f"dialog {title!r} to be on the screen")
        self.focus(found)
        return found

    def wait_dialog_gone(self, number):
        """By its X window: a widget that is going away is better not asked about."""
        wait_for(lambda: number not in xdotool("search", "--onlyvisible", "--pid", self.process.pid),
                 "the dialog to go away")
        self.focus(self.toplevels[0])

    def dismiss(self, widget):
        """Escape, in the dialog that the widget is in."""
        dialog = widget.toplevel()
        number = self._x_window_of(dialog)[0]
        self.focus(dialog)
        self.key("Escape")
        self.wait_dialog_gone(number)

    def choose_file(self, title, path, replaces=False):
        """Types a path into GTK's file dialog, which asks where there is such a file."""
        number = self._x_window_of(self.dialog(title))[0]
        if title.startswith("Open"):
            self.key("ctrl+l")
        self.key("ctrl+a")
        self.type(path)
        wait_for(lambda: any(widget.text == path for widget in self._entries()), f"{path} in the dialog")
        time.sleep(0.3)
        self.key("Return")
        if replaces:
            self.focus(self.find(("label",), re.compile("already exists"), showing=False).toplevel())
            self.key("alt+r")
        self.wait_dialog_gone(number)

    def _entries(self):
        for toplevel in self.toplevels[1:]:
            for widget in toplevel.inside():
                if widget.role in ("text", "entry"):
                    yield widget

    # What there is

    def all(self, role, name, showing=True):
        """The widgets of that role whose name is, or matches the pattern, name."""
        self.check_lives()
        for toplevel in reversed(self.toplevels):
            for widget in toplevel.walk():
                found = widget.name
                if (name.search(found) if hasattr(name, "search") else found == name) and widget.role in role \
                        and (not showing or widget.is_showing):
                    yield widget

    def find(self, role, name, showing=True):
        """The first one. Where it has to be seen and is not in view, it is scrolled to."""
        def seen():
            hidden = None
            for widget in self.all(role, name, showing=False):
                if not showing or widget.is_showing:
                    return widget
                hidden = hidden or widget
            if hidden:
                hidden.scroll_towards()
            return None

        return wait_for(seen, f"{role} {getattr(name, 'pattern', name)!r}")

    def button(self, name, showing=True):
        """A button that can be pressed or stays pressed."""
        return self.find(("push button", "toggle button"), name, showing)

    def label(self, name):
        return self.find(("label",), name)

    def toast(self, text):
        """Until it is said. Only where that is done is looked, since what is said is gone after five seconds."""
        def is_said():
            self.check_lives()
            parts = [part for toplevel in self.toplevels for part in toplevel.children]
            overlays = parts + [overlay for part in parts for overlay in part.children]
            toasts = (child for overlay in overlays for child in overlay.children if child.name == "AdwToastWidget")
            return any(label.name == text for toast in toasts for label in toast.inside())

        wait_for(is_said, f"toast {text!r}")

    def has_label(self, name):
        return next(self.all(("label",), name), None) is not None

    def wait_no_label(self, name):
        wait_for(lambda: not self.has_label(name), f"label {name!r} to go away")

    def read_down(self, title, names):
        """Goes down in the window of that title until each of the labels was to be seen: rows of a list are made when they
        are looked at. Every place is read once, for all of them."""
        top = self.dialog(title)
        left, upper = self.origin_of(top)
        _, _, width, height = top.extents
        missing = list(names)
        for _ in range(50):
            self.check_lives()
            shown = self._read_labels(top, missing)
            missing = [name for name in missing if name not in shown]
            if not missing:
                return
            # Less than the window shows, so that nothing is passed over.
            xdotool("mousemove", left + width // 2, upper + height // 2, "click", "--repeat", 2, "--delay", 20, 5)
            time.sleep(0.1)
        raise Failure(f"not in “{title}”: {missing!r}")

    @staticmethod
    def _read_labels(top, names):
        """Those of the names that a label has that is to be seen."""
        shown = []
        try:
            for widget in top.walk():
                found = widget.name
                matching = [name for name in names
                            if (name.search(found) if hasattr(name, "search") else found == name)]
                if matching and widget.role == "label" and widget.is_showing:
                    shown += matching
        except GLib.Error:
            pass  # a row went away while it was asked: what is still missing is looked for again
        return shown

    def image(self, name):
        return self.find(("image",), name)

    # Keys

    def key(self, *keys):
        for key in keys:
            xdotool("key", "--clearmodifiers", key)
            time.sleep(0.05)

    def type(self, text):
        xdotool("type", "--delay", 15, text)

    # Its life

    def check_lives(self):
        if self.process.poll() is not None:
            raise Failure(f"PacketLens ended by itself with {self.process.returncode}:\n{self.log()}")

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return log.read()

    def close(self):
        """Ends it with Ctrl+Q as people do; it must go without a complaint."""
        self.check_lives()
        self.key("ctrl+q")
        try:
            status = self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired as timeout:
            raise Failure("Ctrl+Q did not end PacketLens") from timeout
        if status != 0:
            raise Failure(f"PacketLens ended with {status}:\n{self.log()}")
        complaints = [line for line in self.log().splitlines()
                      if COMPLAINT.search(line) and NO_COMPLAINT not in line]
        if complaints:
            raise Failure("PacketLens complained:\n" + "\n".join(complaints))

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
