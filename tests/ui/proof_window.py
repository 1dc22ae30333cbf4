"""A window whose figures are proven: goes through its pages, reads their tables, and says what is selected."""

import json
import os
import re
import subprocess
import sys
import time

from lens_window import Widget, click_at, wait_for, xdotool
from proof_captures import pcap, read_packets, read_pcap, write
from test_filter import open_form, tell_form

SIZE = ("--size", "417")
# Kinds of filter in the form.
HOST, PAIR, PORT, PROTOCOL, FLOW, LAYER, TIME = range(7)


def summarize(lens, path, *options):
    done = subprocess.run([lens.program, "--summary", *SIZE, *options, path], stdout=subprocess.PIPE, timeout=60,
                          check=True)
    return json.loads(done.stdout)


def shared_captures():
    """The folder of captures of other programs' makers, or None, which is said."""
    folder = os.environ.get("LENS_SHARED_CAPTURES") or os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "../../../shared/captures")
    if os.path.isdir(folder):
        return folder
    print(f"# NOT TESTED: the shared captures, there is no folder {os.path.normpath(folder)}", file=sys.stderr)
    return None


# Figures as the window words them


def figure(number):
    return f"{number:,}"


def share(part, whole):
    return f"{100 * part / whole:.1f} %"


def size_text(size):
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    units, value = "kMGT", size / 1000
    while value >= 999.5:
        units, value = units[1:], value / 1000
    return f"{value:.{2 if value < 9.995 else 1 if value < 99.95 else 0}f} {units[0]}B"


def duration(ns):
    seconds = round(ns / 1e9)
    if ns < 1:
        return "0 s"
    if ns < 1000:
        return f"{int(ns)} ns"
    for limit, unit, length in ((999500, "µs", 1e3), (999500000, "ms", 1e6), (59500000000, "s", 1e9)):
        if ns < limit:
            return f"{ns / length:.3g} {unit}"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    if seconds < 86400:
        return f"{seconds // 3600} h {seconds // 60 % 60} min"
    return f"{seconds // 86400} d {seconds // 3600 % 24} h"


def clock(ns, decimals):
    """A time of the day."""
    seconds = ns // 10**9
    text = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{ns % 10**9:09}"[:9 + decimals] if decimals else text


def step_decimals(length_ns):
    """As many as the longest of 1, 2, 5 times a power of ten that is no longer needs."""
    step = max(mantissa * 10**power for power in range(18) for mantissa in (1, 2, 5) if mantissa * 10**power <= length_ns)
    return next(decimals for decimals in range(10) if step % 10**(9 - decimals) == 0)


def plural(number, one):
    return f"{number:,} {one}{'' if number == 1 else 's'}"


class Reader:
    """Goes from page to page of a window and reads their tables, and what is said below the titles of their charts.

    details: by chart: a pattern of what follows there behind the share of the packets and the filter, of the rows and what is selected."""

    def __init__(self, window, checks, details):
        self.window = window
        self.checks = checks
        self.details = details
        self.subtitles = {}
        window.find(("page tab",), "Packets").wait_until_still()
        widgets = list(window.toplevels[0].walk())
        self.origin = window.origin_of(window.toplevels[0])
        self.tabs = {widget.name: widget for widget in widgets if widget.role == "page tab"}
        buttons = {widget.name: widget for widget in widgets if widget.role in ("toggle button", "push button")}
        self.cards = {}
        for page, charts in checks.items():
            self.go(page)
            for chart in charts:
                self.show_table(chart, buttons[f"Show “{chart}” as a table"])

    def show_table(self, chart, toggle):
        """In the card that the button is in."""
        def press():
            # On a page that isn't there yet it does nothing; where it did something, that takes a moment to be told.
            toggle.accessible.get_action_iface().do_action(0)
            end = time.monotonic() + 3
            while not toggle.is_pressed and time.monotonic() < end:
                time.sleep(0.02)
            return toggle.is_pressed

        wait_for(press, f"“{toggle.name}” to be pressed")
        around = toggle
        for _ in range(5):
            around = Widget(toggle.window, around.accessible.get_parent())
            if any(widget.role == "tree table" for widget in around.walk()):
                self.cards[chart] = around
                # Above it: the title, then the subtitle.
                self.subtitles[chart] = [widget for widget in around.walk() if widget.role == "label"][1]
                return
        raise AssertionError(f"no table beside “{toggle.name}”")

    def table(self, chart):
        """Other figures may be in another table."""
        return wait_for(lambda: next((widget for widget in self.cards[chart].walk() if widget.role == "tree table"), None), chart)

    def go(self, page):
        # Where the filter takes more rows, they are further down.
        x, y, width, height = self.tabs[page].extents
        click_at(self.origin[0] + x + width // 2, self.origin[1] + y + height // 2)

    @staticmethod
    def body(table):
        return list(table.children)[-1]

    def rows(self, table):
        """What each row says, column by column."""
        return [self.cells(row) for row in self.body(table).children]

    @staticmethod
    def cells(row):
        cells = [row.accessible.get_child_at_index(i) for i in range(row.accessible.get_child_count())]
        return [cell.get_child_at_index(0).get_name() if cell.get_child_count() else "" for cell in cells]

    def says(self, chart, selected, details):
        """Whether a chart's subtitle is right."""
        pattern = re.escape(selected["share"]) + ("( · .+)?" if selected["is_filtered"] else "") + details
        return re.fullmatch(pattern, self.subtitles[chart].name)

    def expect(self, page, selected):
        """Waits until all tables of a page, and the subtitles of their charts, say what they must of what is selected."""
        wrong = []

        def is_right():
            wrong.clear()
            for chart, check in self.checks[page].items():
                rows = self.rows(self.table(chart))
                details = self.details[chart](rows, selected) if chart in self.details else ".*"
                if not check(rows, selected) or not self.says(chart, selected, details):
                    wrong.append((chart, self.subtitles[chart].name, details, rows))
            return not wrong

        self.go(page)
        try:
            wait_for(is_right, page)
        except AssertionError as error:
            figures = json.dumps({key: value for key, value in selected.items() if key != "packets"})
            raise AssertionError(f"{error}: {wrong}\nbut what is selected is {figures[:20000]}") from None


def remember(settings):
    """charts: {id: {key: number}}, as if they had been set when the program ran before."""
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "packetlens", "charts.ini")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        for chart, values in settings.items():
            file.write(f"[{chart}]\n" + "".join(f"{key}={value}\n" for key, value in values.items()))


class Case:
    """A capture in a window, and the same packets for tcpdump.

    checks: by page, by chart: whether what the table of the chart says, row by row, is right of what is selected: the summary, and
    in it "packets", as they are read here, in the order of time, and "filtered_host". details: see Reader. settings: of charts,
    as they are remembered."""

    def __init__(self, lens, name, packets, checks, *, details=None, settings=None, link=1, is_nano=False, snap=65535):
        self.lens = lens
        self.packets = packets
        self.how = {"link": link, "is_nano": is_nano, "snap": snap}
        self.path = write(lens, name, pcap(packets, **self.how))
        self.plain = write(lens, "plain.pcap", pcap(packets, **self.how))
        self.read = read_packets(packets, **self.how)
        self.whole = summarize(lens, self.path)
        if settings:
            remember(settings)
        self.window = lens.start(*SIZE, self.path)
        self.window.label(self.share(len(packets)))
        self.reader = Reader(self.window, checks, details or {})

    def share(self, n):
        return f"{n:,} of {len(self.packets):,} packets, {100 * n / len(self.packets):.1f} %"

    def pick(self, expression):
        """Which packets tcpdump picks, by their places in the file."""
        done = subprocess.run(["tcpdump", "-n", "-r", self.plain, "--time-stamp-precision=nano", "-w", self.lens.path("picked"),
                               expression], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=60)
        assert done.returncode == 0
        picked = list(read_pcap(self.lens.path("picked"), True))
        places, at = [], 0
        for time_ns, captured, wire in picked:
            unit = 1 if self.how["is_nano"] else 1000
            while (self.packets[at][0] // unit * unit, self.packets[at][1][:self.how["snap"]], self.packets[at][2]) \
                    != (time_ns, captured, wire):
                at += 1
            places.append(at)
            at += 1
        return places

    def expect(self, expression, first_ns=None, last_ns=None):
        """All pages, for the packets that an expression picks, and of these perhaps those of a span of time."""
        places = self.pick(expression)
        if first_ns is None:
            summary = summarize(self.lens, self.path, *(["--filter", expression] if expression else []))
        else:
            places = [place for place in places if first_ns <= self.packets[place][0] // 1000 * 1000 <= last_ns]
            part = write(self.lens, "part.pcap", pcap([self.packets[place] for place in places], **self.how))
            summary = summarize(self.lens, part)
        assert summary["layers"]["all"] == len(places) > 0
        hosts = re.findall(r"^ip6? host (\S+)", expression) if expression.count("host") == 1 else []
        summary["filtered_host"] = hosts[0] if hosts else None
        summary["share"] = self.share(len(places))
        summary["is_filtered"] = bool(expression) or first_ns is not None
        summary["packets"] = sorted((self.read[place] for place in places), key=lambda packet: (packet.time_ns, packet.number))
        xdotool("mousemove", 860, 70)  # away from what has a tooltip
        self.window.label(summary["share"])
        for page in self.reader.checks:
            self.reader.expect(page, summary)
        print(f"{os.path.basename(self.path)}: {self.share(len(places))}: {expression} {first_ns or ''}", file=sys.stderr)
        return summary

    def fill_in(self, kind, *texts, last_keys=("Return",)):
        """A filter in the form; what is filtered by so far goes first."""
        open_form(self.window, kind)
        tell_form(self.window, *texts)
        self.window.key(*last_keys)

    def clear(self):
        self.window.key("Escape")
        self.window.label(self.share(len(self.packets)))

    def type_bpf(self, expression):
        self.window.key("ctrl+l")
        time.sleep(0.6)
        self.window.type(expression)
        self.window.key("Return")
