#!/usr/bin/env python3
"""What --summary --filter EXPR says of a capture, held against --summary of the packets that tcpdump picks out of it.

Arguments: the packetlens program, and "all" to take all captures and not a part of them. Captures: those of this project
(LENS_TEST_CAPTURES) and those in the shared folder (LENS_SHARED_CAPTURES, or ../shared/captures beside this project): some of each kind,
and every so many of the others. Speaks TAP, one case a capture.

tcpdump reads a pcapng file only where all interfaces have one link type and snap length: others are taken apart into one pcap
file an interface, by tshark, filtered each, and merged. Captures that tcpdump reads otherwise, also without an expression, since they
are damaged or of a kind it does not know, are left out, and counted. Bursts are told by a size that is given: what is left to the
program is worked out from the whole capture, and tcpdump's part of it alone has another mean.
"""

import concurrent.futures
import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIXES = (".pcap", ".pcapng", ".cap", ".gz")
COMPARED = ["layers", "hosts", "connections", "ports", "top_source", "top_stream", "bursts"]
EXPRESSIONS = ["tcp", "udp port 53 or arp", "not ip", "greater 200", "ip6 or icmp", "tcp[tcpflags] & tcp-syn != 0",
               "not (udp or tcp port 80)", "ip[8] < 65", "less 100 and not broadcast", "vlan or mpls or pppoes", "portrange 1-1023"]
EXPRESSIONS_A_CAPTURE = 3
# Of these kinds some are always taken, of all captures one in so many.
KINDS = ["interfaces", "example.pcapng", ".pcap.gz", "sll", "wlan", "radiotap", "802.11", "rsn", "Null", "ppp", "hdlc", "ring.pcap"]
MOST_OF_A_KIND = 3
ONE_IN = 24
TIMEOUT_S = 300


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False)


class Refused(Exception):
    """tcpdump can't say."""


def find_captures():
    shared = os.environ.get("LENS_SHARED_CAPTURES") or os.path.join(HERE, "../../../shared/captures")
    folders = [os.environ["LENS_TEST_CAPTURES"]]
    if os.path.isdir(shared):
        folders.append(shared)
    else:
        print("# NOT TESTED: the shared captures, there is no folder", os.path.normpath(shared))
    return sorted(os.path.join(folder, name) for top in folders for folder, _, names in os.walk(top)
                  for name in names if name.endswith(SUFFIXES))


def choose(captures):
    chosen = set(captures[::ONE_IN])
    for kind in KINDS:
        chosen.update([path for path in captures if kind.lower() in os.path.basename(path).lower()][:MOST_OF_A_KIND])
    return sorted(chosen)


def summarize(program, path, *options):
    done = run(program, "--summary", "--size", "417", *options, path)
    return json.loads(done.stdout) if done.returncode in (0, 3) else None


def unpack(path, folder):
    if not path.endswith(".gz"):
        return path
    plain = os.path.join(folder, "plain")
    with gzip.open(path) as packed, open(plain, "wb") as file:
        file.write(packed.read())
    return plain


def take_apart(path, folder):
    """One pcap file for each interface that has packets."""
    listed = run("tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.interface_id")
    numbers = sorted(set(listed.stdout.decode().split()))
    parts = []
    for number in numbers:
        part = os.path.join(folder, "interface-" + number)
        done = run("tshark", "-n", "-r", path, "-Y", "frame.interface_id == " + number, "-F", "nsecpcap", "-w", part)
        if done.returncode != 0:
            raise Refused("tshark can't take it apart")
        parts.append(part)
    if not parts:
        raise Refused("tshark finds no packets")
    return parts


def pick(parts, expression, folder):
    """The packets of @parts that tcpdump picks, in one file. None: it knows the expression for none of them."""
    picked = []
    for index, part in enumerate(parts):
        done = run("tcpdump", "-n", "-r", part, "--time-stamp-precision=nano", "-w", "-", *expression)
        if not done.stdout or (b"syntax error" in done.stderr and done.returncode != 0):
            continue
        picked.append(os.path.join(folder, f"picked-{index}"))
        with open(picked[-1], "wb") as file:
            file.write(done.stdout)
    if len(picked) < 2:
        return picked[0] if picked else None
    merged = os.path.join(folder, "merged.pcapng")
    if run("mergecap", "-w", merged, *picked).returncode != 0:
        raise Refused("mergecap can't put it together")
    return merged


def is_same(program, path, expected):
    """Whether the capture, as tcpdump wrote it, is still what it was."""
    found = summarize(program, path) if path is not None else None
    return found is not None and all(found[key] == expected[key] for key in COMPARED)


def find_parts(program, path, folder, expected):
    """What tcpdump can read of the capture, if that is all of it."""
    plain = unpack(path, folder)
    parts = [plain]
    if not is_same(program, pick(parts, [], folder), expected):
        parts = take_apart(plain, folder)
        if not is_same(program, pick(parts, [], folder), expected):
            raise Refused("tcpdump reads other packets")
    return parts


def expressions_of(index, summary):
    expressions = [EXPRESSIONS[(index + i * 4) % len(EXPRESSIONS)] for i in range(EXPRESSIONS_A_CAPTURE)]
    if summary["hosts"]:
        expressions.append("host " + summary["hosts"][-1]["address"])
    return expressions


def compare(program, path, index):
    """Returns the differences, as text, and how many expressions were compared. Refused: none."""
    whole = summarize(program, path)
    differences, n_compared = [], 0
    if whole is None or whole["capture"]["packets"] == 0:
        raise Refused("it has no packets")
    with tempfile.TemporaryDirectory(prefix="lens-filter-truth-") as folder:
        parts = find_parts(program, path, folder, whole)
        for expression in expressions_of(index, whole):
            picked = pick(parts, [expression], folder)
            found = summarize(program, path, "--filter", expression)
            if picked is None:
                if found is not None:
                    differences.append(f"{expression}: tcpdump refuses it, packetlens does not")
                continue
            expected = summarize(program, picked)
            n_compared += 1
            if found is None:
                differences.append(f"{expression}: packetlens refuses it, tcpdump does not")
                continue
            if found["filter"]["packets"] != expected["capture"]["packets"]:
                differences.append(f"{expression}: {found['filter']['packets']} packets, tcpdump has "
                                   f"{expected['capture']['packets']}")
            differences += [f"{expression}: {key} differ" for key in COMPARED if found[key] != expected[key]]
    return differences, n_compared


def main():
    program = os.path.abspath(sys.argv[1])
    captures = find_captures()
    if "all" not in sys.argv[2:]:
        captures = choose(captures)
    n_failed = n_refused = n_compared = 0
    print(f"1..{len(captures)}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(compare, program, path, index) for index, path in enumerate(captures)]
        for index, (path, job) in enumerate(zip(captures, jobs)):
            name = os.path.join(os.path.basename(os.path.dirname(path)), os.path.basename(path))
            try:
                differences, n = job.result()
            except Refused as reason:
                n_refused += 1
                print(f"ok {index + 1} {name} # left out: {reason}")
                continue
            n_compared += n
            for difference in differences:
                print("#", difference)
            n_failed += bool(differences)
            print("not ok" if differences else "ok", index + 1, name)
    print(f"# {n_compared} filters compared on {len(captures) - n_refused} captures, {n_refused} left out")
    return 1 if n_failed or n_compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
