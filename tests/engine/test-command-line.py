#!/usr/bin/env python3
"""The command line from outside: what is written, what is said, and the exit code. Argument: the packetlens program."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
CAPTURES = os.environ["LENS_TEST_CAPTURES"]
RING = os.path.join(CAPTURES, "ring.pcap")


def environment():
    """No display and no bus: none may be needed."""
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
    values = {name: value for name, value in os.environ.items() if name not in unwanted}
    values["LC_ALL"] = "C.UTF-8"
    return values


def run(*arguments, **options):
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run([PROGRAM, *arguments], stderr=subprocess.PIPE, env=options.pop("env", environment()),
                          timeout=60, check=False, **options)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lens-command-line-")
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write_beginning(self, name, n_bytes):
        with open(RING, "rb") as ring, open(self.path(name), "wb") as cut:
            cut.write(ring.read(n_bytes))
        return self.path(name)

    def assert_usage(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, arguments)
        self.assertEqual(done.stdout, b"", arguments)
        self.assertIn(b"packetlens: ", done.stderr, arguments)

    def summary(self, *arguments, code=0, **options):
        done = run("--summary", *arguments, **options)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)


class Summary(CommandLine):
    def test_published_figures(self):
        with open(os.path.join(CAPTURES, "ring-expected.json"), encoding="utf-8") as file:
            expected = json.load(file)
        found = self.summary("--size", "417", RING)

        self.assertEqual(found["schema"], 1)
        self.assertEqual(found["capture"]["files"], ["ring.pcap"])
        for layer, packets in expected["packets"].items():
            self.assertEqual(found["layers"][layer], packets, layer)
        self.assertEqual({(row["source"], row["destination"]): row["packets"] for row in found["connections"]},
                         {(row["src"], row["dst"]): row["packets"] for row in expected["connections"]})
        self.assertEqual({row["address"]: row["sent_payload"] for row in found["hosts"] if row["sent_packets"]},
                         expected["payload_by_source"])
        self.assertEqual(
            {row["address"]: row["received_payload"] for row in found["hosts"] if row["received_packets"]},
            expected["payload_by_destination"])
        for protocol in ("tcp", "udp"):
            for side in ("source", "destination"):
                self.assertEqual({str(row["port"]): row["payload"] for row in found["ports"][protocol][side]},
                                 expected[f"{protocol}_payload_by_{side}_port"])
        stream = expected["top_stream"]
        self.assertEqual(found["top_source"], stream["src"])
        self.assertEqual((found["top_stream"]["source"], found["top_stream"]["destination"],
                          found["top_stream"]["packets"]), (stream["src"], stream["dst"], stream["packets"]))

    def test_published_bursts(self):
        with open(os.path.join(CAPTURES, "ring-expected.json"), encoding="utf-8") as file:
            expected = json.load(file)["bursts"]
        found = self.summary("--gap", "0.3", "--size", "417", RING)["bursts"]

        self.assertEqual(found["gap_s"], 0.3)
        self.assertEqual(found["size_bytes"], 417)
        self.assertEqual(len(found["bursts"]), len(expected))
        for burst, row in zip(found["bursts"], expected):
            self.assertEqual(burst["burst"], row["burst"])
            self.assertEqual((burst["packets"], burst["length"], burst["payload"]),
                             (row["packets"], row["length"], row["bytes"]))
            self.assertEqual(burst["mean_payload"], round(row["bytes"] / row["packets"], 2))
            for end, microseconds in (("first", row["start_us"]), ("last", row["end_us"])):
                self.assertTrue(burst[end].endswith(f".{microseconds % 1000000:06}000Z"), burst)

    def test_default_size_is_from_the_mean(self):
        self.assertEqual(self.summary(RING)["bursts"]["size_bytes"], 418)

    def test_keys_and_lists_are_in_order(self):
        found = self.summary(RING)
        self.assertEqual(list(found), ["schema", "capture", "layers", "hosts", "connections", "ports", "top_source",
                                       "top_stream", "bursts"])
        payloads = [row["payload"] for row in found["connections"]]
        self.assertEqual(payloads, sorted(payloads, reverse=True))

    def test_decimal_point_in_any_locale(self):
        locales = subprocess.run(["locale", "-a"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
        for name in [name for name in locales if name.startswith(("de_", "fr_", "ru_"))] or ["C.UTF-8"]:
            found = self.summary("--gap", "0.25", RING, env=environment() | {"LC_ALL": name})
            self.assertEqual(found["bursts"]["gap_s"], 0.25)

    def test_standard_input(self):
        with open(RING, "rb") as ring:
            found = self.summary("-", stdin=ring)
        self.assertEqual(found["capture"]["packets"], 9907)
        self.assertEqual(found["capture"]["files"], ["-"])

    def test_empty_capture(self):
        found = self.summary(self.write_beginning("empty.pcap", 24))
        self.assertEqual(found["capture"]["packets"], 0)
        self.assertIsNone(found["capture"]["first"])
        self.assertIsNone(found["top_stream"])


    def test_several_files_become_one_capture(self):
        other = self.write_beginning("other.pcap", 100000)
        done = run("--summary", other, RING)
        self.assertEqual(done.returncode, 3, done.stderr)
        found = json.loads(done.stdout)
        whole = self.summary(RING)
        self.assertEqual(found["capture"]["files"], ["other.pcap", "ring.pcap"])
        self.assertEqual(found["capture"]["packets"], 9907 + 387)
        self.assertEqual(found["capture"]["last"], whole["capture"]["last"])
        self.assertEqual(len(found["capture"]["damage"]), 1)
        self.assertIn("other.pcap", found["capture"]["damage"][0])
        sums = [sum(c["packets"] for c in s["connections"]) for s in (whole, self.summary(other, code=3), found)]
        self.assertEqual(sums[0] + sums[1], sums[2])

    def test_folder(self):
        with open(self.path("notes.txt"), "w") as notes:
            notes.write("not a capture")
        shutil.copy(RING, self.path("b.pcap"))
        shutil.copy(RING, self.path("a.pcap"))
        found = self.summary(self.folder)
        self.assertEqual(found["capture"]["files"], ["a.pcap", "b.pcap"])
        self.assertEqual(found["capture"]["packets"], 2 * 9907)


class Filter(CommandLine):
    def test_filter(self):
        whole = self.summary(RING)
        found = self.summary("--filter", "tcp port 443", RING)
        self.assertEqual(list(found), ["schema", "capture", "filter", "layers", "hosts", "connections", "ports", "top_source",
                                       "top_stream", "bursts"])
        self.assertEqual(found["capture"], whole["capture"])
        self.assertEqual(found["filter"], {"terms": ["tcp port 443"], "packets": 417})
        self.assertEqual(found["layers"]["all"], 417)
        self.assertEqual(found["layers"]["tcp"], 417)
        ends = {(name, row["port"]) for name in ("source", "destination") for row in found["ports"]["tcp"][name]}
        self.assertTrue({("source", 443), ("destination", 443)} <= ends)
        # The size that bursts are told by is of the whole capture.
        self.assertEqual(found["bursts"]["size_bytes"], whole["bursts"]["size_bytes"])

    def test_filter_and_the_rest_are_everything(self):
        counts = [self.summary("--filter", expression, RING)["layers"]["all"] for expression in ("udp", "not udp", "")]
        self.assertEqual(counts[0] + counts[1], counts[2])
        self.assertEqual(counts[2], 9907)

    def test_nothing_passes(self):
        found = self.summary("--filter", "tcp port 1", RING)
        self.assertEqual(found["filter"]["packets"], 0)
        self.assertEqual((found["hosts"], found["top_source"], found["top_stream"]), ([], None, None))

    def test_several_files_and_damage(self):
        cut = self.write_beginning("cut.pcap", 100000)
        parts = [self.summary("--filter", "tcp", path, code=code)["filter"]["packets"] for path, code in ((cut, 3), (RING, 0))]
        self.assertEqual(self.summary("--filter", "tcp", RING, cut, code=3)["filter"]["packets"], sum(parts))
        self.assertGreater(min(parts), 0)

    def test_no_expression(self):
        for expression in ("tcp prt", "(", "port 99999", "\x1b[2J"):
            done = run("--summary", "--filter", expression, RING)
            self.assertEqual((done.returncode, done.stdout), (2, b""), expression)
            self.assertNotIn(b"\x1b", done.stderr)
        self.assertIn(b"(", run("--summary", "--filter", "(", RING).stderr)
        self.assert_usage("--summary", RING, "--filter")

    def test_standard_input_and_pipes(self):
        expected = self.summary("--filter", "tcp", RING)
        with open(RING, "rb") as ring:
            data = ring.read()
            ring.seek(0)
            as_file = self.summary("--filter", "tcp", "-", stdin=ring)
        folder = self.path("room")
        os.mkdir(folder)
        as_pipe = self.summary("--filter", "tcp", "-", input=data, env=dict(environment(), TMPDIR=folder))
        self.assertEqual(os.listdir(folder), [])
        for found in (as_file, as_pipe):
            self.assertEqual(found, {**expected, "capture": {**expected["capture"], "files": ["-"]}})

    def test_pipe_that_cannot_be_kept(self):
        with open(RING, "rb") as ring:
            data = ring.read()
        without_room = dict(environment(), TMPDIR=self.path("nowhere"))
        # Nothing is to be kept where nothing is read again.
        self.assertEqual(self.summary("-", input=data, env=without_room)["layers"], self.summary(RING)["layers"])
        done = run("--summary", "--filter", "tcp", "-", input=data, env=without_room)
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn(b"nowhere", done.stderr)
        self.assertIn(b"No such file or directory", done.stderr)
        self.assertIn(b"TMPDIR", done.stderr)

    def test_report(self):
        done = run("--report", self.path("out.pdf"), "--filter", "tcp port 443", RING)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = subprocess.run(["pdftotext", self.path("out.pdf"), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
        self.assertIn("417 of 9,907 packets, 4.2 %", text)
        self.assertIn("tcp port 443", text)


class ExitCodes(CommandLine):
    def test_damaged(self):
        done = run("--summary", self.write_beginning("cut.pcap", 100000))
        self.assertEqual(done.returncode, 3)
        found = json.loads(done.stdout)
        self.assertEqual(found["capture"]["packets"], 387)
        self.assertFalse(found["capture"]["complete"])
        self.assertEqual(len(found["capture"]["damage"]), 1)
        self.assertIn("cut.pcap", found["capture"]["damage"][0])
        self.assertIn(found["capture"]["damage"][0], done.stderr.decode())

    def test_nothing_to_read(self):
        os.mkdir(self.path("empty-folder"))
        for path in (self.path("missing.pcap"), self.path("empty-folder"), __file__, self.write_beginning("nothing", 0),
                     self.write_beginning("first-is-broken", 30)):
            done = run("--summary", path)
            self.assertEqual(done.returncode, 1, path)
            self.assertEqual(done.stdout, b"", path)
            self.assertIn(os.path.basename(path).encode(), done.stderr, path)

    def test_usage(self):
        self.assert_usage("--summary")
        self.assert_usage("--summary", "-", RING, "-")
        for ceiling in ("", "0", "-1", "1KiB", "many", "1e400", "G"):
            self.assert_usage("--summary", "--max-unpacked", ceiling, RING)
        self.assert_usage("--summary", "")
        self.assert_usage("--no-such-option")
        self.assert_usage("--report")
        self.assert_usage("--report", "", RING)
        for gap in ("", "0", "-1", "nan", "inf", "1e300", "0x1", "1,5", "0.3s", "1e-30"):
            self.assert_usage("--summary", "--gap", gap, RING)
        for size in ("", "-1", "5.5", "4294967296", "many", "0x10"):
            self.assert_usage("--summary", "--size", size, RING)

    def test_standard_output_is_full_or_gone(self):
        with open("/dev/full", "wb") as full:
            done = run("--summary", RING, stdout=full)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)

        reader, writer = os.pipe()
        os.close(reader)
        done = run("--summary", RING, stdout=writer)
        os.close(writer)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)

        # Closed: no file that is opened may get its number and the summary with it.
        done = run("--summary", RING, stdout=None, preexec_fn=lambda: os.close(1))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"standard output", done.stderr)

    def test_version_and_help(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout.decode(), r"^PacketLens \d+\.\d+")
        done = run("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("--summary", "--report", "--filter", "--gap", "--size", "--version"):
            self.assertIn(option, done.stdout.decode())


class Report(CommandLine):
    def test_report(self):
        done = run("--report", self.path("out.pdf"), RING)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, b"", "no layout helper in the build folder?")
        with open(self.path("out.pdf"), "rb") as file:
            self.assertTrue(file.read().startswith(b"%PDF-"))
        self.assertEqual(os.listdir(self.folder), ["out.pdf"])

    def test_report_says_a_long_filter_whole(self):
        expression = " or ".join(f"udp port {port}" for port in range(40001, 40006))
        done = run("--report", self.path("out.pdf"), "--filter", expression, RING)
        self.assertEqual(done.returncode, 0, done.stderr)
        boxes = subprocess.run(["pdftotext", "-bbox", self.path("out.pdf"), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
        # A word that is cut short has what is left out in its text, but as parts of other words.
        for page in boxes.split("<page ")[1:]:
            words = re.findall(r'yMin="([0-9.]+)" [^>]* yMax="([0-9.]+)">([^<]+)</word>', page)
            foot = " ".join(word for top, bottom, word in words if float(top) > 540 and float(bottom) < 595)
            self.assertIn(f"packets, 0.0 % · {expression} · 2021-04-07T17:53:54.420350000Z to", foot)

    def test_report_of_no_host_blames_the_filter(self):
        """The capture has hosts."""
        done = run("--report", self.path("out.pdf"), "--filter", "arp", RING)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = subprocess.run(["pdftotext", self.path("out.pdf"), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
        self.assertIn("No host in what is shown of ring.pcap (30 of 9,907 packets, 0.3 %)", text)

    def test_report_is_in_utc_wherever_it_is_made(self):
        os.environ["TZ"] = "FAR-07:00"
        try:
            done = run("--report", self.path("out.pdf"), RING)
        finally:
            os.environ["TZ"] = "UTC"
        self.assertEqual(done.returncode, 0, done.stderr)
        text = subprocess.run(["pdftotext", self.path("out.pdf"), "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
        self.assertIn("7 Apr 2021, UTC", text)
        self.assertIn("17:56:00", text)
        self.assertNotIn("FAR", text)

    def test_report_that_cannot_be_written(self):
        done = run("--report", os.path.join(self.path("no"), "out.pdf"), RING)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"out.pdf", done.stderr)

    def test_report_over_its_own_capture(self):
        capture = self.write_beginning("own.pcap", 100000)
        os.symlink(capture, self.path("link.pdf"))
        for target in (capture, self.path("link.pdf")):
            self.assert_usage("--report", target, capture)
        self.assertEqual(os.path.getsize(capture), 100000)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
