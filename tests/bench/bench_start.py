#!/usr/bin/env python3
"""bench_start.py BUILD ROUNDS CAPTURE: the time to the first painted window, on the display it is run on; lines of JSON.

Of an empty libadwaita window, of PacketLens, and of PacketLens with a capture, in turns, after one round that counts for nothing.
"""
import json
import pathlib
import statistics
import subprocess
import sys
import time


def main():
    build, rounds, capture = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    programs = {
        'empty libadwaita window': [build / 'tests/bench/bench-empty-window'],
        'PacketLens': [build / 'app/ui/packetlens'],
        'PacketLens with ring.pcap': [build / 'app/ui/packetlens', capture],
    }
    found = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, command in programs.items():
            run = subprocess.run([build / 'tests/bench/bench-first-paint', *command], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True, check=False)
            if run.returncode != 0:
                sys.exit(f'{name}: {run.stderr}')
            if turn > 0:
                found[name].append(float(run.stdout))
            time.sleep(0.3)  # the bus and the X server clear up after the program that ended
    for name, times in found.items():
        print(json.dumps({'kind': 'start', 'program': name, 'ms': statistics.median(times), 'least_ms': min(times),
                          'most_ms': max(times), 'rounds': rounds}))


if __name__ == '__main__':
    main()
