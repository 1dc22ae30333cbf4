"""What is set of a chart: its series, the intervals, the scale, how many by name; and the legend that hides series."""

import collections
import os
import re
import subprocess
import time

import reference
from lens_window import click_at, wait_for, xdotool

TOP_SOURCE = "Payload sizes over time from the top source"
SERIES = [f"Show {address}" for address in ("18.197.187.162", "3.213.247.79", "52.87.138.226", "34.196.207.230",
                                            "52.20.55.110", "192.168.24.1", "213.239.239.166")]


def page(window, name):
    window.find(("page tab",), name).click()


def choose(window, combo, entry):
    """The entry of that number, with the keys."""
    box = window.find(("combo box",), combo)

    def is_open():
        return any(inner.role == "push button" and inner.is_pressed for inner in box.inside())

    def focused():
        items = [inner for inner in box.inside() if inner.role == "list item"]
        return next((i for i, item in enumerate(items) if item.is_focused), None)

    def open_list():
        # A click that comes while the list of before goes away is lost.
        box.click()
        end = time.monotonic() + 3
        while not is_open() and time.monotonic() < end:
            time.sleep(0.1)
        return is_open()

    def go_to_entry():
        place = focused()
        if place is not None and place != entry:
            window.key("Down" if place < entry else "Up")
            time.sleep(0.4)
        return focused() == entry

    wait_for(open_list, f"the list of {combo}")
    wait_for(go_to_entry, f"entry {entry} of {combo}")
    window.key("Return")
    wait_for(lambda: not is_open(), f"the list of {combo} to go")


def scroll_to(window, role, name):
    """Goes down the page of charts, beside the figures, until the widget is to be seen whole."""
    widget = window.find(role, name, showing=False)
    top = widget.toplevel()
    left, upper = window.origin_of(top)
    _, _, width, height = top.extents
    for _ in range(60):
        widget.wait_until_still()
        if widget.is_showing and widget.extents[1] + widget.extents[3] < height - 120:
            return widget
        xdotool("mousemove", left + width - 14, upper + height // 2, "click", 5)
        time.sleep(0.3)
    raise AssertionError(f"{name} is not to be seen")


def scroll_up(window, widget, share):
    """Goes down the page of charts until the widget is no further down the window than that share of its height."""
    top = widget.toplevel()
    left, upper = window.origin_of(top)
    _, _, width, height = top.extents
    for _ in range(60):
        widget.wait_until_still()
        if widget.extents[1] < share * height:
            return
        xdotool("mousemove", left + width - 14, upper + height // 2, "click", 5)
        time.sleep(0.3)
    raise AssertionError(f"{widget.name} stays where it is")


def wait_cell(window, pattern):
    """For a table with a cell of that text; the inside of tables is met on its own nowhere."""
    def find():
        return any(pattern.search(cell.name) for top in window.toplevels for table in top.walk()
                   if table.role in ("tree table", "table") for cell in table.inside())

    wait_for(find, f"a cell {pattern.pattern}")


def count_blue(picture):
    """Of its pixels, those in the first series' colour."""
    said = subprocess.run(["convert", picture, "-fuzz", "12%", "-fill", "white", "+opaque", "#1c71d8", "-fill", "black",
                           "-opaque", "#1c71d8", "-format", "%[fx:(1-mean)*w*h]", "info:"], stdout=subprocess.PIPE,
                          text=True, check=True).stdout
    return float(said)


def shown(window):
    """The series that the legend of the first chart has as shown."""
    return [name for name in SERIES if window.button(name, showing=False).is_pressed]


def wait_shown(window, names):
    wait_for(lambda: shown(window) == names, f"{names} to be shown")


def test_series_of_a_host(lens):
    window = lens.start_ring()
    page(window, "Over time")
    window.button(SERIES[0])
    choose(window, f"Divide “{TOP_SOURCE}” into series", 1)
    window.image("Payload sizes over time from and to 192.168.24.221")
    window.button("Show sent by 192.168.24.221")
    window.button("Show received by 192.168.24.221")
    choose(window, f"Divide “{TOP_SOURCE}” into series", 3)
    window.button(re.compile("^Show (TCP|UDP) [0-9]+$"))
    choose(window, f"Divide “{TOP_SOURCE}” into series", 4)
    window.button("Show UDP")
    window.button("Show TCP")
    # Of the host that is filtered by.
    window.button("18.197.187.162").click()
    window.image("Payload sizes over time from 18.197.187.162")


def test_the_legend_hides_series(lens):
    window = lens.start_ring()
    page(window, "Over time")
    first = window.button(SERIES[0])
    wait_shown(window, SERIES)
    assert not any(window.all(("push button",), "Show All"))
    first.click()
    wait_shown(window, SERIES[1:])
    # It stays hidden when the chart is drawn anew.
    window.button(f"Logarithmic scale of “{TOP_SOURCE}”").click()
    time.sleep(1)
    wait_shown(window, SERIES[1:])
    window.button("Show All").click()
    wait_shown(window, SERIES)

    third = window.button(SERIES[2])
    third.bring_into_view()
    click_at(*third.middle())
    xdotool("click", 1)
    wait_shown(window, [SERIES[2]])
    window.button("Show All").click()
    wait_shown(window, SERIES)


def test_hidden_series_are_not_in_the_pdf(lens):
    """The legend says that they are hidden; where there is none, nothing is drawn of them."""
    window = lens.start_ring()
    page(window, "Over time")
    texts, blue = [], []
    for name in ("all", "hidden"):
        path = lens.path(f"{name}.pdf")
        window.button(f"Save “{TOP_SOURCE}” as PDF").click()
        window.choose_file("Save as PDF", path)
        wait_for(lambda path=path: os.path.exists(path), f"{name}.pdf to be written")
        texts.append(subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, text=True,
                                    check=True).stdout)
        subprocess.run(["pdftoppm", "-r", "50", "-png", "-singlefile", path, lens.path(name)], check=True)
        blue.append(count_blue(lens.path(f"{name}.png")))
        if name == "all":
            window.button(SERIES[0]).click()
            wait_shown(window, SERIES[1:])
    assert "18.197.187.162" in texts[0] and "hidden" not in texts[0], texts[0]
    assert re.search(r"18\.197\.187\.162 \(hidden\)", texts[1]), texts[1]
    assert texts[1].count("(hidden)") == 1, texts[1]
    # It is most of what is drawn.
    assert blue[1] < blue[0] / 4, blue


def test_the_legend_with_keys(lens):
    window = lens.start_ring()
    page(window, "Over time")
    first = window.button(SERIES[0])
    for _ in range(40):
        window.key("Tab")
        if first.is_focused:
            break
    assert first.is_focused
    window.key("space")
    wait_shown(window, SERIES[1:])
    window.key("shift+F10")
    time.sleep(0.5)
    # The first entry of the menu has the keys: show only this.
    window.key("Return")
    wait_shown(window, [SERIES[0]])


def test_scale_and_number_are_remembered(lens):
    window = lens.start_ring()
    page(window, "Addresses")
    chart = "Payload by source address"
    log = window.button(f"Logarithmic scale of “{chart}”")
    assert not log.is_pressed
    log.click()
    wait_for(lambda: log.is_pressed, "the scale to be logarithmic")
    top = window.find(("spin button",), f"How many by name in “{chart}”", showing=False)
    left, upper = window.origin_of(top.toplevel())
    x, y, _, height = top.extents
    click_at(left + x + 10, upper + y + height // 2)
    window.key("ctrl+a")
    window.type("2")
    window.key("Return")
    window.button(f"Show “{chart}” as a table").click()
    wait_cell(window, re.compile("^[0-9]+ other addresses$"))
    window.close()
    lens.windows.remove(window)

    again = lens.start_ring()
    page(again, "Addresses")
    assert again.button(f"Logarithmic scale of “{chart}”").is_pressed
    again.button(f"Show “{chart}” as a table").click()
    wait_cell(again, re.compile("^[0-9]+ other addresses$"))
    # Every chart has its own.
    assert not again.button("Logarithmic scale of “Payload by destination address”", showing=False).is_pressed


def test_distributions(lens):
    window = lens.start_ring()
    page(window, "Overview")
    sizes = scroll_to(window, ("image",), "Distribution of payload sizes")
    assert re.search("median [0-9]+ bytes, 90 % from [0-9.]+ bytes to [0-9,]+ bytes, standard deviation",
                     sizes.description), sizes.description
    scroll_to(window, ("combo box",), "Between which packets in “Distribution of inter-arrival times”")
    choose(window, "Between which packets in “Distribution of inter-arrival times”", 2)
    window.label(re.compile("since the packet before of the same flow"))
    window.button("Show “Distribution of inter-arrival times” as a table").click()
    wait_cell(window, re.compile("^Standard deviation$"))
    wait_cell(window, re.compile("^5 % are below$"))
    # A cell that has nothing says so, and not of what type it is.
    wait_cell(window, re.compile("^empty$"))
    assert not any(cell.name == "GtkLabel" for top in window.toplevels for table in top.walk()
                   if table.role in ("tree table", "table") for cell in table.inside())


def test_rates(lens):
    window = lens.start_ring()
    page(window, "Over time")
    scroll_to(window, ("combo box",), "Length of an interval in “Packets per second”")
    choose(window, "Length of an interval in “Packets per second”", 4)
    window.label(re.compile("in intervals of 1 s, at most [0-9]+ packets in one$"))
    rate = scroll_to(window, ("image",), "Packets per second")
    left, upper = window.origin_of(rate.toplevel())
    x, y, width, height = rate.extents

    def said():
        xdotool("mousemove", left + x + width * 3 // 4, upper + y + height // 2, "mousemove_relative", "--", 1, 1)
        return next((inner.name for inner in rate.inside() if inner.role == "label" and " packets/s (" in inner.name), "")

    found = re.match(r"all packets: ([0-9,]+) packets/s \(([0-9,]+) packets in 1 s\)\nfrom 2021-04-07 17:5\d:\d\d UTC$",
                     wait_for(said, "the rate"))
    assert found and found.group(1) == found.group(2), said()


def copied(window, chart):
    """What the button beside its table copies: one list of texts a row, the titles first. None while it is being shown."""
    window.button(f"Copy the table of “{chart}”").accessible.get_action_iface().do_action(0)
    time.sleep(0.3)
    text = subprocess.run(["xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE, check=False, text=True,
                          timeout=20).stdout
    return [line.split("\t") for line in text.splitlines()]


def wait_copied(window, chart, expected):
    got = []

    def is_copied():
        got[:] = copied(window, chart)
        return got == expected

    try:
        wait_for(is_copied, "the table")
    except AssertionError:
        raise AssertionError(f"{got[:5]} ... of {len(got)} rows, not {expected[:5]} ... of {len(expected)}") from None


def test_rates_as_a_table(lens):
    """A row an interval, those without packets too; sorted by a column; a column a series."""
    window = lens.start_ring()
    packets = list(reference.read_packets(lens.capture("ring.pcap")))
    seconds = [time_ns // 10**9 for time_ns, *_ in packets]
    every = range(seconds[0], seconds[-1] + 1)
    counts = collections.Counter(seconds)

    def clock(second):
        return time.strftime("%H:%M:%S", time.gmtime(second))

    page(window, "Over time")
    scroll_to(window, ("combo box",), "Length of an interval in “Packets per second”")
    choose(window, "Length of an interval in “Packets per second”", 4)
    window.label(re.compile("in intervals of 1 s, at most [0-9]+ packets in one$"))
    window.button("Show “Packets per second” as a table").accessible.get_action_iface().do_action(0)
    titles = ["Time", "Packets", "Packets per second"]
    rows = [[clock(second), str(counts[second]), str(counts[second])] for second in every]
    wait_copied(window, "Packets per second", [titles, *rows])
    wait_cell(window, re.compile(f"^{clock(seconds[0])}$"))

    table = window.find(("tree table", "table"), "Packets per second", showing=False)
    header = next(inner for inner in table.inside() if inner.name == "Packets" and inner.role == "label")
    scroll_up(window, header, 0.6)
    click_at(*header.middle())
    by_count = sorted(rows, key=lambda row: int(row[1]))
    wait_for(lambda: [row[1] for row in copied(window, "Packets per second")[1:]] == [row[1] for row in by_count],
             "the rows with the fewest packets first")

    top = "192.168.24.221"
    sent = collections.Counter(second for second, packet in zip(seconds, packets) if packet[1] == top)
    received = collections.Counter(second for second, packet in zip(seconds, packets) if packet[2] == top)
    choose(window, "Divide “Packets per second” into series", 1)
    wait_copied(window, "Packets per second",
                [["Time", "Packets", f"sent by {top}, packets/s", f"received by {top}, packets/s", "between others, packets/s"],
                 *[[clock(second), str(counts[second]), str(sent[second]), str(received[second]),
                    str(counts[second] - sent[second] - received[second])] for second in every]])


def test_a_table_that_the_clipboard_does_not_take(lens):
    """What is too long is refused in words, and leaves on the clipboard what was there."""
    window = lens.start_ring(size=(900, 600))
    name = "Packets per second"
    page(window, "Over time")
    scroll_to(window, ("combo box",), f"Length of an interval in “{name}”")
    window.button(f"Show “{name}” as a table").accessible.get_action_iface().do_action(0)
    choose(window, f"Length of an interval in “{name}”", 2)
    window.label(re.compile("in intervals of 20 ms, at most [0-9]+ packets in one "))
    wait_for(lambda: len(copied(window, name)) > 9000, "the table in milliseconds")
    before = copied(window, name)
    choose(window, f"Divide “{name}” into series", 2)
    table = window.find(("tree table", "table"), name, showing=False)
    wait_for(lambda: any(inner.name.endswith(", packets/s") for inner in table.inside()), "a column a series")
    assert copied(window, name) == before
    window.label(re.compile("^Not copied: 335,[0-9]{3} bytes are more than the clipboard’s 250,000. Select fewer rows.$"))


def test_rates_table_follows_the_visible_time(lens):
    """Rows of what the charts show only, in the order that was chosen; all again where all is shown. With room for the chart beside the
    table, so that the wheel can be turned over it."""
    window = lens.start_ring(size=(1280, 800))
    packets = list(reference.read_packets(lens.capture("ring.pcap")))
    seconds = [time_ns // 10**9 for time_ns, *_ in packets]
    counts = collections.Counter(seconds)
    rows = [[time.strftime("%H:%M:%S", time.gmtime(second)), str(counts[second]), str(counts[second])]
            for second in range(seconds[0], seconds[-1] + 1)]
    name = "Packets per second"

    page(window, "Over time")
    scroll_to(window, ("combo box",), f"Length of an interval in “{name}”")
    choose(window, f"Length of an interval in “{name}”", 4)
    window.label(re.compile("in intervals of 1 s, at most [0-9]+ packets in one$"))
    chart = window.find(("image",), "Payload per second", showing=False)
    scroll_up(window, chart, 0.3)
    window.button(f"Show “{name}” as a table").accessible.get_action_iface().do_action(0)
    wait_copied(window, name, [["Time", "Packets", name], *rows])

    x, y, width, height = chart.extents
    left, top = window.origin_of(chart.toplevel())
    # The page takes the wheel a moment longer, where it has been scrolled.
    time.sleep(0.8)
    xdotool("mousemove", left + x + width * 3 // 4, top + y + height // 2, "click", "--repeat", 6, "--delay", 100, 4)
    wait_for(lambda: 10 < len(copied(window, name)) < len(rows) // 2, "fewer rows")
    time.sleep(1)
    shown = copied(window, name)[1:]
    first = rows.index(shown[0])
    assert first > 0 and rows[first:first + len(shown)] == shown, shown
    header = next(inner for inner in window.find(("tree table", "table"), name, showing=False).inside()
                  if inner.name == "Packets" and inner.role == "label")
    click_at(*header.middle())
    by_count = sorted(shown, key=lambda row: int(row[1]))
    wait_copied(window, name, [["Time", "Packets", name], *by_count])
    window.button(f"Show all of the time in “{name}”", showing=False).accessible.get_action_iface().do_action(0)
    by_count = sorted(rows, key=lambda row: int(row[1]))
    wait_copied(window, name, [["Time", "Packets", name], *by_count])
    wait_cell(window, re.compile(f"^{by_count[0][0]}$"))


def time_of(text):
    """Nanoseconds of the day."""
    clock, _, fraction = text.partition(".")
    hours, minutes, seconds = map(int, clock.split(":"))
    return (hours * 3600 + minutes * 60 + seconds) * 10**9 + int(fraction.ljust(9, "0"))


def test_fitting_intervals_follow_the_zoom(lens):
    """Shorter ones for a part of the time, as the title says, and the rows have what is in the file in each; all again where all is shown."""
    window = lens.start_ring(size=(1280, 800))
    packets = [time_ns % (86400 * 10**9) for time_ns, *_ in reference.read_packets(lens.capture("ring.pcap"))]
    name = "Packets per second"
    page(window, "Over time")
    chart = window.find(("image",), "Payload per second", showing=False)
    scroll_up(window, chart, 0.3)
    window.find(("label",), re.compile("in intervals of 1 s, at most .* in one$"), False)
    window.button(f"Show “{name}” as a table", showing=False).accessible.get_action_iface().do_action(0)
    wait_for(lambda: len(copied(window, name)) == 194, "all of the time")
    x, y, width, height = chart.extents
    left, top = window.origin_of(chart.toplevel())
    time.sleep(0.8)
    for shortest_ns, steps in ((500 * 10**6, 6), (50 * 10**6, 8)):
        xdotool("mousemove", left + x + width * 3 // 4, top + y + height // 2, "click", "--repeat", steps, "--delay", 100, 4)

        def rows_of_part():
            rows = copied(window, name)[1:]
            return len(rows) > 50 and time_of(rows[1][0]) - time_of(rows[0][0]) <= shortest_ns and rows

        rows = wait_for(rows_of_part, f"intervals of {shortest_ns} ns or less")
        interval_ns = time_of(rows[1][0]) - time_of(rows[0][0])
        assert len(rows) <= 241, len(rows)
        said = f"{interval_ns // 10**6} ms"
        for _ in range(2):
            window.find(("label",), re.compile(f"in intervals of {said}, which fit the time that is shown$"), False)
        for start, count, rate in rows:
            n = sum(time_of(start) <= packet < time_of(start) + interval_ns for packet in packets)
            assert int(count.replace(",", "")) == n and int(rate.replace(",", "")) == n * 10**9 // interval_ns, (start, count, rate, n)
    window.button("Show all of the time in “Payload per second”").click()
    window.find(("label",), re.compile("in intervals of 1 s, at most .* packets in one$"), False)
    wait_for(lambda: len(copied(window, name)) == 194, "all of the time again")


def test_a_distribution_as_a_table(lens):
    """A row a bin, which can be sorted by each column; what sums it up stays above them in every order."""
    window = lens.start_ring()
    name = "Distribution of payload sizes"
    window.button(f"Show “{name}” as a table", showing=False).accessible.get_action_iface().do_action(0)
    titles = ["Name", "Figure", "Packets", "Share"]
    wait_for(lambda: copied(window, name)[:1] == [titles], "the table")
    rows = copied(window, name)[1:]
    facts, bins = rows[:7], rows[7:]
    assert [row[0] for row in facts] == ["Median", "5 % are below", "5 % are above", "Mean", "Standard deviation", "Smallest",
                                         "Largest"], facts

    def number(text):
        return int(text.replace(",", ""))

    sizes = [payload for *_, payload in reference.read_packets(lens.capture("ring.pcap"))]
    starts = [number(row[1]) for row in bins]
    assert starts == sorted(starts) and starts[-1] >= 1000
    for row, start, end in zip(bins, starts, starts[1:] + [max(sizes) + 1]):
        assert number(row[2]) == sum(start <= size < end for size in sizes), row
    table = window.find(("tree table", "table"), name, showing=False)

    def header(title):
        return next(inner for inner in table.inside() if inner.name == title and inner.role == "label")

    def sort_by(title):
        scroll_up(window, header(title), 0.6)
        click_at(*header(title).middle())

    sort_by("Packets")
    by_count = sorted(bins, key=lambda row: number(row[2]))
    wait_for(lambda: [row[2] for row in copied(window, name)[8:]] == [row[2] for row in by_count], "the emptiest bins first")
    assert copied(window, name)[1:8] == facts
    sort_by("Packets")
    wait_for(lambda: [row[2] for row in copied(window, name)[8:]] == [row[2] for row in reversed(by_count)], "the fullest bins first")
    assert copied(window, name)[1:8] == facts
    # As sizes, not as texts.
    sort_by("Name")
    wait_copied(window, name, [titles, *facts, *bins])
    sort_by("Name")
    wait_copied(window, name, [titles, *facts, *reversed(bins)])
