"""What charts find out from the packets themselves, and --summary does not say, held against figures that are worked out here from the
packets: how sizes and times are distributed, rates, sums, and the series that a chart is divided into."""

import collections
import math
import re
import subprocess
import time

from lens_window import wait_for
from proof_captures import on_ethernet, out_of_order, read_pcap, talk
from proof_window import HOST, PAIR, PORT, PROTOCOL, Case, clock, duration, figure, plural, share, size_text, step_decimals

ALL_TOGETHER, BY_DIRECTION, BY_DESTINATION, BY_PORT, BY_PROTOCOL = range(5)
TO_DESTINATION, IN_STREAM, IN_FLOW, OF_ALL = range(4)
GAPS = ("since the packet before to the same destination", "since the packet before of the same source to the same destination",
        "since the packet before of the same flow", "since the packet before, whatever it is")
MOST_SERIES = 9
PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP", 47: "GRE", 58: "ICMPv6"}
# Where the bins of a histogram begin, in each power of ten.
MANTISSAS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
# Quantiles of times are right to this part.
PRECISION = 1 / 2048
MOST_INTERVALS = 240
# Whether payload is counted, or packets.
RATES = {"Payload per second": 1, "Packets per second": 0}


# Distributions


def quantile(values, part):
    """In proportion between two of them. values: sorted."""
    place = part * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def gaps(packets, kind):
    """The time since the packet before with the same key."""
    keys = {TO_DESTINATION: lambda packet: packet.destination,
            IN_STREAM: lambda packet: (packet.source, packet.destination),
            IN_FLOW: lambda packet: (packet.source, packet.destination, packet.protocol, packet.ports),
            OF_ALL: lambda packet: "all"}
    before, found = {}, []
    for packet in packets:
        key = keys[kind](packet)
        if packet.source is None and kind != OF_ALL:
            continue
        if key in before:
            found.append(packet.time_ns - before[key])
        before[key] = packet.time_ns
    return found


def payload_text(value):
    if abs(value - round(value)) >= 0.05:
        return f"{value:.1f} bytes"
    return f"{round(value):,} byte{'' if round(value) == 1 else 's'}"


def edges_up_to(most):
    edges, power = [0], 1
    while edges[-1] <= most:
        edges += [round(power * mantissa) for mantissa in MANTISSAS if abs(power * mantissa % 1) < 1e-9]
        power *= 10
    return edges


def bin_rows(values, is_payload):
    """A row for each bin from the one of the smallest to the one of the largest."""
    edges = edges_up_to(max(values))
    counts = collections.Counter(max(i for i, edge in enumerate(edges) if edge <= value) for value in values)
    rows = []
    for i in range(min(counts), max(counts) + 1):
        first, end = edges[i], edges[i + 1]
        if is_payload:
            label = payload_text(first) if end - first == 1 else f"{first:,} – {end - 1:,} bytes"
            edge = figure(first)
        else:
            label = duration(first) if end - first == 1 else f"{duration(first)} to {duration(end)}"
            edge = duration(first)
        rows.append([label, edge, figure(counts[i]), share(counts[i], len(values))])
    return rows


def is_distribution(rows, values, text, precision):
    """Facts first, then bins. precision: of the quantiles."""
    if not values:
        return rows == []
    values = sorted(values)
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    facts = (("Median", quantile(values, 0.5), precision), ("5 % are below", quantile(values, 0.05), precision),
             ("5 % are above", quantile(values, 0.95), precision), ("Mean", mean, 1e-9),
             ("Standard deviation", deviation, 1e-9), ("Smallest", values[0], 0), ("Largest", values[-1], 0))
    for row, (name, value, part) in zip(rows, facts):
        if row[0] != name or row[1] not in {text(value * (1 - part)), text(value), text(value * (1 + part))}:
            return False
    return rows[len(facts):] == bin_rows(values, text is payload_text)


def marks(of_what=None):
    """Of a subtitle: what the table says, too."""
    def pattern(rows, selected):
        if not rows:
            return f" · {of_what}" if of_what else ""
        median, low, high, _, deviation = (row[1] for row in rows[:5])
        before = f" · {of_what}" if of_what else ""
        return re.escape(f"{before} · median {median}, 90 % from {low} to {high}, standard deviation {deviation}")

    return pattern


def is_sizes(rows, selected):
    return is_distribution(rows, [packet.payload for packet in selected["packets"]], payload_text, 0)


def is_times(kind):
    return lambda rows, selected: is_distribution(rows, gaps(selected["packets"], kind), duration, PRECISION)


# Series


def host_of(selected):
    return selected["filtered_host"] or selected["top_source"]


def line_name(packet, split, host):
    if split == ALL_TOGETHER:
        return "all packets"
    if split == BY_DIRECTION:
        return (f"sent by {host}" if packet.source == host and host
                else f"received by {host}" if packet.destination == host and host else "between others")
    if split == BY_PORT:
        return f"{PROTOCOLS[packet.protocol]} {packet.ports[1]}" if packet.ports else "without ports"
    if packet.source is None:
        return "without IP"
    return packet.destination if split == BY_DESTINATION else PROTOCOLS[packet.protocol]


def lines(packets, split, host):
    """[name, packets, payload] each: the strongest first, by name; the rest together."""
    sums = {}
    for packet in packets:
        line = sums.setdefault(line_name(packet, split, host), [0, 0])
        line[0] += 1
        line[1] += packet.payload
    order = ["sent", "received", "between"] if split == BY_DIRECTION else None
    found = sorted(((name, *line) for name, line in sums.items()),
                   key=lambda line: order.index(line[0].split()[0]) if order else (-line[2], -line[1]))
    if len(found) <= MOST_SERIES:
        return found
    # One other has its own name, too.
    rest = found[MOST_SERIES:]
    others = f"{len(rest)} other{'' if len(rest) == 1 else 's'}"
    return found[:MOST_SERIES] + [(others, sum(line[1] for line in rest), sum(line[2] for line in rest))]


def are_lines(split, of_host=False):
    def check(rows, selected):
        host = host_of(selected)
        packets = [packet for packet in selected["packets"]
                   if not of_host or packet.source == host or (split == BY_DIRECTION and packet.destination == host)]
        expected = [[name, figure(n), size_text(size), figure(size)] for name, n, size in lines(packets, split, host)]
        # Lines that are as strong come in the order of what they are divided by.
        return sorted(rows) == sorted(expected) and [row[3] for row in rows] == [row[3] for row in expected]

    return check


def fitting_interval(first_ns, last_ns):
    """The shortest of 1, 2, 5 times a power of ten with so few intervals."""
    power = 1
    while True:
        for mantissa in (1, 2, 5):
            interval = mantissa * power
            if last_ns // interval - first_ns // interval + 1 <= MOST_INTERVALS:
                return interval
        power *= 10


def rates(packets, interval_ns):
    """[packets, payload] by the interval's number."""
    found = collections.defaultdict(lambda: [0, 0])
    for packet in packets:
        sums = found[packet.time_ns // interval_ns]
        sums[0] += 1
        sums[1] += packet.payload
    return found


def expect_rates(case, selected, asked_ns):
    """What the charts of rates say of themselves: the interval, and how much the fullest one has."""
    packets = selected["packets"]
    interval = asked_ns or fitting_interval(packets[0].time_ns, packets[-1].time_ns)
    sums = rates(packets, interval).values()
    most, most_bytes = max(n for n, _ in sums), max(size for _, size in sums)
    for chart, is_payload in RATES.items():
        amount = size_text(most_bytes) if is_payload else plural(most, "packet")
        details = re.escape(f" · in intervals of {duration(interval)}, at most {amount} in one")
        try:
            wait_for(lambda chart=chart, details=details: case.reader.says(chart, selected, details), chart, 20)
        except AssertionError:
            raise AssertionError(f"{chart}: {case.reader.subtitles[chart].name}, expected was {details}") from None


def copied(case, chart):
    """What the button beside a table copies: a list of texts a row, the titles first. Of a long table only some rows are there to read."""
    case.copy_buttons[chart].accessible.get_action_iface().do_action(0)
    time.sleep(0.2)
    done = subprocess.run(["xclip", "-selection", "clipboard", "-o"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                          text=True, timeout=20)
    return [line.split("\t") for line in done.stdout.splitlines()]


def interval_columns(selected, split, interval_ns, is_payload):
    """Of the table: times, sums and, each below its title, rates; all of them as lists of texts."""
    packets, host = selected["packets"], host_of(selected)
    names = [name for name, *_ in lines(packets, split, host)]
    rest = names[-1] if len(names) > MOST_SERIES else None
    by_line = {name: [] for name in names}
    for packet in packets:
        name = line_name(packet, split, host)
        by_line[name if name in by_line else rest].append(packet)
    every = range(packets[0].time_ns // interval_ns, packets[-1].time_ns // interval_ns + 1)

    def figures(of_packets):
        found = rates(of_packets, interval_ns)
        return [found[number][is_payload] if number in found else 0 for number in every]

    # As many as tell a packet from none.
    decimals = next(n for n in range(10) if n == 9 or 10**n * 10**9 >= interval_ns)

    def per_second(number):
        return f"{number * 1e9 / interval_ns:,.{decimals}f}"

    unit = "bytes" if is_payload else "packets"
    columns = [["Time", *(clock(number * interval_ns, step_decimals(interval_ns)) for number in every)],
               [unit.capitalize(), *map(figure, figures(packets))]]
    for name, of_line in by_line.items():
        title = f"{name}, {unit}/s" if len(names) > 1 else f"{unit.capitalize()} per second"
        columns.append([title, *map(per_second, figures(of_line))])
    return columns


def expect_intervals(case, selected, split, asked_ns):
    """The tables of rates, row by row."""
    packets = selected["packets"]
    interval = asked_ns or fitting_interval(packets[0].time_ns, packets[-1].time_ns)
    for chart, is_payload in RATES.items():
        expected = interval_columns(selected, split, interval, is_payload)
        columns = []

        def is_right(chart=chart, expected=expected, columns=columns):
            columns[:] = map(list, zip(*copied(case, chart)))
            # Lines that are as strong come in the order of what they are divided by.
            return columns[:2] == expected[:2] and sorted(columns[2:]) == sorted(expected[2:])

        try:
            wait_for(is_right, chart, 20)
        except AssertionError:
            raise AssertionError(f"{chart}: {columns}, expected was {expected}") from None


def settings(split, kind, interval_ns):
    split_charts = ("top-source-over-time", "payload-per-second", "packets-per-second", "payload-so-far")
    found = {chart: {"split": split, "top": MOST_SERIES, "interval-ns": interval_ns} for chart in split_charts}
    found["inter-arrival-times"] = {"gaps": kind}
    return found


def checks(split, kind):
    over_time = {"Payload so far": are_lines(split)}
    if split not in (ALL_TOGETHER, BY_DESTINATION):  # by destination: held against the summary elsewhere
        over_time["Payload sizes over time from the top source"] = are_lines(split, True)
    return {
        "Overview": {"Distribution of payload sizes": is_sizes, "Distribution of inter-arrival times": is_times(kind)},
        "Over time": over_time,
    }


def start(lens, name, packets, split, kind, interval_ns, **how):
    details = {"Distribution of payload sizes": marks(), "Distribution of inter-arrival times": marks(GAPS[kind]),
               "Payload so far": lambda rows, selected: ""}
    case = Case(lens, name, packets, checks(split, kind), details=details, settings=settings(split, kind, interval_ns), **how)
    case.reader.go("Over time")
    case.copy_buttons = {}
    for chart in RATES:
        case.reader.show_table(chart, case.window.button(f"Show “{chart}” as a table", showing=False))
        case.copy_buttons[chart] = case.window.button(f"Copy the table of “{chart}”", showing=False)

    def expect(*what):
        selected = case.expect(*what)
        expect_rates(case, selected, interval_ns)
        expect_intervals(case, selected, split, interval_ns)

    return case, expect


def test_ring(lens):
    """A host by direction, to one destination."""
    case, expect = start(lens, "ring.pcap", list(read_pcap(lens.capture("ring.pcap"))), BY_DIRECTION, TO_DESTINATION, 0)
    expect("")
    case.fill_in(HOST, "18.197.187.162")
    expect("ip host 18.197.187.162")


def test_both_versions(lens):
    """A host pair of IPv6, by protocol, within streams."""
    case, expect = start(lens, "mixed.pcap", on_ethernet(talk(1, 600)), BY_PROTOCOL, IN_STREAM, 10**9)
    expect("")
    case.fill_in(PAIR, "2001:db8::1", "2001:db8::2")
    expect("ip6 host 2001:db8::1 and ip6 host 2001:db8::2")


def test_raw_ip_in_nanoseconds(lens):
    """A port, by port, within flows."""
    case, expect = start(lens, "raw.pcap", talk(2, 500), BY_PORT, IN_FLOW, 10**10, link=101, is_nano=True)
    expect("")
    case.fill_in(PORT, "53")
    expect("port 53")


def test_out_of_order_and_packed(lens):
    """What is not UDP, by destination, of all packets."""
    case, expect = start(lens, "disordered.pcap.gz", out_of_order(on_ethernet(talk(3, 500))), BY_DESTINATION, OF_ALL, 10**8)
    expect("")
    case.fill_in(PROTOCOL, last_keys=("Tab", "Tab", "space", "Tab", "Return"))
    expect("not udp")


def test_cut_short(lens):
    """All together, an expression."""
    case, expect = start(lens, "cut.pcap", on_ethernet(talk(4, 500, ("198.51.100.{}",))), ALL_TOGETHER, TO_DESTINATION, 0, snap=60)
    expect("")
    case.type_bpf("greater 300 or arp")
    expect("greater 300 or arp")
