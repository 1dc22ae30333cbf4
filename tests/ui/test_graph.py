"""The connection graph: moved, zoomed, used by keys, and what happens when its layout fails."""

import os
import re
import time

from lens_window import Failure, wait_for

HOST = "18.197.187.162"
OTHER_HOST = "52.20.55.110"
PROBLEM = re.compile("layout", re.IGNORECASE)
ALL = "9,907 of 9,907 packets, 100.0 %"
HOST_ONLY = "9,261 of 9,907 packets, 93.5 %"


def graph_stands_still(window):
    window.button(HOST).wait_until_still()
    window.button(OTHER_HOST).wait_until_still()


def distance(window):
    graph_stands_still(window)
    a, b = window.button(HOST, showing=False).extents, window.button(OTHER_HOST, showing=False).extents
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def real_helper(lens):
    return os.path.join(os.path.dirname(os.path.dirname(lens.program)), "graph", "packetlens-layout")


def test_dragging_a_host_moves_it_and_nothing_else(lens):
    window = lens.start_ring()
    graph_stands_still(window)
    node, other = window.button(HOST), window.button(OTHER_HOST)
    before, other_before = node.extents, other.extents
    node.drag(-60, 150)
    wait_for(lambda: node.extents != before, "the host to move")
    node.wait_until_still()
    dx, dy = node.extents[0] - before[0], node.extents[1] - before[1]
    # Where the press began may cost the drag threshold.
    if abs(dx + 60) > 12 or abs(dy - 150) > 12:
        raise Failure(f"dragged by -60, 150 and moved by {dx}, {dy}")
    assert other.extents == other_before
    window.label(ALL)  # a drag is no click
    # It stays where it was put, also when the filter changes.
    moved = node.extents
    window.button(OTHER_HOST).click()
    window.label(f"host {OTHER_HOST}")
    time.sleep(0.5)
    assert node.extents == moved


def test_zoom_and_fit(lens):
    window = lens.start_ring()
    fitted = distance(window)
    window.button("Zoom in").click()
    wait_for(lambda: distance(window) > fitted * 1.1, "the graph to grow")
    window.button("Fit graph").click()
    wait_for(lambda: abs(distance(window) - fitted) < 2, "the graph to fit again")
    window.button("Zoom out").click()
    wait_for(lambda: distance(window) < fitted * 0.95, "the graph to shrink")
    window.button("Fit graph").click()
    wait_for(lambda: abs(distance(window) - fitted) < 2, "the graph to fit again")


def test_keys_alone(lens):
    window = lens.start_ring()
    names = [widget.name for widget in nodes(window)]
    focused = None
    for _ in range(20):
        window.key("Tab")
        focused = focused_node(window)
        if focused:
            break
    if not focused:
        raise Failure("Tab does not reach the graph")
    seen = {focused}
    for key in ("Up", "Up", "Left", "Down", "Down", "Right", "Right", "Up"):
        window.key(key)
        time.sleep(0.2)
        focused = focused_node(window)
        if focused is None:
            raise Failure(f"the arrow {key} left the graph")
        seen.add(focused)
    if len(seen) < 4:
        raise Failure(f"arrows reach only {seen} of {names}")
    window.key("Return")
    window.label(f"host {focused}")
    window.key("Escape")
    window.label(ALL)


def nodes(window):
    graph = window.find(("panel",), "Connection graph")
    return [widget for widget in graph.children if widget.role == "push button" and "." in widget.name]


def focused_node(window):
    return next((widget.name for widget in nodes(window) if widget.is_focused), None)


def assert_usable(window):
    """With the hosts on a circle."""
    window.label(ALL)
    places = {widget.extents[:2] for widget in nodes(window)}
    assert len(places) == 8, places
    window.button(HOST).click()
    window.label(HOST_ONLY)
    window.key("Escape")
    window.label(ALL)


def test_layout_helper_killed(lens):
    marker = lens.path("died-once")
    helper = lens.program_file("helper", f'#!/bin/sh\n[ -e "{marker}" ] && exec "{real_helper(lens)}"\n'
                                         f': >"{marker}"\nkill -KILL $$\n')
    window = lens.start_ring(environment={"PACKETLENS_LAYOUT_HELPER": helper})
    window.label(re.compile("crashed"))
    assert_usable(window)
    window.button("Try again").click()
    window.wait_no_label(re.compile("crashed"))
    assert_usable(window)


def test_layout_helper_hung(lens):
    marker = lens.path("hung-once")
    helper = lens.program_file("helper", f'#!/bin/sh\n[ -e "{marker}" ] && exec "{real_helper(lens)}"\n'
                                         f': >"{marker}"\nexec sleep 1000\n')
    window = lens.start(lens.capture("ring.pcap"), environment={"PACKETLENS_LAYOUT_HELPER": helper,
                                                                "PACKETLENS_LAYOUT_TIME_LIMIT_MS": "1500"})
    window.label(re.compile("took longer than 1.5 seconds"))
    assert_usable(window)
    window.button("Try again").click()
    window.wait_no_label(re.compile("took longer"))
    assert_usable(window)


def test_layout_helper_missing(lens):
    window = lens.start_ring(environment={"PACKETLENS_LAYOUT_HELPER": "/nowhere/packetlens-layout"})
    window.label(re.compile("could not be started"))
    assert_usable(window)


def test_layout_helper_talks_nonsense(lens):
    window = lens.start_ring(environment={"PACKETLENS_LAYOUT_HELPER": "/bin/echo"})
    window.label(PROBLEM)
    assert_usable(window)
