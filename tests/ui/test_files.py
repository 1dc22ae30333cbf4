"""Opening captures, good and bad, and saving what is shown."""

import os
import re
import struct
import subprocess

import make_captures
from lens_window import Failure, wait_for

ALL = "9,907 of 9,907 packets, 100.0 %"
START = "See Who Talks to Whom"
ERROR = "This File Could Not Be Opened"


def pdf_text(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout


def pdf_pages(path):
    said = subprocess.run(["pdfinfo", path], stdout=subprocess.PIPE, text=True, check=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", said, re.MULTILINE).group(1))


def whole_packets(path):
    """How many packets of a pcap file are all there, counted by hand."""
    with open(path, "rb") as file:
        data = file.read()
    at, n = 24, 0
    while at + 16 <= len(data):
        at += 16 + struct.unpack_from("<I", data, at + 8)[0]
        if at > len(data):
            break
        n += 1
    return n


def test_start_page_and_open(lens):
    window = lens.start()
    window.label(START)
    assert not window.has_label(ERROR)
    window.button("Open a Capture").click()
    window.choose_file("Open a Capture", lens.capture("ring.pcap"))
    window.label(ALL)


def test_no_capture_then_a_real_one(lens):
    path = lens.path("notes.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("This is a shopping list, and no packet capture at all.\n" * 20)
    window = lens.start(path)
    window.label(ERROR)
    window.label(re.compile("“notes.txt”"))
    window.button("Open another").click()
    window.choose_file("Open a Capture", lens.capture("ring.pcap"))
    window.label(ALL)
    window.button("18.197.187.162").click()
    window.label("9,261 of 9,907 packets, 93.5 %")


def test_missing_file(lens):
    window = lens.start(lens.path("nothing-here.pcap"))
    window.label(ERROR)
    window.label(re.compile("“nothing-here.pcap”"))
    window.button("Open another")


def test_bad_file_leaves_the_open_capture(lens):
    path = lens.path("empty.pcap")
    with open(path, "wb"):
        pass
    window = lens.start_ring()
    window.key("ctrl+o")
    window.choose_file("Open a Capture", path)
    said = window.label(re.compile("“empty.pcap”"))
    window.dismiss(said)
    window.label(ALL)


def test_truncated_capture_shows_what_there_is(lens):
    path = lens.path("cut.pcap")
    with open(lens.capture("ring.pcap"), "rb") as ring, open(path, "wb") as cut:
        cut.write(ring.read(1000000))
    n = whole_packets(path)
    assert 1000 < n < 9907
    window = lens.start(path)
    window.label(f"{n:,} of {n:,} packets, 100.0 %")
    window.label(f"“cut.pcap” ends in the middle of packet {n + 1:,}; the first {n:,} packets are shown.")
    window.button("18.197.187.162")
    window.button("Hide this message").click()
    wait_for(lambda: not window.has_label(re.compile("ends in the middle")), "the message to go")


def test_cancel_while_loading(lens):
    """A pipe that gives nothing."""
    path = lens.path("slow.pcap")
    os.mkfifo(path)
    writer = os.open(path, os.O_RDWR)
    window = lens.start(path)
    window.label("slow.pcap")
    window.label("Waiting for packets…")
    window.button("Cancel").click()
    window.label(START)
    os.close(writer)
    window.key("ctrl+o")
    window.choose_file("Open a Capture", lens.capture("ring.pcap"))
    window.label(ALL)


def test_cancel_leaves_the_open_capture(lens):
    path = lens.path("large.pcap.gz")
    make_captures.write_endless(path)
    window = lens.start_ring()
    window.key("ctrl+o")
    window.choose_file("Open a Capture", path)
    # Progress is told in packets and bytes.
    window.label(re.compile(r"^[\d,]+ packets? · [\d.,]+ [kM]?B"))
    window.button("Cancel").click()
    window.label(ALL)


def test_save_a_chart_as_pdf(lens):
    window = lens.start_ring()
    path = lens.path("my layers.pdf")
    window.button("Save “Packets per layer” as PDF").click()
    window.choose_file("Save as PDF", path)
    window.toast("Saved “my layers.pdf”")
    text = pdf_text(path)
    for words in ("Packets per layer", "9,907", "9,266", "610"):
        if words not in text:
            raise Failure(f"the PDF lacks “{words}”:\n{text}")
    assert pdf_pages(path) == 1
    assert sorted(os.listdir(lens.folder)) == ["my layers.pdf", "packetlens-0.log"]


def test_saved_chart_follows_the_filter(lens):
    window = lens.start_ring()
    path = lens.path("host.pdf")
    window.button("18.197.187.162").click()
    window.label("9,261 of 9,907 packets, 93.5 %")
    window.button("Save “Packets per layer” as PDF").click()
    window.choose_file("Save as PDF", path)
    window.toast("Saved “host.pdf”")
    text = pdf_text(path)
    assert "9,261" in text and "18.197.187.162" in text, text


def test_save_the_graph_and_the_report(lens):
    window = lens.start_ring()
    graph, report = lens.path("graph.pdf"), lens.path("report.pdf")
    window.key("ctrl+shift+g")
    window.choose_file("Save as PDF", graph)
    window.toast("Saved “graph.pdf”")
    text = pdf_text(graph)
    for words in ("18.197.187.162", "5,844", "3,417"):
        if words not in text:
            raise Failure(f"the graph’s PDF lacks “{words}”:\n{text}")
    window.key("ctrl+shift+s")
    window.choose_file("Save as PDF", report)
    window.toast("Saved “report.pdf”")
    # The graph and every chart the program has, one page each.
    charts = {button.name for button in window.all(("push button",), re.compile("^Save “.+” as PDF$"), showing=False)}
    assert len(charts) >= 12, charts
    assert pdf_pages(report) == 1 + len(charts), (pdf_pages(report), charts)
    assert "Packets per layer" in pdf_text(report)


def test_what_cannot_be_written_is_said(lens):
    window = lens.start_ring()
    window.button("Save “Packets per layer” as PDF").click()
    # Nobody, not even root, can make a file there.
    window.choose_file("Save as PDF", "/proc/layers.pdf")
    window.label("The PDF Was Not Saved")
    said = window.label(re.compile("layers.pdf” could not be written"))
    window.dismiss(said)
    window.button("18.197.187.162").click()
    window.label("9,261 of 9,907 packets, 93.5 %")
