"""Captures made for proofs, byte by byte, and what is in their packets: read here from the bytes, without any of PacketLens' code."""

import collections
import gzip
import ipaddress
import random
import struct

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


# What is in a packet: number in the file from 1; time as the file has it; addresses None without IP; ports None where there are none.
Packet = collections.namedtuple("Packet", "number time_ns source destination protocol ports payload wire")


def read_packet(number, time_ns, data, wire, link):
    def packet(source=None, destination=None, protocol=None, ports=None, payload=0):
        return Packet(number, time_ns, source, destination, protocol, ports, payload, wire)

    if link == 1:
        if data[12:14] not in (b"\x08\x00", b"\x86\xdd"):
            return packet()
        data = data[14:]
    if data[0] >> 4 == 4:
        header = (data[0] & 15) * 4
        total, protocol = struct.unpack_from(">2xH5xB", data)
        ends = data[12:16], data[16:20]
    else:
        header = 40
        total, protocol = struct.unpack_from(">4xHB", data)
        total += header
        ends = data[8:24], data[24:40]
    source, destination = (str(ipaddress.ip_address(end)) for end in ends)
    ports = struct.unpack_from(">HH", data, header) if protocol in (6, 17) else None
    own = (data[header + 12] >> 4) * 4 if protocol == 6 else 8 if protocol in (1, 17, 58) else 0
    return packet(source, destination, protocol, ports, total - header - own)


def read_packets(packets, *, link=1, is_nano=False, snap=65535):
    """As Packet each, of packets as pcap() is given them."""
    unit = 1 if is_nano else 1000
    return [read_packet(number, time_ns // unit * unit, data[:snap], wire, link)
            for number, (time_ns, data, wire) in enumerate(packets, 1)]
