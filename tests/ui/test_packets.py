"""The page of packets: the table, its order, selecting, copying and filtering."""

import csv
import json
import os
import re
import select
import struct
import subprocess
import time

import make_captures
import reference
from lens_window import Atspi, Widget, click_at, wait_for, xdotool
from packets_page import (ALL, HOST, PACKET_5000, TITLES, bytes_view, cell_text, choose, choose_in_menu, click_header,
                          click_row, clipboard, clipboard_after, column, go_to, has_row, header, named, rows_in_view,
                          start_packets, table, texts_of, wait_copied, wait_for_field, wait_for_first, wait_for_last)
from test_look import assert_names


def test_table_and_times(lens):
    window = start_packets(lens)
    assert tuple(widget.name for widget in next(table(window).children).inside() if widget.role == "label") == TITLES
    window.label(ALL)
    first, second = [texts_of(row) for row in rows_in_view(window)[:2]]
    assert first[7:10] == ["300", "342", "–"], first
    # 17:53:54.720350 is 0.3 s after the first, to the same destination.
    assert second[:2] == ["2", "17:53:54.720350"] and second[9] == "0.300000", second
    choose(window, "Times", 1)
    wait_for(lambda: column(window, "Time")[:3] == ["0.000000", "0.300000", "0.600000"], "times since the start")
    choose(window, "Times", 2)
    wait_for(lambda: column(window, "Time")[:3] == ["–", "0.300000", "0.300000"], "times since the packet before")


def test_headers_sort(lens):
    window = start_packets(lens)
    click_header(window, "Protocol")
    wait_for(lambda: column(window, "Protocol")[:3] == ["ICMP", "TCP", "TCP"], "the one packet of ICMP first")
    click_header(window, "Protocol")
    wait_for(lambda: set(column(window, "Protocol")) == {"not IP"}, "the other way round")
    numbers = [int(text.replace(",", "")) for text in column(window, "No.")]
    assert numbers == sorted(numbers, reverse=True), numbers
    click_header(window, "Source")
    # Packets without an address, then the smallest address.
    wait_for(lambda: set(column(window, "Source")) == {"–"}, "packets that have no source first")
    click_header(window, "Time")
    wait_for_first(window, ["1"], "the order of time again")


def test_the_first_row_is_seen_when_sorted_by_number(lens):
    window = start_packets(lens)

    def top_row(texts, what):
        """The first row is not under the titles."""
        wait_for_first(window, texts, what)
        _, y, _, height = header(window, "No.").extents
        assert rows_in_view(window)[0].extents[1] >= y + height

    click_header(window, "No.")
    top_row(["1"], "the first packet first")
    click_header(window, "No.")
    top_row(["9,907"], "the last packet first")
    assert column(window, "No.")[:3] == ["9,907", "9,906", "9,905"]
    click_header(window, "Payload")
    wait_for(lambda: column(window, "Payload")[0] == "0", "another order")
    click_header(window, "No.")
    top_row(["1"], "the first packet first again")


def test_what_stands_beside_a_handle(lens):
    """It is clicked, not the handle; and the handle is still dragged."""
    window = start_packets(lens)
    left, top = window.origin_of(table(window).toplevel())
    x, table_y, _, table_height = table(window).extents
    handle_y = table_y + table_height
    click_at(left + x + 60, top + handle_y - 8)
    wait_for_field(window, "Ethernet")
    xdotool("mousemove", left + x + 200, top + handle_y, "mousedown", 1)
    for step in range(1, 9):
        time.sleep(0.05)
        xdotool("mousemove", left + x + 200, top + handle_y - 4 * step)
    xdotool("mouseup", 1)
    wait_for(lambda: abs(table(window).extents[3] - (table_height - 32)) < 12, "the table to be lower")


def test_copying(lens):
    window = start_packets(lens)
    go_to(window, "5000")
    wait_for_field(window, "Time to live: 128")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    window.key("ctrl+c")
    wait_for(lambda: "Time to live: 128" in clipboard(), "the packet as text")
    assert clipboard().startswith("Packet\n    Bytes on the wire: 214\n")
    window.key("ctrl+shift+c")
    wait_for(lambda: clipboard().startswith("0000  02 00 5e 00 18 fe"), "the packet as a hex dump")
    assert len(clipboard().splitlines()) == 14
    choose_in_menu(window, 2)
    wait_for(lambda: clipboard().startswith("static const unsigned char packet_5000[214] = {\n  0x02, 0x00, 0x5e,"),
             "the packet as an array of C")


def test_copying_several(lens):
    """With Shift and the arrows, as rows of the table, bytes and arrays of C; a click on one packet leaves no other selected."""
    window = start_packets(lens)
    go_to(window, "5000")
    wait_for_field(window, "Time to live: 128")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    time.sleep(0.5)
    window.key("shift+Down", "shift+Down", "shift+Down")
    wait_copied(window, "5,000", "5,001", "5,002", "5,003")
    lines = [line.split("\t") for line in clipboard().splitlines()]
    assert lines[0] == list(TITLES) and lines[1][:7] == PACKET_5000, lines[:2]
    payload = sum(int(line[7].replace(",", "")) for line in lines[1:])
    window.label(f"4 packets selected, {payload:,} payload bytes")
    window.key("ctrl+shift+c")
    wait_for(lambda: clipboard().startswith("Packet 5000: 214 bytes\n0000  02 00 5e 00 18 fe"), "the packets as hex dumps")
    assert [line for line in clipboard().splitlines() if line.startswith("Packet ")][-1].startswith("Packet 5003: ")
    choose_in_menu(window, 2)
    wait_for(lambda: clipboard().startswith("static const unsigned char packet_5000[214] = {"), "the packets as arrays of C")
    assert re.findall("packet_[0-9]+", clipboard()) == ["packet_5000", "packet_5001", "packet_5002", "packet_5003"]
    click_row(window, "5,001")
    wait_for(lambda: not window.has_label(re.compile("packets selected")), "the others to be no longer selected")
    window.key("ctrl+c")
    wait_for(lambda: clipboard().startswith("Packet\n"), "one packet's fields")


def test_selecting_with_clicks(lens):
    """Ctrl and Shift as elsewhere; all at once; another order leaves the current packet."""
    window = start_packets(lens, size=(1280, 800))
    click_row(window, "2")
    click_row(window, "4", "ctrl")
    wait_copied(window, "2", "4")
    click_row(window, "6", "shift")
    wait_copied(window, "4", "5", "6")
    click_row(window, "5", "ctrl")
    wait_copied(window, "4", "6")
    window.key("ctrl+a")
    said = subprocess.run([lens.program, "--summary", lens.capture("ring.pcap")], stdout=subprocess.PIPE, check=True).stdout
    payload = sum(host["sent_payload"] for host in json.loads(said)["hosts"])
    window.label(f"9,907 packets selected, {payload:,} payload bytes")
    window.key("ctrl+c")
    window.label("Not copied: more than 250,000 bytes of text. Select fewer packets.")
    window.key("ctrl+8")
    wait_for(lambda: not window.has_label(re.compile("packets selected")), "one to be selected in another order")
    wait_for(lambda: clipboard_after(window).startswith("Packet\n"), "the current packet to be copied")


def test_filtering_from_a_packet_and_back(lens):
    window = start_packets(lens)
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    choose_in_menu(window, 5)
    share = "5,844 of 9,907 packets, 59.0 %"
    wait_for(lambda: len(list(window.all(("label",), share))) == 2, "the page to say its share")
    wait_for(lambda: set(column(window, "Destination")) == {HOST}, "only packets of the connection")
    # The packet that was selected still is.
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    go_to(window, "1")
    window.label("This packet doesn’t pass the filter")
    window.key("alt+Left")
    window.label(ALL)


def test_rows_of_other_filters(lens):
    """The rows in view are those of the filter, wherever the table was before and however long it is: from the packet that is selected
    on, where the filter has it, else from the first on."""
    window = start_packets(lens)
    few = "213.239.239.166"
    # As tshark numbers them.
    for filtered, host, first, last in (("9,261", HOST, "343", "9,686"), ("9,907", None, "9,686", "9,907"),
                                        ("2", few, "14", None), ("9,261", HOST, "343", None)):
        window.find(("page tab",), "Overview").click()
        window.button(host or "Clear all filters").click()
        window.find(("page tab",), "Packets").click()
        wait_for_first(window, [first], f"{filtered} packets")
        window.label(re.compile(f"^{filtered} of 9,907 packets"))
        assert (len(rows_in_view(window)) == 2) == (host == few), column(window, "No.")
        if last is not None:
            go_to(window, last)
            wait_for_last(window, last)


def test_dark_and_small(lens):
    window = start_packets(lens, style="dark", size=(900, 600))
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    wait_for_field(window, "Destination: 02:00:5e:00:18:fe")
    _, _, width, height = table(window).extents
    assert width > 300 and height > 80, (width, height)
    assert_names(window)
    # As many bytes a line as there is room for.
    wait_for(lambda: bytes_view(window).text.startswith("0000  02 00 5e 00  ..^.\n"), "four bytes a line")


def test_bursts_follow_the_rule(lens):
    """The column of bursts is told by the rule that the page of bursts has."""
    window = start_packets(lens)
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    wait_for(lambda: dict(zip(column(window, "No."), column(window, "Burst")))["5,000"] == "8", "the notebook's burst")
    window.find(("page tab",), "Bursts").click()
    choose(window, "Preset of the burst rule", 2)
    window.label("A burst: packets less than 1 ms apart, of any size")
    window.find(("page tab",), "Packets").click()
    packets = list(reference.read_packets(lens.capture("ring.pcap")))
    numbered = [(number, time_ns) for number, (time_ns, source, destination, _) in enumerate(packets, 1)
                if (source, destination) == ("192.168.24.221", HOST)]
    found = reference.bursts([(time_ns, (number, 0)[0]) for number, time_ns in numbered], 10**6, 0)
    expected = {f"{number:,}": str(i) for i, burst in enumerate(found, 1) for _, number in burst}

    def agrees():
        rows = [texts_of(row) for row in rows_in_view(window)]
        own = [(row[0], row[10]) for row in rows if row[3] == HOST]
        return own and all(burst == expected.get(number, "–") for number, burst in own)

    wait_for(agrees, "the bursts of the other rule")


def test_keys_through_the_page(lens):
    """Tab stops once at the titles, the rows, the fields and the bytes; at the titles the keys sort."""
    window = start_packets(lens)
    go_to(window, "5000")
    wait_for_field(window, "Source: 192.168.24.221")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    time.sleep(0.5)
    window.key("shift+Tab")
    wait_for(lambda: header(window, "No.").is_focused, "the title of the first column to have the keys")
    window.key("Right", "Right", "Return")
    wait_for(lambda: "–" in column(window, "Source") or has_row(window, PACKET_5000), "the order of sources")
    window.key("Return")

    def is_turned_round():
        places = {cell_text(row, 0): row.extents[1] for row in rows_in_view(window)}
        return "4,999" in places and places.get("5,000") == places["4,999"] - rows_in_view(window)[0].extents[3]

    wait_for(is_turned_round, "the packet to be in view the other way round")
    for title in TITLES[3:]:
        window.key("Right")
        wait_for(lambda: header(window, title).is_focused, f"the keys to be at {title}")
    # The last title was scrolled to.
    x, _, width, _ = header(window, "Burst").extents
    left, _, table_width, _ = table(window).extents
    assert left <= x and x + width <= left + table_width + 1, (x, width)
    window.key("Tab", "Tab", "Down")
    fields_list = named(window, "list", "Fields")
    wait_for(lambda: any(item.has_state(Atspi.StateType.SELECTED) for item in fields_list.children), "a field to be selected")
    window.key("Tab")
    wait_for(lambda: bytes_view(window).is_focused, "the bytes to have the keys")
    window.key("shift+Tab", "shift+Tab", "Down")
    wait_for(lambda: any(row.has_state(Atspi.StateType.SELECTED) and cell_text(row, 0) != "5,000"
                         for row in rows_in_view(window)), "the keys to move in the rows again")


def test_titles_stand_over_their_figures(lens):
    window = start_packets(lens)
    row = rows_in_view(window)[3]
    for title in ("No.", "Time", "From port"):
        x, _, width, _ = next(label for label in header(window, title).inside() if label.role == "label").extents
        cell = Widget(window, row.accessible.get_child_at_index(TITLES.index(title)).get_child_at_index(0))
        right = cell.extents[0] + cell.extents[2]
        assert right - 26 <= x + width <= right + 8, (title, x + width, right)


def test_long_addresses_are_whole(lens):
    """Also where the window is small: the table is scrolled."""
    path = lens.path("v6.pcap")
    source, destination = bytes(range(0x20, 0x30)), bytes(range(0xf0, 0x100))
    packet = bytes([0x60, 0, 0, 0, 0, 8, 17, 64]) + source + destination + bytes([0, 1, 0, 2, 0, 8, 0, 0])
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
        # Two days: the times have dates.
        for seconds in (0, 200000):
            file.write(struct.pack("<IIII", 1600000000 + seconds, 1, len(packet), len(packet)) + packet)
    window = lens.start(path, size=(900, 600))
    window.find(("page tab",), "Packets").click()
    long = "2021:2223:2425:2627:2829:2a2b:2c2d:2e2f"
    wait_for(lambda: rows_in_view(window) and cell_text(rows_in_view(window)[0], 2) == long, "the packets")
    time.sleep(0.5)
    cell = Widget(window, rows_in_view(window)[0].accessible.get_child_at_index(2).get_child_at_index(0))
    # As wide as it is anywhere else: a label of its own.
    assert cell.extents[2] >= 39 * 6, cell.extents
    time_cell = Widget(window, rows_in_view(window)[0].accessible.get_child_at_index(1).get_child_at_index(0))
    assert cell_text(rows_in_view(window)[0], 1).startswith("2020-09-13 12:26:40.000001"), cell_text(rows_in_view(window)[0], 1)
    assert time_cell.extents[2] >= 26 * 6, time_cell.extents


def test_days_are_said_where_there_are_several(lens):
    """A night is shorter than a day, but there is a midnight in it."""
    path = lens.path("night.pcap")
    packet = make_captures.udp_packet("192.0.2.1", "192.0.2.7")
    with open(path, "wb") as file:
        file.write(make_captures.pcap([(0, packet), (12 * 3600, packet)]))
    window = lens.start(path)
    window.find(("page tab",), "Packets").click()
    wait_for(lambda: column(window, "Time") == ["2021-04-07 17:53:54 UTC", "2021-04-08 05:53:54 UTC"], "times with their days")


def save_packets(window, path, **options):
    """With the last entry of the menu."""
    window.button("Export").click()
    time.sleep(0.7)
    window.key("Up", "Return")
    window.choose_file("Save as CSV", path, **options)


def read_csv(path):
    """The titles, and the rows by them, once the file is there: it comes whole."""
    wait_for(lambda: os.path.exists(path), f"{os.path.basename(path)} to be saved")
    with open(path, encoding="utf-8", newline="") as file:
        titles, *rows = csv.reader(file, strict=True)
    return titles, [dict(zip(titles, row)) for row in rows]


def test_saving_as_csv(lens):
    """All that pass, in the order of the table, whatever page is shown; the titles say which part of the capture that is."""
    window = lens.start_ring()
    path = lens.path("all.csv")
    save_packets(window, path)
    titles, rows = read_csv(path)
    assert f"Shown: ring.pcap · {ALL} · 2021-04-07T17:53:54.420350000Z to " in titles[-1], titles[-1]
    packets = list(reference.read_packets(lens.capture("ring.pcap")))
    assert [row["No."] for row in rows] == [str(number) for number in range(1, len(packets) + 1)]
    for row, (time_ns, source, destination, payload) in zip(rows, packets):
        assert (row["Source"], row["Destination"]) == (source or "", destination or ""), (row, source, destination)
        assert row["Time (UTC)"].endswith(f".{time_ns % 10**9:09d}Z"), (row, time_ns)
        assert not source or row["Payload (bytes)"] == str(payload), (row, payload)
    largest = max(range(len(packets)), key=lambda i: (packets[i][3] if HOST in packets[i][1:3] else -1, i)) + 1
    window.button(HOST).click()
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["343"], "the first packet of the host")
    click_row(window, "343")
    window.key("ctrl+8", "ctrl+8")
    go_to(window, str(largest))
    wait_for(lambda: column(window, "No.")[:1] == [f"{largest:,}"], "the largest payload first")
    path = lens.path("host.csv")
    save_packets(window, path)
    titles, rows = read_csv(path)
    assert f"Shown: ring.pcap · 9,261 of 9,907 packets, 93.5 % · host {HOST} · " in titles[-1], titles[-1]
    assert len(rows) == 9261 and all(HOST in (row["Source"], row["Destination"]) for row in rows)
    payloads = [int(row["Payload (bytes)"]) for row in rows]
    assert payloads == sorted(payloads, reverse=True)
    shown = [text.replace(",", "") for text in column(window, "No.")]
    in_view = [row["No."] for row in rows[:8]]
    assert [number for number in shown if number in in_view] == in_view, (shown, in_view)
    # Nobody, not even root, can make a file there.
    save_packets(window, "/proc/packets.csv")
    window.label("The Packets Were Not Saved")
    window.dismiss(window.label(re.compile("packets.csv” could not be written")))


def test_saving_can_be_stopped(lens):
    """Into a pipe that nobody reads from, so that it goes on for as long as the test wants; what comes then is saved."""
    path = lens.path("slow.csv")
    os.mkfifo(path)
    reader = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    window = start_packets(lens)
    save_packets(window, path, replaces=True)
    bar = window.label(re.compile("^Saving “slow.csv”: "))
    # The window does what it is asked meanwhile.
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    assert bar.is_showing
    window.button("Cancel").click()
    window.wait_no_label(re.compile("^Saving “slow.csv”"))
    n_bytes = 0
    while select.select([reader], [], [], 1)[0]:
        n_bytes += len(os.read(reader, 1 << 20))
    # What was on its way, and not the whole, some 1.2 MB.
    assert 1000 < n_bytes < 800000, n_bytes
    other = lens.path("other.csv")
    save_packets(window, other)
    _, rows = read_csv(other)
    assert len(rows) == 9907, len(rows)
    assert not window.has_label("The Packets Were Not Saved")
    os.close(reader)


def test_a_range_begins_where_somebody_went(lens):
    """Also where that was far from the packet that was clicked last; in both directions, and with Ctrl."""
    window = start_packets(lens)
    click_row(window, "3")
    wait_for(lambda: clipboard_after(window).startswith("Packet\n"), "packet 3 to be selected")
    # Where somebody comes to from above is the last row in view, from below the first.
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    click_row(window, "4,998", "shift")
    wait_copied(window, "4,998", "4,999", "5,000")
    go_to(window, "2000")
    wait_for(lambda: "2,000" in column(window, "No."), "packet 2000 in view")
    click_row(window, "2,002", "shift")
    wait_copied(window, "2,000", "2,001", "2,002")
    # What a click chooses is where the next begins.
    click_row(window, "2,004")
    click_row(window, "2,003", "shift")
    wait_copied(window, "2,003", "2,004")
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    click_row(window, "4,998", "ctrl+shift")
    wait_copied(window, "4,998", "4,999", "5,000")
