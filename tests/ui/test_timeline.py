"""The timeline along the bottom: a span of time dragged out, moved, resized and taken away, by mouse and by keys."""

import re
import struct
import subprocess
import time

import make_captures
from lens_window import Failure, Widget, wait_for, xdotool

ALL = "9,907 of 9,907 packets, 100.0 %"
HOST = "18.197.187.162"
HOST_ONLY = "9,261 of 9,907 packets, 93.5 %"
SHARE = re.compile(r"([\d,]+) of ([\d,]+) packets?, ")
SPAN = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?) – (\d\d):(\d\d):(\d\d(?:\.\d+)?) \(")
NOTHING = "No time is selected"
# Of the picture's width, on each side of the bins.
SIDE = 12


def timeline(window):
    """Found once: it is there as long as the window."""
    if not hasattr(window, "timeline"):
        window.timeline = window.find(("slider",), "Timeline")
    return window.timeline


def span_of(window):
    """First and last second of the day, or None: as the timeline says to a screen reader."""
    match = SPAN.search(timeline(window).description)
    if not match:
        return None
    hours = [float(text) for text in match.groups()]
    return hours[0] * 3600 + hours[1] * 60 + hours[2], hours[3] * 3600 + hours[4] * 60 + hours[5]


def wait_span(window, condition, what):
    """A span for which condition(first, last) is true, once it stands still."""
    seen = [None]

    def found():
        seen.append(span_of(window))
        return seen[-1] is not None and seen[-1] == seen[-2] and condition(*seen[-1])

    wait_for(found, what)
    time.sleep(0.5)
    return span_of(window)


def place(window, fraction):
    """On the screen."""
    widget = timeline(window)
    widget.wait_until_still()
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    return left + x + SIDE + round((width - 2 * SIDE) * fraction), top + y + height // 3


def press(window, fraction):
    xdotool("mousemove", *place(window, fraction))
    time.sleep(0.1)
    xdotool("mousedown", 1)


def move(window, start, end):
    x, y = place(window, start)
    to = place(window, end)[0]
    for step in range(1, 11):
        xdotool("mousemove", max(x + (to - x) * step // 10, 0), y)
        time.sleep(0.02)


def drag(window, start, end):
    press(window, start)
    move(window, start, end)
    xdotool("mouseup", 1)


def times_of_ring(lens):
    """Read here, without the program: seconds since the day began of every packet."""
    with open(lens.capture("ring.pcap"), "rb") as file:
        data = file.read()
    at, times = 24, []
    while at < len(data):
        second, micro, length = struct.unpack_from("<III", data, at)
        times.append(second % 86400 + micro / 1e6)
        at += 16 + length
    return times


def assert_share(window, lens, span, times=None):
    times = times or times_of_ring(lens)
    # The ends of the capture are selected to the nanosecond, and shown rounded down.
    first = times[0] if 0 <= times[0] - span[0] < 0.1 else span[0]
    last = times[-1] if 0 <= times[-1] - span[1] < 0.1 else span[1]
    n = sum(first - 1e-7 <= at <= last + 1e-7 for at in times)
    wait_for(lambda: f": {n:,} of 9,907 packets, " in timeline(window).description, f"the timeline to say {n}")


def assert_no_time(window):
    wait_for(lambda: NOTHING in timeline(window).description, "no time to be selected")


def test_drag_selects_what_was_captured_then(lens):
    window = lens.start_ring()
    assert_no_time(window)
    drag(window, 0.6, 0.8)
    span = wait_span(window, lambda first, last: last - first > 30, "a span")
    # 192.4 s, of which a fifth.
    assert 36 < span[1] - span[0] < 41, span
    assert_share(window, lens, span)
    share = SHARE.search(timeline(window).description)[0]
    window.label(re.compile("^" + share))
    window.label(re.compile("^17:5.* – 17:5[^.]*$"))  # the chip
    window.image("Packets per layer")
    wait_for(lambda: share.split()[0] + " packets" in window.image("Packets per layer").description, "the chart to follow")
    # To the other side, and over the ends: all packets of the end are in it.
    drag(window, 0.5, -0.05)
    begin = wait_span(window, lambda first, last: last < span[0], "another span")
    assert abs(begin[0] - times_of_ring(lens)[0]) < 0.1, begin
    assert_share(window, lens, begin)
    drag(window, 0.7, 1.05)
    end = wait_span(window, lambda first, last: first > begin[1], "a third span")
    assert abs(end[1] - times_of_ring(lens)[-1]) < 0.1, end
    assert_share(window, lens, end)


def test_middle_moves_and_edges_resize(lens):
    window = lens.start_ring()
    drag(window, 0.6, 0.8)
    before = wait_span(window, lambda first, last: last - first > 30, "a span")
    drag(window, 0.7, 0.6)
    moved = wait_span(window, lambda first, last: first < before[0] - 15, "the span to move")
    assert abs((moved[1] - moved[0]) - (before[1] - before[0])) < 0.15, (before, moved)
    assert_share(window, lens, moved)
    drag(window, 0.7, 0.9)
    longer = wait_span(window, lambda first, last: last > moved[1] + 30, "the last edge to move")
    assert longer[0] == moved[0]
    assert_share(window, lens, longer)
    drag(window, 0.5, 0.55)
    shorter = wait_span(window, lambda first, last: first > longer[0] + 5, "the first edge to move")
    assert shorter[1] == longer[1]
    assert_share(window, lens, shorter)
    # An edge drawn over the other one.
    drag(window, 0.9, 0.3)
    turned = wait_span(window, lambda first, last: last == shorter[0], "the edges to change places")
    assert turned[0] < shorter[0]
    # Against the end it keeps its length.
    drag(window, 0.4, 1.5)
    at_end = wait_span(window, lambda first, last: first > turned[1], "the span to go to the end")
    assert abs((at_end[1] - at_end[0]) - (turned[1] - turned[0])) < 0.15, (turned, at_end)


def test_a_drag_is_one_step_of_the_history(lens):
    window = lens.start_ring()
    drag(window, 0.6, 0.7)
    first = wait_span(window, lambda first, last: last - first > 15, "a span")
    drag(window, 0.65, 0.75)
    second = wait_span(window, lambda start, last: start > first[0] + 5, "the span to move")
    window.key("alt+Left")
    wait_for(lambda: span_of(window) == first, "the span from before")
    window.key("alt+Left")
    assert_no_time(window)
    window.label(ALL)
    assert not window.button("Back", showing=False).is_sensitive
    window.key("alt+Right", "alt+Right")
    wait_for(lambda: span_of(window) == second, "the later span")
    assert_share(window, lens, second)


def test_figures_follow_while_the_pointer_moves(lens):
    window = lens.start_ring()
    times = times_of_ring(lens)
    press(window, 0.6)
    try:
        move(window, 0.6, 0.7)
        span = wait_span(window, lambda first, last: last - first > 15, "a span before the button is let go")
        assert_share(window, lens, span, times)
        move(window, 0.7, 0.8)
        span = wait_span(window, lambda first, last: last - first > 35, "a longer span")
        assert_share(window, lens, span, times)
        # Escape gives it up, and the pointer is of no account until it is pressed again.
        # (Window.key() would let the button go first.)
        xdotool("key", "Escape")
        window.label(ALL)
        assert_no_time(window)
        move(window, 0.8, 0.9)
        time.sleep(0.5)
        assert_no_time(window)
    finally:
        xdotool("mouseup", 1)
    assert_no_time(window)
    assert not window.button("Back", showing=False).is_sensitive


def test_ways_to_clear_leave_the_rest_of_the_filter(lens):
    window = lens.start_ring()
    window.button(HOST).click()
    window.label(HOST_ONLY)
    ways = {
        "double click": lambda: xdotool("mousemove", *place(window, 0.7), "click", "--repeat", 2, "--delay", 60, 1),
        "Escape": lambda: window.key("Escape"),
        "Delete": lambda: window.key("Delete"),
        "the cross": lambda: window.button("Select all time").click(),
        "the chip": lambda: window.button(re.compile("^Remove filter 17:5")).click(),
    }
    for name, clear in ways.items():
        drag(window, 0.6, 0.8)
        wait_span(window, lambda first, last: last - first > 30, f"a span for {name}")
        clear()
        assert_no_time(window)
        window.label(HOST_ONLY)
        window.label(f"host {HOST}")
    # With no span left Escape is that of the window.
    window.key("Escape")
    window.label(ALL)


def test_time_and_hosts_go_together(lens):
    window = lens.start_ring()
    drag(window, 0.7, 0.9)
    span = wait_span(window, lambda first, last: last - first > 30, "a span")
    window.button(HOST).click()
    window.label(f"host {HOST}")
    assert span_of(window) == span
    done = subprocess.run(["tshark", "-r", lens.capture("ring.pcap"), "-Y",
                           f"ip.addr == {HOST} && frame.time_epoch >= {midnight() + span[0] - 1e-7:.7f} && "
                           f"frame.time_epoch <= {midnight() + span[1] + 1e-7:.7f}", "-T", "fields", "-e", "frame.number"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    n = len(done.stdout.splitlines())
    assert n > 100
    window.label(re.compile(f"^{n:,} of 9,907 packets, "))
    # The same host again takes it away, and leaves the time.
    window.button(HOST).click()
    wait_for(lambda: not window.has_label(f"host {HOST}"), "the host's chip to go")
    assert span_of(window) == span
    assert_share(window, lens, span)


def midnight():
    return make_captures.START_S // 86400 * 86400


def focus_by_keys(window):
    for _ in range(40):
        if timeline(window).is_focused:
            return
        window.key("Tab")
    raise Failure("Tab does not reach the timeline")


def test_keys_alone(lens):
    window = lens.start_ring()
    focus_by_keys(window)
    window.key("Right")
    first = wait_span(window, lambda start, last: True, "a span at the begin")
    assert 5 < first[1] - first[0] < 25 and first[0] < 17 * 3600 + 53 * 60 + 56, first
    window.key("Right")
    right = wait_span(window, lambda start, last: start > first[0], "the span to move")
    assert abs((right[1] - right[0]) - (first[1] - first[0])) < 0.15
    window.key("shift+Right")
    longer = wait_span(window, lambda start, last: last > right[1], "the span to grow")
    assert longer[0] == right[0]
    window.key("ctrl+shift+Right")
    later = wait_span(window, lambda start, last: start > longer[0], "the begin to move")
    assert later[1] == longer[1]
    window.key("End")
    at_end = wait_span(window, lambda start, last: last > 17 * 3600 + 57 * 60, "the span to go to the end")
    # It keeps its length, so that its begin is no round moment and shown rounded down.
    n = int(SHARE.search(timeline(window).description)[1].replace(",", ""))
    times = times_of_ring(lens)
    assert sum(at >= at_end[0] + 0.1 for at in times) <= n <= sum(at >= at_end[0] for at in times), n
    window.key("Home")
    wait_span(window, lambda start, last: start == first[0], "the span to go to the begin")
    window.key("shift+End")
    wait_span(window, lambda start, last: start == first[0] and last > 17 * 3600 + 57 * 60, "the span to be all")
    assert ": " + ALL in timeline(window).description
    window.key("Delete")
    assert_no_time(window)
    assert timeline(window).is_focused


def test_keys_at_once_are_one_step_of_the_history(lens):
    window = lens.start_ring()
    focus_by_keys(window)
    window.key("Right", "Right", "shift+Right", "Right")
    span = wait_span(window, lambda start, last: True, "a span")
    time.sleep(1)
    window.key("alt+Left")
    assert_no_time(window)
    assert not window.button("Back", showing=False).is_sensitive
    window.key("alt+Right")
    assert wait_span(window, lambda start, last: True, "the span again") == span


def pixels(window):
    widget = timeline(window)
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    shot = subprocess.run(["import", "-window", "root", "png:-"], stdout=subprocess.PIPE, check=True).stdout
    return subprocess.run(["convert", "png:-", "-crop", f"{width}x{height}+{left + x}+{top + y}", "+repage", "rgb:-"],
                          input=shot, stdout=subprocess.PIPE, check=True).stdout


def test_bytes_or_packets(lens):
    window = lens.start_ring()
    timeline(window).wait_until_still()
    xdotool("mousemove", 1390, 940)
    time.sleep(0.5)
    by_bytes = pixels(window)
    window.button("Packets").click()
    xdotool("mousemove", 1390, 940)
    wait_for(lambda: pixels(window) != by_bytes, "heights by packets")
    window.button("Bytes").click()
    xdotool("mousemove", 1390, 940)
    wait_for(lambda: pixels(window) == by_bytes, "heights by bytes again")


def test_readout_says_what_is_under_the_pointer(lens):
    window = lens.start_ring()
    times = times_of_ring(lens)

    def read_out(pattern):
        xdotool("mousemove", *place(window, 0.8))
        found = wait_for(lambda: pattern.match(window.label(pattern).name), f"a label {pattern.pattern}")
        minute, first, last, n = int(found[1]), float(found[2]), float(found[3]), int(found[4])
        start = 17 * 3600 + minute * 60
        # The words are rounded down to a tenth of a second.
        least = sum(start + first + 0.1 <= at <= start + last for at in times)
        most = sum(start + first <= at <= start + last + 0.1 for at in times)
        assert least <= n <= most, (least, n, most)
        return found

    read_out(re.compile(r"^17:(\d+):([\d.]+) – 17:\d+:([\d.]+): (\d+) packets?, [\d.]+ (?:kB|bytes)$"))
    window.button("52.87.138.226").click()
    window.label("host 52.87.138.226")
    found = read_out(re.compile(r"^17:(\d+):([\d.]+) – 17:\d+:([\d.]+): \d+ packets?, .* of (\d+) packets?, "))
    assert "0 packets, 0 bytes of" in found[0], found[0]
    xdotool("mousemove", 1390, 940)
    wait_for(lambda: not window.has_label(re.compile("packets.* of .*packets,.*bytes$|^17:.*packets")), "the words to go")


def start_with(lens, name, packets):
    path = lens.path(name)
    with open(path, "wb") as file:
        file.write(make_captures.pcap(packets))
    return lens.start(path)


def test_one_packet(lens):
    window = start_with(lens, "one.pcap", [(0.5, make_captures.udp_packet("192.0.2.1", "192.0.2.7"))])
    window.label("1 of 1 packet, 100.0 %")
    drag(window, 0.4, 0.6)
    wait_span(window, lambda first, last: True, "a span around the one packet")
    window.label("1 of 1 packet, 100.0 %")
    window.key("Escape")
    assert_no_time(window)


def test_a_gap_of_years(lens):
    packet = make_captures.udp_packet("192.0.2.1", "192.0.2.7")
    window = start_with(lens, "gap.pcap", [(-1.6e9, packet), (-1.6e9 + 1, packet), (0, packet), (1, packet), (2, packet)])
    window.label("5 of 5 packets, 100.0 %")
    drag(window, 0.5, 1.1)
    window.label("3 of 5 packets, 60.0 %")
    drag(window, 0.4, -0.1)
    window.label("2 of 5 packets, 40.0 %")


def test_days_are_said_where_there_are_several(lens):
    """A time of day alone would be of any of them: in the words of the timeline, of the chip and of what is pointed at."""
    packet = make_captures.udp_packet("192.0.2.1", "192.0.2.7")
    window = start_with(lens, "days.pcap", [(hour * 3600, packet) for hour in range(72)])
    window.label("72 of 72 packets, 100.0 %")
    drag(window, 0.5, 0.55)
    day = r"2021-04-\d\d \d\d:\d\d:\d\d"
    hours = wait_for(lambda: re.search(rf"^({day}) – (\d\d:\d\d:\d\d|{day}) \(", timeline(window).description), "a span with its day")
    assert hours[1].startswith("2021-04-09 0"), hours[0]
    chip = window.label(re.compile(rf"^{day} – [-0-9: ]+$")).name
    assert chip.startswith(hours[1][:16]), (chip, hours[0])
    window.key("Escape")
    assert_no_time(window)
    xdotool("mousemove", *place(window, 0.2))
    window.label(re.compile(rf"^{day} – .*: \d+ packets?, "))


def test_dark_and_small(lens):
    window = lens.start_ring(style="dark", size=(900, 600))
    frame = window.toplevels[0]
    wait_for(lambda: frame.extents[2] <= 900 and frame.extents[3] <= 600, "the window to be small")
    drag(window, 0.6, 0.8)
    span = wait_span(window, lambda first, last: last - first > 30, "a span")
    assert_share(window, lens, span)
    for widget in (timeline(window), window.button("Bytes"), window.button("Packets"), window.button("Select all time")):
        x, y, width, height = widget.extents
        assert x >= 0 and y >= 0 and x + width <= 900 and y + height <= 600, widget.name


# Zoom


def write_years(lens):
    """Times in nanoseconds: 40 packets within 40 µs, one 24 years later, and another 36 years later 100 in 3 s."""
    times = [157766400 * 10**9 + 123456789 + i * 1000 for i in range(40)] + [920000000 * 10**9]
    times += [2051222400 * 10**9 + i * 30_000_000 for i in range(100)]
    packets = [make_captures.udp_packet("192.0.2.1", "192.0.2.7"), make_captures.udp_packet("192.0.2.9", "192.0.2.7")]
    path = lens.path("years.pcap")
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b23c4d, 2, 4, 0, 0, 65535, 1))
        for i, time_ns in enumerate(times):
            packet = packets[i % 3 == 0]
            file.write(struct.pack("<IIII", *divmod(time_ns, 10**9), len(packet), len(packet)) + packet)
    return path, times


ZOOMED = re.compile(r"Zoomed in on ([^(]*) \(([^)]*)\)")


def zoomed(window):
    """What the timeline shows and how long that is, in words; None where that is all."""
    match = ZOOMED.search(timeline(window).description)
    return match.groups() if match else None


def n_selected(window):
    return int(SHARE.search(timeline(window).description)[1].replace(",", ""))


def expect_as_summary(lens, window, path, times):
    """The span that is said in nanoseconds, once it stands still: the packets in it are as many as in the file."""
    seen = [None]

    def still():
        seen.append(timeline(window).description)
        return seen[-1] == seen[-2]

    wait_for(still, "the timeline to stand still")
    words = re.search(r"^(?:[-0-9]+ )?00:00:00\.(\d+) – 00:00:00\.(\d+) \(", seen[-1])
    assert words, seen[-1]
    second = times[0] // 10**9 * 10**9
    first, last = (second + int(digits.ljust(9, "0")) for digits in words.groups())
    # What is said is rounded down.
    step = 10 ** (9 - len(words[1]))
    least = sum(first + step <= at <= last for at in times)
    most = sum(first <= at <= last + step for at in times)
    assert least <= n_selected(window) <= most, (seen[-1], least, most)
    n = n_selected(window)
    window.label(re.compile(f"^{n} of {len(times)} packets, "))
    return n


def test_microseconds_among_years(lens):
    """All of 40 µs is in one pixel of 60 years: dragged over, zoomed in on, and a part of it is dragged, moved and resized."""
    path, times = write_years(lens)
    window = lens.start(path)
    window.label("141 of 141 packets, 100.0 %")
    assert zoomed(window) is None
    drag(window, 0.03, -0.05)
    window.label("40 of 141 packets, 28.4 %")
    window.button("Zoom the timeline in").click()
    assert wait_for(lambda: zoomed(window), "the timeline to be zoomed")[1] == "40.6 µs"
    window.label("40 of 141 packets, 28.4 %")  # what is selected is as before
    # There is no place to move it to: a drag in it selects a part.
    drag(window, 0.3, 0.6)
    wait_for(lambda: n_selected(window) < 20, "a part to be selected")
    n = expect_as_summary(lens, window, path, times)
    assert 11 <= n <= 13, n
    drag(window, 0.6, 0.8)
    wait_for(lambda: n_selected(window) > n, "the end to move")
    longer = expect_as_summary(lens, window, path, times)
    assert 19 <= longer <= 21, longer
    drag(window, 0.5, 0.4)
    time.sleep(0.5)
    assert abs(expect_as_summary(lens, window, path, times) - longer) <= 1
    # The readout speaks of it as closely.
    xdotool("mousemove", *place(window, 0.9))
    window.label(re.compile(r"^.*00:00:00\.12349\d* – .*: [01] packets?, .*"))
    window.button("Show the whole capture").click()
    wait_for(lambda: zoomed(window) is None, "all time to be shown")
    assert timeline(window).is_focused
    assert abs(n_selected(window) - longer) <= 1
    assert not window.button("Zoom the timeline out").is_sensitive


def test_microseconds_by_keys_alone(lens):
    path, times = write_years(lens)
    window = lens.start(path)
    window.label("141 of 141 packets, 100.0 %")
    focus_by_keys(window)
    window.key("Right")
    wait_for(lambda: n_selected(window) == 40, "the first years to be selected")
    window.key("plus")
    wait_for(lambda: zoomed(window), "the timeline to be zoomed")
    time.sleep(1)
    window.key("Right")
    wait_for(lambda: n_selected(window) < 8, "a part of them to be selected")
    first = expect_as_summary(lens, window, path, times)
    window.key("ctrl+Right", "ctrl+Right", "shift+Right")
    wait_for(lambda: timeline(window).description.startswith("00:00:00.12346"), "it to move")
    assert expect_as_summary(lens, window, path, times) in (first, first + 1)
    # What is shown follows what is moved out of it.
    shown = zoomed(window)
    window.key("End")
    wait_for(lambda: zoomed(window) and zoomed(window)[0].startswith("2035-01-01 00:00:02"), "the end to be shown")
    assert zoomed(window)[1] == shown[1]
    window.key("0")
    wait_for(lambda: zoomed(window) is None, "all time to be shown")


def test_wheel_zooms_to_packets_and_back(lens):
    """Over one pixel with packets the wheel goes to them at once, whatever lies around, and from them back to the next ones."""
    path, _ = write_years(lens)
    window = lens.start(path)
    window.label("141 of 141 packets, 100.0 %")
    xdotool("mousemove", *place(window, 0.002))
    for _ in range(12):
        xdotool("click", 4)
        time.sleep(0.2)
        if zoomed(window) and zoomed(window)[1].endswith(" µs"):
            break
    assert zoomed(window)[1].endswith(" µs"), zoomed(window)
    assert NOTHING in timeline(window).description
    for _ in range(30):
        xdotool("click", 5)
        time.sleep(0.2)
        if zoomed(window) is None:
            break
    assert zoomed(window) is None, zoomed(window)
    window.label("141 of 141 packets, 100.0 %")


def test_zoomed_bins_are_of_the_filter(lens):
    """Close up, each column says what it has, and after a change of the filter what of it passes."""
    window = lens.start_ring()
    times = times_of_ring(lens)
    drag(window, 0.75, 0.77)
    wait_span(window, lambda first, last: last - first > 2, "a span")
    window.key("plus")
    wait_for(lambda: zoomed(window), "the timeline to be zoomed")
    window.key("Delete")
    assert_no_time(window)

    left, y = place(window, 0)
    right = place(window, 1)[0]
    box = Widget(window, timeline(window).accessible.get_parent())

    def read_out(pattern):
        columns = {}
        for x in range(left + 30, right, (right - left) // 12):
            xdotool("mousemove", x, y, "sleep", 0.1)
            found = wait_for(lambda: next(filter(None, (pattern.match(widget.name) for widget in box.walk())), None), "the readout")
            columns[found[1]] = found
        assert len(columns) > 8
        return columns.values()

    counts = []
    for found in read_out(re.compile(r"^17:(\d+:[\d.]+) – 17:(\d+:[\d.]+): (\d+) packets?, [\d.]+ (?:kB|bytes)$")):
        first, last = (17 * 3600 + int(text[:2]) * 60 + float(text[3:]) for text in found.groups()[:2])
        step = 10.0 ** -len(found[1].partition(".")[2])
        least = sum(first + step <= at <= last for at in times)
        most = sum(first <= at <= last + step for at in times)
        assert least <= int(found[3]) <= most, (found[0], least, most)
        counts.append(int(found[3]))
    assert any(counts), counts
    window.button(HOST).click()
    window.label(HOST_ONLY)
    assert zoomed(window)
    both = re.compile(r"^17:(\d+:[\d.]+) – 17:\d+:[\d.]+: (\d+) packets?, .* of (\d+) packets?, ")
    assert any(0 < int(found[2]) <= int(found[3]) for found in read_out(both))
    # Another host, which has next to nothing there.
    window.key("Escape")
    window.label(ALL)
    window.button("52.87.138.226").click()
    window.label("host 52.87.138.226")
    assert all(int(found[2]) == 0 for found in read_out(both))
