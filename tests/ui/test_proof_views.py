"""The views that are no chart's table: nodes of the graph, rows of the packet table, the figures of bursts and of the timeline, held
against --summary and against what is worked out here from the packets."""

import collections
import re

import reference
from lens_window import wait_for
from proof_captures import on_ethernet, out_of_order, read_pcap, talk
from proof_timeline import expect_timeline
from proof_window import FLOW, HOST, PAIR, PORT, PROTOCOL, Case, clock, figure, size_text

GAP_NS = 300 * 10**6
SIZE = 417
PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 47: "GRE", 58: "ICMPv6", None: "not IP"}
# Never in the graph by themselves.
LEFT_OUT = ("0.0.0.0", "::", "255.255.255.255")


def described(host, passed=None):
    """passed: what of it passes a filter."""
    def words(what):
        n, size = host[f"{what}_packets"], size_text(host[f"{what}_payload"])
        packets = f"packet{'' if n == 1 else 's'}"
        if passed is None:
            return f"{what} {n:,} {packets}, {size}"
        return f"{what} {passed[f'{what}_packets']:,} of {n:,} {packets}, {size_text(passed[f'{what}_payload'])} of {size}"

    return f"{words('sent')}; {words('received')}"


NOTHING = {"sent_packets": 0, "sent_payload": 0, "received_packets": 0, "received_payload": 0}


def expect_nodes(case, selected, is_filtered):
    """Each host that talks in the capture says what it sent and received, and how much of it passes."""
    passed = {host["address"]: host for host in selected["hosts"]}
    expected = {host["address"]: described(host, passed.get(host["address"], NOTHING) if is_filtered else None)
                for host in case.whole["hosts"] if host["address"] not in LEFT_OUT}
    graph = case.window.find(("panel",), "Connection graph")
    said = {}

    def is_right():
        said.clear()
        said.update({node.name: node.description for node in graph.children if node.role in ("push button", "toggle button")})
        return all(said.get(address) == words for address, words in expected.items())

    try:
        wait_for(is_right, "nodes")
    except AssertionError:
        raise AssertionError(f"nodes say {said}\nbut the summaries {expected}") from None


# Packets


def streams(packets):
    found = collections.defaultdict(list)
    for packet in packets:
        if packet.source is not None:
            found[packet.source, packet.destination].append(packet)
    return found


def burst_numbers(packets):
    """By the packet's number in the file: its burst in its own stream."""
    numbers = {}
    for stream in streams(packets).values():
        by_place = [(packet.time_ns, packet.payload) for packet in stream]
        at = 0
        for number, burst in enumerate(reference.bursts(by_place, GAP_NS, SIZE), 1):
            at = next(i for i in range(at, len(stream)) if by_place[i:i + len(burst)] == burst)
            numbers.update((packet.number, number) for packet in stream[at:at + len(burst)])
            at += len(burst)
    return numbers


def packet_rows(packets, decimals):
    """What the table says of each, in the order of the file."""
    bursts, before, gaps = burst_numbers(packets), {}, {}
    for packet in packets:
        if packet.source is not None and packet.destination in before:
            gap = packet.time_ns - before[packet.destination]
            gaps[packet.number] = f"{gap // 10**9}.{gap % 10**9:09}"[:len(str(gap // 10**9)) + 1 + decimals]
        before[packet.destination] = packet.time_ns
    none = "–"
    rows = []
    for packet in sorted(packets, key=lambda packet: packet.number):
        ports = [str(port) for port in packet.ports] if packet.ports else [none, none]
        rows.append([figure(packet.number), clock(packet.time_ns, decimals), packet.source or none,
                     packet.destination or none, PROTOCOLS[packet.protocol], *ports,
                     figure(packet.payload), figure(packet.wire), gaps.get(packet.number, none),
                     figure(bursts[packet.number]) if packet.number in bursts else none])
    return rows


def rows_in_view(case, table):
    """What the rows say by their number; scrolled away, some of them keep their old places: there is no order in these."""
    body = case.reader.body(table)
    upper, height = body.extents[1::2]
    found = {}
    for row in body.children:
        _, y, _, row_height = row.extents
        if row_height > 0 and upper <= y and y + row_height <= upper + height:
            cells = case.reader.cells(row)
            found[cells[0]] = cells
    return found


def expect_packets(case, selected, decimals=6):
    """How many there are; the rows around the first, the middle and the last one."""
    expected = {row[0]: row for row in packet_rows(selected["packets"], decimals)}
    numbers = list(expected)
    case.reader.go("Packets")
    table = case.window.find(("tree table",), "Packets", showing=False)
    n = selected["layers"]["all"]
    wait_for(lambda: table.description == f"{n:,} packet{'' if n == 1 else 's'}", f"a table of {n} packets")
    for number in (numbers[0], numbers[len(numbers) // 2], numbers[-1]):
        case.window.key("ctrl+g", "ctrl+a")
        case.window.type(number.replace(",", ""))
        case.window.key("Return")
        shown = {}

        def is_right(number=number, shown=shown):
            shown.clear()
            shown.update(rows_in_view(case, table))
            return number in shown and all(expected.get(name) == row for name, row in shown.items())

        try:
            wait_for(is_right, "rows")
        except AssertionError:
            wrong = [(row, expected.get(name)) for name, row in shown.items() if expected.get(name) != row]
            raise AssertionError(f"packet {number}: {sorted(shown)}, wrong are {wrong}") from None


# Bursts


def expect_burst_figures(case, selected):
    """Of the strongest stream."""
    case.reader.go("Bursts")
    top = selected["top_stream"]
    stream = [(packet.time_ns, packet.payload) for packet in selected["packets"]
              if (packet.source, packet.destination) == (top["source"], top["destination"])]
    case.window.find(("label",), re.compile(reference.summary_pattern(stream, GAP_NS, SIZE)), showing=False)


def expect(case, *what):
    selected = case.expect(*what)
    expect_nodes(case, selected, what != ("",))
    expect_burst_figures(case, selected)
    expect_timeline(case, selected)
    expect_packets(case, selected, 9 if case.how["is_nano"] else 6)
    return selected


def test_ring(lens):
    """A host."""
    case = Case(lens, "ring.pcap", list(read_pcap(lens.capture("ring.pcap"))), {})
    expect(case, "")
    case.fill_in(HOST, "18.197.187.162")
    expect(case, "ip host 18.197.187.162")


def test_both_versions(lens):
    """A host pair of IPv6."""
    case = Case(lens, "mixed.pcap", on_ethernet(talk(1, 600)), {})
    expect(case, "")
    case.fill_in(PAIR, "2001:db8::1", "2001:db8::2")
    expect(case, "ip6 host 2001:db8::1 and ip6 host 2001:db8::2")


def test_raw_ip_in_nanoseconds(lens):
    """A port."""
    case = Case(lens, "raw.pcap", talk(2, 500), {}, link=101, is_nano=True)
    case.fill_in(PORT, "53")
    expect(case, "port 53")


def test_out_of_order_and_packed(lens):
    """What is not UDP."""
    case = Case(lens, "disordered.pcap.gz", out_of_order(on_ethernet(talk(3, 500))), {})
    case.fill_in(PROTOCOL, last_keys=("Tab", "Tab", "space", "Tab", "Return"))
    expect(case, "not udp")


def test_cut_short(lens):
    """A flow; an expression."""
    case = Case(lens, "cut.pcap", on_ethernet(talk(4, 500, ("198.51.100.{}",))), {}, snap=60)
    case.fill_in(FLOW, 0, "198.51.100.1", "53", "198.51.100.2", "53")
    expect(case, "udp and src host 198.51.100.1 and dst host 198.51.100.2 and src port 53 and dst port 53")
    case.clear()
    case.type_bpf("greater 300 or arp")
    expect(case, "greater 300 or arp")
