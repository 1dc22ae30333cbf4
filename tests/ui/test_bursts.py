"""The page of bursts: of any stream, by any rule, the figures those that are counted here from the file."""

import json
import re
import subprocess
import time

import reference
from lens_window import click_at, wait_for, xdotool

SOURCE = "192.168.24.221"
TOP = "18.197.187.162"
OTHER = "3.213.247.79"
MS = 10**6


def page(window, name):
    window.find(("page tab",), name).click()


def open_bursts(lens, **options):
    window = lens.start_ring(**options)
    page(window, "Bursts")
    return window, list(reference.read_packets(lens.capture("ring.pcap")))


def says(window, packets, gap_ns, size, showing=True):
    """showing: without scrolling."""
    window.find(("label",), re.compile(reference.summary_pattern(packets, gap_ns, size)), showing)


def mean_size(packets, factor):
    payloads = [payload for _, source, _, payload in packets if source]
    return int(factor * (sum(payloads) / len(payloads)))


def n_x_windows(window):
    return len(xdotool("search", "--onlyvisible", "--pid", window.process.pid))


def open_list(window, combo):
    """The list of a combo box, like a tooltip, is a window of its own."""
    found = window.find(("combo box",), combo)
    xdotool("mousemove", 1390, 940)
    wait_for(lambda: n_x_windows(window) == 1, "lists and tooltips to go")
    time.sleep(0.5)  # until what has gone lets go of the pointer
    found.click()
    wait_for(lambda: n_x_windows(window) > 1, "the list to come up")
    time.sleep(0.3)


def choose(window, combo, steps):
    """Moves so many entries down, or up, with the keys."""
    open_list(window, combo)
    window.key(*(["Down"] * steps if steps > 0 else ["Up"] * -steps), "Return")
    time.sleep(0.4)  # the list that closes takes a click that comes too soon


def spin(window, name, value):
    # For AT-SPI no part of a spin button is met on its own.
    widget = window.find(("spin button",), name, showing=False)
    widget.bring_inside()
    left, top = window.origin_of(widget.toplevel())
    x, y, _, height = widget.extents
    click_at(left + x + 15, top + y + height // 2)
    window.key("ctrl+a")
    window.type(value)
    window.key("Return")


def chooser(window):
    return window.button(re.compile("^Stream: "))


def open_chooser(window, count):
    """The list hangs on its button, which counts as one thing otherwise."""
    button = chooser(window)
    button.click()
    in_list(window, count)


def in_list(window, text):
    wait_for(lambda: any(widget.name == text for widget in chooser(window).inside()), f"{text!r} in the list")


def test_the_published_bursts(lens):
    window, packets = open_bursts(lens)
    stream = reference.stream(packets, SOURCE, TOP)
    says(window, stream, 300 * MS, mean_size(packets, 1.1))
    assert len(reference.bursts(stream, 300 * MS, 417)) == 13
    choose(window, "Kind of burst size", 1)
    window.label("A burst: less than 300 ms between packets of at least 418 bytes, with all between them")
    spin(window, "Burst size", "417")
    window.label("A burst: less than 300 ms between packets of at least 417 bytes, with all between them")
    says(window, stream, 300 * MS, 417)
    assert window.find(("combo box",), "Preset of the burst rule")


def test_rules(lens):
    window, packets = open_bursts(lens)
    stream = reference.stream(packets, SOURCE, TOP)
    window.label(re.compile(r"\(the size is 1.1 × the mean payload of all IP packets in the capture, whatever the filter\)$"))
    choose(window, "Preset of the burst rule", 1)
    window.label("A burst: packets less than 1 s apart, of any size")
    says(window, stream, 1000 * MS, 0)
    choose(window, "Preset of the burst rule", 1)
    window.label("A burst: packets less than 1 ms apart, of any size")
    says(window, stream, MS, 0)
    spin(window, "Gap in milliseconds", "12.5")
    window.label("A burst: packets less than 12.5 ms apart, of any size")
    says(window, stream, 12500000, 0)
    # The arrow keys move it in its last but one digit.
    window.key("Up")
    window.label("A burst: packets less than 13.5 ms apart, of any size")
    says(window, stream, 13500000, 0)
    choose(window, "Kind of burst size", -2)
    spin(window, "Burst size", "2")
    window.label(re.compile("the size is 2 × the mean payload of all IP packets"))
    says(window, stream, 13500000, mean_size(packets, 2))
    # The chart says what it shows by its rule.
    window.label(re.compile("176 bursts · A burst: less than 13.5 ms between packets of at least 760 bytes"))
    choose(window, "Preset of the burst rule", -3)
    says(window, stream, 300 * MS, mean_size(packets, 1.1))


def test_another_stream_is_searched_and_chosen(lens):
    window, packets = open_bursts(lens)
    assert chooser(window).name == f"Stream: Strongest: {SOURCE} → {TOP}"
    open_chooser(window, "15 streams")
    window.type("3.213")
    in_list(window, "2 streams")
    window.key("Return")
    window.label(f"Bursts of {SOURCE} → {OTHER}")
    wait_for(lambda: chooser(window).name == f"Stream: {SOURCE} → {OTHER}", "the chooser to say it")
    says(window, reference.stream(packets, SOURCE, OTHER), 300 * MS, mean_size(packets, 1.1))
    # With the keys in the list: below the strongest come the streams.
    open_chooser(window, "15 streams")
    in_list(window, f"{TOP} → {SOURCE}, 3,417 packets · 565 kB")
    window.key("Tab", "Down", "Down", "Return")
    window.label(f"Bursts of {TOP} → {SOURCE}")
    says(window, reference.stream(packets, TOP, SOURCE), 300 * MS, mean_size(packets, 1.1))
    # Back to the strongest.
    open_chooser(window, "15 streams")
    window.key("Return")
    window.label(f"Bursts of {SOURCE} → {TOP}")


def test_the_stream_follows_the_filter(lens):
    window, packets = open_bursts(lens)
    window.label(f"Bursts of {SOURCE} → {TOP}")
    window.button(OTHER).click()
    window.label("225 of 9,907 packets, 2.3 %")
    window.label(f"Bursts of {SOURCE} → {OTHER}")
    # The mean is that of the whole capture also now.
    says(window, reference.stream(packets, SOURCE, OTHER), 300 * MS, mean_size(packets, 1.1))
    open_chooser(window, "2 streams")
    window.key("Tab", "Down", "Down", "Return")
    window.label(f"Bursts of {OTHER} → {SOURCE}")
    window.key("Escape")
    window.label("9,907 of 9,907 packets, 100.0 %")
    window.label(f"Bursts of {SOURCE} → {TOP}")


def clock(time_ns):
    seconds, rest = divmod(time_ns % (86400 * 10**9), 10**9)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest // 1000:06}"


def table_texts(window, title=f"Bursts of {SOURCE} → {TOP}"):
    table = window.find(("tree table", "table"), title, showing=False)
    return [widget for widget in table.inside() if widget.role == "label"]


def test_a_burst_of_the_table_selects_its_time(lens):
    window, packets = open_bursts(lens)
    stream = reference.stream(packets, SOURCE, TOP)
    found = reference.bursts(stream, 300 * MS, mean_size(packets, 1.1))
    says(window, stream, 300 * MS, mean_size(packets, 1.1))
    window.button("Show “Bursts of a stream” as a table", showing=False).accessible.get_action_iface().do_action(0)
    wait_for(lambda: len(table_texts(window)) >= 7 * len(found), "the table")
    texts = [widget.name for widget in table_texts(window)]
    for number, burst in enumerate(found, 1):
        payload = sum(size for _, size in burst)
        expected = [str(number), clock(burst[0][0])]
        at = texts.index(expected[1]) - 1
        row = texts[at:at + 7]
        assert row[:2] == expected, row
        assert row[3:6] == [f"{len(burst):,}", f"{payload:,}", f"{payload / len(burst):.2f}"], row
        assert (row[6] == "–") == (number == 1), row
    # One after the other: the table stays, and says which it is.
    for at in (0, 2):
        burst = found[at]
        choose_burst(window, burst)
        inside = [packet for packet in packets if burst[0][0] <= packet[0] <= burst[-1][0]]
        window.label(f"{len(inside):,} of 9,907 packets, {100 * len(inside) / 9907:.1f} %")
        wait_for(lambda: marked(window) == [str(at + 1)], f"burst {at + 1} to be the one that is selected")
        assert len(table_texts(window)) >= 7 * len(found)
        says(window, stream, 300 * MS, mean_size(packets, 1.1), showing=False)
        window.label(re.compile("^9,907 of 9,907 packets, 100.0 % · also outside the burst that is selected · 13 bursts · A burst: "))
        window.find(("label",), "The time of a burst is selected. The bursts here are also those outside it: of 9,907 of 9,907 packets, 100.0 %.", False)
        window.find(("label",), re.compile(r"\(the size is 1.1 × the mean payload of all IP packets in the capture, whatever the filter\)$"), False)
    window.key("alt+Left")
    wait_for(lambda: marked(window) == ["1"], "the burst before")
    assert len(table_texts(window)) >= 7 * len(found)
    window.key("alt+Right")
    wait_for(lambda: marked(window) == ["3"], "the burst after it")
    # Again: all of the time.
    choose_burst(window, found[2])
    window.label("9,907 of 9,907 packets, 100.0 %")
    wait_for(lambda: not marked(window), "no burst to be selected")
    says(window, stream, 300 * MS, mean_size(packets, 1.1), showing=False)


def choose_burst(window, burst, *title):
    cell = next(widget for widget in table_texts(window, *title) if widget.name == clock(burst[0][0]))
    cell.bring_inside()
    click_at(*cell.middle())


def marked(window, *title):
    return [widget.name.partition(",")[0] for widget in table_texts(window, *title) if widget.name.endswith(", selected")]


def test_bursts_of_a_flow(lens):
    """Its figures are those of the command line with a filter for that flow."""
    window, packets = open_bursts(lens)
    says(window, reference.stream(packets, SOURCE, TOP), 300 * MS, mean_size(packets, 1.1))
    window.label(re.compile(f"^Bursts of {SOURCE} → {TOP}$"))
    # All, then the one with the most packets, then the next.
    choose(window, "Flow of the stream", 2)
    done = subprocess.run([lens.program, "--summary", "--filter",
                           f"src host {SOURCE} and dst host {TOP} and udp src port 51504 and dst port 22070",
                           lens.capture("ring.pcap")], check=True, stdout=subprocess.PIPE, timeout=60)
    summary = json.loads(done.stdout)
    found = summary["bursts"]["bursts"]
    n = sum(burst["packets"] for burst in found)
    assert summary["top_stream"]["packets"] == 2590 and found
    mean = sum(burst["payload"] for burst in found) / n
    window.label(re.compile("^" + re.escape(f"{len(found)} burst{'s' if len(found) != 1 else ''} · {n:,} of 2,590 packets, ")
                            + ".*" + re.escape(f" · mean size {mean:.2f} bytes · ")))
    window.label(f"Bursts of UDP {SOURCE}:51504 → {TOP}:22070")
    # And back to all of it.
    choose(window, "Flow of the stream", -2)
    window.label(f"Bursts of {SOURCE} → {TOP}")
    says(window, reference.stream(packets, SOURCE, TOP), 300 * MS, mean_size(packets, 1.1))
    # Another stream has flows of its own, and begins with all of them.
    open_chooser(window, "15 streams")
    window.type("3.213")
    in_list(window, "2 streams")
    window.key("Return")
    window.label(f"Bursts of {SOURCE} → {OTHER}")
    open_list(window, "Flow of the stream")
    window.key("Down", "End", "Return")
    window.label(f"Bursts of TCP {SOURCE}:61707 → {OTHER}:443")


LANES = f"Bursts of all streams of {SOURCE}"
LANES_BUTTON = "Show “Bursts of all streams of a host” as a table"


def lanes_in_view(window):
    """The picture of the lanes, scrolled to the end of the page, with its place on the screen."""
    panel = window.label(re.compile("^A burst: "))
    left, top = window.origin_of(panel.toplevel())
    # Over the margin of the page: over a chart the wheel would zoom.
    xdotool("mousemove", left + panel.extents[0] - 18, top + panel.extents[1], "click", "--repeat", 60, "--delay", 10, 5)
    picture = window.find(("image",), LANES)
    picture.wait_until_still()
    x, y, width, height = picture.extents
    return picture, (left + x, top + y, width, height)


def lane_place(window, picture, lane, n_lanes):
    """Over the name of a lane, from where the plot begins below its legend to where its axis is; scrolled to where the window is low."""
    left, top = window.origin_of(picture.toplevel())
    tabs = window.find(("page tab list",), "Chart pages").extents
    upper, lower = tabs[1] + tabs[3] + 12, window.find(("slider",), "Timeline").extents[1] - 45

    def find():
        x, y, _, height = picture.extents
        at = y + 48 + (lane + .5) * (height - 48 - 41) / n_lanes
        if upper < at < lower:
            return left + x + 30, round(top + at)
        xdotool("mousemove", left + x - 10, top + upper + 100, "click", 4 if at < lower else 5)
        time.sleep(0.3)
        return None

    return wait_for(find, f"lane {lane} to be in view")


def said_by(picture):
    """What it says of the place that the pointer is at."""
    return next((inner.name for inner in picture.inside() if inner.role == "label" and inner.name), "")


def point(x, y):
    # A step beside first: a pointer that stands still tells nothing.
    xdotool("mousemove", round(x) + 2, round(y))
    xdotool("mousemove", round(x), round(y))


def strongest(packets, host, n):
    counts = {}
    for _, source, destination, payload in packets:
        if host in (source, destination):
            count = counts.setdefault((source, destination), [0, 0])
            count[0] += 1
            count[1] += payload
    return sorted(counts, key=lambda key: counts[key], reverse=True)[:n], len(counts)


def test_lanes_say_and_choose(lens):
    window, packets = open_bursts(lens)
    size = mean_size(packets, 1.1)
    says(window, reference.stream(packets, SOURCE, TOP), 300 * MS, size)
    streams, n_streams = strongest(packets, SOURCE, 12)
    picture, (x, y, _, height) = lanes_in_view(window)
    window.label(re.compile(f"the 12 of its {n_streams} streams with the most packets; {n_streams - 12} others are not shown"))
    for lane, (source, destination) in enumerate(streams):
        stream = reference.stream(packets, source, destination)
        n = len(reference.bursts(stream, 300 * MS, size))
        point(*lane_place(window, picture, lane, len(streams)))
        expected = f"{source} → {destination}: {n:,} burst{'s' if n != 1 else ''} in {len(stream):,} packets"
        wait_for(lambda: said_by(picture) == expected, expected)
    # A click looks at the stream, and the lanes are still those of the host that it ends at.
    lane = streams.index((OTHER, SOURCE))
    click_at(*lane_place(window, picture, lane, len(streams)))
    time.sleep(0.5)
    window.find(("image",), LANES)
    xdotool("mousemove", x - 10, y + height // 2, "click", "--repeat", 60, "--delay", 10, 4)
    wait_for(lambda: chooser(window).name == f"Stream: {OTHER} → {SOURCE}", "the stream of the lane")
    says(window, reference.stream(packets, OTHER, SOURCE), 300 * MS, size)


def test_lanes_show_the_visible_time(lens):
    window, packets = open_bursts(lens)
    says(window, reference.stream(packets, SOURCE, TOP), 300 * MS, mean_size(packets, 1.1))
    picture, (x, y, width, height) = lanes_in_view(window)
    before = picture.extents[3]
    point(x + width * 3 // 4, y + height / 2)
    wait_for(lambda: "192.168.24.221" in said_by(picture), "the lane at the pointer")
    xdotool("click", "--repeat", 4, "--delay", 200, 4)
    window.button("Show all of the time in “Bursts of all streams of a host”")
    # It is every time chart's.
    window.button("Show all of the time in “Bursts of a stream”", showing=False)
    window.button("Show all of the time in “Bursts of all streams of a host”").click()
    window.find(("image",), LANES)
    assert picture.extents[3] == before


def lane_rows(window, n):
    table = window.find(("tree table", "table"), LANES, showing=False)
    texts = [widget.name for widget in table.inside() if widget.role == "label"]
    return [texts[at:at + 9] for at in range(0, len(texts) - len(texts) % 9, 9)][:n]


def test_lanes_as_a_table(lens):
    window, packets = open_bursts(lens)
    size = mean_size(packets, 1.1)
    says(window, reference.stream(packets, SOURCE, TOP), 300 * MS, size)
    streams, _ = strongest(packets, SOURCE, 12)
    window.button(LANES_BUTTON, showing=False).accessible.get_action_iface().do_action(0)
    expected = []
    for source, destination in streams:
        stream = reference.stream(packets, source, destination)
        found = reference.bursts(stream, 300 * MS, size)
        n = sum(map(len, found))
        span = stream[-1][0] - stream[0][0]
        expected.append([source, destination, f"{len(stream):,}", f"{sum(payload for _, payload in stream):,}", str(len(found)),
                         f"{n:,}", f"{n / len(found) - 1 if found else 0:.2f}",
                         f"{sum(payload for burst in found for _, payload in burst) / n if found else 0:.2f}",
                         f"{100 * sum(burst[-1][0] - burst[0][0] for burst in found) / span:.1f} %"])
    wait_for(lambda: [row for row in lane_rows(window, 99) if row in expected] == expected, "the table of lanes")


def test_small_and_dark(lens):
    window, packets = open_bursts(lens, style="dark", size=(900, 600))
    says(window, reference.stream(packets, SOURCE, TOP), 300 * MS, mean_size(packets, 1.1))
    frame = window.toplevels[0]
    wait_for(lambda: frame.extents[2] <= 900 and frame.extents[3] <= 600, "the window to be small")
    for role, name in (("spin button", "Gap in milliseconds"), ("spin button", "Burst size"),
                       ("combo box", "Preset of the burst rule"), ("combo box", "Kind of burst size")):
        x, _, width, _ = window.find((role,), name, showing=False).extents
        assert x >= 0 and x + width <= 900, name


def test_the_table_keeps_its_order(lens):
    """Also while the rule is moved; and Tab leaves it, however many rows it has."""
    window, packets = open_bursts(lens)
    stream = reference.stream(packets, SOURCE, TOP)
    says(window, stream, 300 * MS, mean_size(packets, 1.1))
    window.button("Show “Bursts of a stream” as a table").click()
    wait_for(lambda: len(table_texts(window)) >= 7 * 13, "the table")

    def table():
        return window.find(("tree table", "table"), f"Bursts of {SOURCE} → {TOP}", showing=False)

    def starts(gap_ns):
        return [clock(burst[0][0]) for burst in
                sorted(reference.bursts(stream, gap_ns, mean_size(packets, 1.1)), key=lambda burst: (len(burst), burst[0][0]))][:6]

    def shown():
        """The first starts, in the order of the rows."""
        return [widget.name for widget in sorted(table_texts(window), key=lambda widget: widget.extents[1])
                if re.match("^[0-9:.]{15}$", widget.name) and widget.extents[3] > 0][:6]

    # Over the button that saves to the titles.
    window.key("Tab", "Tab", "Right", "Right", "Right")
    title = next(widget for widget in table().inside() if widget.name == "Packets")
    wait_for(lambda: title.is_focused, "the title to have the keys")
    window.key("Return")
    wait_for(lambda: shown() == starts(300 * MS), "fewest packets first")
    # From the rows Tab goes on to the next chart.
    window.key("Down", "Tab")
    after = window.button(LANES_BUTTON, showing=False)
    wait_for(lambda: after.is_focused, "the keys to be at the next chart")
    spin(window, "Gap in milliseconds", "500")
    wait_for(lambda: shown() == starts(500 * MS), "fewest packets first, by the other rule")


def test_bursts_stay_those_of_the_rest_of_the_filter(lens):
    """They are those of the command line with that filter; without the chip of the time none is selected."""
    window, packets = open_bursts(lens)
    window.label(re.compile(f"^Bursts of {SOURCE} → {TOP}$"))
    window.button(OTHER).click()
    window.label("225 of 9,907 packets, 2.3 %")
    title = f"Bursts of {SOURCE} → {OTHER}"
    window.label(title)
    done = subprocess.run([lens.program, "--summary", "--filter", f"host {OTHER}", lens.capture("ring.pcap")],
                          check=True, stdout=subprocess.PIPE, timeout=60)
    summary = json.loads(done.stdout)
    found = summary["bursts"]["bursts"]
    n = sum(burst["packets"] for burst in found)
    assert len(found) > 1
    figures = re.compile("^" + re.escape(f"{len(found)} bursts · {n:,} of {summary['top_stream']['packets']:,} packets, "))
    stream = reference.stream(packets, SOURCE, OTHER)
    bursts = reference.bursts(stream, 300 * MS, mean_size(packets, 1.1))
    window.button("Show “Bursts of a stream” as a table", showing=False).accessible.get_action_iface().do_action(0)
    wait_for(lambda: len(table_texts(window, title)) >= 7 * len(found), "the table")
    for at, burst in enumerate(bursts[:2]):
        choose_burst(window, burst, title)
        wait_for(lambda: marked(window, title) == [str(at + 1)], f"burst {at + 1} to be the one that is selected")
        window.find(("label",), figures, False)
        window.find(("label",), re.compile(f"^225 of 9,907 packets, 2.3 % · host {OTHER} · also outside the burst that is selected · "), False)
        assert len(table_texts(window, title)) >= 7 * len(found)
    window.button(re.compile("^Remove filter .*:")).click()
    window.label("225 of 9,907 packets, 2.3 %")
    wait_for(lambda: not marked(window, title), "no burst to be selected")
    window.find(("label",), figures, False)
