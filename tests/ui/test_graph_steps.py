"""What somebody did in the connection graph stays and is taken back: steps, pins, layouts, and the keys after a search."""

import re

import make_captures
from lens_window import wait_for, xdotool
from test_graph import HUB, choose_in_menu, focused_node, right_click, set_spin, start_crowd, wait_n_nodes
from test_graph_groups import group, tab_to_a_node
from test_graph_layouts import choose_layout
from test_pipes import wait_until_drawn


def start_with(lens, pairs):
    """A packet a pair of hosts."""
    path = lens.path("pairs.pcap")
    packets = [make_captures.udp_packet(source, destination) for source, destination in pairs]
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(number / 1000, packet) for number, packet in enumerate(packets)]))
    window = lens.start(path)
    window.label(re.compile("of .* packets, 100.0 %"))
    return window


def has_undo(window):
    return bool(list(window.all(("push button",), "Undo in the graph")))


def test_undo_and_redo(lens):
    window = start_crowd(lens)
    set_spin(window, "Hosts", 10)
    window.button("54 other hosts").click()
    wait_n_nodes(window, 30)
    # A number that somebody chose leaves nothing to go back to.
    set_spin(window, "Hosts", 20)
    wait_n_nodes(window, 20)
    wait_for(lambda: not has_undo(window), "nothing to be left to undo")
    window.button("44 other hosts").click()
    wait_n_nodes(window, 40)
    hub = window.button(HUB)
    hub.wait_until_still()
    choose_in_menu(window, lambda: right_click(*hub.middle()), "Down", "Down", "Down", "Return")
    window.label(f"Steps from {HUB}")
    set_spin(window, "Steps from what is in focus", 2)
    steps = window.find(("spin button",), "Steps from what is in focus", showing=False)
    wait_for(lambda: steps.text == "2", "two steps")
    # One after the other: two steps, one, no focus, and the 20 hosts; and again.
    window.button("Undo in the graph").click()
    wait_for(lambda: steps.text == "1", "one step")
    window.button("Undo in the graph").click()
    window.wait_no_label(f"Steps from {HUB}")
    wait_n_nodes(window, 40)
    window.button("Undo in the graph").click()
    wait_n_nodes(window, 20)
    wait_for(lambda: not has_undo(window), "nothing to be left to undo")
    tab_to_a_node(window)
    window.key("ctrl+shift+z")
    wait_n_nodes(window, 40)
    window.key("ctrl+shift+z")
    window.label(f"Steps from {HUB}")
    wait_for(lambda: steps.text == "1", "one step again")
    # Another step in its place: nothing is left to be done again.
    window.key("ctrl+z")
    window.wait_no_label(f"Steps from {HUB}")
    window.button("24 other hosts").click()
    wait_n_nodes(window, 60)
    window.key("ctrl+shift+z")
    wait_n_nodes(window, 60)
    assert not window.has_label(f"Steps from {HUB}")


def test_a_grouping_leaves_no_opened_group_behind(lens):
    window = start_with(lens, [("10.1.1.1", "10.1.1.2"), ("10.1.1.1", "10.1.2.1"), ("10.1.2.2", "10.1.1.1")])
    group(window, 1)
    wait_n_nodes(window, 2)
    node = window.button("10.1.2.0/24 · 2 hosts")
    node.wait_until_still()
    # The first entry of its menu opens it.
    choose_in_menu(window, lambda: right_click(*node.middle()), "Return")
    wait_n_nodes(window, 3)
    assert has_undo(window)
    group(window, 2)
    wait_n_nodes(window, 1)
    wait_for(lambda: not has_undo(window), "nothing to be left to undo")


def test_the_chosen_layout_comes_back(lens):
    """Circles are for 100 hosts, and those that stand for the others do not count."""
    window = start_crowd(lens, 120)
    choose_layout(window, 5)
    layout = window.find(("combo box",), "Layout")
    assert "Circular" in [widget.name for widget in layout.inside()]
    instead = "“Organic” in place of “Circular”, which is for at most 100 hosts"
    set_spin(window, "Hosts", 100)
    wait_n_nodes(window, 100)
    window.button("24 other hosts", showing=False)
    assert not window.has_label(instead)
    set_spin(window, "Hosts", 101)
    wait_n_nodes(window, 101)
    window.label(instead)
    assert "Organic" in [widget.name for widget in layout.inside()]
    set_spin(window, "Hosts", 20)
    wait_n_nodes(window, 20)
    window.wait_no_label(instead)
    wait_for(lambda: "Circular" in [widget.name for widget in layout.inside()], "the chosen layout to be back")


def test_the_keys_are_on_the_host_that_was_found(lens):
    window = start_crowd(lens)
    window.button(HUB).wait_until_still()
    tab_to_a_node(window)
    window.key("ctrl+f")
    entry = window.find(("entry", "text"), "Find a host", showing=False)
    wait_for(lambda: entry.is_focused or any(widget.is_focused for widget in entry.inside()), "the keys to be in the entry")
    # Part of an address.
    window.type("9.1.5")
    window.label(re.compile("^1 of "))
    window.key("ctrl+a")
    window.type(".1.50")
    window.label("1 of 1")
    window.key("Escape")
    wait_for(lambda: focused_node(window) == "10.9.1.50", f"the keys to be on what was found, not {focused_node(window)}")
    window.key("ctrl+f")
    window.key("ctrl+a")
    window.type("no such host")
    window.label("No host")
    window.key("Escape")
    wait_for(lambda: focused_node(window) is not None, "the keys to be in the graph")
    window.label(re.compile("100.0 %"))


def test_a_pin_is_of_one_group(lens):
    """A subnet of another size that begins with the same address is another node."""
    window = start_with(lens, [("10.1.0.1", "10.1.0.2"), ("10.1.0.1", "10.1.9.1"), ("10.1.9.2", "10.2.0.1"),
                               ("10.2.0.1", "10.2.0.2"), ("10.3.0.1", "10.2.0.2")])
    group(window, 1)
    small = window.button("10.1.0.0/24 · 2 hosts")
    small.wait_until_still()
    small.drag(-60, 90)
    window.button("Unpin all")
    small.wait_until_still()
    # The last entry of a menu unpins what is pinned, and copies what is not.
    group(window, 2)
    large = window.button("10.1.0.0/16 · 4 hosts")
    large.wait_until_still()
    choose_in_menu(window, lambda: right_click(*large.middle()), "Up", "Return")
    window.button("Unpin all")
    group(window, 1)
    small = window.button("10.1.0.0/24 · 2 hosts")
    small.wait_until_still()
    choose_in_menu(window, lambda: right_click(*small.middle()), "Up", "Return")
    wait_for(lambda: not list(window.all(("push button",), "Unpin all")), "nothing to be pinned")


def test_the_keys_stay_on_the_other_hosts(lens):
    """Whoever opens them goes on opening, also after a layout with other buttons."""
    window = start_crowd(lens)
    set_spin(window, "Hosts", 10)
    wait_n_nodes(window, 10)
    hub = window.button(HUB)
    hub.wait_until_still()
    window.button("54 other hosts").click()
    wait_n_nodes(window, 30)
    xdotool("mousemove", 1300, 900)
    wait_for(lambda: hub.name != HUB, "the hosts to be laid out anew")
    others = window.button("34 other hosts", showing=False)
    wait_for(lambda: others.is_focused, f"the keys on the other hosts, not on {focused_node(window)}")
    window.key("Return")
    wait_n_nodes(window, 50)


def test_edges_follow_a_filter(lens):
    """They are drawn anew for a filter, and when it is switched off."""
    window = lens.start_ring(environment={"G_MESSAGES_DEBUG": "packetlens"})
    window.button("18.197.187.162").click()
    chip = window.label("host 18.197.187.162")
    window.label("9,261 of 9,907 packets, 93.5 %")
    xdotool("mousemove", *chip.middle())
    n_filtered = wait_until_drawn(window)
    xdotool("click", 2)
    window.label("9,907 of 9,907 packets, 100.0 %")
    wait_for(lambda: wait_until_drawn(window) > n_filtered, "the edges to be drawn for no filter")
