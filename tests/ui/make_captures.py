"""Captures made for the window's tests, byte by byte: pcap and pcapng with all that a file can say of itself."""

import gzip
import ipaddress
import struct

# 2021-04-07 17:53:54 UTC
START_S = 1617818034


def udp_packet(source, destination, source_port=1000, destination_port=53, payload=b"x" * 100):
    """Ethernet, IPv4, UDP."""
    udp = struct.pack(">HHHH", source_port, destination_port, 8 + len(payload), 0) + payload
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, ipaddress.IPv4Address(source).packed,
                     ipaddress.IPv4Address(destination).packed)
    return b"\x02\0\0\0\0\1\x02\0\0\0\0\2\x08\0" + ip + udp


def udp6_packet(source, destination, source_port=1000, destination_port=53, payload=b"x" * 100):
    """Ethernet, IPv6, UDP."""
    udp = struct.pack(">HHHH", source_port, destination_port, 8 + len(payload), 0) + payload
    ip = struct.pack(">IHBB16s16s", 6 << 28, len(udp), 17, 64, ipaddress.IPv6Address(source).packed,
                     ipaddress.IPv6Address(destination).packed)
    return b"\x02\0\0\0\0\1\x02\0\0\0\0\2\x86\xdd" + ip + udp


def pcap_header():
    return struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)


def pcap_record(packet, second):
    """second: after START_S."""
    return struct.pack("<IIII", START_S + int(second), int(second % 1 * 1e6), len(packet), len(packet)) + packet


def pcap(packets):
    """packets: (second, packet) each."""
    return pcap_header() + b"".join(pcap_record(packet, second) for second, packet in packets)


def padded(data):
    return data + b"\0" * (-len(data) % 4)


def option(code, value):
    value = value.encode() if isinstance(value, str) else value
    return struct.pack("<HH", code, len(value)) + padded(value)


def options(*pairs):
    return b"".join(option(code, value) for code, value in pairs) + struct.pack("<HH", 0, 0) if pairs else b""


def block(kind, body):
    length = 12 + len(body)
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


def section(*pairs):
    return block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + options(*pairs))


def interface(link_type=1, snap_length=65535, *pairs):
    return block(1, struct.pack("<HHI", link_type, 0, snap_length) + options(*pairs))


def enhanced_packet(packet, second, number=0, *pairs):
    """Times in microseconds."""
    ticks = int((START_S + second) * 1000000)
    return block(6, struct.pack("<IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(packet), len(packet))
                 + padded(packet) + options(*pairs))


def names(pairs, *more):
    """pairs: (address, name) each."""
    records = b""
    for address, name in pairs:
        value = ipaddress.IPv4Address(address).packed + name.encode() + b"\0"
        records += struct.pack("<HH", 1, len(value)) + padded(value)
    return block(4, records + struct.pack("<HH", 0, 0) + options(*more))


def statistics(number, received, dropped, *pairs):
    ticks = (START_S + 60) * 1000000
    return block(5, struct.pack("<III", number, ticks >> 32, ticks & 0xFFFFFFFF)
                 + options((4, struct.pack("<Q", received)), (5, struct.pack("<Q", dropped)), *pairs))


# What a name may try: markup, an escape of PLplot, another direction, control characters.
HOSTILE = "<b>#gevil</b> &amp; \u202egnp.exe\x1b[2J"


def everything():
    """One pcapng file with all that the properties show."""
    parts = [
        section((2, "Test hardware"), (3, "Test OS 1.0"), (4, "make_captures.py"), (1, "A comment on the section")),
        interface(1, 262144, (2, "eth0"), (3, "The wired one"), (11, b"\0udp or tcp"), (12, "Linux 6.1")),
        interface(101, 96, (2, HOSTILE), (3, "An interface with a hostile name")),
        names([("192.0.2.1", "camera.example"), ("192.0.2.7", "cloud.example"), ("192.0.2.66", HOSTILE),
               ("192.0.2.99", "8.8.8.8")]),
    ]
    for i in range(40):
        parts.append(enhanced_packet(udp_packet("192.0.2.1", "192.0.2.7"), i * 0.25, 0,
                                     *([(1, "Here it begins")] if i == 2 else [])))
    for i in range(10):
        parts.append(enhanced_packet(udp_packet("192.0.2.7", "192.0.2.1", payload=b"y" * 40), 10 + i))
    parts.append(enhanced_packet(udp_packet("192.0.2.66", "192.0.2.1", payload=b"z" * 700), 21))
    parts.append(enhanced_packet(udp_packet("192.0.2.99", "192.0.2.1", payload=b"z" * 10), 22))
    parts.append(enhanced_packet(udp_packet("192.0.2.1", "192.0.2.50")[14:], 23, 1, (1, HOSTILE)))
    parts.append(statistics(0, 5000, 37))
    return b"".join(parts)


def many_comments(n):
    parts = [section(), interface()]
    for i in range(n):
        parts.append(enhanced_packet(udp_packet("192.0.2.1", "192.0.2.7"), i * 0.001, 0,
                                     (1, f"Comment number {i + 1} " + "with more words " * (i % 20))))
    return b"".join(parts)


BOMB_PACKET_BYTES = 200000


def write_bomb(path, unpacked_bytes):
    """A small gzip file that unpacks to very much: packets of zeros."""
    record = struct.pack("<IIII", START_S, 0, BOMB_PACKET_BYTES, BOMB_PACKET_BYTES) + b"\0" * BOMB_PACKET_BYTES
    # One member after the other: packing once is enough.
    member = gzip.compress(record)
    with open(path, "wb") as file:
        file.write(gzip.compress(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)))
        for _ in range(unpacked_bytes // len(record) + 1):
            file.write(member)


def write_endless(path):
    """What takes a minute to read on any machine, and little room: 64 GiB of zeros, packed just loosely enough to be read without a
    question. Each member of the gzip file has an extra field of zeros, a hole in the file."""
    n_members, n_packets, n_extra = 10000, 33, 65535
    record = struct.pack("<IIII", START_S, 0, BOMB_PACKET_BYTES, BOMB_PACKET_BYTES) + b"\0" * BOMB_PACKET_BYTES
    header = b"\x1f\x8b\x08\x04" + b"\0" * 6 + struct.pack("<H", n_extra)
    packed = gzip.compress(record * n_packets)[10:]
    assert n_packets * len(record) < 100 * (len(header) + n_extra + len(packed))
    with open(path, "wb") as file:
        file.write(gzip.compress(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)))
        for _ in range(n_members):
            file.write(header)
            file.seek(n_extra, 1)
            file.write(packed)


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(everything())
