#!/usr/bin/env python3
"""What packetlens --summary says of every capture at hand, held against what tshark says of the same packets.

Arguments: the packetlens program, the file of known differences. Captures: those of this project (LENS_TEST_CAPTURES) and those in the
shared folder (LENS_SHARED_CAPTURES, or ../shared/captures beside this project). Speaks TAP, one case a capture.

Only the outermost IP header counts. Payload is compared where no packet of the capture is a fragment: tshark then gives the length of
the whole datagram. A difference is allowed only where the file of known differences lists it with the reason why PacketLens is right
for a person who reads the packet; one that is listed and no longer found is a failure too.
"""

import concurrent.futures
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = ["frame.protocols", "ip.src", "ip.dst", "ip.frag_offset", "ip.flags.mf", "ipv6.src", "ipv6.dst",
          "ipv6.fraghdr.offset", "ipv6.fraghdr.more", "tcp.srcport", "tcp.dstport", "tcp.len", "udp.srcport",
          "udp.dstport", "udp.length"]
# Each packet as it is in the file: nothing is put together from several.
PREFERENCES = ["ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE",
               "tcp.analyze_sequence_numbers:FALSE"]
# What tshark names between an IP header and its transport.
EXTENSIONS = {"ipv6.hopopts", "ipv6.routing", "ipv6.fraghdr", "ipv6.dstopts", "ipv6.dstopt", "ah", "ipv6.shim6", "mipv6"}
SUFFIXES = (".pcap", ".pcapng", ".cap", ".gz", ".zst", ".lz4")
TIMEOUT_S = 300
# Most of tshark's time is its start: whole plain captures of one link type are put one behind the other for it.
FILES_A_BATCH = 64
MAX_BATCHED_BYTES = 2 * 1000 * 1000
MAX_RECORD_BYTES = 262144


class Figures:
    """The figures that are compared, by the words a difference is told in."""

    def __init__(self):
        self.counts = {"layers." + name: 0 for name in ("all", "ip", "ipv4", "ipv6", "tcp", "udp")}
        self.payloads = {}

    def add(self, name, n=1):
        self.counts[name] = self.counts.get(name, 0) + n

    def add_payload(self, name, n_bytes):
        self.payloads[name] = self.payloads.get(name, 0) + n_bytes


def figures_of_summary(summary):
    figures = Figures()
    for name in ("all", "ip", "ipv4", "ipv6", "tcp", "udp"):
        figures.add("layers." + name, summary["layers"][name])
    for host in summary["hosts"]:
        for count in ("sent_packets", "received_packets"):
            figures.add("host {} {}".format(host["address"], count), host[count])
    for connection in summary["connections"]:
        figures.add("connection {}>{}".format(connection["source"], connection["destination"]), connection["packets"])
    for layer, sides in summary["ports"].items():
        for side, ports in sides.items():
            for port in ports:
                name = "{}_{} port {}".format(layer, side, port["port"])
                figures.add(name + " packets", port["packets"])
                figures.add_payload(name + " payload", port["payload"])
    return figures


def number(text):
    return int(text) if text else 0


def is_fragment(row, is_ipv4):
    if is_ipv4:
        return row["ip.frag_offset"] not in ("", "0") or row["ip.flags.mf"] == "1"
    return row["ipv6.fraghdr.more"] == "1" or row["ipv6.fraghdr.offset"] not in ("", "0")


def transport_of(protocols, ip_at):
    for protocol in protocols[ip_at + 1:]:
        if protocol not in EXTENSIONS:
            return protocol
    return ""


def add_transport(figures, row, transport, in_pieces):
    if transport not in ("tcp", "udp") or not row[transport + ".srcport"]:
        return
    figures.add("layers." + transport)
    payload = number(row["tcp.len"]) if transport == "tcp" else max(0, number(row["udp.length"]) - 8)
    for side, field in (("source", "srcport"), ("destination", "dstport")):
        name = "{}_{} port {}".format(transport, side, row[transport + "." + field])
        figures.add(name + " packets")
        figures.add_payload(name + " payload", 0 if in_pieces else payload)


def add_packet(figures, row):
    """Counts one packet and says whether it is a fragment."""
    figures.add("layers.all")
    protocols = row["frame.protocols"].split(":")
    ip_at = next((i for i, protocol in enumerate(protocols) if protocol in ("ip", "ipv6")), None)
    if ip_at is None:
        return False
    # A header that is reached as IPv4 and is IPv6 is named "ip".
    is_ipv4 = protocols[ip_at] == "ip" and not (row["ipv6.src"] and not row["ip.src"])
    version = "ip" if is_ipv4 else "ipv6"
    source, destination = row[version + ".src"], row[version + ".dst"]
    if not source:
        return False
    in_pieces = is_fragment(row, is_ipv4)
    figures.add("layers.ip")
    figures.add("layers.ipv4" if is_ipv4 else "layers.ipv6")
    figures.add("host {} sent_packets".format(source))
    figures.add("host {} received_packets".format(destination))
    figures.add("connection {}>{}".format(source, destination))
    add_transport(figures, row, transport_of(protocols, ip_at), in_pieces)
    return in_pieces


def rows_of_tshark(path):
    command = ["tshark", "-n", "-r", path, "-T", "fields", "-E", "occurrence=f", "-E", "separator=/t"]
    for preference in PREFERENCES:
        command += ["-o", preference]
    for field in FIELDS:
        command += ["-e", field]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=TIMEOUT_S, check=False)
    lines = [line.split("\t") for line in done.stdout.decode("utf-8", "replace").split("\n")]
    return [dict(zip(FIELDS, values)) for values in lines if len(values) == len(FIELDS)]


def figures_of_rows(rows):
    figures = Figures()
    has_fragments = False
    for row in rows:
        has_fragments |= add_packet(figures, row)
    if has_fragments:
        figures.payloads = {}
    return figures


def plain_pcap(path):
    """What must be equal for two files to be put one behind the other, their records, and how many those are; None for any file
    that is not a whole classic pcap."""
    with open(path, "rb") as file:
        content = file.read()
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">"}.get(content[:4])
    if order is None or not 24 < len(content) <= MAX_BATCHED_BYTES:
        return None
    at = 24
    n_packets = 0
    while at + 16 <= len(content):
        n_captured, n_wire = struct.unpack_from(order + "II", content, at + 8)
        if n_captured > n_wire or n_captured > MAX_RECORD_BYTES:
            return None
        at += 16 + n_captured
        n_packets += 1
    return (content[:8] + content[20:24], content[24:], n_packets) if at == len(content) else None


def batches_of(paths):
    """Lists of (path, number of packets, records) that one run of tshark can read, by the start of their file."""
    by_kind = {}
    for path in paths:
        found = plain_pcap(path)
        if found is not None:
            by_kind.setdefault(found[0], []).append((path, found[2], found[1]))
    for kind, files in by_kind.items():
        for i in range(0, len(files), FILES_A_BATCH):
            yield kind, files[i:i + FILES_A_BATCH]


def figures_of_batch(kind, files):
    """By path. Nothing when tshark does not give a row for each packet: then each file is read on its own."""
    with tempfile.NamedTemporaryFile(prefix="lens-truth-", suffix=".pcap") as joined:
        joined.write(kind[:8] + bytes(8) + struct.pack("<I" if kind[0] == 0xd4 else ">I", MAX_RECORD_BYTES) + kind[8:])
        for _, _, records in files:
            joined.write(records)
        joined.flush()
        rows = rows_of_tshark(joined.name)
    if len(rows) != sum(n_packets for _, n_packets, _ in files):
        return {}
    figures = {}
    for path, n_packets, _ in files:
        figures[path] = figures_of_rows(rows[:n_packets])
        rows = rows[n_packets:]
    return figures


def differences(ours, theirs):
    found = []
    for name, count in theirs.counts.items():
        mine = ours.counts.get(name, 0)
        if mine != count:
            found.append("{} {}, tshark {}".format(name, mine, count))
    for name, n_bytes in theirs.payloads.items():
        mine = ours.payloads.get(name, 0)
        if mine != n_bytes:
            found.append("{} {}, tshark {}".format(name, mine, n_bytes))
    return found


def compare(program, path, theirs):
    """The differences, as lines. @theirs: tshark's figures, or None where they are to be asked for."""
    theirs = theirs or figures_of_rows(rows_of_tshark(path))
    done = subprocess.run([program, "--summary", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=TIMEOUT_S, check=False)
    try:
        ours = figures_of_summary(json.loads(done.stdout))
    except ValueError:
        # A file that neither can read has no packets for either.
        if theirs.counts["layers.all"] == 0:
            return []
        return ["exit code {}: {}".format(done.returncode, done.stderr.decode("utf-8", "replace").strip())]
    return differences(ours, theirs)


def known_differences(path):
    """By capture: the patterns and the reason."""
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)
    known = {}
    for entry in entries:
        for capture in entry["captures"]:
            if capture in known or not entry["reason"].strip():
                sys.exit("{}: {} is listed twice, or without a reason".format(path, capture))
            known[capture] = [re.compile(pattern) for pattern in entry["differences"]]
    return known


def complaints(found, patterns):
    unlisted = [line for line in found if not any(pattern.fullmatch(line) for pattern in patterns)]
    stale = ["listed, and not found any more: " + pattern.pattern for pattern in patterns
             if not any(pattern.fullmatch(line) for line in found)]
    return unlisted + stale


def captures_below(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.endswith(SUFFIXES):
                path = os.path.join(parent, name)
                yield os.path.relpath(path, folder), path


def shared_folder():
    folder = os.environ.get("LENS_SHARED_CAPTURES", os.path.join(HERE, "..", "..", "..", "shared", "captures"))
    return folder if os.path.isdir(folder) else None


def check_comparison():
    """That a wrong figure would be seen."""
    ours, theirs = Figures(), Figures()
    theirs.add("host 192.0.2.1 sent_packets", 2)
    theirs.add_payload("udp_source port 53 payload", 7)
    ours.add("host 192.0.2.1 sent_packets", 1)
    found = differences(ours, theirs)
    assert found == ["host 192.0.2.1 sent_packets 1, tshark 2", "udp_source port 53 payload 0, tshark 7"], found
    assert complaints(found, [re.compile("host .*"), re.compile("udp_.*")]) == []
    assert len(complaints(found, [re.compile("host .*")])) == 1
    assert len(complaints([], [re.compile("host .*")])) == 1


def main():
    program, known_path = sys.argv[1:]
    check_comparison()
    if shutil.which("tshark") is None:
        print("1..0 # SKIP NO TSHARK: nothing is compared; install it (tests/run does)")
        return 0
    known = known_differences(known_path)
    captures = sorted(captures_below(os.environ["LENS_TEST_CAPTURES"]))
    shared = shared_folder()
    if shared is not None:
        captures += sorted(captures_below(shared))
    n = len(captures) + (1 if shared is None else len(set(known) - {name for name, _ in captures}))
    print("1..{}".format(n))
    n_done = 0
    n_failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        figures = {}
        for batch in pool.map(lambda batch: figures_of_batch(*batch), batches_of([path for _, path in captures])):
            figures.update(batch)
        results = pool.map(lambda capture: compare(program, capture[1], figures.get(capture[1])), captures)
        for (name, _), found in zip(captures, results):
            wrong = complaints(found, known.pop(name, []))
            n_done += 1
            n_failed += bool(wrong)
            print("{} {} {}".format("not ok" if wrong else "ok", n_done, name), flush=True)
            for line in wrong:
                print("# " + line)
    if shared is None:
        print("ok {} shared # SKIP NO SHARED CAPTURES: set LENS_SHARED_CAPTURES".format(n_done + 1))
    else:
        for name in sorted(known):
            n_done += 1
            n_failed += 1
            print("not ok {} {}\n# listed among the known differences, and not there".format(n_done, name))
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
