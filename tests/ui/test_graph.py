"""The connection graph: moved, zoomed, used by keys, and what happens when its layout fails."""

import os
import re
import time

import make_captures
from lens_window import Failure, click_at, wait_for, xdotool

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
    seen, moving = {focused}, set()
    for key in ("Up", "Up", "Left", "Down", "Down", "Right", "Right", "Up", "Left", "Left"):
        before = corner_of(window, focused)
        window.key(key)
        time.sleep(0.2)
        if focused_node(window) is None:
            raise Failure(f"the arrow {key} left the graph")
        came_from, focused = focused, focused_node(window)
        after = corner_of(window, focused)
        seen.add(focused)
        # There may be none that way.
        ways = {"Up": before[1] - after[1], "Down": after[1] - before[1], "Left": before[0] - after[0], "Right": after[0] - before[0]}
        if focused != came_from and ways[key] <= 0:
            raise Failure(f"the arrow {key} went from {came_from} at {before} to {focused} at {after}")
        if focused != came_from:
            moving.add(key)
    if len(moving) < 4:
        raise Failure(f"of the four arrows only {moving} reach a host")
    if len(seen) < 4:
        raise Failure(f"arrows reach only {seen} of {names}")
    window.key("Return")
    window.label(f"host {focused}")
    window.key("Escape")
    window.label(ALL)


def nodes(window):
    graph = window.find(("panel",), "Connection graph")
    return [widget for widget in graph.children if widget.role == "push button" and "." in widget.name]


def corner_of(window, name):
    """The upper left one, which for names about as long says which lies further to a side."""
    return next(widget for widget in nodes(window) if widget.name == name).extents[:2]


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


HUB = "10.9.0.1"


def start_crowd(lens, n_hosts=60, **options):
    """A window with a hub that talks to n_hosts others, more with each; every third one answers. One more is a multicast
    group, and two are strangers to all of them."""
    packets = []
    for number in range(1, n_hosts + 1):
        host = f"10.9.{number // 200 + 1}.{number % 200 + 1}"
        packets += [make_captures.udp_packet(HUB, host)] * number
        if number % 3 == 0:
            packets.append(make_captures.udp_packet(host, HUB))
    packets += [make_captures.udp_packet(HUB, "224.0.0.251"), make_captures.udp_packet("172.16.5.1", "172.16.5.2"),
                make_captures.udp_packet("172.16.5.2", "172.16.5.1")]
    path = lens.path("crowd.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path, **options)
    window.label(re.compile("of .* packets, 100.0 %"))
    window.button(HUB)
    return window


def set_spin(window, name, value):
    spin = window.find(("spin button",), name, showing=False)
    left, top = window.origin_of(spin.toplevel())
    x, y, _, height = spin.extents
    click_at(left + x + 12, top + y + height // 2)
    window.key("ctrl+a")
    window.type(str(value))
    window.key("Return")


def wait_n_nodes(window, n_nodes):
    wait_for(lambda: len(nodes(window)) == n_nodes, f"{n_nodes} hosts in the graph, not {len(nodes(window))}")


def test_others_open_and_close(lens):
    window = start_crowd(lens)
    # 64 hosts: the hub, 60 others, a multicast group and two strangers.
    window.button("4 other hosts")
    set_spin(window, "Hosts", 10)
    window.button("54 other hosts")
    wait_n_nodes(window, 10)
    hub = window.button(HUB)
    hub.wait_until_still()
    window.button("54 other hosts").click()
    window.button("34 other hosts")
    # With so many more it is laid out anew, with other buttons: nobody clicks before.
    wait_for(lambda: hub.name != HUB, "the hosts to be laid out anew")
    wait_n_nodes(window, 30)
    assert window.find(("spin button",), "Hosts", showing=False).text == "30"
    window.button("34 other hosts").click()
    wait_n_nodes(window, 50)
    window.key("ctrl+z")
    wait_n_nodes(window, 30)
    window.button("Undo in the graph").click()
    window.button("54 other hosts")
    wait_n_nodes(window, 10)
    wait_for(lambda: not list(window.all(("push button",), "Undo in the graph")), "nothing to be left to undo")
    window.label(re.compile("100.0 %"))  # it filters nothing


def test_what_is_hidden_is_said(lens):
    window = start_crowd(lens, 20)
    wait_n_nodes(window, 24)
    assert not window.has_label(re.compile("^Hidden"))
    click_at(*window.button("More graph options", showing=False).middle())
    # With keys: nobody meets the inside of a popover over AT-SPI. It begins at the weight.
    time.sleep(0.5)
    window.key("Tab", "space")
    window.label("Hidden: 1 host and 1 connection with 1 packet")
    wait_n_nodes(window, 23)
    window.key("Tab", "space")
    # Of the 20 there are 14 that did not answer: to them go 1 + ... + 20 packets less those to 3, 6, ... 18, and one to the group.
    window.label("Hidden: 15 hosts and 15 connections with 148 packets")
    wait_n_nodes(window, 9)
    window.key("shift+Tab", "shift+Tab", "ctrl+a")
    window.type("12")
    window.key("Return")
    # Left are the connections from the hub to the 12th, 15th and 18th.
    window.label("Hidden: 20 hosts and 26 connections with 174 packets")
    wait_n_nodes(window, 4)
    window.key("ctrl+a")
    window.type("100000")
    window.key("Return")
    window.label("Every host is hidden")
    window.key("Escape")
    window.label(re.compile("100.0 %"))  # it filters nothing


def n_x_windows(window):
    return len(xdotool("search", "--onlyvisible", "--pid", window.process.pid))


def choose_in_menu(window, ask, *keys):
    """ask() has a menu come up, which is a window of its own, not to be met over AT-SPI."""
    xdotool("mousemove", 1300, 900)  # away from any tooltip, which is a window too
    time.sleep(0.7)
    wait_for(lambda: n_x_windows(window) == 1, "tooltips to go")
    before = 1
    ask()
    wait_for(lambda: n_x_windows(window) > before, "the menu to come up")
    time.sleep(0.3)
    window.key(*keys)
    wait_for(lambda: n_x_windows(window) == before, "the menu to go")
    time.sleep(0.5)  # until it lets go of the pointer


def right_click(x, y):
    xdotool("mousemove", x, y)
    time.sleep(0.1)
    xdotool("click", 3)


def contrast(widget):
    """How much its text differs from what is behind it, 0 to 255."""
    pixels = widget.pixels("gray")
    return max(pixels) - min(pixels)


def clear_all(window):
    window.button("Clear all filters").click()
    window.label(re.compile("100.0 %"))


def test_search_finds_and_adds(lens):
    window = start_crowd(lens)
    set_spin(window, "Hosts", 10)
    window.button("54 other hosts")
    wait_n_nodes(window, 10)
    window.key("ctrl+shift+f")
    entry = window.find(("entry", "text"), "Find a host", showing=False)
    wait_for(lambda: entry.is_focused or any(widget.is_focused for widget in entry.inside()), "the keys to be in the entry")
    # The strongest have the largest last numbers: 10.9.1.61 is shown, 10.9.1.6 is among the others.
    window.type("10.9.1.6")
    window.label("1 of 3: Enter adds it")
    wait_n_nodes(window, 10)
    window.key("Return")
    window.label("1 of 3")
    wait_n_nodes(window, 11)
    window.button("53 other hosts", showing=False)
    in_the_middle(window, "10.9.1.6")
    window.key("Return")
    window.label("2 of 3")
    in_the_middle(window, "10.9.1.61")
    window.key("ctrl+a")
    window.type("172.16.0.0/16")
    window.label("1 of 2: Enter adds it")
    window.key("ctrl+a")
    window.type("no such host")
    window.label("No host")
    window.key("Escape")
    wait_for(lambda: not window.has_label("No host"), "the search to close")
    window.label(re.compile("100.0 %"))
    window.button("Undo in the graph").click()
    wait_n_nodes(window, 10)


def test_ctrl_f_in_the_graph_finds_a_host(lens):
    window = start_crowd(lens, 12)
    for _ in range(20):
        window.key("Tab")
        if focused_node(window):
            break
    assert focused_node(window)
    window.key("ctrl+f")
    entry = window.find(("entry", "text"), "Find a host", showing=False)
    wait_for(lambda: entry.is_focused or any(widget.is_focused for widget in entry.inside()), "the keys to be in the entry", 5)
    window.type("172.16.5.2")
    window.label("1 of 1")
    in_the_middle(window, "172.16.5.2")


def in_the_middle(window, name):
    graph = window.find(("panel",), "Connection graph", showing=False).extents
    node = window.button(name, showing=False)

    def is_there():
        x, y, width, height = node.extents
        return abs(x + width / 2 - graph[0] - graph[2] / 2) < 8 and abs(y + height / 2 - graph[1] - graph[3] / 2) < 8

    wait_for(is_there, f"{name} to be in the middle")


def test_neighbours_stand_out(lens):
    window = start_crowd(lens, 12)
    stranger, hub, leaf = window.button("172.16.5.1"), window.button(HUB), window.button("10.9.1.5")
    for node in (stranger, hub, leaf):
        node.wait_until_still()
    xdotool("mousemove", 1300, 900)
    time.sleep(0.5)
    plain = contrast(stranger)
    xdotool("mousemove", *leaf.middle())
    wait_for(lambda: contrast(stranger) < plain - 60, "a stranger to be dimmed")
    assert contrast(hub) > plain - 30
    xdotool("mousemove", 1300, 900)
    wait_for(lambda: contrast(stranger) > plain - 30, "the stranger not to be dimmed any more")


def test_menu_of_a_host(lens):
    window = start_crowd(lens, 12)
    leaf = window.button("10.9.1.5")
    leaf.wait_until_still()
    choose_in_menu(window, lambda: right_click(*leaf.middle()), "Return")
    window.label("host 10.9.1.5")
    window.label(re.compile("^4 of "))
    clear_all(window)
    # By the keys, and the second entry: without that host.
    for _ in range(20):
        window.key("Tab")
        if focused_node(window):
            break
    focused = focused_node(window)
    choose_in_menu(window, lambda: window.key("Menu"), "Down", "Return")
    window.label(f"not host {focused}")
    clear_all(window)
    window.button(HUB).click()
    window.button(HUB).click()
    window.label(re.compile("100.0 %"))
    choose_in_menu(window, lambda: window.key("shift+F10"), "Return")
    window.label(f"host {HUB}")


def test_no_tooltip_lies_over_a_menu(lens):
    window = start_crowd(lens, 12)
    leaf = window.button("10.9.1.5")
    leaf.wait_until_still()
    before = n_x_windows(window)
    xdotool("mousemove", *leaf.middle())
    wait_for(lambda: n_x_windows(window) == before + 1, "its tooltip")
    xdotool("click", 3)
    time.sleep(2)
    assert n_x_windows(window) == before + 1, "there is more than the menu"
    window.key("Escape")
    wait_for(lambda: n_x_windows(window) == before, "the menu to go")
    x, y = leaf.middle()
    xdotool("mousemove", 1300, 900)
    time.sleep(0.5)
    xdotool("mousemove", x, y)
    wait_for(lambda: n_x_windows(window) == before + 1, "the tooltip to come again")


def test_menu_of_a_connection(lens):
    path = lens.path("pair.pcap")
    packets = [make_captures.udp_packet("10.0.0.1", "10.0.0.2")] * 5 + [make_captures.udp_packet("10.0.0.3", "10.0.0.1")]
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    window.label("6 of 6 packets, 100.0 %")
    a, b = window.button("10.0.0.1"), window.button("10.0.0.2")
    # A small graph is shown enlarged, and AT-SPI's places are those of its natural size.
    window.button("Zoom out").click()
    a.wait_until_still()
    b.wait_until_still()
    (ax, ay), (bx, by) = a.middle(), b.middle()
    middle = ((ax + bx) // 2, (ay + by) // 2)
    choose_in_menu(window, lambda: right_click(*middle), "Return")
    window.label("10.0.0.1 → 10.0.0.2")
    window.label(re.compile("^5 of 6"))
    choose_in_menu(window, lambda: right_click(*middle), "Down", "Down", "Return")
    window.label("not 10.0.0.1 → 10.0.0.2")


def test_focus_on_a_host(lens):
    window = start_crowd(lens, 6)
    wait_n_nodes(window, 10)
    stranger = window.button("172.16.5.1")
    stranger.wait_until_still()
    # Its menu: filter to, exclude, its packets with, focus on.
    choose_in_menu(window, lambda: right_click(*stranger.middle()), "Down", "Down", "Down", "Return")
    wait_n_nodes(window, 2)
    window.label("Hidden: 8 hosts and 9 connections with 24 packets")
    window.label("Steps from 172.16.5.1")
    window.label(re.compile("100.0 %"))  # it filters nothing
    window.button("Undo in the graph").click()
    wait_n_nodes(window, 10)
    leaf = window.button("10.9.1.5")
    leaf.wait_until_still()
    choose_in_menu(window, lambda: right_click(*leaf.middle()), "Down", "Down", "Down", "Return")
    wait_n_nodes(window, 2)
    set_spin(window, "Steps from what is in focus", 2)
    wait_n_nodes(window, 8)
    click_at(*window.button("End focus", showing=False).middle())
    wait_n_nodes(window, 10)
    wait_for(lambda: not window.has_label(re.compile("^Hidden")), "nothing to be hidden")


def count_edge_pixels(window):
    """How much of each quarter of the graph is blue, as edges are: nothing else is while no host is found, chosen or pointed at."""
    graph = window.find(("grouping", "panel", "filler"), "Connection graph")
    _, _, width, height = graph.extents
    pixels = graph.pixels("rgb")
    counts = [0, 0, 0, 0]
    for at in range(0, len(pixels), 3):
        row, column = divmod(at // 3, width)
        counts[2 * (row >= height // 2) + (column >= width // 2)] += pixels[at + 2] > pixels[at] + 8  # however faint
    return counts


def test_edges_of_many_follow_at_the_largest_zoom(lens):
    """Of more than 200 edges only those around what is seen are drawn there; they are there wherever somebody goes."""
    hosts = [f"10.0.0.{number}" for number in range(1, 41)]
    packets = [make_captures.udp_packet(source, destination) for source in hosts[:12] for destination in hosts if source != destination]
    path = lens.path("dense.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    window.label(re.compile("of .* packets, 100.0 %"))
    window.button(hosts[0]).wait_until_still()
    zoom = window.button("Zoom in")
    for _ in range(14):
        zoom.click()
    xdotool("mousemove", 1300, 900)
    # Those that talk to all others have edges on more sides than one.
    for host in (hosts[11], hosts[0], hosts[5]):
        window.key("ctrl+shift+f")
        time.sleep(0.5)
        window.key("ctrl+a")
        window.type(host)
        window.key("Return")
        time.sleep(0.5)
        window.button(host)
        window.key("Escape")  # it is not marked any more, and the picture stays
        wait_for(lambda: focused_node(window) == host, "the keys to be on the host")
        window.key("Tab")  # edges of the host that the keys are on are drawn apart
        wait_for(lambda: focused_node(window) is None, "the keys to be elsewhere")
        wait_for(lambda: sum(count > 2000 for count in count_edge_pixels(window)) >= 2,
                 f"edges around {host}, not {count_edge_pixels(window)}")
        # Half a picture on, by a drag that begins below the host.
        graph = window.find(("panel",), "Connection graph").extents
        left, top = window.origin_of(window.find(("panel",), "Connection graph").toplevel())
        x, y = left + graph[0] + graph[2] // 2, top + graph[1] + graph[3] - 12
        for end in (x - graph[2] // 3, x + graph[2] // 3):
            xdotool("mousemove", x, y, "mousedown", 1, "mousemove", (x + end) // 2, y, "mousemove", end, y, "mouseup", 1)
            xdotool("mousemove", 1300, 900)
            wait_for(lambda: max(count_edge_pixels(window)) > 2000,
                     f"edges beside {host}, not {count_edge_pixels(window)}")


def start_dense(lens, n_hosts):
    """Everybody talks to everybody, the first ones more."""
    hosts = [f"10.0.0.{number}" for number in range(1, n_hosts + 1)]
    packets = [make_captures.udp_packet(source, destination) for source in hosts for destination in hosts if source != destination]
    packets += [packet for packet in packets[:4 * n_hosts] for _ in range(3)]
    path = lens.path("dense.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path, size=(900, 600))
    window.label(re.compile("of .* packets, 100.0 %"))
    window.button(hosts[0]).wait_until_still()
    return window


def test_what_is_not_drawn_is_said(lens):
    """Below the picture, not over it, and by the graph itself."""
    window = start_dense(lens, 60)
    note = window.label(re.compile(r"^Not drawn: the weakest [0-9,]+ of 3,540 connections$"))
    graph = window.find(("panel",), "Connection graph")
    wait_for(lambda: graph.description == note.name, f"the graph to say “{note.name}”, not “{graph.description}”")
    assert 0 < int(note.name.split()[4].replace(",", "")) < 3540
    left, top, width, height = graph.extents
    assert note.extents[1] >= top + height, (note.extents, graph.extents)
    # Fewer hosts: all of it is drawn, and nothing is to be said.
    set_spin(window, "Hosts", 3)
    wait_n_nodes(window, 3)
    wait_for(lambda: not window.has_label(re.compile("^Not drawn")), "nothing to be said")
    assert graph.description == "", graph.description


def test_the_row_of_what_is_not_drawn_goes(lens):
    """Where the graph is large enough for all edges, and its room with it; it comes back with what it says."""
    window = start_dense(lens, 30)
    said = re.compile("^Not drawn")
    window.label(said)
    graph = window.find(("panel",), "Connection graph")
    height = graph.extents[3]
    zoom_in = window.button("Zoom in")
    place = zoom_in.extents
    for _ in range(7):
        zoom_in.click()
    wait_for(lambda: graph.description == "", "all edges to be drawn")
    assert not window.has_label(said)
    # Nothing moves below the pointer of somebody who goes on clicking.
    time.sleep(0.5)
    assert zoom_in.extents == place, (zoom_in.extents, place)
    xdotool("mousemove", 1300, 900)
    wait_for(lambda: graph.extents[3] > height, "the graph to have the row's room")
    window.button("Fit graph").click()
    wait_for(lambda: graph.description != "", "edges not to be drawn")
    xdotool("mousemove", 1300, 900)
    window.label(said)
    wait_for(lambda: graph.extents[3] == height, "the row to be there again")


def turns_while(window, seconds):
    """How much of the time the program worked."""
    def used():
        with open(f"/proc/{window.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before, begin = used(), time.monotonic()
    time.sleep(seconds)
    return (used() - before) / (time.monotonic() - begin)


def wait_idle(window, what):
    xdotool("mousemove", 1300, 900)
    time.sleep(2)
    shares = [turns_while(window, 1.5) for _ in range(3)]
    # A caret that blinks takes a little of the time, on a busy machine a twentieth; whoever draws frame after frame most of it.
    if min(shares) > 0.15:
        raise Failure(f"{what} the window works all the time: {shares}")


def test_a_window_that_is_left_alone_does_nothing(lens):
    """Where edges are many, of all of the graph and of a part of it, and where some are not drawn."""
    window = start_dense(lens, 60)
    window.label(re.compile("^Not drawn"))
    wait_idle(window, "after the layout")
    zoom = window.button("Zoom in")
    for n_steps in (3, 12):
        for _ in range(n_steps):
            zoom.click()
        wait_idle(window, f"{n_steps} steps of zoom later")
    window.button("Fit graph").click()
    wait_idle(window, "fitted again")
    set_spin(window, "Hosts", 20)
    window.button("40 other hosts")
    # Away from the entry, where a caret blinks.
    window.button("Fit graph").click()
    wait_idle(window, "with the other hosts")
