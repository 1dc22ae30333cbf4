"""The timeline zoomed: halves, pans, the wheel at the pointer, many packets, and the last microseconds of decades."""

import re
import time

import make_captures
from lens_window import Widget, wait_for, xdotool
from test_reading import Pipe
from test_timeline import (SIDE, assert_no_time, drag, focus_by_keys, move, n_selected, place, press, span_of, start_with,
                           timeline, times_of_ring, wait_span, write_years, zoomed)


def shown_of(window):
    """First and last second of the day that the timeline shows, where that isn't all."""
    found = re.findall(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)", zoomed(window)[0])
    assert len(found) == 2, zoomed(window)
    return [int(hour) * 3600 + int(minute) * 60 + float(second) for hour, minute, second in found]


def wait_shown(window, condition, what):
    """What is shown once condition(first, last) is true of it; as it is said, to a part of a pixel."""
    return wait_for(lambda: zoomed(window) and condition(*shown_of(window)) and shown_of(window), what)


def find_said(window, pattern):
    """What the timeline's box says that begins so: the widget and the match, or None."""
    box = Widget(window, timeline(window).accessible.get_parent())
    for widget in box.walk():
        found = re.match(pattern, widget.name)
        if found and widget.is_showing:
            return widget, found
    return None


def is_near(a, b, within):
    return abs(a - b) <= within


def test_zoom_in_and_out_by_halves(lens):
    """Without a selection, by keys: half of it, and back to twice as much around the same middle. With one, first to that."""
    window = lens.start_ring()
    times = times_of_ring(lens)
    whole = times[-1] - times[0]
    focus_by_keys(window)
    window.key("ctrl+plus")  # the graph's
    time.sleep(0.5)
    assert zoomed(window) is None
    window.key("plus")
    half = wait_shown(window, lambda first, last: is_near(last - first, whole / 2, 1), "half of the time")
    assert is_near(sum(half) / 2, (times[0] + times[-1]) / 2, 2), half
    window.key("plus")
    quarter = wait_shown(window, lambda first, last: is_near(last - first, whole / 4, 1), "a quarter of the time")
    window.key("minus")
    again = wait_shown(window, lambda first, last: is_near(last - first, whole / 2, 1), "half of the time again")
    assert is_near(sum(again), sum(quarter), 0.5), (again, quarter)
    window.key("minus")
    wait_for(lambda: zoomed(window) is None, "all time to be shown")
    drag(window, 0.7, 0.75)
    span = wait_span(window, lambda first, last: last - first > 5, "a span")
    window.key("plus")
    first, last = wait_shown(window, lambda first, last: last - first < 12, "the selected time")
    assert first < span[0] and last > span[1], (first, last, span)
    window.key("plus")
    wait_shown(window, lambda a, b: is_near(b - a, (last - first) / 2, 0.5), "half of the selected time")
    assert span_of(window) == span


def test_pan_and_wheel_at_the_pointer(lens):
    """Shift and the wheel, or one that turns sideways, go on in time and stop at the ends; the wheel alone keeps what is under the
    pointer there, wherever that has moved to, and what is read there follows."""
    window = lens.start_ring()
    times = times_of_ring(lens)
    drag(window, 0.4, 0.6)
    wait_span(window, lambda first, last: last - first > 30, "a span")
    window.key("plus")
    first, last = wait_shown(window, lambda first, last: last - first < 50, "the selected time")
    length = last - first
    window.key("Delete")
    assert_no_time(window)
    xdotool("mousemove", *place(window, 0.3))
    for button, with_shift, by in ((5, True, 1), (7, False, 2), (6, False, 1), (4, True, 0)):
        xdotool(*(("keydown", "shift", "click", button, "keyup", "shift") if with_shift else ("click", button)))
        wait_shown(window, lambda start, end, by=by: is_near(start, first + by * length / 10, 0.3)
                   and is_near(end - start, length, 0.3), f"{by} tenths later")
    xdotool("click", "--repeat", 30, "--delay", 30, 7)
    end = wait_shown(window, lambda start, end: is_near(end, times[-1], 0.3), "the end of the capture")
    assert is_near(end[1] - end[0], length, 0.3), end
    # From where it came in the pointer goes on within the timeline.
    x, y = place(window, 0.7)
    xdotool("mousemove", x - 40, y, "sleep", 0.2, "mousemove", x, y)

    def read():
        said = find_said(window, r"^17:(\d+):([\d.]+) – 17:(\d+):([\d.]+): \d+ packets?, ")
        return said and [17 * 3600 + int(said[1][at]) * 60 + float(said[1][at + 1]) for at in (1, 3)]

    at = end[0] + 0.7 * (end[1] - end[0])
    before = wait_for(read, "what is at the pointer")
    assert before[0] - 0.5 <= at <= before[1] + 0.5, (before, at)
    xdotool("click", "--repeat", 8, "--delay", 50, 4)
    near = wait_shown(window, lambda start, end: end - start < length / 4, "less time")
    # A packet near the pointer may be what stays.
    assert is_near(near[0] + 0.7 * (near[1] - near[0]), at, 0.5), (near, at)
    wait_for(lambda: read() and read()[1] - read()[0] < (before[1] - before[0]) / 2, "finer words at the pointer, which rests")


def test_zoomed_bins_of_many_packets(lens):
    """So many that they are counted beside the window: the columns are as fine as those of few."""
    packet = make_captures.udp_packet("192.0.2.1", "192.0.2.7")
    times = [0, *(30 + i / 60000 for i in range(60000)), 61]
    window = start_with(lens, "many.pcap", [(at, packet) for at in times])
    window.label("60,002 of 60,002 packets, 100.0 %")
    drag(window, 0.45, 0.55)
    window.label(re.compile("^60,000 of 60,002 packets"))
    window.key("plus", "plus")
    wait_for(lambda: zoomed(window) and zoomed(window)[1].endswith(" s") and float(zoomed(window)[1][:-2]) < 4, "the busy second")
    window.key("Delete")
    assert_no_time(window)
    left, y = place(window, 0)
    right = place(window, 1)[0]
    start = make_captures.START_S % 60 - 60  # all of it is in the minute after

    def read(x, longest_s):
        xdotool("mousemove", x, y, "sleep", 0.1)
        said = find_said(window, r"^17:54:([\d.]+) – 17:54:([\d.]+): ([\d,]+) packets?, ")
        return said and float(said[1][2]) - float(said[1][1]) < longest_s and said[1]

    counts = []
    for x in range(left + 30, right, (right - left) // 8):
        found = wait_for(lambda x=x: read(x, 0.01), "what is in a fine column")
        # Both ends are rounded down to what is said.
        step = 10.0 ** -len(found[1].partition(".")[2])
        first, last = (float(text) - start for text in found.groups()[:2])
        n = int(found[3].replace(",", ""))
        least = sum(first + step <= at <= last for at in times)
        most = sum(first <= at <= last + step for at in times)
        assert least <= n <= most, (found[0], least, most)
        counts.append(n)
    assert any(counts) and not all(counts), counts
    # They are counted anew each time.
    window.key("plus", "plus", "plus")
    wait_for(lambda: zoomed(window)[1].endswith(" ms"), "a part of the busy second")
    assert int(wait_for(lambda: read((left + right) // 2, 0.001), "what is in a finer column")[3]) > 0


def test_a_part_of_the_last_microseconds(lens):
    """Where the selection ends with the capture, in view, a drag in it selects a part too; a strip says where that is."""
    second = 1735689600
    packet = make_captures.udp_packet("192.0.2.1", "192.0.2.7")
    window = start_with(lens, "last.pcap", [(157766400 - make_captures.START_S, packet)]
                        + [(second - make_captures.START_S + (i + 0.5) / 1e6, packet) for i in range(40)])
    window.label("41 of 41 packets, 100.0 %")
    timeline(window).wait_until_still()

    def top():
        """The topmost pixels of the timeline at its left end, in its middle and at its right end: below them are the columns."""
        gray = timeline(window).pixels("gray")
        width = timeline(window).extents[2]
        return [[gray[y * width + x] for y in range(10)] for x in (SIDE + 2, width // 2, width - SIDE - 3)]

    def changes(before):
        return [max(abs(a - b) for a, b in zip(now, then)) for now, then in zip(top(), before)]

    xdotool("mousemove", 1390, 940)
    time.sleep(0.5)
    before = top()
    drag(window, 0.97, 1.05)
    window.label(re.compile("^40 of 41 packets"))
    window.key("plus")
    wait_for(lambda: zoomed(window), "the timeline to be zoomed")
    drag(window, 0.3, 0.6)
    window.label(re.compile("^1[234] of 41 packets"))
    window.key("Delete")
    assert_no_time(window)
    xdotool("mousemove", 1390, 940)
    # There is a frame around the timeline, too, where the keys are: the strip is not below it.
    wait_for(lambda: changes(before)[0] == changes(before)[1] < changes(before)[2] - 20,
             f"the strip to say that this is the end, not {changes(before)}")


def test_readout_has_room_in_a_small_window(lens):
    """Close up the times are long: what is pointed at is said in full, and what is selected while that is dragged."""
    path, _ = write_years(lens)
    window = lens.start(path, size=(900, 600))
    window.label("141 of 141 packets, 100.0 %")
    drag(window, 0.03, -0.05)
    window.label("40 of 141 packets, 28.4 %")
    window.key("plus")
    wait_for(lambda: zoomed(window), "the timeline to be zoomed")
    drag(window, 0.3, 0.6)
    wait_for(lambda: n_selected(window) < 20, "a part to be selected")
    box = Widget(window, timeline(window).accessible.get_parent())

    def has_room(pattern):
        """A character takes more than this."""
        said = find_said(window, pattern)
        return said and said[0].extents[2] > 5.5 * len(said[0].name)

    xdotool("mousemove", *place(window, 0.8))
    wait_for(lambda: has_room(r"^[\d:.]+ – [\d:.]+: [01] packets?, "), "room for what is pointed at")
    press(window, 0.6)
    move(window, 0.6, 0.8)
    selected = r"^[\d:.]+ – [\d:.]+ \("
    wait_for(lambda: any(re.match(selected, widget.name) and widget.extents[2] > 200 for widget in box.walk()),
             "room while that is dragged")
    xdotool("mouseup", 1)
    xdotool("mousemove", 890, 100)
    wait_for(lambda: has_room(selected), "room for what is selected")


def test_zoom_stays_while_a_capture_grows(lens):
    """What is shown is the same time after more packets came."""
    pipe = Pipe(lens.path("pipe"))
    window = lens.start(lens.path("pipe"))

    def write(first, n):
        packet = make_captures.udp_packet("192.0.2.1", "192.0.2.7")
        pipe.write(b"".join(make_captures.pcap_record(packet, first + i) for i in range(n)))

    pipe.write(make_captures.pcap_header())
    write(0, 60)
    window.label("60 of 60 packets, 100.0 %")
    drag(window, 0.4, 0.6)
    window.label(re.compile("^1[123] of 60 packets"))
    window.key("plus")
    wait_for(lambda: zoomed(window), "the timeline to be zoomed")
    shown = zoomed(window)
    write(60, 40)
    window.label(re.compile("^1[123] of 100 packets"))
    time.sleep(1)
    assert zoomed(window) == shown, (zoomed(window), shown)
    pipe.end()
    window.wait_no_label(re.compile("Reading…"))
    time.sleep(1)
    assert zoomed(window) == shown, (zoomed(window), shown)
