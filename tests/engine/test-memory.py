#!/usr/bin/env python3
"""A capture of many hosts under less and less address space: the summary is whole, or there is none and a message says why;
never a crash.

Argument: the packetlens program."""

import json
import os
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
N_PACKETS = 300000
MIB = 1 << 20
MOST = 1024 * MIB
# The program does not begin in less than this anywhere.
LEAST = 16 * MIB


def write_capture(path):
    """Every packet from another host: the most memory for the bytes."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
        header = struct.pack(">BBHHHBBH", 0x45, 0, 28, 0, 0, 64, 17, 0)
        tail = bytes([192, 0, 2, 1]) + struct.pack(">HHHH", 53, 53, 8, 0)
        for i in range(N_PACKETS):
            file.write(struct.pack("<IIII", i // 1000, i % 1000, 28, 28) + header + struct.pack(">I", 0x0a000000 + i) + tail)


class Memory(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lens-memory-")
        self.addCleanup(shutil.rmtree, self.folder)

    @staticmethod
    def run_in(n_bytes, *arguments):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        return subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=120, check=False, preexec_fn=limit)

    @staticmethod
    def steps(n_bytes):
        while n_bytes < MOST:
            yield n_bytes
            n_bytes += max(MIB, n_bytes // 20)

    def find_least(self):
        """In which the program itself, with all its libraries, begins."""
        for n_bytes in self.steps(LEAST):
            if self.run_in(n_bytes, "--version").returncode == 0:
                return n_bytes
        return self.fail("the program does not begin")

    def test_less_and_less(self):
        capture = os.path.join(self.folder, "many-hosts.pcap")
        write_capture(capture)
        n_refused = 0
        for n_bytes in self.steps(self.find_least() + MIB):
            done = self.run_in(n_bytes, "--summary", capture)
            where = f"{n_bytes / MIB} MiB: {done.stderr!r}"
            if done.returncode == 0:
                self.assertEqual(json.loads(done.stdout)["layers"]["udp"], N_PACKETS, where)
                break
            n_refused += 1
            self.assertIn(done.returncode, (1, 3), where)
            self.assertTrue(done.stderr.startswith(b"packetlens: "), where)
            self.assertEqual(len(done.stderr.splitlines()), 1, where)
            self.assertRegex(done.stderr, rb"memory|threads", where)
            if done.returncode == 3:
                self.assertLess(json.loads(done.stdout)["layers"]["udp"], N_PACKETS, where)
            else:
                self.assertEqual(done.stdout, b"", where)
        self.assertGreater(n_refused, 5)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
