"""What PacketLens must say of tests/captures/ring.pcap, counted here from the bytes of the file by the definitions in the README, without any
of its code."""

import struct


def read_packets(path):
    """(time in ns, source, destination, payload bytes) of each IPv4 packet; None for what is no IP."""
    with open(path, "rb") as file:
        data = file.read()
    magic, _, _, _, _, _, link = struct.unpack_from("<IHHiIII", data)
    assert magic == 0xA1B2C3D4 and link == 1, "microseconds and Ethernet"
    offset = 24
    while offset < len(data):
        seconds, micros, captured, _ = struct.unpack_from("<IIII", data, offset)
        frame = data[offset + 16:offset + 16 + captured]
        offset += 16 + captured
        time_ns = seconds * 10**9 + micros * 1000
        if frame[12:14] != b"\x08\x00":
            yield time_ns, None, None, 0
            continue
        ip = frame[14:]
        header = (ip[0] & 15) * 4
        total = struct.unpack_from(">H", ip, 2)[0]
        protocol = ip[9]
        rest = total - header
        if protocol == 6:
            rest -= (ip[header + 12] >> 4) * 4
        elif protocol in (1, 17):
            rest -= 8
        yield time_ns, ".".join(map(str, ip[12:16])), ".".join(map(str, ip[16:20])), rest


def stream(packets, source, destination):
    return [(time_ns, payload) for time_ns, a, b, payload in packets if (a, b) == (source, destination)]


def bursts(packets, gap_ns, size):
    """Lists of (time, payload), one a burst."""
    anchors = [i for i, (_, payload) in enumerate(packets) if payload >= size or i in (0, len(packets) - 1)]
    runs = []
    for anchor in anchors:
        if runs and packets[anchor][0] - packets[runs[-1][1]][0] < gap_ns:
            runs[-1][1] = anchor
        else:
            runs.append([anchor, anchor])
    return [packets[first:last + 1] for first, last in runs if last > first]


def summary_pattern(packets, gap_ns, size):
    """The line of figures above the charts, as far as it does not depend on how durations are worded. Escaped for re."""
    import re

    found = bursts(packets, gap_ns, size)
    n = sum(map(len, found))
    if not found:
        return "^" + re.escape(f"0 bursts in {len(packets):,} packet")
    length = n / len(found) - 1
    mean = sum(payload for burst in found for _, payload in burst) / n
    duty = sum(burst[-1][0] - burst[0][0] for burst in found) / (packets[-1][0] - packets[0][0])
    words = "burst" if len(found) == 1 else "bursts"
    return ("^" + re.escape(f"{len(found):,} {words} · {n:,} of {len(packets):,} packets, {100 * n / len(packets):.1f} % · "
                            f"mean length {length:.2f} (packets − 1), ") + ".*"
            + re.escape(f" · mean size {mean:.2f} bytes · duty cycle {100 * duty:.1f} %") + "$")
