"""Charts that answer: what is at the pointer is said."""

import json
import re
import subprocess
import time

from lens_window import wait_for, xdotool

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
    for share in range(30, 60):
        point_at(window, series, share / 100, 0.8)
        if re.search(r"^[0-9.]+: [0-9,]+ bytes?\n2021-04-07 17:5", said_by(series)):
            return
    raise AssertionError(f"no packet is said, last {said_by(series)!r}")
