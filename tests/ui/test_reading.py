"""Several files as one capture, pipes that fill while they are looked at, and files that unpack to very much."""

import os
import re
import subprocess
import sys
import time

import make_captures
from lens_window import Failure, wait_for, xdotool

ALL_OF_RING = "9,907 of 9,907 packets, 100.0 %"


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def some_packets(hosts, n, start_s):
    """n packets a host to 192.0.2.1, a millisecond apart."""
    return [(start_s + i * 0.001, make_captures.udp_packet(f"192.0.2.{host}", "192.0.2.1"))
            for i in range(n) for host in hosts]


class Pipe:
    """A FIFO that the program reads, written to step by step."""

    def __init__(self, path):
        os.mkfifo(path)
        # Read and write: opening it waits for nobody.
        self.keeper = os.open(path, os.O_RDWR)
        self.writer = os.open(path, os.O_WRONLY)

    def write(self, data):
        while data:
            data = data[os.write(self.writer, data):]

    def end(self):
        os.close(self.writer)
        os.close(self.keeper)


def title_says(window, text):
    return next(window.all(("label",), text, showing=False), None) is not None


def place(window, host):
    return window.button(host, showing=False).extents


def test_several_files_are_one_capture(lens):
    first = write(lens.path("first.pcap"), make_captures.pcap(some_packets([2, 3], 10, 0)))
    second = write(lens.path("second.pcap"), make_captures.pcap(some_packets([4], 5, 60)))
    # The later one is given first.
    window = lens.start(second, first)
    window.label("25 of 25 packets, 100.0 %")
    window.label("first.pcap and 1 more")
    window.label(re.compile("^25 packets · 1 min"))
    for host in (1, 2, 3, 4):
        window.button(f"192.0.2.{host}")
    assert len(window.toplevels) == 1, [top.name for top in window.toplevels]
    window.button("192.0.2.4").click()
    window.label("5 of 25 packets, 20.0 %")
    window.key("Escape")
    window.key("alt+Return")
    window.read_down("Capture Properties",
                     ("Each file", re.compile("^pcap · .* · 5 packets\n2021-04-07 17:54:54 UTC to")))


def test_a_folder_is_one_capture(lens):
    folder = lens.path("ring")
    os.mkdir(folder)
    for i in range(30):
        write(os.path.join(folder, f"ring.pcap{i:02}"), make_captures.pcap(some_packets([i + 2], 3, i)))
    write(os.path.join(folder, "notes.txt"), b"no capture")
    window = lens.start(folder)
    window.label("90 of 90 packets, 100.0 %")
    window.label("ring.pcap00 and 29 more")


def test_a_bad_file_among_good_ones(lens):
    good = [write(lens.path(f"good{i}.pcap"), make_captures.pcap(some_packets([2], 10, i * 10))) for i in range(2)]
    bad = [write(lens.path(f"bad{i}.pcap"), make_captures.pcap(some_packets([3], 5, 50 + i))[:-30]) for i in range(3)]
    window = lens.start(*good, *bad)
    window.label("32 of 32 packets, 100.0 %")
    shown = window.label(re.compile("^“bad0.pcap” ends in the middle of packet 5")).name
    assert len(shown.splitlines()) == 2 and "bad2" not in shown, shown
    window.button("Details…").click()
    window.dialog("Capture Properties")
    window.label(re.compile("^“bad2.pcap” ends in the middle of packet 5"))


def test_a_pipe_fills_while_it_is_looked_at(lens):
    path = lens.path("live.pcap")
    pipe = Pipe(path)
    window = lens.start(path)
    window.button("Cancel")
    window.label("Waiting for packets…")

    pipe.write(make_captures.pcap_header())
    time.sleep(1)
    assert window.has_label("Waiting for packets…")
    pipe.write(b"".join(make_captures.pcap_record(packet, second) for second, packet in some_packets([2, 3], 50, 0)))
    window.label("100 of 100 packets, 100.0 %")
    window.label("Reading… 100 packets so far")
    window.button("Stop")

    # What the person chose stays: a filter, a page, a place.
    window.find(("page tab",), "Addresses").click()
    node = window.button("192.0.2.2")
    node.drag(-40, 60)
    node.wait_until_still()
    moved, other = place(window, "192.0.2.2"), place(window, "192.0.2.1")
    window.button("192.0.2.3").click()
    window.label("50 of 100 packets, 50.0 %")
    pipe.write(b"".join(make_captures.pcap_record(packet, second)
                        for second, packet in some_packets([3, 4, 5, 6], 50, 10)))
    window.label("100 of 300 packets, 33.3 %")
    window.label("host 192.0.2.3")
    window.label("Reading… 300 packets so far")
    window.button("192.0.2.6")
    wait_for(lambda: title_says(window, re.compile("^300 packets · 10")), "the title to follow")
    assert place(window, "192.0.2.2") == moved and place(window, "192.0.2.1") == other
    assert window.button("192.0.2.3").is_pressed
    window.image(re.compile("by source address"))

    pipe.end()
    window.wait_no_label(re.compile("Reading…"))
    window.label("100 of 300 packets, 33.3 %")
    window.key("Escape")
    window.label("300 of 300 packets, 100.0 %")
    window.button("Back").click()
    window.label("100 of 300 packets, 33.3 %")


def test_stop_keeps_what_is_there(lens):
    path = lens.path("live.pcap")
    pipe = Pipe(path)
    window = lens.start(path)
    pipe.write(make_captures.pcap(some_packets([2], 20, 0)))
    window.label("20 of 20 packets, 100.0 %")
    window.button("Stop").click()
    window.wait_no_label(re.compile("Reading…"))
    pipe.write(make_captures.pcap_record(make_captures.udp_packet("192.0.2.9", "192.0.2.1"), 5))
    time.sleep(1.5)
    window.label("20 of 20 packets, 100.0 %")
    window.button("192.0.2.2").click()
    window.label("host 192.0.2.2")
    pipe.end()


def test_standard_input(lens):
    read_end, write_end = os.pipe()
    window = lens.start("-", stdin=read_end)
    os.close(read_end)
    window.label("Waiting for packets…")
    os.write(write_end, make_captures.pcap(some_packets([2], 20, 0)))
    window.label("20 of 20 packets, 100.0 %")
    window.label("standard input")
    # A second capture in the same window ends the reading.
    window.key("ctrl+o")
    window.choose_file("Open a Capture", lens.capture("ring.pcap"))
    window.label(ALL_OF_RING)
    assert not window.has_label(re.compile("Reading…"))
    os.close(write_end)


def test_many_hosts_come_one_by_one(lens):
    """The graph is laid out anew as it grows, and in the end nothing lies on anything else."""
    path = lens.path("live.pcap")
    pipe = Pipe(path)
    window = lens.start(path)
    pipe.write(make_captures.pcap(some_packets([2], 2, 0)))
    window.button("192.0.2.2")
    for i in range(3, 23):
        pipe.write(b"".join(make_captures.pcap_record(packet, second)
                            for second, packet in some_packets([i], 2, i)))
        time.sleep(0.3)
    window.label("42 of 42 packets, 100.0 %")
    pipe.end()
    window.wait_no_label(re.compile("Reading…"))
    graph = window.find(("panel",), "Connection graph")

    def nodes():
        return [widget.extents for widget in graph.children if widget.name.startswith("192.0.2.")]

    def stands_still():
        before = nodes()
        time.sleep(1)
        return before == nodes()

    wait_for(lambda: len(nodes()) == 22, "22 hosts")
    wait_for(stands_still, "the graph to stand still")
    boxes = nodes()
    for i, (x, y, width, height) in enumerate(boxes):
        for x2, y2, width2, height2 in boxes[:i]:
            if x < x2 + width2 and x2 < x + width and y < y2 + height2 and y2 < y + height:
                raise Failure(f"hosts lie on each other: {boxes}")


def test_much_in_a_small_file(lens):
    """The default ceiling: 1 GiB. Read All goes on."""
    path = lens.path("bomb.pcap.gz")
    make_captures.write_bomb(path, 1100 << 20)
    assert os.path.getsize(path) < 4 << 20
    n = (1100 << 20) // (16 + make_captures.BOMB_PACKET_BYTES) + 1
    window = lens.start(path)
    window.label(re.compile("“bomb.pcap.gz”.*first [\\d,]+ packets"))
    shown = int(window.label(re.compile("^[\\d,]+ of [\\d,]+ packets, 100.0 %")).name.split()[0].replace(",", ""))
    assert 5000 < shown < n, shown
    window.button("Read All").click()
    window.label(f"{n:,} of {n:,} packets, 100.0 %")
    assert not window.has_label(re.compile("“bomb.pcap.gz”"))


def test_the_ceiling_of_the_command_line(lens):
    path = lens.path("some.pcap.gz")
    make_captures.write_bomb(path, 4 << 20)
    n = (4 << 20) // (16 + make_captures.BOMB_PACKET_BYTES) + 1
    window = lens.start("--max-unpacked", "1M", path)
    window.label(re.compile("“some.pcap.gz”.*first [\\d,]+ packets"))
    shown = int(window.label(re.compile("^[\\d,]+ of [\\d,]+ packets, 100.0 %")).name.split()[0].replace(",", ""))
    assert 0 < shown <= n / 4, shown
    window.button("Read All").click()
    window.label(f"{n:,} of {n:,} packets, 100.0 %")


def test_the_ceiling_of_a_pipe(lens):
    """What has gone by can't be read again: it says what to do, and offers nothing that does nothing."""
    path = lens.path("some.pcap.gz")
    make_captures.write_bomb(path, 4 << 20)
    with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as source:
        window = lens.start("--max-unpacked", "1M", "-", stdin=source.stdout)
        source.stdout.close()
        window.label(re.compile("unpacks to more.*first [\\d,]+ packets.*“--max-unpacked none”"))
        assert not any(window.all(("push button",), "Read All"))
        window.close()
    with open(path, "rb") as file:
        window = lens.start("--max-unpacked", "1M", "-", stdin=file)
        window.label(re.compile("unpacks to more.*first [\\d,]+ packets.*to see the rest.$"))


def test_several_dropped(lens):
    first = write(lens.path("first.pcap"), make_captures.pcap(some_packets([2, 3], 10, 0)))
    second = write(lens.path("second.pcap"), make_captures.pcap(some_packets([4], 5, 60)))
    window = lens.start()
    window.button("Open a Capture")
    window.resize(900, 600)
    source = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(__file__), "drag_source.py"), first, second])
    try:
        x_window = wait_for(lambda: next(iter(xdotool("search", "--onlyvisible", "--name", "Files to drag")), None),
                            "the window to drag from")
        xdotool("windowmove", "--sync", x_window, 1000, 700)
        time.sleep(0.5)
        xdotool("mousemove", 1100, 750, "mousedown", 1)
        for step in range(1, 21):
            xdotool("mousemove", 1100 - 35 * step, 750 - 20 * step)
            time.sleep(0.05)
        time.sleep(0.5)
        xdotool("mouseup", 1)
        window.label("25 of 25 packets, 100.0 %")
        window.label("first.pcap and 1 more")
    finally:
        source.kill()
        source.wait()
