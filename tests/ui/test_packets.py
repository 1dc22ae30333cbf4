"""The page of packets: the table, one packet's headers and bytes, going to and finding packets, copying and filtering."""

import json
import os
import re
import struct
import subprocess
import time

import reference
from lens_window import Atspi, Widget, click_at, wait_for, xdotool
from test_look import assert_names

ALL = "9,907 of 9,907 packets, 100.0 %"
HOST = "18.197.187.162"
TITLES = ("No.", "Time", "Source", "Destination", "Protocol", "From port", "To port", "Payload", "Wire length",
          "Inter-arrival", "Burst")
# Packet 5000 of ring.pcap, as tshark shows it.
PACKET_5000 = ["5,000", "17:56:26.373285", "192.168.24.221", HOST, "UDP", "51506", "44464"]


def named(window, role, name):
    """The first of that role and name, whether or not it can be seen at its middle; found once, since looking takes a while."""
    found = window.__dict__.setdefault("found", {})
    if (role, name) not in found:
        found[role, name] = window.find((role,), name, showing=False)
    return found[role, name]


def table(window):
    return named(window, "tree table", "Packets")


def rows_in_view(window):
    """The rows of the table that are on the screen, as widgets. GTK has many more at hand: only the place of one is asked for."""
    rows = list(table(window).children)[-1]
    _, upper, _, height = rows.extents
    found = {}
    for row in rows.children:
        _, y, _, row_height = row.extents
        if row_height > 0 and y >= upper and y + row_height <= upper + height:
            found[y] = row
    return [found[y] for y in sorted(found)]


def cell_text(row, place):
    """What a row says in a column, by its place."""
    cell = row.accessible.get_child_at_index(place)
    return cell.get_child_at_index(0).get_name() if cell is not None and cell.get_child_count() else ""


def texts_of(row, count=len(TITLES)):
    return [cell_text(row, place) for place in range(count)]


def wait_for_first(window, texts, what):
    """Until the first row in view begins with these texts."""
    def is_first():
        rows = rows_in_view(window)
        return rows and texts_of(rows[0], len(texts)) == texts

    wait_for(is_first, what)


def wait_for_last(window, number):
    wait_for(lambda: column(window, "No.")[-1:] == [number], f"packet {number} in the last row in view")


def has_row(window, texts):
    return any(cell_text(row, 0) == texts[0] and texts_of(row, len(texts)) == texts for row in rows_in_view(window))


def start_packets(lens, **options):
    window = lens.start_ring(**options)
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1", "17:53:54.420350", "0.0.0.0", "255.255.255.255", "UDP", "68", "67"],
                   "the first packet")
    return window


def go_to(window, number):
    window.key("ctrl+g", "ctrl+a")
    window.type(number)
    window.key("Return")


def header(window, title):
    """A column's title."""
    titles = next(table(window).children)
    return next(widget for widget in titles.inside() if widget.name == title)


def click_header(window, title):
    widget = header(window, title)
    widget.bring_into_view()
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    click_at(left + x + width // 2, top + y + height // 2)


def column(window, title):
    return [cell_text(row, TITLES.index(title)) for row in rows_in_view(window)]


def bytes_view(window):
    return named(window, "text", "Bytes")


def fields(window):
    """The fields that are shown, by their text."""
    items = [next(item.children) for item in named(window, "list", "Fields").children]
    return {item.name: item for item in items}


def wait_for_field(window, text):
    return wait_for(lambda: fields(window).get(text), f"field {text!r}")


def click_field(window, widget):
    widget.wait_until_still()
    left, top = window.origin_of(widget.toplevel())
    x, y, _, height = widget.extents
    click_at(left + x + 60, top + y + height // 2)


def clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE, check=False, text=True,
                          timeout=20).stdout


def choose(window, drop_down, place):
    """An entry of a drop-down, with the keys."""
    window.find(("combo box",), drop_down).click()
    for key in ["Home"] + ["Down"] * place + ["Return"]:
        time.sleep(0.4)
        window.key(key)


def choose_in_menu(window, place):
    """In the context menu of the packet that has the keys."""
    window.key("shift+F10")
    for key in ["Down"] * place + ["Return"]:
        time.sleep(0.4)
        window.key(key)


def pixels(window, widget):
    """The colours of what a widget shows: as many different ones as there are."""
    left, top = window.origin_of(widget.toplevel())
    x, y, width, height = widget.extents
    shot = subprocess.run(["import", "-window", "root", "png:-"], stdout=subprocess.PIPE, check=True).stdout
    return subprocess.run(["convert", "png:-", "-crop", f"{width}x{height}+{left + x}+{top + y}", "+repage", "rgb:-"],
                          input=shot, stdout=subprocess.PIPE, check=True).stdout


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


def test_going_to_a_number_and_its_headers(lens):
    window = start_packets(lens)
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    wait_for_field(window, "Source: 192.168.24.221")
    shown = fields(window)
    for text in ("Ethernet", "IPv4", "Total length: 200", "Time to live: 128", "Protocol: 17 (UDP)", "UDP",
                 "Source port: 51506", "Destination port: 44464", "Length: 180"):
        assert text in shown, (text, list(shown))
    lines = bytes_view(window).text.splitlines()
    assert lines[0].startswith("0000  02 00 5e 00"), lines[0]
    # The keys are in the table now.
    window.key("Down")
    wait_for(lambda: "Source port: 51504" in fields(window) or "Source port: 44464" in fields(window)
             or "Source port: 51506" in fields(window), "the next packet")
    go_to(window, "9,907")
    wait_for(lambda: has_row(window, ["9,907"]), "the last packet in view")
    go_to(window, "10000")
    window.label("Packets have numbers from 1 to 9,907")


def test_fields_and_bytes_mark_each_other(lens):
    window = start_packets(lens)
    # So tall that the field is seen.
    window.resize(1280, 945)
    go_to(window, "5000")
    field = wait_for_field(window, "Time to live: 128")
    view = bytes_view(window)
    before = pixels(window, view)
    click_field(window, field)
    wait_for(lambda: pixels(window, view) != before, "the byte to be marked")
    # A click on the header checksum, which begins a line whether there are four or eight bytes in it, selects that.
    left, top = window.origin_of(view.toplevel())
    x, y, _, _ = view.extents
    place = next(number for number, line in enumerate(view.text.splitlines()) if line.startswith("0018  7e c8"))
    click_at(left + x + 80, top + y + 22 + 16 * place)

    def is_selected():
        item = fields(window)["Header checksum: 0x7ec8 (right)"].accessible.get_parent()
        return item.get_state_set().contains(Atspi.StateType.SELECTED)

    wait_for(is_selected, "the checksum to be selected")


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


def click_row(window, number, modifier=None):
    row = wait_for(lambda: next((row for row in rows_in_view(window) if cell_text(row, 0) == number), None), f"packet {number}")
    left, top = window.origin_of(table(window).toplevel())
    x, y, _, height = row.extents
    click_at(left + x + 20, top + y + height // 2, modifier)


def copied_numbers(window):
    """The packets that Ctrl+C copies as rows."""
    return [line.split("\t")[0] for line in clipboard_after(window).splitlines()[1:]]


def clipboard_after(window, keys="ctrl+c"):
    window.key(keys)
    time.sleep(0.3)
    return clipboard()


def wait_copied(window, *numbers):
    wait_for(lambda: copied_numbers(window) == list(numbers), f"the rows of {numbers} to be copied")


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


def test_finding(lens):
    window = start_packets(lens)
    window.key("ctrl+f")
    window.type(HOST)
    window.key("Return")
    # Counted by tshark: ip.addr == 18.197.187.162.
    window.label("1 of 9,261")
    window.key("F3")
    window.label("2 of 9,261")
    window.key("shift+F3", "shift+F3")
    window.label("9,261 of 9,261, from the end again")
    window.key("F3")
    window.label("1 of 9,261, from the beginning again")
    choose(window, "Find by", 3)
    window.key("ctrl+f", "ctrl+a")
    window.type("08 06 00 01")
    window.key("Return")
    # frame contains 08:06:00:01.
    window.label(re.compile("^[0-9]+ of 30$"))
    choose(window, "Find by", 2)
    window.key("ctrl+f", "ctrl+a")
    window.type("bipw")
    window.key("Return")
    window.label(re.compile("^[0-9,]+ of 9,322$"))
    window.key("ctrl+f", "ctrl+a")
    window.type("no such text")
    window.key("Return")
    window.label("No packet here has this")
    window.key("ctrl+a")
    choose(window, "Find by", 1)
    window.key("ctrl+f", "ctrl+a")
    window.type("18.197 ")
    window.type("x")
    window.key("Return")
    window.label("“18.197 x”: this is no IPv4 or IPv6 address, no part of one and no subnet")


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


def test_a_file_that_changed(lens):
    path = lens.path("copy.pcap")
    with open(lens.capture("ring.pcap"), "rb") as file:
        data = file.read()
    with open(path, "wb") as file:
        file.write(data)
    window = lens.start(path)
    window.label(ALL)
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    with open(path, "wb") as file:
        file.write(data[:24] + data[40:])
    go_to(window, "5000")
    window.label(re.compile("^“copy.pcap” has changed since it was opened: packet 5000 is no longer where it was"))
    os.unlink(path)
    go_to(window, "5001")
    window.label(re.compile("copy.pcap"))


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


def test_what_fields_are_for(lens):
    """A field says what it is for, what packet tables call it and where it is; the packet as a whole has what the list knows of it."""
    window = start_packets(lens)
    window.resize(1280, 945)
    go_to(window, "5000")
    field = wait_for_field(window, "Time to live: 128")
    window.label("Select a field or a byte to see what it means")
    click_field(window, field)
    window.label("IP_ttl · How many more routers may pass the packet on · byte 22 (0x16)")
    click_field(window, fields(window)["Packet"])
    window.label("Packet · bytes 0–213 (0x0–0xd5)")
    window.key("Right")
    # By tshark and the rule of the page of bursts.
    wait_for_field(window, "Time: 2021-04-07 17:56:26.373285 UTC (151.952935 s since the first packet)")
    wait_for_field(window, "Inter-arrival time: 0.000245 s")
    click_field(window, wait_for_field(window, "Burst: 8"))
    window.label("IP_Burst_ix · Which burst of its stream it is in, by the rule of the page Bursts")
    window.key("Right")
    packets = list(reference.read_packets(lens.capture("ring.pcap")))
    size = int(1.1 * sum(packet[3] for packet in packets if packet[1]) / sum(1 for packet in packets if packet[1]))
    burst = reference.bursts(reference.stream(packets, "192.168.24.221", HOST), 300 * 10**6, size)[7]
    mean = sum(payload for _, payload in burst) / len(burst)
    wait_for_field(window, f"Burst length: {len(burst) - 1:,} (packets − 1)")
    wait_for_field(window, f"Mean size in the burst: {mean:.2f} (bytes)")
    # One field can be copied by itself, and Return closes it.
    window.key("ctrl+c")
    wait_for(lambda: clipboard() == "Burst: 8", "the field to be copied")
    window.key("Return")
    wait_for(lambda: f"Burst length: {len(burst) - 1:,} (packets − 1)" not in fields(window), "the field to be closed")


def is_field_selected(window, text):
    field = fields(window).get(text)
    return field and field.accessible.get_parent().get_state_set().contains(Atspi.StateType.SELECTED)


def test_fields_stay_as_they_were_left(lens):
    """From packet to packet: the selected one with its bytes, and which headers are closed and fields open. By tshark: 19 and 20 have
    the same fields; 5000 is UDP, 11 is ARP."""
    window = start_packets(lens)
    window.resize(1280, 945)
    go_to(window, "19")
    click_field(window, wait_for_field(window, "Ethernet"))
    window.key("Return")
    wait_for(lambda: "Source: 02:00:5e:00:18:fe" not in fields(window), "Ethernet to be closed")
    click_field(window, wait_for_field(window, "Time to live: 64"))
    window.label("IP_ttl · How many more routers may pass the packet on · byte 22 (0x16)")
    go_to(window, "20")
    wait_for(lambda: is_field_selected(window, "Time to live: 128"), "the same field to be selected")
    assert not any(text.startswith("Source: 02:") for text in fields(window)), list(fields(window))
    go_to(window, "5000")
    wait_for(lambda: is_field_selected(window, "Time to live: 128") and "UDP" in fields(window), "that of UDP to be selected")
    assert not any(text.startswith("Source: 02:") for text in fields(window)), list(fields(window))
    marked = pixels(window, bytes_view(window))
    # What has no such field has none selected; its own are open.
    go_to(window, "11")
    window.label("Select a field or a byte to see what it means")
    wait_for(lambda: "ARP" in fields(window) and "Ethernet" in fields(window), "ARP")
    assert not any(is_field_selected(window, text) for text in list(fields(window))), list(fields(window))
    go_to(window, "5000")
    wait_for_field(window, "Time to live: 128")
    wait_for(lambda: pixels(window, bytes_view(window)) != marked, "no byte to be marked")


def test_escape_leaves_the_entry(lens):
    """For the packets, and leaves the filter as it is."""
    window = start_packets(lens)
    window.button(HOST).click()
    window.label("9,261 of 9,907 packets, 93.5 %")
    go_to(window, "5000")
    wait_for(lambda: has_row(window, PACKET_5000), "packet 5000 in view")
    wait_for_field(window, "Source: 192.168.24.221")
    window.key("ctrl+f", "Escape", "Down")
    wait_for(lambda: any(row.has_state(Atspi.StateType.SELECTED) and cell_text(row, 0) == "5,001" for row in rows_in_view(window)),
             "the keys to be in the rows")
    window.label("9,261 of 9,907 packets, 93.5 %")
    # There it takes the filter away.
    window.key("Escape")
    window.label(ALL)


def selected(window):
    return [cell_text(row, 0) for row in rows_in_view(window) if row.has_state(Atspi.StateType.SELECTED)]


def find(window, text, key, number, says):
    """Types what is looked for, unless it is there already, and waits for the packet with that number to be the one selected."""
    window.key("ctrl+f", "ctrl+a")
    if text:
        window.type(text)
    window.key(key)
    window.label(says)
    wait_for(lambda: selected(window) == [number], f"packet {number} to be selected")


def test_finding_by_a_part_of_an_address(lens):
    """All as counted by tshark, its addresses compared as text: 239.166 is in those of packets 14 and 15 alone."""
    window = start_packets(lens)
    window.key("ctrl+f")
    window.type("239.166")
    for key, number, says in (("Return", "14", "1 of 2"), ("Return", "15", "2 of 2"),
                              ("Return", "14", "1 of 2, from the beginning again"),
                              ("shift+Return", "15", "2 of 2, from the end again"), ("shift+F3", "14", "1 of 2"),
                              ("F3", "15", "2 of 2")):
        window.key(key)
        window.label(says)
        wait_for(lambda number=number: selected(window) == [number], f"packet {number} to be selected")
    # It goes on after packet 15. What is no host's address is a part of one; what is one is that host's alone.
    find(window, "192.168.24.2", "Return", "16", "9 of 9,872")
    find(window, "192.168.24.1", "Return", "17", "8 of 24")
    find(window, None, "Return", "61", "9 of 24")
    find(window, None, "shift+Return", "17", "8 of 24")
    find(window, "fe80::", "Return", "17", "No packet here has this")


def test_finding_by_a_subnet(lens):
    window = start_packets(lens)
    window.key("ctrl+f")
    window.type("52.0.0.0/8")
    window.key("Return")
    window.label("1 of 269")
    wait_for(lambda: selected(window) == ["63"], "packet 63 to be selected")
    find(window, None, "shift+F3", "9,907", "269 of 269, from the end again")
    find(window, "3.213.247.0/24", "shift+Return", "9,905", "225 of 225")
    find(window, "52.0.0.0/33", "Return", "9,905",
         "“52.0.0.0/33”: this is no subnet; those are 192.0.2.0/24 or 2001:db8::/32")
