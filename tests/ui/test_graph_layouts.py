"""How the connection graph is laid out: the choice of layouts, stopping one, and hosts that stay where somebody put them."""

import math
import re
import subprocess
import time

import make_captures
from lens_window import Failure, wait_for, xdotool
from test_graph import (HOST, OTHER_HOST, choose_in_menu, focused_node, graph_stands_still, nodes, real_helper, right_click, set_spin,
                        start_crowd, wait_n_nodes)


def choose_layout(window, n_down):
    """The n-th row."""
    window.find(("combo box",), "Layout").click()
    time.sleep(0.7)
    window.key("Home", *["Down"] * n_down, "Return")
    time.sleep(0.7)


def apart(window):
    a, b = window.button(HOST, showing=False).extents, window.button(OTHER_HOST, showing=False).extents
    return b[0] - a[0], b[1] - a[1]


def direction(vector):
    return math.atan2(vector[1], vector[0])


def count_columns(window):
    """At how many places from left to right there are hosts."""
    middles = sorted(x + width / 2 for x, _, width, _ in (node.extents for node in nodes(window)))
    return 1 + sum(right - left > 3 for left, right in zip(middles, middles[1:]))


def test_every_layout(lens):
    window = lens.start_ring()
    graph_stands_still(window)
    places = {apart(window)}
    for n_down in range(1, 6):
        choose_layout(window, n_down)
        graph_stands_still(window)
        places.add(apart(window))
        # The fourth has layers, here of 8 hosts who talks to the strongest one, that, and whom it talks to.
        if (count_columns(window) <= 3) != (n_down == 3):
            raise Failure(f"{count_columns(window)} columns of hosts with layout {n_down}")
    if len(places) < 6:
        raise Failure(f"six layouts, and the places {places}")


def test_a_layout_for_fewer_hosts_is_not_to_be_chosen(lens):
    window = start_crowd(lens, 120)
    set_spin(window, "Hosts", 110)
    wait_n_nodes(window, 110)
    hub = window.button("10.9.0.1")
    hub.wait_until_still()
    before = hub.extents
    # The last one, circular, is for 100.
    window.find(("combo box",), "Layout").click()
    time.sleep(0.7)
    window.key("End", "Return")
    time.sleep(0.5)
    window.key("Escape")
    time.sleep(2)
    assert hub.extents == before
    set_spin(window, "Hosts", 20)
    wait_n_nodes(window, 20)
    choose_layout(window, 5)
    wait_n_nodes(window, 20)
    wait_for(lambda: hub.extents != before, "the hosts to be on circles")


def test_a_layout_is_stopped(lens):
    marker = lens.path("once")
    helper = lens.program_file("helper", f'#!/bin/sh\n[ -e "{marker}" ] && exec sleep 1000\n: >"{marker}"\n'
                                         f'exec "{real_helper(lens)}"\n')
    window = lens.start_ring(environment={"PACKETLENS_LAYOUT_HELPER": helper})
    graph_stands_still(window)
    before = apart(window)
    choose_layout(window, 1)
    stop = window.button("Stop layout")
    # The old picture is there meanwhile, and can be used.
    assert apart(window) == before
    window.button(HOST).click()
    window.label(f"host {HOST}")
    stop.click()
    window.label(re.compile("was stopped"))
    wait_for(lambda: not list(window.all(("push button",), "Stop layout")), "nothing to be left to stop")
    # As before, if smaller: what is said of it takes some of the room.
    graph_stands_still(window)
    assert abs(direction(apart(window)) - direction(before)) < 0.05


def test_a_small_window_has_room_for_every_button(lens):
    marker = lens.path("once")
    helper = lens.program_file("helper", f'#!/bin/sh\n[ -e "{marker}" ] && exec sleep 1000\n: >"{marker}"\n'
                                         f'exec "{real_helper(lens)}"\n')
    window = start_crowd(lens, size=(900, 600), environment={"PACKETLENS_LAYOUT_HELPER": helper})
    hub = window.button("10.9.0.1")
    hub.wait_until_still()
    hub.drag(-30, 30)
    hub.wait_until_still()
    graph = window.find(("panel",), "Connection graph")
    before = graph.extents
    window.button("4 other hosts").click()
    choose_layout(window, 1)
    for name in ("Unpin all", "Undo in the graph", "Stop layout"):
        x, _, width, _ = window.button(name).extents
        assert 0 <= x and x + width <= before[0] + before[2], name
    # They come over the graph, which does not move for them.
    assert graph.extents == before
    assert window.toplevels[0].extents[2:] <= (900, 600), window.toplevels[0].extents


def test_the_first_layout_is_stopped(lens):
    helper = lens.program_file("helper", "#!/bin/sh\nexec sleep 1000\n")
    window = lens.start(lens.capture("ring.pcap"), environment={"PACKETLENS_LAYOUT_HELPER": helper})
    window.button("Stop layout").click()
    window.label(re.compile("on a circle"))
    window.button(HOST)


def test_a_dragged_host_stays_through_layouts(lens):
    window = lens.start_ring()
    graph_stands_still(window)
    assert not list(window.all(("push button",), "Unpin all"))
    host = window.button(HOST)
    other_before = window.button(OTHER_HOST).extents
    host.drag(60, -60)
    window.button("Unpin all")
    host.wait_until_still()
    put = host.extents
    for n_down in (3, 2):
        choose_layout(window, n_down)
        graph_stands_still(window)
        there = window.button(HOST, showing=False).extents
        # About its middle it may have become smaller, so that all hosts are to be seen.
        dx, dy = there[0] - put[0], there[1] - put[1]
        if not -2 <= dx <= put[2] * 0.3 or abs(dy - dx * put[3] / put[2]) > 2:
            raise Failure(f"put at {put}, and with another layout at {there}")
    assert window.button(OTHER_HOST, showing=False).extents != other_before
    window.button("Unpin all").click()
    wait_for(lambda: not list(window.all(("push button",), "Unpin all")), "nothing to be pinned")
    wait_for(lambda: window.button(HOST, showing=False).extents != put, "the host to move again")


def test_the_graph_is_one_tab_stop(lens):
    window = lens.start_ring()
    graph_stands_still(window)
    for _ in range(20):
        window.key("Tab")
        if focused_node(window):
            break
    first = focused_node(window)
    assert first
    window.key("Tab")
    wait_for(lambda: focused_node(window) is None, "Tab to leave the graph")
    window.key("shift+Tab")
    wait_for(lambda: focused_node(window) is not None, "shift and Tab to come back")
    window.key("Right", "Left", "Up", "Down")
    assert focused_node(window)


def test_a_pin_goes_by_the_menu(lens):
    window = lens.start_ring()
    graph_stands_still(window)
    host = window.button(HOST)
    before = apart(window)
    host.drag(60, -60)
    window.button("Unpin all")
    host.wait_until_still()
    assert abs(direction(apart(window)) - direction(before)) > 0.1
    xdotool("mousemove", 1300, 900)
    # Filter to, exclude, its packets with, focus on, show packets, copy, unpin.
    choose_in_menu(window, lambda: right_click(*host.middle()), *["Down"] * 6, "Return")
    wait_for(lambda: not list(window.all(("push button",), "Unpin all")), "nothing to be pinned")
    # The layout has it where it was.
    wait_for(lambda: abs(direction(apart(window)) - direction(before)) < 0.05, "the host to go back")


def test_a_layout_takes_no_click_away(lens):
    """What is under the pointer stays while a button is down; the layout is shown when it is up."""
    marker = lens.path("once")
    helper = lens.program_file("helper", f'#!/bin/sh\n[ -e "{marker}" ] && sleep 4\n: >"{marker}"\nexec "{real_helper(lens)}"\n')
    window = lens.start_ring(environment={"PACKETLENS_LAYOUT_HELPER": helper})
    graph_stands_still(window)
    before = apart(window)
    choose_layout(window, 1)
    window.button("Stop layout")
    xdotool("mousemove", *window.button(HOST).middle())
    time.sleep(0.1)
    xdotool("mousedown", 1)
    time.sleep(6)
    assert apart(window) == before
    xdotool("mouseup", 1)
    window.label(f"host {HOST}")
    wait_for(lambda: not list(window.all(("push button",), "Stop layout")), "the layout to be there")
    graph_stands_still(window)
    assert apart(window) != before


def test_a_layout_of_its_own_accord_waits_for_the_pointer(lens):
    """A graph that grew to twice its hosts is laid out anew, with other buttons, but not under a pointer that moves over it."""
    window = start_crowd(lens)
    set_spin(window, "Hosts", 10)
    wait_n_nodes(window, 10)
    hub = window.button("10.9.0.1")
    window.button("54 other hosts").click()
    moves = ("mousemove_relative", "1", "0", "sleep", "0.1", "mousemove_relative", "--", "-1", "0", "sleep", "0.1")
    with subprocess.Popen(["xdotool", *moves * 15]) as moving:
        while moving.poll() is None:
            if hub.name != "10.9.0.1":
                raise Failure("laid out under the pointer")
            time.sleep(0.05)
    wait_for(lambda: hub.name != "10.9.0.1", "the layout to come")
    wait_n_nodes(window, 30)


def has_name(node):
    """Whether it is there for the pointer somewhere where its name would be, away from where its dot would be; dots may lie over it. (AT-SPI
    says where the upper left corner is as it is drawn, and the size as it would be by itself.)"""
    x, y, width, _ = node.extents
    return any(node.has_at(x + right, y + down) for right in range(22, max(width * 6 // 10, 24), 3) for down in (2, 6, 10))


def test_the_strongest_and_the_others_keep_their_names(lens):
    """Names stay as large as can be read where all is drawn smaller: these two give way to each other, the rest become dots."""
    window = start_crowd(lens, 150, size=(900, 600))
    set_spin(window, "Hosts", 100)
    wait_n_nodes(window, 100)
    hub, others = window.button("10.9.0.1"), window.button(re.compile("other hosts"), showing=False)
    hub.wait_until_still()
    window.button("Zoom out").click()
    window.key(*["space"] * 9)
    xdotool("mousemove", 1300, 900)
    hub.wait_until_still()
    assert has_name(hub) and has_name(others), (has_name(hub), has_name(others))


def test_nothing_lies_out_of_sight_beside_a_pin(lens):
    """A host that was put into a corner stays there, and with another layout the others are drawn smaller about it."""
    window = start_crowd(lens, 20)
    graph = window.find(("panel",), "Connection graph")
    hub = window.button("10.9.0.1")
    hub.wait_until_still()
    x, y, width, height = hub.extents
    left, top, graph_width, graph_height = graph.extents
    hub.drag(left + graph_width - 160 - x, top + graph_height // 2 - y)
    window.button("Unpin all")
    for n_down in (3, 2, 1):
        choose_layout(window, n_down)
        window.button("10.9.0.1", showing=False).wait_until_still()
        for node in nodes(window):
            x, y, width, height = node.extents
            if not left <= x <= left + graph_width - 30 or not top <= y <= top + graph_height - 5:
                raise Failure(f"{node.name} is out of sight with layout {n_down}: {node.extents}")


def test_no_host_lies_under_the_zoom_buttons(lens):
    """Pairs of hosts that know nobody else fill the whole picture, up to its corners."""
    packets = [make_captures.udp_packet(f"10.0.{number}.1", f"10.0.{number}.2") for number in range(1, 26)]
    path = lens.path("pairs.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path, size=(900, 600))
    wait_n_nodes(window, 50)
    zoom_out, zoom_in = window.button("Zoom out"), window.button("Zoom in")
    for n_down in (0, 1, 2, 3, 4):
        if n_down:
            choose_layout(window, n_down)
            wait_for(lambda: not list(window.all(("push button",), "Stop layout")), "the layout to be there")
        window.button("10.0.1.1", showing=False).wait_until_still()
        left, top = zoom_out.extents[:2]
        right, bottom = zoom_in.extents[0] + zoom_in.extents[2], zoom_in.extents[1] + zoom_in.extents[3]
        for node in nodes(window):
            x, y, width, height = node.extents
            if x + width * 0.7 > left and x < right and y + height * 0.7 > top and y < bottom:
                raise Failure(f"{node.name} lies at {node.extents} under the zoom buttons with layout {n_down}")


def test_the_pointer_is_on_what_is_seen(lens):
    """A name that is drawn over dots has the pointer wherever it is drawn, and no dot lies under one."""
    window = start_crowd(lens, size=(900, 600))
    hub = window.button("10.9.0.1")
    hub.wait_until_still()
    xdotool("mousemove", 1300, 900)
    # AT-SPI says where the upper left corner is as it is drawn, and the size as it would be by itself: names get no smaller than 0.72 of that.
    x, y, width, height = hub.extents
    missed = [(right, down) for right in range(8, int(width * 0.72) - 8, 3) for down in range(4, int(height * 0.72) - 4, 2)
              if not hub.has_at(x + right, y + down)]
    assert not missed, missed
    hidden = [node.name for node in nodes(window)
              if not any(node.has_at(node.extents[0] + inside, node.extents[1] + inside) for inside in range(2, 13))]
    assert not hidden, hidden
    # Where all is drawn small, the name of the host that the keys are on lies over dots.
    window.button("Zoom out").click()
    window.key(*["space"] * 9)
    xdotool("mousemove", 1300, 900)
    hub.wait_until_still()
    for key in ["shift+Tab"] * 5 + ["Right", "Down", "Left", "Up"]:
        if focused_node(window) is None or (focused_node(window) == hub.name and key != "shift+Tab"):
            window.key(key)
            time.sleep(0.1)
    node = next(node for node in nodes(window) if node.is_focused)
    assert node.name != hub.name
    node.wait_until_still()
    x, y, width, height = node.extents
    missed = [(right, down) for right in range(8, int(width * 0.72) - 8, 3) for down in range(4, int(height * 0.72) - 4, 2)
              if not node.has_at(x + right, y + down)]
    assert not missed, missed


def test_a_layout_takes_the_room_of_the_window(lens):
    """Names don't get smaller, so what is between them is stretched: across where hosts are in a row, down where that is high."""
    window = start_crowd(lens, size=(900, 600))
    window.button("10.9.0.1").wait_until_still()
    left, top, width, height = window.find(("panel",), "Connection graph").extents
    for n_down, least_across, least_down in ((3, 0.6, 0.55), (0, 0.6, 0.6)):
        choose_layout(window, n_down)
        wait_for(lambda: not list(window.all(("push button",), "Stop layout")), "the layout to be there")
        window.button("10.9.0.1", showing=False).wait_until_still()
        places = [node.extents for node in nodes(window)]
        across = (max(place[0] for place in places) - min(place[0] for place in places)) / width
        down = (max(place[1] for place in places) - min(place[1] for place in places)) / height
        if across < least_across or down < least_down:
            raise Failure(f"layout {n_down} takes {across:.2f} of the width, {down:.2f} of the height")


def seen_name(node):
    """What is written on it, whatever it is called."""
    return next(widget.name for widget in node.inside() if widget.role == "label")


def test_long_addresses_are_shortened(lens):
    """As far as they stay apart; the host that the pointer or the keys are on, the menu and the PDF have the whole one."""
    hub, host, other = "2001:db8:1:2:3:4:5:6", "2001:db8:1234:5678:9abc:def0:aaaa:7", "2001:db8:1234:5678:9abc:def0:bbbb:7"
    hosts = [host, other, "192.0.2.1", *[f"2001:db8:1234:5678:9abc:def0:1234:{number:x}" for number in range(10, 20)]]
    packets = [make_captures.udp6_packet(hub, address) if ":" in address else make_captures.udp_packet("192.0.2.200", address)
               for address in hosts]
    path = lens.path("long.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    xdotool("mousemove", 1390, 940)
    window.button(hub).wait_until_still()
    seen = {name: seen_name(window.button(name, showing=False)) for name in (hub, host, other, "192.0.2.1")}
    assert seen == {hub: hub, host: "2001:db8:…:aaaa:7", other: "2001:db8:…:bbbb:7", "192.0.2.1": "192.0.2.1"}, seen
    # The pointer has it spelled out, and all of that is on it.
    node = window.button(host)
    x, y, width, _ = node.extents
    xdotool("mousemove", x + 25, y + 8)
    wait_for(lambda: seen_name(node) == host and node.extents[2] > width * 1.5, "the whole address under the pointer")
    node.wait_until_still()
    x, y, width, height = node.extents
    assert all(node.has_at(x + right, y + height // 3) for right in range(10, int(width * 0.72) - 10, 5))
    assert window.button(host).description.startswith("sent")
    xdotool("mousemove", 1390, 940)
    wait_for(lambda: seen_name(node) == seen[host], "the short address again")
    # So has a search.
    window.key("ctrl+shift+f")
    window.type(other)
    window.key("Return")
    wait_for(lambda: seen_name(window.button(other)) == other, "the whole address of what was searched for")
    window.key("Escape")
    # Saved they are whole, on two lines: nobody can point at one.
    graph = lens.path("graph.pdf")
    window.key("ctrl+shift+g")
    window.choose_file("Save as PDF", graph)
    window.toast("Saved “graph.pdf”")
    text = subprocess.run(["pdftotext", "-layout", graph, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout
    for lines in ("2001:db8:1234:5678:", "9abc:def0:aaaa:7", "9abc:def0:bbbb:7", "192.0.2.200"):
        if lines not in text or "…" in text:
            raise Failure(f"the graph’s PDF lacks “{lines}”, or has shortened addresses:\n{text}")
