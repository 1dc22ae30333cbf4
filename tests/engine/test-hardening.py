#!/usr/bin/env python3
"""What the built programs do to make an intruder's work hard, seen from outside: flags in their files, no foreign rights, and
what the layout helper has given up by the time it waits for its request.

Arguments: the packetlens program, its layout helper, the intruder module, and what this build has (fortify, seccomp)."""

import glob
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = HELPER = INTRUDER = ""
HAS = set()
RING = os.path.join(os.environ["LENS_TEST_CAPTURES"], "ring.pcap")
REQUEST = (b"packetlens-layout 1\nengine sfdp\nnodes 2\n110.000 28.000\n110.000 28.000\n"
           b"edges 1\n0 1 1000\nend\n")
UNKNOWN_USER = 65534


def readelf(*arguments):
    return subprocess.run(["readelf", "--wide", *arguments], check=True, capture_output=True, text=True).stdout


def for_each_program(test):
    def run_for_each(self):
        for program in (PROGRAM, HELPER):
            with self.subTest(program=os.path.basename(program)):
                test(self, program)
    run_for_each.__doc__ = test.__doc__
    return run_for_each


class BuiltPrograms(unittest.TestCase):
    @for_each_program
    def test_position_independent(self, program):
        self.assertIn("DYN (Position-Independent Executable", readelf("--file-header", program))

    @for_each_program
    def test_relocations_are_read_only_and_done_at_start(self, program):
        self.assertIn("GNU_RELRO", readelf("--segments", program))
        self.assertRegex(readelf("--dynamic", program), r"FLAGS_1\).*\bNOW\b")

    @for_each_program
    def test_no_memory_is_writable_and_executable(self, program):
        segments = readelf("--segments", program)
        stack = re.search(r"GNU_STACK(?:\s+0x\w+){5}\s+(\S+)", segments)
        self.assertEqual(stack.group(1), "RW")
        self.assertNotRegex(segments, r"\bRWE\b")
        self.assertNotIn("TEXTREL", readelf("--dynamic", program))

    @for_each_program
    def test_libraries_come_from_the_system(self, program):
        self.assertNotRegex(readelf("--dynamic", program), r"\((RPATH|RUNPATH)\)")

    @for_each_program
    def test_stack_protector(self, program):
        self.assertIn("__stack_chk_fail", readelf("--dyn-syms", program))

    @for_each_program
    def test_stack_clash(self, program):
        """Leaves no mark but the compiler's own note in the debug information."""
        note = readelf("--debug-dump=info", "--dwarf-depth=1", glob.glob(glob.escape(program) + ".p/*.o")[0])
        if "GNU C" not in note:
            self.skipTest("this build has no debug information with the compiler's options in it")
        self.assertIn("-fstack-clash-protection", note)

    def test_fortified(self):
        if "fortify" not in HAS:
            self.skipTest("a build without optimization has no fortified functions")
        self.assertRegex(readelf("--dyn-syms", PROGRAM), r"__(memcpy|read|poll|snprintf|vsnprintf|printf)_chk")
        self.assertRegex(readelf("--dyn-syms", HELPER), r"__(printf|fread|fprintf|snprintf)_chk")

    @for_each_program
    def test_control_flow(self, program):
        """In the objects: the program has the mark only where the system's own start-up code has it too."""
        marks = {"x86_64": r"IBT, SHSTK", "aarch64": r"BTI, PAC"}
        if platform.machine() not in marks:
            self.skipTest("no control-flow protection on this kind of processor")
        objects = glob.glob(glob.escape(program) + ".p/*.o")
        self.assertTrue(objects, program)
        for file in objects:
            self.assertRegex(readelf("--notes", file), marks[platform.machine()], file)


class ForeignRights(unittest.TestCase):
    def setUp(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give a program the rights of another user")
        # Where another user may go and programs with foreign rights are let be so.
        self.folder = tempfile.mkdtemp(prefix="lens-rights-", dir="/var/tmp")
        self.addCleanup(shutil.rmtree, self.folder)
        os.chmod(self.folder, 0o755)
        self.assertFalse(os.statvfs(self.folder).f_flag & os.ST_NOSUID, "the folder is mounted with nosuid")

    def run_as_other(self, program, mode):
        copy = shutil.copy(program, self.folder)
        os.chown(copy, 0, 0)
        os.chmod(copy, mode)
        ring = shutil.copy(RING, self.folder)
        os.chmod(ring, 0o644)
        return subprocess.run([copy, "--summary", ring], user=UNKNOWN_USER, group=UNKNOWN_USER, extra_groups=[],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
                              env={"LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}, cwd=self.folder)

    def test_setuid_and_setgid(self):
        for mode in (stat.S_ISUID | 0o755, stat.S_ISGID | 0o755, stat.S_ISUID | stat.S_ISGID | 0o755):
            done = self.run_as_other(PROGRAM, mode)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(done.stdout, b"")
            self.assertIn(b"does not run with the rights of another user or group", done.stderr)
            self.assertEqual(self.run_as_other(HELPER, mode).returncode, 1)
        done = self.run_as_other(PROGRAM, 0o755)
        self.assertEqual(done.returncode, 0, done.stderr)


class Helper(unittest.TestCase):
    def start(self, environment=None, **options):
        process = subprocess.Popen([HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=environment, **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def wait_until_it_reads(self, process):
        """Until it sleeps in read() on standard input with its last limit set."""
        for _ in range(1000):
            if self.limits(process)["Max open files"] == "0" and self.status(process)["State"].startswith("S"):
                return
            self.assertIsNone(process.poll(), "the helper ended before it had its request")
            time.sleep(0.01)
        self.fail("the helper did not come to wait for its request")

    @staticmethod
    def status(process):
        with open(f"/proc/{process.pid}/status", encoding="utf-8") as file:
            return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)

    @staticmethod
    def limits(process):
        with open(f"/proc/{process.pid}/limits", encoding="utf-8") as file:
            rows = [re.split(r"\s{2,}", line.strip()) for line in file][1:]
        for row in rows:
            assert len(row) >= 3, row
        # What it may not even raise again.
        return {row[0]: row[2] for row in rows}

    def test_what_it_has_given_up(self):
        secret, other_end = os.pipe()
        self.addCleanup(os.close, secret)
        self.addCleanup(os.close, other_end)
        process = self.start(pass_fds=[secret])
        self.wait_until_it_reads(process)

        self.assertEqual(sorted(os.listdir(f"/proc/{process.pid}/fd")), ["0", "1", "2"])
        limits = self.limits(process)
        self.assertEqual(limits["Max cpu time"], "60")
        for name in ("Max file size", "Max core file size", "Max open files", "Max processes"):
            self.assertEqual(limits[name], "0", name)
        self.assertEqual(limits["Max address space"], str(1024 ** 3))
        status = self.status(process)
        self.assertEqual(status["NoNewPrivs"], "1")
        self.assertEqual(status["Threads"], "1")
        if "seccomp" in HAS:
            self.assertEqual(status["Seccomp"], "2")

        reply, errors = process.communicate(REQUEST, timeout=60)
        self.assertEqual((process.returncode, errors), (0, b""))
        self.assertRegex(reply, rb"\Apacketlens-layout 1\nnodes 2\n(-?[0-9.]+ -?[0-9.]+\n){2}end\n\Z")

    def test_what_an_intruder_can_do_in_it(self):
        if "seccomp" not in HAS:
            self.skipTest("this build is without libseccomp")
        process = self.start(environment={**os.environ, "LD_PRELOAD": INTRUDER})
        reply, errors = process.communicate(REQUEST, timeout=60)
        tried = dict(line.split(" ", 1) for line in errors.decode().splitlines())

        self.assertEqual(len(tried), 11, tried)
        for what, answer in tried.items():
            self.assertEqual(answer, "Operation not permitted", what)
        self.assertEqual(process.returncode, 0)
        self.assertTrue(reply.endswith(b"end\n"))
        self.assertFalse(os.path.exists("/tmp/packetlens-intruder"))

    def test_it_goes_with_its_parent(self):
        parent = subprocess.Popen([sys.executable, "-c", "import subprocess, sys\n"
                                   "p = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE)\n"
                                   "print(p.pid, flush=True)\nsys.stdin.read()", HELPER],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        pid = int(parent.stdout.readline())
        # Its standard input stays open here, so that nothing but the parent's end can end it.
        stdin = os.open(f"/proc/{pid}/fd/0", os.O_RDONLY)
        time.sleep(0.2)
        parent.kill()
        parent.communicate()
        os.close(stdin)
        for _ in range(500):
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                    if file.read().rsplit(")", 1)[1].split()[0] == "Z":
                        return
            except FileNotFoundError:
                return
            time.sleep(0.01)
        self.fail("the helper outlived its parent")


if __name__ == "__main__":
    PROGRAM, HELPER, INTRUDER = sys.argv[1:4]
    HAS = set(sys.argv[4:])
    unittest.main(argv=sys.argv[:1], verbosity=2)
