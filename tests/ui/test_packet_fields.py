"""The page of packets: one packet's fields and bytes, going to and finding packets."""

import os
import re
import struct
import time

import reference
from lens_window import Atspi, Widget, click_at, wait_for
from packets_page import (ALL, HOST, PACKET_5000, bytes_view, cell_text, choose, click_field, click_header, clipboard, fields, go_to,
                          has_row, rows_in_view, start_packets, wait_for_field, wait_for_first)


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
    before = view.pixels("rgb")
    click_field(window, field)
    wait_for(lambda: view.pixels("rgb") != before, "the byte to be marked")
    # A click on the header checksum, which begins a line whether there are four or eight bytes in it, selects that.
    left, top = window.origin_of(view.toplevel())
    x, y, _, _ = view.extents
    place = next(number for number, line in enumerate(view.text.splitlines()) if line.startswith("0018  7e c8"))
    click_at(left + x + 80, top + y + 22 + 16 * place)

    def is_selected():
        item = fields(window)["Header checksum: 0x7ec8 (right)"].accessible.get_parent()
        return item.get_state_set().contains(Atspi.StateType.SELECTED)

    wait_for(is_selected, "the checksum to be selected")


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
    marked = bytes_view(window).pixels("rgb")
    # What has no such field has none selected; its own are open.
    go_to(window, "11")
    window.label("Select a field or a byte to see what it means")
    wait_for(lambda: "ARP" in fields(window) and "Ethernet" in fields(window), "ARP")
    assert not any(is_field_selected(window, text) for text in list(fields(window))), list(fields(window))
    go_to(window, "5000")
    wait_for_field(window, "Time to live: 128")
    wait_for(lambda: bytes_view(window).pixels("rgb") != marked, "no byte to be marked")


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


def test_the_bytes_follow_a_field_in_a_low_pane(lens):
    """GTK complains, which ends the test, where the bytes' scroll bar moves while it is drawn."""
    window = start_packets(lens, style="dark", size=(900, 600))
    go_to(window, "19")
    click_field(window, wait_for_field(window, "Ethernet"))
    window.key("Return")
    click_field(window, wait_for_field(window, "IPv4"))
    for number, text in (("20", "TCP"), ("5000", "UDP"), ("19", "TCP"), ("5000", "UDP")):
        go_to(window, number)
        wait_for(lambda text=text: text in fields(window) and is_field_selected(window, "IPv4"), f"IPv4 of packet {number}")


def lz4_frame(data):
    """Not packed at all: what counts is that the file can only be unpacked from its beginning."""
    blocks = [data[i:i + (1 << 22)] for i in range(0, len(data), 1 << 22)]
    # Version 1, independent blocks of at most 4 MiB, and the checksum of these two bytes; then blocks, marked as not packed.
    return b"\x04\x22\x4d\x18\x60\x70\x73" + b"".join(struct.pack("<I", len(block) | 1 << 31) + block for block in blocks) + bytes(4)


def test_unpacking_up_to_a_packet_is_shown_and_stopped(lens):
    """The packet is behind gigabytes of what an unpacker passes over, which are holes in the file."""
    path, slow = lens.path("ring.pcap.lz4"), lens.path("slow.pcap.lz4")
    with open(lens.capture("ring.pcap"), "rb") as file:
        first, second = file.read(2000000), file.read()
    with open(path, "wb") as file:
        file.write(lz4_frame(first) + lz4_frame(second))
    with open(slow, "wb") as file:
        file.write(lz4_frame(first))
        for _ in range(2):
            file.write(struct.pack("<II", 0x184d2a50, 0xffffffff))
            file.seek(0xffffffff, os.SEEK_CUR)
        file.write(lz4_frame(second))
    window = lens.start(path)
    window.label(ALL)
    window.find(("page tab",), "Packets").click()
    wait_for_first(window, ["1"], "the first packet")
    message = window.label("Select a packet to see its headers and bytes")
    around = Widget(window, message.accessible.get_parent())
    # Before the first packet is read, which opens the file.
    os.replace(slow, path)
    go_to(window, "9000")
    wait_for(lambda: message.name == "The file is compressed: it is being unpacked up to this packet…", "the message")
    bar, cancel = (next(widget for widget in around.inside() if widget.role == role) for role in ("progress bar", "push button"))
    assert cancel.is_showing and cancel.name == "Cancel" and bar.extents[2] > 100, (bar.extents, cancel.name)
    # A part of the bytes before the packet was unpacked.
    wait_for(lambda: 0.1 < Atspi.Value.get_current_value(bar.accessible) < 0.7, "the bar to be in its middle")
    cancel.click()
    wait_for(lambda: message.name == "The packet’s bytes were not read. Select it again to read them.", "reading to be stopped")
    assert not cancel.is_showing
    # Once what was going on has come to an end, another can be read.
    go_to(window, "8999")
    wait_for_field(window, "Time to live: 128")


def test_finding_in_an_order_turned_round(lens):
    """The first from the top is the first that is found."""
    window = start_packets(lens)
    click_header(window, "No.")
    time.sleep(0.5)
    click_header(window, "No.")
    wait_for_first(window, ["9,907"], "the last packet first")
    window.key("ctrl+f")
    window.type("239.166")
    for key, number, says in (("Return", "15", "1 of 2"), ("F3", "14", "2 of 2"), ("shift+F3", "15", "1 of 2"),
                              ("shift+F3", "14", "2 of 2, from the end again")):
        window.key(key)
        window.label(says)
        wait_for(lambda number=number: selected(window) == [number], f"packet {number} to be selected")
