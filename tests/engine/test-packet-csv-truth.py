#!/usr/bin/env python3
"""The table of packets as CSV, cell for cell against what tshark and tcpdump say of the same packets.

Argument: the program write-packet-csv. Captures: ring.pcap (LENS_TEST_CAPTURES), also under a filter, and some of the shared folder
(LENS_SHARED_CAPTURES, or ../shared/captures beside this project): VLAN tags, IPv6, tunnels, nanoseconds, fragments. Speaks TAP.
Ports and payload are compared where TCP or UDP is right above the outermost IP header and nothing is a fragment."""

import csv
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = ["frame.number", "frame.time_epoch", "frame.time_relative", "frame.protocols", "frame.len", "ip.src", "ip.dst",
          "ipv6.src", "ipv6.dst", "ip.flags.mf", "ip.frag_offset", "tcp.srcport", "tcp.dstport", "tcp.len", "udp.srcport",
          "udp.dstport", "udp.length"]
PREFERENCES = ["ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE",
               "tcp.analyze_sequence_numbers:FALSE"]
TITLES = ["No.", "Time (UTC)", "Since start (s)", "Since previous (s)", "Source", "Destination", "Protocol", "From port",
          "To port", "Payload (bytes)", "Wire length (bytes)", "Inter-arrival (s)", "Burst"]
SHARED = ["pcapplusplus/many-protocols.pcap", "pcapplusplus/VlanPackets.pcap", "pcapplusplus/nanosecs.pcap",
          "pcapplusplus/four_ipv6_http_streams.pcap", "pcapplusplus/ipv6.pcapng", "pcapplusplus/sll.pcap",
          "pcapplusplus/ip4_fragments.pcap", "pcapplusplus/tls2.pcap"]


def rows_of_tshark(path, expression):
    command = ["tshark", "-n", "-T", "fields", "-E", "occurrence=f", "-E", "separator=/t", "-r", path]
    if expression:
        command += ["-Y", expression]
    for preference in PREFERENCES:
        command += ["-o", preference]
    for field in FIELDS:
        command += ["-e", field]
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout
    return [dict(zip(FIELDS, line.split("\t"))) for line in text.splitlines()]


def nanoseconds(text):
    whole, fraction = text.split(".")
    return int(whole) * 10**9 + int(fraction)


def expected_of(row, first_ns, previous_ns, latest):
    """The cells that tshark's row has, the time in nanoseconds in place of its text."""
    time_ns = nanoseconds(row["frame.time_epoch"])
    protocols = row["frame.protocols"].split(":")
    ip_at = next((at for at, name in enumerate(protocols) if name in ("ip", "ipv6")), None)
    # The outermost.
    version = protocols[ip_at] if ip_at is not None else "ip"
    source, destination = row[version + ".src"], row[version + ".dst"]
    cells = {"No.": row["frame.number"], "Time (UTC)": time_ns, "Wire length (bytes)": row["frame.len"],
             "Since start (s)": time_ns - first_ns, "Since previous (s)": None if previous_ns is None else time_ns - previous_ns,
             "Source": source, "Destination": destination,
             "Inter-arrival (s)": time_ns - latest[destination] if destination and destination in latest else None}
    if destination:
        latest[destination] = time_ns
    transport = protocols[ip_at + 1] if ip_at is not None and ip_at + 1 < len(protocols) else ""
    in_pieces = row["ip.flags.mf"] in ("1", "True") or row["ip.frag_offset"] not in ("", "0")
    if transport in ("tcp", "udp") and row[transport + ".srcport"] and not in_pieces:
        cells["From port"], cells["To port"] = row[transport + ".srcport"], row[transport + ".dstport"]
        cells["Payload (bytes)"] = row["tcp.len"] if transport == "tcp" else str(int(row["udp.length"]) - 8)
        cells["Protocol"] = transport.upper()
    return cells


def time_of(text):
    """Nanoseconds since 1970 of 2021-04-07T17:53:54.420350000Z, by date(1)."""
    seconds = subprocess.run(["date", "-u", "-d", text[:19] + "Z", "+%s"], stdout=subprocess.PIPE, check=True, text=True).stdout
    return int(seconds) * 10**9 + int(text[20:29])


def span_of(text):
    return nanoseconds(text) if text else None


def check(program, path, display_filter, expression, folder):
    out = os.path.join(folder, "packets.csv")
    subprocess.run([program, path, out] + ([expression] if expression else []), check=True)
    with open(out, encoding="utf-8", newline="") as file:
        assert file.read().endswith(",\r\n")
        file.seek(0)
        titles, *rows = csv.reader(file, strict=True)
    assert titles[:-1] == TITLES, titles
    all_rows = rows_of_tshark(path, None)
    theirs = rows_of_tshark(path, display_filter) if display_filter else all_rows
    share = "{:,} of {:,} packet".format(len(theirs), len(all_rows))
    assert "Shown: {} · {}".format(os.path.basename(path), share) in titles[-1], titles[-1]
    assert len(rows) == len(theirs), (len(rows), len(theirs))
    first_ns = min(nanoseconds(row["frame.time_epoch"]) for row in all_rows)
    previous_ns, latest, seconds = None, {}, {}
    in_time_order = sorted(theirs, key=lambda row: nanoseconds(row["frame.time_epoch"]))
    expected = {}
    for row in in_time_order:
        expected[row["frame.number"]] = expected_of(row, first_ns, previous_ns, latest)
        previous_ns = nanoseconds(row["frame.time_epoch"])
    assert [row[0] for row in rows] == [row["frame.number"] for row in theirs]
    n_cells = 0
    for row in rows:
        assert len(row) == len(titles) and row[-1] == "", row
        ours = dict(zip(titles, row))
        second = ours["Time (UTC)"][:19]
        if second not in seconds:
            seconds[second] = time_of(ours["Time (UTC)"]) // 10**9
        ours["Time (UTC)"] = seconds[second] * 10**9 + int(ours["Time (UTC)"][20:29])
        for title in ("Since start (s)", "Since previous (s)", "Inter-arrival (s)"):
            ours[title] = span_of(ours[title])
        for title, cell in expected[row[0]].items():
            assert ours[title] == cell, "packet {} has {} {!r}, by tshark {!r}".format(row[0], title, ours[title], cell)
            n_cells += 1
    return len(rows), n_cells


def main():
    program = os.path.abspath(sys.argv[1])
    own = os.path.join(os.environ["LENS_TEST_CAPTURES"], "ring.pcap")
    shared = os.environ.get("LENS_SHARED_CAPTURES") or os.path.join(HERE, "../../../shared/captures")
    cases = [(own, None, None), (own, "ip.addr == 18.197.187.162 and tcp", "host 18.197.187.162 and tcp")]
    if os.path.isdir(shared):
        cases += [(os.path.join(shared, name), None, None) for name in SHARED]
    else:
        print("# NOT TESTED: the shared captures, there is no folder", os.path.normpath(shared))
    n_failed = 0
    print("1..{}".format(len(cases)))
    with tempfile.TemporaryDirectory(prefix="lens-packet-csv-") as folder:
        for number, (path, display_filter, expression) in enumerate(cases, 1):
            name = os.path.basename(path) + (" " + expression if expression else "")
            try:
                n_rows, n_cells = check(program, path, display_filter, expression, folder)
                print("ok {} {}: {} packets, {} cells".format(number, name, n_rows, n_cells), flush=True)
            except (AssertionError, subprocess.CalledProcessError, OSError, ValueError) as error:
                n_failed += 1
                print("not ok {} {}\n# {}".format(number, name, error), flush=True)
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
