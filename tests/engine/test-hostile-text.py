#!/usr/bin/env python3
"""A capture whose file name tries to take over the terminal, the charts and the PDF: nothing of it is obeyed anywhere.

Argument: the packetlens program."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest

PROGRAM = ""
RING = os.path.join(os.environ["LENS_TEST_CAPTURES"], "ring.pcap")
# Clears the screen, sets the terminal's title, begins a line; turns the direction, hides; PLplot's, Pango's and printf's
# ways to give orders in a text.
NAMES = [
    "a\033[2J\033]0;owned\007\rb.pcap",
    "a\npacketlens: all is well\nb.pcap",
    "a\u009b31m\u202egpj\u2066\u200b\u2028b.pcap",
    "#u#d##<b>&amp;\"'$(id)`id`%s%n.pcap",
    "=cmd|' .pcap",
    "-rf.pcap",
    b"gr\xf6\xdfe\xff.pcap",
]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=120, check=False)


class HostileText(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lens-hostile-text-")
        self.addCleanup(shutil.rmtree, self.folder)

    def each_path(self):
        for name in NAMES:
            yield os.path.join(os.fsencode(self.folder), os.fsencode(name))

    def assert_harmless(self, output, what, allowed="\n"):
        """Valid UTF-8 without anything that a terminal obeys, that turns the direction or that can't be seen."""
        for character in output.decode("utf-8"):
            if character not in allowed:
                self.assertNotIn(unicodedata.category(character), ("Cc", "Cf", "Zl", "Zp"), (what, output))

    def test_messages(self):
        for path in self.each_path():
            with open(RING, "rb") as ring, open(path, "wb") as cut:
                cut.write(ring.read(5000))
            damaged = run("--summary", b"--", path)
            with open(path, "wb") as file:
                file.write(b"nonsense")
            no_capture = run("--summary", b"--", path)
            os.unlink(path)
            missing = run("--summary", b"--", path)
            unwritable = run("--report", os.path.join(path, b"report.pdf"), RING)
            bad_option = run(b"--x" + os.path.basename(path), RING)

            self.assertEqual([done.returncode for done in (damaged, no_capture, missing, unwritable, bad_option)],
                             [3, 1, 1, 1, 2], path)
            for done in (damaged, no_capture, missing, unwritable):
                self.assert_harmless(done.stderr, path)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertTrue(done.stderr.startswith(b"packetlens: "), done.stderr)
            self.assert_harmless(bad_option.stderr, path)

    def test_summary(self):
        for path in self.each_path():
            shutil.copy(RING, path)
            done = run("--summary", b"--", path)
            self.assertEqual((done.returncode, done.stderr), (0, b""), path)
            self.assert_harmless(done.stdout, path)
            self.assertEqual(json.loads(done.stdout)["capture"]["files"],
                             [os.path.basename(path).decode("utf-8", "replace")])

    def test_report(self):
        report = os.path.join(self.folder, "report.pdf")
        for path in self.each_path():
            shutil.copy(RING, path)
            done = run("--report", report, b"--", path)
            self.assertEqual((done.returncode, done.stderr), (0, b""), path)
            information = subprocess.run(["pdfinfo", "-enc", "UTF-8", report], capture_output=True, check=True).stdout
            text = subprocess.run(["pdftotext", "-enc", "UTF-8", "-raw", report, "-"], capture_output=True,
                                  check=True).stdout
            self.assert_harmless(information, path)
            self.assert_harmless(text, path, allowed="\n\f")
            title = next(line for line in information.decode().splitlines() if line.startswith("Title:"))
            self.assertIn("PacketLens report on ", title)
            self.assertTrue(title.endswith(".pcap"), title)
            os.unlink(path)

    def test_orders_of_the_libraries_are_drawn_as_they_are(self):
        path = os.path.join(self.folder, "#u#d##<b>&amp;%s.pcap")
        report = os.path.join(self.folder, "report.pdf")
        shutil.copy(RING, path)
        self.assertEqual(run("--report", report, path).returncode, 0)
        text = subprocess.run(["pdftotext", "-raw", report, "-"], capture_output=True, check=True, text=True).stdout
        pages = text.split("\f")

        self.assertIn("Who talks to whom in #u#d##<b>&amp;%s.pcap", pages[0])
        self.assertIn("#u#d##<b>&amp;%s.pcap ·", pages[1])


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
