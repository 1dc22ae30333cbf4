#!/usr/bin/python3
"""run_tests.py PROGRAM TEST_FILE [TEST]: runs the tests of a file, each with an X server and a session bus of its own. TAP.

A test is a function test_...(lens); lens is a Stage. What went wrong is left as a picture and a log in the folder
LENS_TEST_OUTPUT (here: the current one).

A test that fails is tried once more: a window, a pointer and a bus have their bad moments on a busy machine. What it said the first
time is kept and named at the end of tests/run either way: a test that needs its second try has met a fault, its own or the
program's.

Styles and sizes of windows are dealt out to the tests of a file in turn: a file of four tests has all combinations. LENS_TEST_STYLE
(light, dark) and LENS_TEST_SIZE (900x600) force one.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(os.path.dirname(HERE), "captures")
TEST_TIME_LIMIT_S = 300
# How long the widgets are listed of a window that failed: each is asked for its inside.
EVIDENCE_TIME_LIMIT_S = 20
SCREEN = "1400x950x24"
# Of a test that failed first, whatever came of it then; tests/count-results.py looks for it.
SECOND_TRY = ", at the second try"
STYLES = ("light", "dark")
SIZES = ((1280, 800), (900, 600))
# What a window has by itself: nothing needs to be done.
DEFAULT_SIZE = (1280, 800)


def load(path):
    sys.path.insert(0, HERE)
    spec = importlib.util.spec_from_file_location("test_file", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_names(path):
    """Without importing it: AT-SPI would be started outside of a test's own bus."""
    with open(path, encoding="utf-8") as file:
        return [line[4:line.index("(")] for line in file if line.startswith("def test_")]


def dealt_out(path, name):
    """The style and size of a test."""
    file = os.path.basename(path)
    names = test_names(path)
    # Where a file begins depends on its name: else all would begin with the same. What only takes pictures chooses itself.
    number = (names.index(name) if name in names else 0) + zlib.crc32(file.encode())
    style = os.environ.get("LENS_TEST_STYLE") or STYLES[number // len(SIZES) % len(STYLES)]
    size = os.environ.get("LENS_TEST_SIZE")
    return style, tuple(map(int, size.split("x"))) if size else SIZES[number % len(SIZES)]


class Stage:
    """What a test is given: a folder of its own, and windows that are closed (and must end well) when it is done. A test that is about
    a style or a size of window starts with that one; all others have what was dealt out to them."""

    def __init__(self, program, folder, style, size):
        self.program = program
        self.folder = folder
        self.style = style
        self.size = size
        self.windows = []

    def start(self, *arguments, style=None, size=None, environment=None, **options):
        from lens_window import Window

        log_path = os.path.join(self.folder, f"packetlens-{len(self.windows)}.log")
        values = {"ADW_DEBUG_COLOR_SCHEME": f"prefer-{style or self.style}", **(environment or {})}
        window = Window(self.program, arguments, log_path, environment=values, **options)
        self.windows.append(window)
        size = size or self.size
        if size != DEFAULT_SIZE:
            window.resize(*size)
        return window

    def start_ring(self, **options):
        """A window with the test capture, laid out and ready."""
        window = self.start(self.capture("ring.pcap"), **options)
        window.label("9,907 of 9,907 packets, 100.0 %")
        window.button("192.168.24.221")
        return window

    @staticmethod
    def capture(name):
        return os.path.join(CAPTURES, name)

    def path(self, name):
        return os.path.join(self.folder, name)

    def program_file(self, name, text):
        """A script in the test's folder that can be run."""
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)
        return path


def save_evidence(stage, name):
    output = os.environ.get("LENS_TEST_OUTPUT", ".")
    os.makedirs(output, exist_ok=True)
    picture = os.path.join(output, f"{name}.png")
    subprocess.run(["import", "-window", "root", picture], check=False, timeout=60)
    print(f"picture: {picture}", file=sys.stderr)
    end = time.monotonic() + EVIDENCE_TIME_LIMIT_S
    for window in stage.windows:
        print(f"PacketLens said:\n{window.log()}", file=sys.stderr)
        with contextlib.suppress(Exception):
            for toplevel in window.toplevels:
                for widget in toplevel.walk():
                    if time.monotonic() > end:
                        raise TimeoutError
                    if widget.is_showing and widget.name:
                        print(f"  {widget.role} {widget.name!r} {widget.extents}", file=sys.stderr)


def run_one(program, path, name):
    """In the process of one test."""
    folder = tempfile.mkdtemp(prefix="lens-ui-")
    stage = Stage(program, folder, *dealt_out(path, name))
    print(f"a {stage.style} window, {stage.size[0]} x {stage.size[1]}")
    try:
        getattr(load(path), name)(stage)
        for window in stage.windows:
            if window.process.poll() is None:
                window.close()
        return 0
    except Exception:
        traceback.print_exc()
        save_evidence(stage, name)
        return 1
    finally:
        for window in stage.windows:
            window.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def x_server():
    read_end, write_end = os.pipe()
    # -noreset: by default the server begins anew, and drops who is just coming, whenever its last client goes.
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), "-screen", "0", SCREEN, "-nolisten", "tcp",
                               "-noreset"], pass_fds=[write_end], stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as reader:
        number = reader.readline().strip()
    try:
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def test_environment(display, home):
    """Nothing of the person's own: no settings, no theme, no other display or bus."""
    unwanted = ("WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "GTK_THEME",
                "ADW_DEBUG_COLOR_SCHEME", "LD_PRELOAD")
    values = {name: value for name, value in os.environ.items() if name not in unwanted}
    runtime = os.path.join(home, "runtime")
    os.mkdir(runtime, 0o700)
    values.update(DISPLAY=display, HOME=home, XDG_RUNTIME_DIR=runtime, LC_ALL="C.UTF-8", TZ="UTC", NO_AT_BRIDGE="0",
                  XDG_CONFIG_HOME=os.path.join(home, "config"), XDG_DATA_HOME=os.path.join(home, "data"),
                  XDG_CACHE_HOME=os.path.join(home, "cache"))
    return values


def run_apart(program, path, name):
    """The exit code of a test in a process, X server, bus and home of its own, and what it said."""
    home = tempfile.mkdtemp(prefix="lens-ui-home-")
    try:
        with x_server() as display:
            done = subprocess.run(
                ["dbus-run-session", "--", sys.executable, os.path.abspath(__file__), program, path, name],
                env=test_environment(display, home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                errors="replace", check=False, timeout=TEST_TIME_LIMIT_S)
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired as timeout:
        return 1, f"took longer than {timeout.timeout} s\n{timeout.stdout or ''}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def run_all(program, path):
    names = test_names(path)
    print(f"1..{len(names)}", flush=True)
    n_failed = 0
    for number, name in enumerate(names, 1):
        start = time.monotonic()
        status, said = run_apart(program, path, name)
        said_first = said if status != 0 else ""
        if status != 0:
            status, said = run_apart(program, path, name)
        took = time.monotonic() - start
        print(f"{'ok' if status == 0 else 'not ok'} {number} {name} # {took:.1f} s{SECOND_TRY if said_first else ''}", flush=True)
        n_failed += status != 0
        for line in said_first.splitlines():
            print(f"# {line}", flush=True)
    return 1 if n_failed else 0


if __name__ == "__main__":
    PROGRAM, TEST_FILE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    if len(sys.argv) > 3:
        sys.exit(run_one(PROGRAM, TEST_FILE, sys.argv[3]))
    sys.exit(run_all(PROGRAM, TEST_FILE))
