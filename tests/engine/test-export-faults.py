#!/usr/bin/env python3
"""Every export of the program to a file, when writing fails and when the program is killed on the way: the target is the old
file or the whole new one, no other file is left behind by a failure, and a message names the file and the reason.

Argument: the packetlens program. What can go wrong in single system calls is in test-write-faults.c."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ""
RING = os.path.join(os.environ["LENS_TEST_CAPTURES"], "ring.pcap")
OLD = b"what was here before\n" * 100
SEED = 20261125
KILLS = 40
UNKNOWN_USER = 65534
# Option, file name, and what a whole file begins and ends with.
EXPORTS = [("--report", "report.pdf", b"%PDF-", b"%%EOF\n")]


class ExportFaults(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lens-export-faults-")
        self.addCleanup(shutil.rmtree, self.folder)

    def each_export(self):
        for option, name, beginning, end in EXPORTS:
            target = os.path.join(self.folder, name)
            with open(target, "wb") as file:
                file.write(OLD)
            yield option, target, beginning, end

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    def assert_untouched(self, target, done, reason):
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(os.path.basename(target).encode(), done.stderr)
        self.assertIn(reason, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(self.read(target), OLD)
        self.assertEqual(os.listdir(self.folder), [os.path.basename(target)])

    def run_export(self, option, target, **options):
        return subprocess.run([PROGRAM, option, target, RING], capture_output=True, timeout=120, check=False, **options)

    def test_file_too_large(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))

        for option, target, _, _ in self.each_export():
            self.assert_untouched(target, self.run_export(option, target, preexec_fn=limit), b"File too large")
            os.unlink(target)

    def test_read_only_folder(self):
        other = {"user": UNKNOWN_USER, "group": UNKNOWN_USER, "extra_groups": []} if os.geteuid() == 0 else {}
        for option, target, _, _ in self.each_export():
            os.chmod(self.folder, 0o555)
            try:
                try:
                    done = self.run_export(option, target, **other)
                except PermissionError:
                    self.skipTest("another user can't start the program where it is built")
                self.assert_untouched(target, done, b"Permission denied")
            finally:
                os.chmod(self.folder, 0o755)
            os.unlink(target)

    def test_full_device(self):
        for option, target, _, _ in self.each_export():
            os.unlink(target)
            done = self.run_export(option, "/dev/full")
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"No space left on device", done.stderr)

    def test_killed_at_any_moment(self):
        rng = random.Random(SEED)
        for option, target, beginning, end in self.each_export():
            started = time.monotonic()
            self.assertEqual(self.run_export(option, target).returncode, 0)
            whole = time.monotonic() - started
            for _ in range(KILLS):
                with open(target, "wb") as file:
                    file.write(OLD)
                process = subprocess.Popen([PROGRAM, option, target, RING], stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL)
                time.sleep(rng.uniform(0, 1.1 * whole))
                process.send_signal(signal.SIGKILL)
                process.wait()
                found = self.read(target)
                if found != OLD:
                    self.assertTrue(found.startswith(beginning) and found.endswith(end))
                # What a kill leaves has a hidden name of its own, and is in nobody's way.
                for name in os.listdir(self.folder):
                    if name != os.path.basename(target):
                        self.assertRegex(name, r"\A\.packetlens-[0-9a-f]{8}\.tmp\Z")
                        os.unlink(os.path.join(self.folder, name))
            self.assertEqual(self.run_export(option, target).returncode, 0)
            found = self.read(target)
            self.assertTrue(found.startswith(beginning) and found.endswith(end))
            os.unlink(target)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
