"""Packets that came through a pipe are looked at, found and filtered as those of a file: afterwards, while it goes on, and where
they can't be kept for that."""

import os
import re
import time

import make_captures
from lens_window import wait_for, xdotool
from packets_page import (ALL, bytes_view, cell_text, choose, click_header, click_row, clipboard, fields, go_to, has_row,
                          rows_in_view, table, wait_for_field, wait_for_first)
from test_filter import inside_popover
from test_reading import Pipe

# Counted by tcpdump.
ARP = "30 of 9,907 packets, 0.3 %"


def start_with_pipe_of_ring(lens, **options):
    pipe = Pipe(lens.path("pipe"))
    window = lens.start(lens.path("pipe"), **options)
    with open(lens.capture("ring.pcap"), "rb") as file:
        pipe.write(file.read())
    pipe.end()
    window.label(ALL)
    window.wait_no_label(re.compile("Reading…"))
    return window


def add_expression(window, expression):
    button = window.button("Filter by a BPF expression")
    window.key("ctrl+l")
    add = inside_popover(button, "Add")
    time.sleep(0.5)
    window.type(expression)
    wait_for(lambda: add.is_sensitive, "the expression to be good")
    window.key("Return")


def test_packets_of_a_pipe(lens):
    room = lens.path("room")
    os.mkdir(room)
    window = start_with_pipe_of_ring(lens, environment={"TMPDIR": room})
    assert not os.listdir(room)  # a file without a name
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    go_to(window, "5000")
    wait_for_field(window, "Time to live: 128")
    # Four bytes a line or more.
    shown = bytes_view(window).text
    assert shown.startswith("0000  02 00 5e 00") and " 18 fe 34 3e" in shown, shown
    choose(window, "Find by", 3)
    window.key("ctrl+f", "ctrl+a")
    window.type("08 06 00 01")
    window.key("Return")
    window.label(re.compile("^[0-9]+ of 30$"))
    add_expression(window, "arp")
    window.label(ARP)


def test_a_file_as_standard_input(lens):
    with open(lens.capture("ring.pcap"), "rb") as file:
        window = lens.start("-", stdin=file)
    window.label(ALL)
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    go_to(window, "5000")
    wait_for_field(window, "Time to live: 128")
    add_expression(window, "arp")
    window.label(ARP)


def records(first, n):
    return b"".join(make_captures.pcap_record(make_captures.udp_packet("192.0.2.2", "192.0.2.1", 1000 + i), i)
                    for i in range(first, first + n))


def test_a_packet_stays_open_while_its_pipe_goes_on(lens):
    pipe = Pipe(lens.path("pipe"))
    window = lens.start(lens.path("pipe"))
    pipe.write(make_captures.pcap_header() + records(0, 100))
    window.label("100 of 100 packets, 100.0 %")
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    go_to(window, "7")
    wait_for_field(window, "Source port: 1006")
    for n in range(200, 500, 100):
        pipe.write(records(n - 100, 100))
        window.label(f"{n} of {n} packets, 100.0 %")
        window.label(f"Reading… {n} packets so far")
        assert "Source port: 1006" in fields(window), fields(window)
    go_to(window, "333")
    wait_for_field(window, "Source port: 1332")
    add_expression(window, "udp src port 1332")
    window.label(re.compile("^1 of 400 packets"))
    pipe.write(records(400, 100))
    window.label(re.compile("^1 of 500 packets"))
    pipe.end()
    window.wait_no_label(re.compile("Reading…"))
    wait_for(lambda: has_row(window, ["333"]), "packet 333 in the list")
    wait_for_field(window, "Source port: 1332")


def copied_numbers(window):
    window.key("ctrl+c")
    return [line.split("\t")[0] for line in clipboard().splitlines()[1:]]


def test_several_stay_selected_while_their_pipe_goes_on(lens):
    """In time order, and turned round, where their rows move down with each packet that comes."""
    pipe = Pipe(lens.path("pipe"))
    window = lens.start(lens.path("pipe"), size=(1280, 800))
    pipe.write(make_captures.pcap_header() + records(0, 100))
    window.label("100 of 100 packets, 100.0 %")
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    click_row(window, "2")
    click_row(window, "4", "ctrl")
    click_row(window, "6", "ctrl")
    wait_for(lambda: copied_numbers(window) == ["2", "4", "6"], "three to be copied")
    pipe.write(records(100, 100))
    window.label("Reading… 200 packets so far")
    wait_for(lambda: has_row(window, ["1"]), "the first rows to stay in view")
    window.label("3 packets selected, 300 payload bytes")
    assert copied_numbers(window) == ["2", "4", "6"], copied_numbers(window)
    click_header(window, "No.")
    time.sleep(0.5)
    click_header(window, "No.")
    go_to(window, "199")
    wait_for_field(window, "Source port: 1198")
    wait_for(lambda: has_row(window, ["199"]), "packet 199 in view")
    time.sleep(0.5)
    window.key("shift+Down", "shift+Down")
    wait_for(lambda: copied_numbers(window) == ["199", "198", "197"], "three beside each other to be copied")
    pipe.write(records(200, 1))
    window.label("201 of 201 packets, 100.0 %")
    time.sleep(1)
    window.label("3 packets selected, 300 payload bytes")
    assert copied_numbers(window) == ["199", "198", "197"], copied_numbers(window)
    wait_for_field(window, "Source port: 1196")
    # More than are looked for one by one.
    pipe.write(records(201, 1000))
    window.label("1,201 of 1,201 packets, 100.0 %")
    time.sleep(1)
    window.key("ctrl+a")
    window.label("1,201 packets selected, 120,100 payload bytes")
    pipe.write(records(1201, 1))
    window.label("1,202 of 1,202 packets, 100.0 %")
    time.sleep(1)
    window.label("1,201 packets selected, 120,100 payload bytes")
    pipe.end()


def test_a_pipe_that_cannot_be_kept(lens):
    window = start_with_pipe_of_ring(lens, environment={"TMPDIR": lens.path("nowhere")})
    reason = re.compile("^Only the first 0 bytes of “pipe” could be kept to be read again, in “.*nowhere”: No such file")
    window.label(reason)
    window.button("Hide this message").click()
    window.wait_no_label(reason)
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    go_to(window, "3")
    window.label(reason)
    add_expression(window, "arp")
    window.label(re.compile("^What is shown is not of this filter. Only the first 0 bytes of “pipe”"))
    window.label(ALL)


def test_the_rows_in_view_stay_while_their_pipe_goes_on(lens):
    """Where somebody has scrolled to, not where a packet is selected: that is far from there."""
    pipe = Pipe(lens.path("pipe"))
    window = lens.start(lens.path("pipe"), size=(1280, 800))
    pipe.write(make_captures.pcap_header() + records(0, 1000))
    window.label("1,000 of 1,000 packets, 100.0 %")
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    click_row(window, "2")
    wait_for_field(window, "Source port: 1001")
    left, top = window.origin_of(table(window).toplevel())
    x, y, width, height = table(window).extents
    xdotool("mousemove", left + x + width // 2, top + y + height - 20, "click", "--repeat", 40, "--delay", 30, 5)

    def is_seen(row):
        """There are widgets of rows that are not in view, too."""
        x, y, _, height = row.extents
        cell_text(row, 0)  # it is met there once it is known
        return row.has_at(x + 30, y + height // 2)

    def places():
        """In the table: it moves up where the bar above it goes."""
        top = table(window).extents[1]
        found = {cell_text(row, 0): row.extents for row in rows_in_view(window) if is_seen(row)}
        return {text: extents[1] - top for text, extents in found.items()}

    def is_still():
        before = places()
        time.sleep(0.5)
        return "2" not in before and before == places() and before

    def has_stayed():
        """Where the table gets the room of that bar, a row moves by a part of its height."""
        return abs(places().get(number, -100) - place) < 20

    # The lowest.
    number, place = max(wait_for(is_still, "the table to be scrolled").items(), key=lambda item: item[1])
    for n in (1200, 1400):
        pipe.write(records(n - 200, 200))
        window.label(f"Reading… {n:,} packets so far")
        time.sleep(1)
        wait_for(has_stayed, f"row {number} at {place}, not {places()}")
    pipe.end()
    window.wait_no_label(re.compile("Reading…"))
    time.sleep(1)
    wait_for(has_stayed, f"row {number} at {place}, not {places()}")


def wait_until_drawn(window):
    """The edges of the graph, no more for a second: how often it was in all, as the program says where it is to be debugged."""
    def is_quiet():
        before = window.log().count("The edges of the graph are drawn anew")
        time.sleep(1)
        return before > 0 and before == window.log().count("The edges of the graph are drawn anew") and before

    return wait_for(is_quiet, "the edges to be drawn")


def test_edges_are_drawn_once_where_a_capture_grows(lens):
    """Many of them, which takes a while: once for each time that packets come, as long as nothing is filtered. Not while a button is
    down on the graph, which has what is new wait: what is shown until then would look the same."""
    hosts = [f"192.0.2.{host}" for host in range(1, 17)]
    pairs = [(a, b) for a in hosts for b in hosts if a != b]
    pipe = Pipe(lens.path("pipe"))
    window = lens.start(lens.path("pipe"), environment={"G_MESSAGES_DEBUG": "packetlens"})

    def write(first, these):
        pipe.write(b"".join(make_captures.pcap_record(make_captures.udp_packet(a, b), first + i) for i, (a, b) in enumerate(these)))

    pipe.write(make_captures.pcap_header())
    write(0, pairs)
    window.label("240 of 240 packets, 100.0 %")
    window.button("192.0.2.16")
    n_drawn = wait_until_drawn(window)
    for n in range(4):
        write(240 + 10 * n, pairs[:10])
        window.label(f"{250 + 10 * n} of {250 + 10 * n} packets, 100.0 %")
        n_now = wait_until_drawn(window)
        assert n_now == n_drawn + 1, (n, n_drawn, n_now)
        n_drawn = n_now
    graph = window.find(("panel",), "Connection graph")
    left, top = window.origin_of(graph.toplevel())
    xdotool("mousemove", left + graph.extents[0] + 8, top + graph.extents[1] + 8, "mousedown", 1)
    n_drawn = wait_until_drawn(window)
    write(280, pairs[:10])
    window.label("290 of 290 packets, 100.0 %")
    n_now = wait_until_drawn(window)
    assert n_now == n_drawn, (n_drawn, n_now)
    xdotool("mouseup", 1)
    wait_for(lambda: wait_until_drawn(window) == n_drawn + 1, "the edges to be drawn for what is new")
    pipe.end()
