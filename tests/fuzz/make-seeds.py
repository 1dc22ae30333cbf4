#!/usr/bin/env python3
"""make-seeds.py FOLDER CAPTURE...: makes what fuzzing begins with, FOLDER/TARGET/..., from captures (files or folders).

Captures of up to 64 KiB as they are for the readers, cut to their first packets where they are larger; packed by gzip (and
zstd and lz4 where those programs are) for the compressed sources; single packets for the decoder."""

import gzip
import hashlib
import os
import shutil
import struct
import subprocess
import sys

MAX_BYTES = 65536
MAX_PACKED_BYTES = 8192
PACKETS_OF_A_CAPTURE = 40
# Where a target that goes about in a file goes: three places, back and forth (see fuzz-seek.c).
PLACES = bytes([0x03]) + b"".join(place.to_bytes(3, "big") for place in (700, 24, 3000))


def each_file(paths):
    for path in paths:
        if os.path.isdir(path):
            yield from each_file(sorted(os.path.join(path, name) for name in os.listdir(path)))
        else:
            yield path


def save(folder, target, data):
    """Under a name made of the bytes, so that no input is there twice."""
    os.makedirs(os.path.join(folder, target), exist_ok=True)
    with open(os.path.join(folder, target, hashlib.sha1(data).hexdigest()), "wb") as file:
        file.write(data)


def packets_of_pcap(data):
    order = {b"\xd4\xc3\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\x3c\x4d": ">"}.get(data[:4])
    if order is None or len(data) < 24:
        return
    link_type = struct.unpack(order + "I", data[20:24])[0] & 0xffff
    at = 24
    while at + 16 <= len(data):
        length = struct.unpack(order + "I", data[at + 8:at + 12])[0]
        yield link_type, data[at + 16:at + 16 + length]
        at += 16 + length


def main():
    folder, captures = sys.argv[1], sys.argv[2:]
    for path in each_file(captures):
        with open(path, "rb") as file:
            data = file.read()
        if data[:2] == b"\x1f\x8b":
            if len(data) <= MAX_BYTES:
                save(folder, "compressed", data)
            continue
        target = "pcapng" if data[:4] == b"\n\r\r\n" else "pcap"
        save(folder, target, data[:MAX_BYTES])
        save(folder, "summary", data[:MAX_BYTES])
        for number, (link_type, packet) in enumerate(packets_of_pcap(data)):
            if number < PACKETS_OF_A_CAPTURE:
                for target in ("decode", "dissect"):
                    save(folder, target, struct.pack(">H", link_type) + packet)
        if len(data) <= MAX_PACKED_BYTES:
            packed = [gzip.compress(data, mtime=0)]
            for program in ("zstd", "lz4"):
                if shutil.which(program):
                    packed.append(subprocess.run([program, "-c", "-q"], input=data, capture_output=True, check=True).stdout)
            for one in packed:
                save(folder, "compressed", one)
                save(folder, "seek", PLACES + one)
                save(folder, "summary", one)


if __name__ == "__main__":
    main()
