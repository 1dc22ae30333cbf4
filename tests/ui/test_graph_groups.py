"""Hosts of one subnet as one node of the connection graph, and the way from the graph to the packets."""

import re
import time

import make_captures
from lens_window import Failure, click_at, wait_for, xdotool
from test_graph import choose_in_menu, focused_node, right_click, set_spin, wait_n_nodes

ALL = re.compile("of .* packets, 100.0 %")


def start_subnets(lens):
    """10.1.1.1 talks to 10.1.1.2 and to three hosts of 10.1.2.0/24; 10.2.0.1 to 10.1.1.1; and two hosts of one IPv6 subnet."""
    packets = []
    for source, destination, n_packets in (("10.1.1.1", "10.1.1.2", 9), ("10.1.1.1", "10.1.2.1", 5), ("10.1.1.1", "10.1.2.2", 4),
                                           ("10.1.2.3", "10.1.1.1", 3), ("10.2.0.1", "10.1.1.1", 2)):
        packets += [make_captures.udp_packet(source, destination)] * n_packets
    path = lens.path("subnets.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    window.label(ALL)
    window.button("10.1.1.1")
    return window


def group(window, n_down):
    """By the n-th row of the choice below the other graph options, which nobody meets over AT-SPI: it is the last, so the one before
    the first."""
    click_at(*window.button("More graph options", showing=False).middle())
    time.sleep(0.5)
    window.key("shift+Tab", "space")
    time.sleep(0.5)
    window.key("Home", *["Down"] * n_down, "Return")
    time.sleep(0.5)
    window.key("Escape")
    time.sleep(0.5)


def double_click(widget):
    xdotool("mousemove", *widget.middle())
    time.sleep(0.2)
    xdotool("click", "--repeat", 2, "--delay", 80, 1)


def test_groups_open_and_close(lens):
    window = start_subnets(lens)
    wait_n_nodes(window, 6)
    group(window, 1)
    wait_n_nodes(window, 3)
    first, second = window.button("10.1.1.0/24 · 2 hosts"), window.button("10.1.2.0/24 · 3 hosts")
    window.button("10.2.0.1")
    first.wait_until_still()
    second.wait_until_still()
    # A click filters, as on a host, and takes that back; a double one opens and filters nothing.
    second.click()
    window.label("subnet 10.1.2.0/24")
    window.label(re.compile("^12 of 23 packets"))
    wait_n_nodes(window, 3)
    wait_for(lambda: second.is_pressed, "the group to be selected")
    second.click()
    window.label(ALL)
    window.wait_no_label("subnet 10.1.2.0/24")
    time.sleep(1)
    double_click(second)
    wait_n_nodes(window, 5)
    host = window.button("10.1.2.3")
    window.label(ALL)  # it filters nothing
    # Its menu: filter to, exclude, its packets with, focus on, show packets, copy, close.
    host.wait_until_still()
    choose_in_menu(window, lambda: right_click(*host.middle()), *["Down"] * 6, "Return")
    wait_n_nodes(window, 3)
    window.button("Undo in the graph").click()
    wait_n_nodes(window, 5)
    group(window, 2)
    wait_n_nodes(window, 2)
    window.button("10.1.0.0/16 · 5 hosts")
    group(window, 0)
    wait_n_nodes(window, 6)


def test_a_group_by_the_keys_and_the_menu(lens):
    window = start_subnets(lens)
    group(window, 1)
    wait_n_nodes(window, 3)
    window.button("10.1.2.0/24 · 3 hosts").wait_until_still()
    for _ in range(20):
        window.key("Tab")
        if focused_node(window):
            break
    window.key("Right", "Right", "Right")
    wait_for(lambda: focused_node(window) == "10.1.2.0/24 · 3 hosts", "the keys to reach the rightmost group")
    # The menu's second entry filters.
    choose_in_menu(window, lambda: window.key("Menu"), "Down", "Return")
    window.label("subnet 10.1.2.0/24")
    window.label(re.compile("^12 of 23 packets"))
    wait_for(lambda: focused_node(window) == "10.1.2.0/24 · 3 hosts", "the keys to be back on the group")
    window.button("Clear all filters").click()
    window.label(ALL)
    wait_n_nodes(window, 3)
    # The first one opens, and the keys are on one of its hosts, not on the strongest of all.
    tab_to_a_node(window)
    window.key("Right", "Right", "Right")
    wait_for(lambda: focused_node(window) == "10.1.2.0/24 · 3 hosts", "the keys to be on the group again")
    choose_in_menu(window, lambda: window.key("Menu"), "Return")
    wait_n_nodes(window, 5)
    wait_for(lambda: (focused_node(window) or "").startswith("10.1.2."), f"the keys on a host of the group, not {focused_node(window)}")
    window.label(ALL)
    # That one's last entry closes it, and the keys are on the group.
    choose_in_menu(window, lambda: window.key("Menu"), *["Down"] * 6, "Return")
    wait_n_nodes(window, 3)
    wait_for(lambda: focused_node(window) == "10.1.2.0/24 · 3 hosts", f"the keys on the group, not {focused_node(window)}")
    node = window.button("10.1.2.0/24 · 3 hosts")
    node.wait_until_still()
    double_click(node)
    wait_n_nodes(window, 5)
    window.label(ALL)


def tab_to_a_node(window):
    for _ in range(20):
        window.key("Tab")
        if focused_node(window):
            return
    raise Failure("Tab reached no node")


def test_the_keys_come_back_from_a_menu(lens):
    """From a submenu, from the pointer's menu, and after a layout with other buttons: Ctrl+Q at the end needs them, too."""
    window = start_subnets(lens)
    host = window.button("10.1.1.1")
    host.wait_until_still()
    tab_to_a_node(window)
    wait_for(lambda: focused_node(window) == "10.1.1.1", "the keys to be on the strongest host")
    # Its packets with, the strongest.
    choose_in_menu(window, lambda: window.key("Menu"), "Down", "Down", "Return", "Down", "Return")
    window.label("10.1.1.1 ↔ 10.1.1.2")
    wait_for(lambda: focused_node(window) == "10.1.1.1", "the keys to be back from the submenu")
    # Focus on another host than the strongest, which the keys would be on by themselves: there is another layout, with other buttons.
    window.key("Right", "Left", "Up", "Down")
    for key in ("Right", "Down", "Left", "Up"):
        if focused_node(window) not in (None, "10.1.1.1"):
            break
        window.key(key)
        time.sleep(0.3)
    name = focused_node(window)
    assert name not in (None, "10.1.1.1"), name
    choose_in_menu(window, lambda: window.key("Menu"), "Down", "Down", "Down", "Return")
    window.label(f"Steps from {name}")
    wait_n_nodes(window, 2)
    wait_for(lambda: focused_node(window) == name, f"the keys to be on the same host after a layout, not {focused_node(window)}")
    # Its own menu ends that.
    choose_in_menu(window, lambda: window.key("Menu"), "Down", "Down", "Down", "Return")
    window.wait_no_label(f"Steps from {name}")
    wait_n_nodes(window, 6)
    wait_for(lambda: focused_node(window) == name, f"the keys to be on the same host after the focus, not {focused_node(window)}")
    # By the pointer, on another host.
    host = window.button("10.2.0.1" if name != "10.2.0.1" else "10.1.1.2")
    host.wait_until_still()
    choose_in_menu(window, lambda: right_click(*host.middle()), "Down", "Down", "Return", "Down", "Return")
    window.label(re.compile(f"{host.name} ↔ |↔ {host.name}"))
    wait_for(lambda: focused_node(window) == host.name, "the keys to be on the host that the menu was of")


def test_enter_opens_a_group(lens):
    window = start_subnets(lens)
    group(window, 2)
    wait_n_nodes(window, 2)
    for _ in range(20):
        window.key("Tab")
        if focused_node(window):
            break
    for key in ("Up", "Down", "Left", "Right", "Up"):
        if focused_node(window) == "10.1.0.0/16 · 5 hosts":
            break
        window.key(key)
        time.sleep(0.3)
    window.key("Return")
    wait_n_nodes(window, 6)


def test_show_packets(lens):
    window = start_subnets(lens)
    host = window.button("10.2.0.1")
    host.wait_until_still()
    # Filter to, exclude, its packets with, focus on, show packets.
    choose_in_menu(window, lambda: right_click(*host.middle()), "Down", "Down", "Down", "Down", "Return")
    window.label("host 10.2.0.1")
    window.label(re.compile("^2 of 23 packets"))
    window.find(("tree table",), "Packets")


def middle_of(window, a, b):
    """Between two nodes; where edges run both ways they bow out: there is one way here."""
    # A small graph is shown enlarged, and AT-SPI's places are those of its natural size.
    window.button("Zoom out").click()
    a.wait_until_still()
    b.wait_until_still()
    (ax, ay), (bx, by) = a.middle(), b.middle()
    return (ax + bx) // 2, (ay + by) // 2


def test_a_connection_of_groups(lens):
    """One host talks to a group only, which a click between them filters to, and the menu's entries."""
    packets = []
    for source, destination, n_packets in (("10.2.0.1", "10.1.2.1", 5), ("10.2.0.1", "10.1.2.2", 4), ("10.1.2.1", "10.1.2.2", 3)):
        packets += [make_captures.udp_packet(source, destination)] * n_packets
    path = lens.path("subnets.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    window.label(ALL)
    group(window, 1)
    wait_n_nodes(window, 2)
    host, subnet = window.button("10.2.0.1"), window.button("10.1.2.0/24 · 2 hosts")
    middle = middle_of(window, host, subnet)
    click_at(*middle)
    window.label("10.2.0.1 → 10.1.2.0/24")
    window.label(re.compile("^9 of 12 packets"))
    assert host.description.startswith("sent 9 of 9 packets, "), host.description
    assert subnet.description.startswith("9 of 15 packets of its hosts, "), subnet.description
    click_at(*middle)
    window.label(ALL)
    assert host.description.startswith("sent 9 packets, "), host.description
    # Exclude this way; then, from the host's menu, its packets with the group, either way.
    choose_in_menu(window, lambda: right_click(*middle), "Down", "Down", "Return")
    window.label("not 10.2.0.1 → 10.1.2.0/24")
    window.label(re.compile("^3 of 12 packets"))
    window.button("Clear all filters").click()
    window.label(ALL)
    choose_in_menu(window, lambda: right_click(*host.middle()), "Down", "Down", "Return", "Down", "Return")
    window.label("10.1.2.0/24 ↔ 10.2.0.1")
    window.label(re.compile("^9 of 12 packets"))
    window.button("Clear all filters").click()
    window.label(ALL)


def test_a_connection_of_the_other_hosts(lens):
    """No filter selects them alone: a click says so, and offers to show them."""
    packets = [make_captures.udp_packet("10.0.0.1", f"10.0.0.{number}") for number in range(2, 12) for _ in range(number)]
    path = lens.path("star.pcap")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    window.label(ALL)
    set_spin(window, "Hosts", 1)
    wait_n_nodes(window, 1)
    others = window.button("10 other hosts")
    assert re.match("65 packets of its hosts, .*\nShow the strongest 10 of them too", others.description), others.description
    hub = window.button("10.0.0.1")
    choose_in_menu(window, lambda: right_click(*hub.middle()), "Down", "Return")
    window.label("not host 10.0.0.1")
    wait_for(lambda: others.description.startswith("0 of 65 packets of its hosts, "), "what passes of the other hosts")
    window.button("Clear all filters").click()
    window.label(ALL)
    middle = middle_of(window, window.button("10.0.0.1"), window.button("10 other hosts"))
    choose_in_menu(window, lambda: click_at(*middle), "Return")
    wait_n_nodes(window, 11)
    window.label(ALL)


def test_focus_on_a_group(lens):
    """As on a host: what is so many steps away from any of its hosts; undone and ended, and the keys stay on it."""
    window = start_subnets(lens)
    group(window, 1)
    wait_n_nodes(window, 3)
    node = window.button("10.1.2.0/24 · 3 hosts")
    node.wait_until_still()
    # Open, filter to, exclude, its packets with, focus on.
    choose_in_menu(window, lambda: right_click(*node.middle()), *["Down"] * 4, "Return")
    window.label("Steps from 10.1.2.0/24")
    wait_n_nodes(window, 2)
    window.label("Hidden: 2 hosts and 2 connections with 11 packets")
    window.button("10.1.2.0/24 · 3 hosts")
    window.label(ALL)  # it filters nothing
    wait_for(lambda: focused_node(window) == "10.1.2.0/24 · 3 hosts", f"the keys on the group, not {focused_node(window)}")
    set_spin(window, "Steps from what is in focus", 2)
    wait_n_nodes(window, 3)
    window.button("Undo in the graph").click()
    wait_n_nodes(window, 2)
    steps = window.find(("spin button",), "Steps from what is in focus", showing=False)
    wait_for(lambda: steps.text == "1", f"one step to be said, not {steps.text}")
    window.button("Undo in the graph").click()
    wait_n_nodes(window, 3)
    window.wait_no_label("Steps from 10.1.2.0/24")
    tab_to_a_node(window)
    window.key("ctrl+shift+z")
    window.label("Steps from 10.1.2.0/24")
    wait_n_nodes(window, 2)
    # The same entry ends it.
    node = window.button("10.1.2.0/24 · 3 hosts")
    node.wait_until_still()
    choose_in_menu(window, lambda: right_click(*node.middle()), *["Down"] * 4, "Return")
    window.wait_no_label("Steps from 10.1.2.0/24")
    wait_n_nodes(window, 3)
