"""Every figure that a page shows, held against --summary of the same selection: filters of each kind, on captures of several kinds.

The summary is asked with a BPF expression that says what the filter says; of a span of time, it is asked of a capture of those packets
alone. Bursts are told by a size that is given: what is left to the program is worked out from the whole capture.
"""

import calendar
import ipaddress
import os
import re
import time

from proof_captures import on_ethernet, out_of_order, read_pcap, talk
from proof_window import FLOW, HOST, PAIR, PORT, PROTOCOL, TIME, Case, figure, plural, shared_captures

# Bars that have a name, where there are more; streams that have a lane.
MOST_BARS = 12
MOST_LANES = 12


# What the pages must say


def bars(pairs, others):
    """(label, bytes) each, the largest first; those of nothing are left out. Without the rounded column."""
    pairs = [(str(label), size) for label, size in pairs if size > 0]
    n_named = len(pairs) if len(pairs) <= MOST_BARS + 1 else MOST_BARS
    rows = [[label, figure(size)] for label, size in pairs[:n_named]]
    if n_named < len(pairs):
        rest = pairs[n_named:]
        rows.append([f"{len(rest):,} other {others}", figure(sum(size for _, size in rest))])
    return rows


def by_payload(hosts, key):
    def order(host):
        address = ipaddress.ip_address(host["address"])
        return -host[key], address.version, address

    return [(host["address"], host[key]) for host in sorted(hosts, key=order)]


def port_rows(summary, layer, side):
    # Of nothing, too, they come largest first.
    pairs = [(port["port"], port["payload"]) for port in summary["ports"][layer][side]]
    return bars(pairs, "ports")


def connection_rows(summary):
    return sorted([connection["source"], connection["destination"], figure(connection["packets"]),
                   figure(connection["payload"])] for connection in summary["connections"])


def layers_rows(summary):
    layers = summary["layers"]
    return [[name, figure(layers[key])] for name, key in
            (("All", "all"), ("IP", "ip"), ("UDP", "udp"), ("TCP", "tcp"), ("Other", "not_ip"))]


def clock(text):
    """As the table has it: with microseconds."""
    return re.search(r"T(\d\d:\d\d:\d\d\.\d{6})", text).group(1)


def burst_rows(summary):
    return [[figure(burst["burst"]), clock(burst["first"]), figure(burst["packets"]), figure(burst["payload"]),
             f"{burst['mean_payload']:.2f}"] for burst in summary["bursts"]["bursts"]]


def totals(rows, *columns):
    """The sums of the columns."""
    return [sum(int(row[column].replace(",", "")) for row in rows) for column in columns]


def without(rows, *columns):
    """Less the columns that round or say what the summary doesn't."""
    return [[text for column, text in enumerate(row) if column not in columns] for row in rows]


def is_top_ports(rows, summary, layer):
    """All that came from the port that sent most, by where it went."""
    ports = summary["ports"][layer]["source"]
    top = ports[0] if ports and ports[0]["payload"] > 0 else None
    return totals(rows, 1, 3) == ([top["packets"], top["payload"]] if top else [0, 0])


def is_top_source(rows, summary):
    """All that came from the host that is filtered by, or else the address that sent most, by where it went."""
    source = summary["filtered_host"] or summary["top_source"]
    top = next((host for host in summary["hosts"] if host["address"] == source), None)
    known = [row[1:] for row in connection_rows(summary) if row[0] == source]
    named = [row for row in without(rows, 2) if not row[0].endswith(("other", "others"))]
    return (all(row in known for row in named)
            and totals(rows, 1, 3) == ([top["sent_packets"], top["sent_payload"]] if top else [0, 0]))


def stream_rows(summary):
    stream = summary["top_stream"]
    if not stream:
        return []
    return [[f"{stream['source']} → {stream['destination']}", figure(stream["packets"]), figure(stream["payload"])]]


def are_bursts(rows, summary):
    """Where there is none, the stream itself is listed."""
    expected = burst_rows(summary)
    return without(rows, 2, 6) == expected if expected else without(rows, 2) == stream_rows(summary)


def are_lanes(rows, summary):
    """The streams of the host, with their bursts where the summary tells them."""
    top, stream = summary["top_source"], summary["top_stream"]
    known = [row for row in connection_rows(summary) if top in row[:2]]
    strongest = sorted((int(row[2].replace(",", "")) for row in known), reverse=True)[:MOST_LANES]
    if not all(row[:4] in known for row in rows) or sorted(totals([row], 2)[0] for row in rows) != strongest[::-1]:
        return False
    found = summary["bursts"]["bursts"]
    said = [row[4:6] for row in rows if stream and row[:2] == [stream["source"], stream["destination"]]]
    return not stream or said == [[figure(len(found)), figure(sum(burst["packets"] for burst in found))]]


def are_cells(rows, summary):
    """What the filter leaves out stays in the table, with nothing."""
    nothing = ["0", "0 bytes", "0"]
    return sorted(without([row for row in rows if row[2:] != nothing], 3)) == connection_rows(summary)


# For each chart of a page: whether what its table says is what the summary says.
CHECKS = {
    "Overview": {"Packets per layer": lambda rows, summary: rows == layers_rows(summary)},
    "Addresses": {
        f"Payload by {side} address":
            lambda rows, summary, key=key: without(rows, 1) == bars(by_payload(summary["hosts"], key), "addresses")
        for side, key in (("source", "sent_payload"), ("destination", "received_payload"))
    },
    "Matrix": {"Host to host": are_cells},
    "Ports": {
        f"Payload by {layer} {side} port":
            lambda rows, summary, layer=layer, side=side: without(rows, 1) == port_rows(summary, layer.lower(), side)
        for layer in ("TCP", "UDP") for side in ("source", "destination")
    },
    "Over time": {
        "Payload sizes over time from the top source": is_top_source,
        "Payload sizes over time from the top TCP source port": lambda rows, summary: is_top_ports(rows, summary, "tcp"),
        "Payload sizes over time from the top UDP source port": lambda rows, summary: is_top_ports(rows, summary, "udp"),
    },
    "Bursts": {
        "A stream over time": lambda rows, summary: without(rows, 2) == stream_rows(summary),
        "Bursts of a stream": are_bursts,
        "Bursts of all streams of a host": are_lanes,
    },
}


def silent(entries, packets, payload, more):
    """How many have packets, but no payload and so no bar."""
    n = sum(entry[packets] > 0 and entry[payload] == 0 for entry in entries)
    return f" · {n:,} {more}" if n else ""


def burst_words(rows, summary):
    return f" · {plural(len(summary['bursts']['bursts']), 'burst')} · .*" if summary["top_stream"] else ""


# Patterns of what the subtitles of charts say behind the share and the filter.
DETAILS = {
    "Packets per layer": lambda rows, summary: " · Other: packets without IP",
    "Payload by source address": lambda rows, summary: silent(
        summary["hosts"], "sent_packets", "sent_payload", "more address(es)? sent packets without payload"),
    "Payload by destination address": lambda rows, summary: silent(
        summary["hosts"], "received_packets", "received_payload", "more address(es)? received packets without payload"),
    **{f"Payload by {layer} {side} port": lambda rows, summary, layer=layer.lower(), side=side: silent(
        summary["ports"][layer][side], "packets", "payload", "more ports? without payload")
       for layer in ("TCP", "UDP") for side in ("source", "destination")},
    "Host to host": lambda rows, summary: "",
    "Bursts of a stream": burst_words,
}


def test_ring(lens):
    """A host; a span of time; both; a BPF expression."""
    case = Case(lens, "ring.pcap", list(read_pcap(lens.capture("ring.pcap"))), CHECKS, details=DETAILS)
    summary = case.expect("")
    stream = summary["top_stream"]
    case.fill_in(HOST, stream["destination"])
    case.expect(f"ip host {stream['destination']}")
    case.fill_in(TIME, "17:56:00", "17:56:10")
    span = [nanoseconds(f"2021-04-07T{text}.000000000Z") for text in ("17:56:00", "17:56:10")]
    case.expect(f"ip host {stream['destination']}", *span)
    case.window.button(f"Remove filter host {stream['destination']}").click()
    case.expect("", *span)
    case.clear()
    case.type_bpf("udp port 443 or arp or greater 600")
    case.expect("udp port 443 or arp or greater 600")


def nanoseconds(text):
    seconds, fraction = re.match(r"(.*)\.(\d{9})Z$", text).groups()
    return calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S")) * 10**9 + int(fraction)


def test_both_versions(lens):
    """A host pair of IPv6, a protocol left out, both."""
    case = Case(lens, "mixed.pcap", on_ethernet(talk(1, 600)), CHECKS, details=DETAILS)
    case.expect("")
    case.fill_in(PAIR, "2001:db8::1", "2001:db8::2")
    case.expect("ip6 host 2001:db8::1 and ip6 host 2001:db8::2")
    case.fill_in(PROTOCOL, last_keys=("Tab", "Tab", "space", "Tab", "Return"))
    case.expect("ip6 host 2001:db8::1 and ip6 host 2001:db8::2 and not udp")
    case.window.button("Remove filter 2001:db8::1 ↔ 2001:db8::2").click()
    case.expect("not udp")


def test_raw_ip_in_nanoseconds(lens):
    """A connection, a port of either protocol."""
    case = Case(lens, "raw.pcap", talk(2, 500), CHECKS, details=DETAILS, link=101, is_nano=True)
    case.fill_in(PAIR, "192.0.2.1", "192.0.2.2", 1, last_keys=("shift+Tab", "Return"))
    case.expect("ip src host 192.0.2.1 and ip dst host 192.0.2.2")
    case.clear()
    case.fill_in(PORT, "53")
    case.expect("port 53")


def test_out_of_order_and_packed(lens):
    """A destination port of TCP, with a host that is left out."""
    case = Case(lens, "disordered.pcap.gz", out_of_order(on_ethernet(talk(3, 500))), CHECKS, details=DETAILS)
    case.fill_in(PORT, "443", 2, 1, last_keys=("shift+Tab", "shift+Tab", "Return"))
    case.expect("tcp dst port 443")
    case.fill_in(HOST, "192.0.2.3", last_keys=("Tab", "Tab", "space", "Tab", "Return"))
    case.expect("tcp dst port 443 and not host 192.0.2.3")


def test_cut_short(lens):
    """Packets of which 60 bytes were captured: a flow; a protocol."""
    case = Case(lens, "cut.pcap", on_ethernet(talk(4, 500, ("198.51.100.{}",))), CHECKS, details=DETAILS, snap=60)
    case.fill_in(FLOW, 0, "198.51.100.1", "53", "198.51.100.2", "53")
    case.expect("udp and src host 198.51.100.1 and dst host 198.51.100.2 and src port 53 and dst port 53")
    case.clear()
    case.fill_in(PROTOCOL, last_keys=("Tab", "Tab", "Tab", "Return"))
    case.expect("udp")


def test_shared_captures(lens):
    """Of other programs' makers: the strongest host, an expression."""
    folder = shared_captures()
    if not folder:
        return
    case = Case(lens, "ftp.pcap", list(read_pcap(os.path.join(folder, "pcapplusplus/Ftp.pcap"))), CHECKS, details=DETAILS)
    summary = case.expect("")
    case.fill_in(HOST, summary["top_source"])
    case.expect(f"ip host {summary['top_source']}")
    case.type_bpf("tcp[tcpflags] & tcp-push != 0")
    case.expect(f"ip host {summary['top_source']} and tcp[tcpflags] & tcp-push != 0")
