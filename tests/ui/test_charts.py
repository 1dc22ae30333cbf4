"""Charts that answer: what is at the pointer is said, and the time that all of them show is zoomed."""

import json
import os
import re
import subprocess
import time

import reference
from lens_window import click_at, wait_for, xdotool

SOURCE_CHART = re.compile("^Payload sent, by source address")
OVER_TIME = re.compile("^Payload sizes over time from 192.168.24.221")


def page(window, name):
    window.find(("page tab",), name).click()


def chart(window, name):
    found = window.image(name)
    found.wait_until_still()
    return found


def place(window, widget, x_share, y_share):
    """On the screen: so far into the widget."""
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    return left + x + int(width * x_share), top + y + int(height * y_share)


def summary(lens, *arguments):
    """The figures of the test capture, as the command line has them."""
    done = subprocess.run([lens.program, "--summary", *arguments, lens.capture("ring.pcap")], check=True,
                          stdout=subprocess.PIPE, timeout=60)
    return json.loads(done.stdout)


def said_by(widget):
    """What the chart says of the place that the pointer is at."""
    return next((inner.name for inner in widget.inside() if inner.role == "label" and inner.name), "")


def point_at(window, widget, x_share, y_share):
    x, y = place(window, widget, x_share, y_share)
    # A step beside first: a pointer that stands still tells nothing.
    xdotool("mousemove", x + 3, y + 3)
    time.sleep(0.1)
    xdotool("mousemove", x, y)


def test_a_bar_says_its_value(lens):
    window = lens.start_ring()
    page(window, "Addresses")
    bars = chart(window, SOURCE_CHART)
    # The first bar is of who sent most; the summary says the same figure.
    strongest = max(summary(lens)["hosts"], key=lambda host: host["sent_payload"])
    expected = f"{strongest['address']}: {strongest['sent_payload']:,} bytes"
    point_at(window, bars, 0.5, 0.12)
    wait_for(lambda: said_by(bars) == expected, f"the bar to say “{expected}”")
    xdotool("mousemove", 1, 940)
    wait_for(lambda: not said_by(bars), "the words to go with the pointer")


def test_a_place_on_a_time_chart_says_its_time(lens):
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    point_at(window, series, 0.4, 0.5)
    said = wait_for(lambda: said_by(series), "the chart to say what is there")
    assert "2021-04-07 17:5" in said and said.endswith(" UTC"), said
    # Along the axis, where small packets are always near.
    for down in (0.8, 0.84, 0.88):
        for share in range(20, 60, 2):
            point_at(window, series, share / 100, down)
            if re.search(r"^[0-9.]+: [0-9,]+ bytes?\n2021-04-07 17:5", said_by(series)):
                return
    raise AssertionError(f"no packet is said, last {said_by(series)!r}")


def said_in_the_end(widget):
    """Not of a place that the pointer passed."""
    def is_still():
        said = said_by(widget)
        time.sleep(0.4)
        return said if said == said_by(widget) else ""

    return wait_for(is_still, "the chart to say what is there")


def edges(window, widget):
    """What the chart says of the two ends of the time that it shows."""
    found = []
    for share in (0.2, 0.6):
        point_at(window, widget, share, 0.4)
        found.append(said_in_the_end(widget))
    return [re.search(r"17:5\d:\d\d\.?\d*", text).group() for text in found]


def is_zoomed(window):
    return next(window.all(("push button",), re.compile("^Show all of the time in")), None) is not None


def wheel(button, times=3, modifier=None):
    # A page that has just been scrolled, to bring something into view, takes the wheel for more of that.
    time.sleep(0.8)
    if modifier:
        xdotool("keydown", modifier)
    xdotool("click", "--repeat", times, "--delay", 60, button)
    if modifier:
        xdotool("keyup", modifier)


def test_the_wheel_zooms_all_time_charts(lens):
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    before = edges(window, series)
    assert not is_zoomed(window)
    point_at(window, series, 0.4, 0.5)
    wheel(4)
    wait_for(lambda: is_zoomed(window), "the wheel to zoom")
    after = edges(window, series)
    assert before[0] < after[0] < after[1] < before[1], (before, after)
    # The next chart has the same part of the time and a way back, too.
    window.button("Show all of the time in “Payload sizes over time from the top TCP source port”")
    series.bring_into_view()
    # Nothing is filtered.
    window.label("9,907 of 9,907 packets, 100.0 %")

    point_at(window, series, 0.4, 0.5)
    wheel(5, 2, "shift")
    later = edges(window, series)
    assert after[0] < later[0] and after[1] < later[1], (after, later)

    # The charts of other pages show the same, and a way back for all.
    page(window, "Bursts")
    window.button(re.compile("^Show all of the time in")).click()
    page(window, "Over time")
    wait_for(lambda: not is_zoomed(window), "all of the time to be shown")
    again = edges(window, series)
    assert again == before, (before, again)


def drag_to_the_right(x, y):
    xdotool("mousemove", x, y, "mousedown", 1)
    for step in range(1, 11):
        xdotool("mousemove", x + 10 * step, y)
        time.sleep(0.02)
    xdotool("mouseup", 1)


def test_drags_and_double_click(lens):
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    before = edges(window, series)
    x, y = place(window, series, 0.3, 0.5)
    drag_to_the_right(x, y)
    wait_for(lambda: is_zoomed(window), "the drag to zoom")
    after = edges(window, series)
    assert before[0] < after[0] < after[1] < before[1], (before, after)

    xdotool("mousemove", x, y, "mousedown", 2)
    for step in range(1, 11):
        xdotool("mousemove", x + 10 * step, y)
        time.sleep(0.02)
    xdotool("mouseup", 2)
    earlier = edges(window, series)
    assert earlier[0] < after[0] and earlier[1] < after[1], (after, earlier)

    xdotool("mousemove", x, y, "click", "--repeat", 2, "--delay", 50, 1)
    wait_for(lambda: not is_zoomed(window), "a double click to show all")
    assert edges(window, series) == before


def tab_to(window, widget):
    for _ in range(60):
        if widget.is_focused:
            return
        window.key("Tab")
    raise AssertionError(f"the keys do not come to “{widget.name}”")


def test_the_visible_time_is_selected(lens):
    """Zoomed in, a button makes the time that is shown the one that all views are of; nothing is zoomed any more then."""
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    name = "Filter to the time shown in “Payload sizes over time from the top source”"
    assert next(window.all(("push button",), name), None) is None
    x, y = place(window, series, 0.3, 0.5)
    drag_to_the_right(x, y)
    wait_for(lambda: is_zoomed(window), "the drag to zoom")
    first, last = re.search(r"from (17:[0-9:.]+) to (17:[0-9:.]+)", series.description).groups()
    window.button(name).click()
    said = window.label(re.compile(r"^[0-9,]+ of 9,907 packets, (?!100\.0)")).name
    wait_for(lambda: not is_zoomed(window), "the zoom to end")
    times = [packet[0] for packet in reference.read_packets(lens.capture("ring.pcap"))]
    within = sum(seconds(first) <= time_ns / 1e9 % 86400 <= seconds(last) for time_ns in times)
    # The ends are said to a thousandth of what is shown.
    assert abs(int(said.split()[0].replace(",", "")) - within) <= 20, (said, within, first, last)
    window.key("alt+Left")
    window.label("9,907 of 9,907 packets, 100.0 %")


def test_keys_go_from_bar_to_bar_and_filter(lens):
    window = lens.start_ring()
    page(window, "Addresses")
    bars = chart(window, SOURCE_CHART)
    hosts = sorted(summary(lens)["hosts"], key=lambda host: -host["sent_payload"])
    tab_to(window, bars)
    for key, host in ((None, hosts[0]), ("Down", hosts[1]), ("Right", hosts[2]), ("Up", hosts[1])):
        if key:
            window.key(key)
        said = f"{host['address']}: {host['sent_payload']:,} bytes"
        # To see and to hear.
        wait_for(lambda: said_by(bars) == said and bars.name == f"Payload sent, by source address. {said}",
                 f"“{said}”, not “{bars.name}”")

    window.key("Return")
    packets = summary(lens, "--filter", f"host {hosts[1]['address']}")["layers"]["all"]
    window.label(re.compile(f"^{packets:,} of 9,907 packets"))
    assert bars.is_focused, "the keys left the chart"
    # The bar is in another place now, and the keys are still on it.
    wait_for(lambda: f". {hosts[1]['address']}: " in bars.name, f"the same host, not “{bars.name}”")
    window.key("Return")
    window.label("9,907 of 9,907 packets, 100.0 %")
    window.key("Tab")
    wait_for(lambda: not said_by(bars) and bars.name == "Payload sent, by source address",
             "the words to go with the keys")


def test_keys_stay_where_the_page_is_scrolled_below_the_pointer(lens):
    window = lens.start_ring(size=(900, 600))
    page(window, "Addresses")
    xdotool("mousemove", 700, 400)
    bars = window.find(("image",), re.compile("^Payload received, by destination address"), showing=False)
    tab_to(window, bars)
    time.sleep(0.5)
    said = set()
    for key in (None, "Down", "Down", "End", "Up"):
        if key:
            window.key(key)
        time.sleep(0.5)
        said.add(bars.name)
        assert ". " in bars.name and said_by(bars), f"after {key} nothing is said: {bars.name}"
    assert len(said) == 5, said
    # The pointer takes over where it is moved.
    point_at(window, bars, 0.5, 0.12)
    wait_for(lambda: bars.name == "Payload received, by destination address", "the pointer to take over")


def test_keys_go_from_packet_to_packet(lens):
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    tab_to(window, series)
    first = wait_for(lambda: said_by(series), "the chart to say a packet")
    assert re.search(r"^[0-9.]+: [0-9,]+ bytes?\n2021-04-07 17:5\S+ UTC", first), first
    window.key("Right")
    second = wait_for(lambda: said_by(series) != first and said_by(series), "the next packet")
    assert second.split(":")[0] == first.split(":")[0] and second.split("\n")[1] > first.split("\n")[1], (first, second)
    wait_for(lambda: series.name.endswith(second.replace("\n", " ")), f"the name to say it too, not “{series.name}”")
    window.key("Down")
    other = wait_for(lambda: said_by(series) != second and said_by(series), "another series")
    assert other.split(":")[0] != first.split(":")[0], other
    window.key("Up")
    wait_for(lambda: said_by(series) == second, "the first series again")

    # The keys zoom in on the packet, which stays; further on, the time that is shown comes along.
    window.key("plus", "plus", "plus", "plus", "plus")
    wait_for(lambda: said_by(series) == second and is_zoomed(window), "the packet to stay")
    wait_for(lambda: "shown: only 2021-04-07 from 17:5" in series.description, series.description)
    shown = series.description
    window.key("End", *["Right"] * 3)
    wait_for(lambda: series.description != shown, "the time that is shown to come along")
    assert said_by(series).split("\n")[1] > second.split("\n")[1]


def copied(window):
    """What Ctrl+C copies of a table: a list of texts a row, without the titles."""
    window.key("ctrl+c")
    time.sleep(0.3)
    text = subprocess.run(["xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE, check=False, text=True,
                          timeout=20).stdout
    return [line.split("\t") for line in text.splitlines()[1:]]


def test_tables_with_the_keys(lens):
    """Sorted by a column, the other way round, and by rows that filter as their bars do."""
    window = lens.start_ring()
    page(window, "Addresses")
    window.button("Show “Payload by source address” as a table").click()
    hosts = {host["address"]: host["sent_payload"] for host in summary(lens)["hosts"] if host["sent_payload"]}
    by_address = sorted(hosts, key=lambda address: list(map(int, address.split("."))))
    table = window.find(("tree table", "table"), re.compile("^Payload sent, by source address"))
    for _ in range(60):
        window.key("Tab")
        if any(inner.is_focused for inner in table.inside()):
            break
    window.key("ctrl+1")
    wait_for(lambda: [row[0] for row in copied(window)] == by_address, "the addresses in their order")
    window.key("ctrl+1")
    wait_for(lambda: [row[0] for row in copied(window)] == by_address[::-1], "the other way round")
    window.key("ctrl+3")
    rows = [[address, f"{hosts[address]:,}"] for address in sorted(hosts, key=hosts.get)]
    wait_for(lambda: [[row[0], row[2]] for row in copied(window)] == rows, "the one that sent least first")
    # Of what is selected Ctrl+C copies no more.
    window.key("Down")
    wait_for(lambda: [row[0] for row in copied(window)] == [rows[0][0]], "the first row, from the titles")
    window.key("Down")
    wait_for(lambda: [row[0] for row in copied(window)] == [rows[1][0]], "one row")
    window.key("Return")
    packets = summary(lens, "--filter", f"host {rows[1][0]}")["layers"]["all"]
    window.label(re.compile(f"^{packets:,} of 9,907 packets"))


def test_rows_of_a_table_are_chosen_with_clicks(lens):
    """One by a click, another with Ctrl, those up to a third with Shift, and one taken out again."""
    window = lens.start_ring(size=(1280, 800))
    page(window, "Addresses")
    window.button("Show “Payload by source address” as a table").click()
    table = window.find(("tree table", "table"), re.compile("^Payload sent, by source address"))
    rows = list(list(table.children)[-1].children)[:5]
    names = [next(inner.name for inner in row.inside() if inner.role == "label") for row in rows]

    def click_row(place, key=None):
        rows[place].bring_into_view()
        left, top = window.origin_of(table.toplevel())
        x, y, _, height = rows[place].extents
        click_at(left + x + 60, top + y + height // 2, key)

    def wait_copied(*places):
        wait_for(lambda: [row[0] for row in copied(window)] == [names[place] for place in places],
                 f"rows {places} to be copied")

    click_row(0)
    wait_copied(0)
    click_row(2, "ctrl")
    wait_copied(0, 2)
    click_row(4, "shift")
    wait_copied(2, 3, 4)
    click_row(3, "ctrl")
    wait_copied(2, 4)


def test_a_table_that_is_sorted_begins_at_its_first_row(lens):
    window = lens.start_ring(size=(1280, 800))
    page(window, "Ports")
    window.button("Show “Payload by TCP source port” as a table").click()
    ports = {entry["port"]: entry["payload"] for entry in summary(lens)["ports"]["tcp"]["source"] if entry["payload"]}
    for title, first in (("Name", min(ports)), ("Bytes", min(ports, key=ports.get)), ("Name", min(ports))):
        table = window.find(("tree table", "table"), re.compile("^TCP payload sent"))
        header = wait_for(lambda: next((inner for inner in table.inside() if inner.name == title), None), title)
        click_at(*header.middle())
        wait_for(lambda: any(inner.name == str(first) and inner.is_showing for inner in table.inside()),
                 f"{first} to be seen, sorted by {title}")


def test_keys_zoom(lens):
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    before = edges(window, series)
    tab_to(window, series)
    window.key("plus", "plus")
    wait_for(lambda: is_zoomed(window), "the key to zoom")
    after = edges(window, series)
    assert seconds(after[1]) - seconds(after[0]) < (seconds(before[1]) - seconds(before[0])) / 2, (before, after)
    window.key("shift+Right")
    later = edges(window, series)
    assert after[0] < later[0] and after[1] < later[1], (after, later)
    window.key("shift+Left", "minus")
    wider = edges(window, series)
    assert wider[0] < after[0] and wider[1] > after[1], (after, wider)
    window.key("0")
    wait_for(lambda: not is_zoomed(window), "all of the time to be shown")


def save(window, lens, name):
    """The pages of the PDF that is asked for, as text."""
    path = lens.path(f"{name}.pdf")
    window.choose_file("Save as PDF", path)
    # It is written whole or not at all; what is said of that is gone again before a busy machine has read this page.
    wait_for(lambda: os.path.exists(path), f"{name}.pdf to be written")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [" ".join(words.split()) for words in text.split("\f")[:-1]]


def seconds(clock):
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def test_pdfs_show_the_visible_time(lens):
    """The chart's page and those of the report that are over time, and no others; each says so."""
    window = lens.start_ring()
    page(window, "Over time")
    series = chart(window, OVER_TIME)
    button = window.button("Save “Payload sizes over time from the top source” as PDF")
    button.click()
    whole = save(window, lens, "whole")
    assert "shown" not in whole[0], whole
    point_at(window, series, 0.4, 0.5)
    wheel(4)
    wait_for(lambda: is_zoomed(window), "the wheel to zoom")
    first, last = map(seconds, edges(window, series))

    button.click()
    zoomed = save(window, lens, "zoomed")
    found = re.search(r"shown: only 2021-04-07 from (17:\S+) to (17:\S+) UTC", zoomed[0])
    assert found, zoomed
    said = [seconds(text) for text in found.groups()]
    assert said[0] < first < last < said[1] < said[0] + 150, (said, first, last)
    # The axis is that of the time that is said, not of all of it.
    marks = [seconds(mark) for mark in re.findall(r"(?<![-T\d])17:5\d:\d\d\b(?!\.)", zoomed[0])]
    assert len(marks) >= 2 and all(said[0] <= mark <= said[1] for mark in marks), (marks, said, zoomed)

    window.key("ctrl+shift+s")
    report = save(window, lens, "report")
    assert sum("7 Apr 2021" in text for text in report) >= 8, report
    for text in report:
        assert (found.group() in text) == ("7 Apr 2021" in text), text


def test_a_chart_that_comes_into_view_shows_what_the_others_do(lens):
    """Only what is on the screen is drawn: another chart is drawn once the page is scrolled to it."""
    window = lens.start_ring()
    page(window, "Over time")
    first = chart(window, OVER_TIME)
    first.bring_inside()
    last = window.find(("image",), re.compile("^Payload so far"), showing=False)
    tab_to(window, first)
    window.key("plus", "plus", "plus")
    wait_for(lambda: is_zoomed(window), "the key to zoom")
    _, top, _, height = last.extents
    assert top > lens.size[1], (top, height, lens.size)
    last.bring_inside()
    last.wait_until_still()
    xdotool("mousemove", 3, 3)
    time.sleep(1)
    arrived = last.pixels("rgb")
    # The pointer has it drawn anew.
    point_at(window, last, 0.5, 0.5)
    time.sleep(0.5)
    xdotool("mousemove", 3, 3)
    time.sleep(1)
    again = last.pixels("rgb")
    different = sum(one != other for one, other in zip(arrived, again))
    assert len(arrived) == len(again) and different < len(again) / 1000, (different, len(again))
