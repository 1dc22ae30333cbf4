"""What the timeline says of the place that the pointer is at, held against what is counted here."""

from lens_window import Widget, wait_for, xdotool
from proof_window import clock, figure, size_text, step_decimals

# Of the timeline: its bins, and its picture's width on each side of them.
N_BINS = 2048
SIDE = 12


def point_at(x, y):
    """A step beside first: a pointer that stands still tells nothing."""
    xdotool("mousemove", x + 2, y + 2, "sleep", 0.05, "mousemove", x, y)


def pick(packets):
    """The first, the middle and the last."""
    return {packets[0].number: packets[0], packets[len(packets) // 2].number: packets[len(packets) // 2],
            packets[-1].number: packets[-1]}.values()


def amount(packets):
    return f"{figure(len(packets))} packet{'' if len(packets) == 1 else 's'}, {size_text(sum(packet.wire for packet in packets))}"


def column_words(whole, selected, n_pixels):
    """What each column says, and how long they are and when the first begins."""
    first, last = whole[0].time_ns, whole[-1].time_ns
    bin_ns = (last - first) // N_BINS + 1
    start = first - (bin_ns * N_BINS - (last - first) - 1) // 2
    group = 1
    while N_BINS // group > n_pixels:
        group *= 2
    column_ns = bin_ns * group
    decimals = step_decimals(column_ns)
    columns = [([], []) for _ in range(N_BINS // group)]
    for side, packets in enumerate((whole, selected)):
        for packet in packets:
            columns[(packet.time_ns - start) // column_ns][side].append(packet)
    words = []
    for i, (all_of_it, passing) in enumerate(columns):
        when = f"{clock(start + i * column_ns, decimals)} – {clock(start + (i + 1) * column_ns - 1, decimals)}"
        part = f"{amount(passing)} of " if len(selected) < len(whole) else ""
        words.append(f"{when}: {part}{amount(all_of_it)}")
    return words, column_ns, start


def expect_timeline(case, selected):
    """Where the first, the middle and the last of what is selected are."""
    timeline = case.window.find(("slider",), "Timeline")
    timeline.wait_until_still()
    _, y, width, height = timeline.extents
    # It reaches from side to side of the window, less the window's border.
    left, top = case.window.origin_of(timeline.toplevel())
    left += (case.lens.size[0] - width) // 2 + SIDE
    box = Widget(case.window, timeline.accessible.get_parent())
    whole = sorted(case.read, key=lambda packet: (packet.time_ns, packet.number))
    words, column_ns, start = column_words(whole, selected["packets"], width - 2 * SIDE)
    for packet in pick(selected["packets"]):
        column = (packet.time_ns - start) // column_ns
        at = left + round((column + 0.5) / len(words) * (width - 2 * SIDE))
        # A pixel is about as wide as a column.
        near = words[max(column - 1, 0):column + 2]
        said = []

        def is_right(at=at, near=near, said=said):
            point_at(at, top + y + height // 2)
            said[:] = [widget.name for widget in box.walk() if widget.role == "label" and "packet" in widget.name]
            return said and said[0] in near

        try:
            wait_for(is_right, "the timeline", 20)
        except AssertionError:
            raise AssertionError(f"the timeline says {said}, expected was one of {near}") from None
