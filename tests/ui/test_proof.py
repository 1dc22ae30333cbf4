"""Every figure that a page shows, held against --summary of the same selection: filters of each kind, on captures of several kinds.

The summary is asked with a BPF expression that says what the filter says; of a span of time, it is asked of a capture of those packets
alone. Bursts are told by a size that is given: what is left to the program is worked out from the whole capture.
"""

import calendar
import gzip
import ipaddress
import json
import os
import random
import re
import struct
import subprocess
import sys
import time

from lens_window import Widget, click_at, wait_for, xdotool
from test_filter import open_form, tell_form

SIZE = ("--size", "417")
# Bars that have a name, where there are more; streams that have a lane.
MOST_BARS = 12
MOST_LANES = 12


# Captures: (time in ns, packet, bytes on the wire) each


def ethernet(packet):
    kind = {4: 0x0800, 6: 0x86DD}[packet[0] >> 4]
    return b"\x02\0\0\0\0\1\x02\0\0\0\0\2" + struct.pack(">H", kind) + packet


def ip(source, destination, protocol, rest):
    a, b = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    if a.version == 4:
        return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(rest), 1, 0, 64, protocol, 0) + a.packed + b.packed + rest
    return struct.pack(">IHBB", 6 << 28, len(rest), protocol, 64) + a.packed + b.packed + rest


def transport(protocol, ports, payload):
    if protocol == 6:
        return struct.pack(">HHIIBBHHH", *ports, 1, 0, 5 << 4, 16, 1000, 0, 0) + payload
    if protocol == 17:
        return struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    return struct.pack(">BBHI", 128, 0, 0, 1) + payload


def talk(seed, n_packets, networks=("192.0.2.{}", "2001:db8::{}")):
    """Few hosts, some that talk much, in bursts."""
    dice = random.Random(seed)
    time_ns = 1617818034 * 10**9
    packets = []
    for _ in range(n_packets):
        time_ns += dice.choice((1, 5, 20, 900)) * 10**6 + dice.randrange(1000)
        network = dice.choice(networks)
        source = dice.choice((1, 1, 1, 2, 3, 4))
        destination = dice.choice([host for host in (1, 2, 2, 3, 5) if host != source])
        protocol = dice.choice((6, 6, 17, 17, 17, 58 if ":" in network else 1, 47))
        ports = dice.choice(((443, 50000), (50000, 443), (53, 53), (5000, 443), (443, 53)))
        payload = bytes(dice.choice((0, 10, 100, 500, 900)))
        rest = payload if protocol == 47 else transport(protocol, ports, payload)
        packet = ip(network.format(source), network.format(destination), protocol, rest)
        packets.append((time_ns, packet, len(packet)))
    return packets


def pcap(packets, *, link=1, is_nano=False, snap=65535):
    """packets as talk() makes them."""
    parts = [struct.pack("<IHHiIII", 0xA1B23C4D if is_nano else 0xA1B2C3D4, 2, 4, 0, 0, snap, link)]
    for time_ns, packet, wire in packets:
        captured = packet[:snap]
        fraction = time_ns % 10**9 // (1 if is_nano else 1000)
        parts.append(struct.pack("<IIII", time_ns // 10**9, fraction, len(captured), wire) + captured)
    return b"".join(parts)


def on_ethernet(packets):
    arp = b"\xff" * 6 + b"\x02\0\0\0\0\1\x08\x06" + bytes(46)
    framed = [(time_ns, ethernet(packet), wire + 14) for time_ns, packet, wire in packets]
    return framed + [(packets[-1][0] + 1000 * i, arp, len(arp)) for i in range(1, 4)]


def out_of_order(packets):
    dice = random.Random(7)
    return sorted(packets, key=lambda packet: packet[0] + dice.randrange(10**9))


def read_pcap(path, is_nano=False):
    with open(path, "rb") as file:
        data = file.read()
    offset = 24
    while offset < len(data):
        seconds, fraction, captured, wire = struct.unpack_from("<IIII", data, offset)
        yield seconds * 10**9 + fraction * (1 if is_nano else 1000), data[offset + 16:offset + 16 + captured], wire
        offset += 16 + captured


def write(lens, name, data):
    path = lens.path(name)
    with open(path, "wb") as file:
        file.write(gzip.compress(data) if name.endswith(".gz") else data)
    return path


# What the pages must say


def summarize(lens, path, *options):
    done = subprocess.run([lens.program, "--summary", *SIZE, *options, path], stdout=subprocess.PIPE, timeout=60,
                          check=True)
    return json.loads(done.stdout)


def figure(number):
    return f"{number:,}"


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


# For each chart of a page: whether what its table says is what the summary says.
CHECKS = {
    "Overview": {"Packets per layer": lambda rows, summary: rows == layers_rows(summary)},
    "Addresses": {
        f"Payload by {side} address":
            lambda rows, summary, key=key: without(rows, 1) == bars(by_payload(summary["hosts"], key), "addresses")
        for side, key in (("source", "sent_payload"), ("destination", "received_payload"))
    },
    "Matrix": {"Host to host": lambda rows, summary: sorted(without(rows, 3)) == connection_rows(summary)},
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


class Reader:
    """Goes from page to page of a window and reads their tables."""

    def __init__(self, window):
        self.window = window
        window.find(("page tab",), "Packets").wait_until_still()
        widgets = list(window.toplevels[0].walk())
        self.tabs = {widget.name: widget.middle() for widget in widgets if widget.role == "page tab"}
        buttons = {widget.name: widget for widget in widgets if widget.role in ("toggle button", "push button")}
        self.tables = {}
        for page, checks in CHECKS.items():
            self.go(page)
            for chart in checks:
                self.tables[chart] = self.show_table(buttons[f"Show “{chart}” as a table"])
        self.packets = next(widget for widget in widgets if (widget.role, widget.name) == ("tree table", "Packets"))

    @staticmethod
    def show_table(toggle):
        """The table of the card that the button is in."""
        def press():
            # On a page that isn't there yet it does nothing; where it did something, that takes a moment to be told.
            toggle.accessible.get_action_iface().do_action(0)
            end = time.monotonic() + 3
            while not toggle.is_pressed and time.monotonic() < end:
                time.sleep(0.1)
            return toggle.is_pressed

        wait_for(press, f"“{toggle.name}” to be pressed")
        around = toggle
        for _ in range(5):
            around = Widget(toggle.window, around.accessible.get_parent())
            table = next((widget for widget in around.walk() if widget.role == "tree table"), None)
            if table is not None:
                return table
        raise AssertionError(f"no table beside “{toggle.name}”")

    def go(self, page):
        click_at(*self.tabs[page])

    @staticmethod
    def body(table):
        return list(table.children)[-1]

    def rows(self, table):
        """What each row says, column by column."""
        found = []
        for row in self.body(table).children:
            cells = [row.accessible.get_child_at_index(i) for i in range(row.accessible.get_child_count())]
            found.append([cell.get_child_at_index(0).get_name() if cell.get_child_count() else "" for cell in cells])
        return found

    def expect(self, page, summary):
        """Waits until all tables of a page say what the summary does."""
        wrong = []

        def is_right():
            wrong[:] = [(chart, rows) for chart, check in CHECKS[page].items()
                        if not check(rows := self.rows(self.tables[chart]), summary)]
            return not wrong

        self.go(page)
        try:
            wait_for(is_right, page, 15)
        except AssertionError:
            raise AssertionError(f"{page}: {wrong}\nbut the summary is {json.dumps(summary)}") from None

    def expect_packets(self, numbers):
        """The first rows of the page of packets, and that there are no more where all are in view."""
        self.go("Packets")
        shown = []

        def is_right():
            upper, height = self.body(self.packets).extents[1::2]
            rows = {}
            for row in self.body(self.packets).children:
                _, y, _, row_height = row.extents
                if row_height > 0 and upper <= y and y + row_height <= upper + height:
                    rows[y] = row.accessible.get_child_at_index(0).get_child_at_index(0).get_name()
            shown[:] = [rows[y] for y in sorted(rows)]
            n_fit = max(len(shown), min(len(numbers), 10))
            return shown == [figure(number) for number in numbers[:n_fit]]

        try:
            wait_for(is_right, "packets", 15)
        except AssertionError:
            raise AssertionError(f"Packets: {shown}, not {numbers[:40]}") from None


class Case:
    """A capture in a window, and the same packets for tcpdump."""

    def __init__(self, lens, name, packets, *, link=1, is_nano=False, snap=65535):
        self.lens = lens
        self.packets = packets
        self.how = {"link": link, "is_nano": is_nano, "snap": snap}
        self.path = write(lens, name, pcap(packets, **self.how))
        self.plain = write(lens, "plain.pcap", pcap(packets, **self.how))
        self.window = lens.start(*SIZE, self.path)
        self.window.resize(1280, 945)
        self.window.label(self.share(len(packets)))
        self.reader = Reader(self.window)

    def share(self, n):
        return f"{n:,} of {len(self.packets):,} packets, {100 * n / len(self.packets):.1f} %"

    def pick(self, expression):
        """Which packets tcpdump picks, by their places in the file."""
        done = subprocess.run(["tcpdump", "-n", "-r", self.plain, "--time-stamp-precision=nano", "-w", self.lens.path("picked"),
                               expression], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=60)
        assert done.returncode == 0
        picked = list(read_pcap(self.lens.path("picked"), True))
        places, at = [], 0
        for time_ns, captured, wire in picked:
            unit = 1 if self.how["is_nano"] else 1000
            while (self.packets[at][0] // unit * unit, self.packets[at][1][:self.how["snap"]], self.packets[at][2]) \
                    != (time_ns, captured, wire):
                at += 1
            places.append(at)
            at += 1
        return places

    def expect(self, expression, first_ns=None, last_ns=None):
        """All pages, for the packets that an expression picks, and of these perhaps those of a span of time."""
        places = self.pick(expression)
        if first_ns is None:
            summary = summarize(self.lens, self.path, *(["--filter", expression] if expression else []))
        else:
            places = [place for place in places if first_ns <= self.packets[place][0] // 1000 * 1000 <= last_ns]
            part = write(self.lens, "part.pcap", pcap([self.packets[place] for place in places], **self.how))
            summary = summarize(self.lens, part)
        assert summary["layers"]["all"] == len(places) > 0
        hosts = re.findall(r"^ip6? host (\S+)", expression) if expression.count("host") == 1 else []
        summary["filtered_host"] = hosts[0] if hosts else None
        xdotool("mousemove", 860, 70)  # away from what has a tooltip
        self.window.label(self.share(len(places)))
        for page in CHECKS:
            self.reader.expect(page, summary)
        self.reader.expect_packets([place + 1 for place in sorted(places)])
        print(f"{os.path.basename(self.path)}: {self.share(len(places))}: {expression} {first_ns or ''}", file=sys.stderr)
        return summary

    def fill_in(self, kind, *texts, last_keys=("Return",)):
        """A filter in the form; what is filtered by so far goes first."""
        open_form(self.window, kind)
        tell_form(self.window, *texts)
        self.window.key(*last_keys)

    def clear(self):
        self.window.key("Escape")
        self.window.label(self.share(len(self.packets)))

    def type_bpf(self, expression):
        self.window.key("ctrl+l")
        time.sleep(0.6)
        self.window.type(expression)
        self.window.key("Return")


HOST, PAIR, PORT, PROTOCOL, FLOW = range(5)


def test_ring(lens):
    """A host; the time of a burst; both; a BPF expression."""
    case = Case(lens, "ring.pcap", list(read_pcap(lens.capture("ring.pcap"))))
    summary = case.expect("")
    stream = summary["top_stream"]
    case.fill_in(HOST, stream["destination"])
    summary = case.expect(f"ip host {stream['destination']}")
    case.reader.go("Bursts")
    bursts = summary["bursts"]["bursts"]
    cell = wait_for(lambda: next((widget for widget in case.reader.tables["Bursts of a stream"].inside()
                                  if widget.role == "label" and widget.name == clock(bursts[2]["first"])), None), "the burst")
    cell.wait_until_still()
    click_at(*cell.middle())
    span = [nanoseconds(bursts[2][key]) for key in ("first", "last")]
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
    case = Case(lens, "mixed.pcap", on_ethernet(talk(1, 600)))
    case.expect("")
    case.fill_in(PAIR, "2001:db8::1", "2001:db8::2")
    case.expect("ip6 host 2001:db8::1 and ip6 host 2001:db8::2")
    case.fill_in(PROTOCOL, last_keys=("Tab", "Tab", "space", "Tab", "Return"))
    case.expect("ip6 host 2001:db8::1 and ip6 host 2001:db8::2 and not udp")
    case.window.button("Remove filter 2001:db8::1 ↔ 2001:db8::2").click()
    case.expect("not udp")


def test_raw_ip_in_nanoseconds(lens):
    """A connection, a port of either protocol."""
    case = Case(lens, "raw.pcap", talk(2, 500), link=101, is_nano=True)
    case.fill_in(PAIR, "192.0.2.1", "192.0.2.2", 1, last_keys=("shift+Tab", "Return"))
    case.expect("ip src host 192.0.2.1 and ip dst host 192.0.2.2")
    case.clear()
    case.fill_in(PORT, "53")
    case.expect("port 53")


def test_out_of_order_and_packed(lens):
    """A destination port of TCP, with a host that is left out."""
    case = Case(lens, "disordered.pcap.gz", out_of_order(on_ethernet(talk(3, 500))))
    case.fill_in(PORT, "443", 2, 1, last_keys=("shift+Tab", "shift+Tab", "Return"))
    case.expect("tcp dst port 443")
    case.fill_in(HOST, "192.0.2.3", last_keys=("Tab", "Tab", "space", "Tab", "Return"))
    case.expect("tcp dst port 443 and not host 192.0.2.3")


def test_cut_short(lens):
    """Packets of which 60 bytes were captured: a flow; a protocol."""
    case = Case(lens, "cut.pcap", on_ethernet(talk(4, 500, ("198.51.100.{}",))), snap=60)
    case.fill_in(FLOW, 0, "198.51.100.1", "53", "198.51.100.2", "53")
    case.expect("udp and src host 198.51.100.1 and dst host 198.51.100.2 and src port 53 and dst port 53")
    case.clear()
    case.fill_in(PROTOCOL, last_keys=("Tab", "Tab", "Tab", "Return"))
    case.expect("udp")


def test_shared_captures(lens):
    """Of other programs' makers: the strongest host, an expression."""
    folder = os.environ.get("LENS_SHARED_CAPTURES") or os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "../../../shared/captures")
    if not os.path.isdir(folder):
        print(f"# NOT TESTED: the shared captures, there is no folder {os.path.normpath(folder)}", file=sys.stderr)
        return
    case = Case(lens, "ftp.pcap", list(read_pcap(os.path.join(folder, "pcapplusplus/Ftp.pcap"))))
    summary = case.expect("")
    case.fill_in(HOST, summary["top_source"])
    case.expect(f"ip host {summary['top_source']}")
    case.type_bpf("tcp[tcpflags] & tcp-push != 0")
    case.expect(f"ip host {summary['top_source']} and tcp[tcpflags] & tcp-push != 0")
