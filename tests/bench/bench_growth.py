"""Time and memory of PacketLens and of other programs over captures of growing size."""
import json
import os
import shutil
import statistics
import subprocess

from bench_machine import get_memory_kb

# Programs that take longer are run once a size, the others so many times in turns.
QUICK_SECONDS = 20
ROUNDS = 3


def list_programs(build, here):
    """Rows of (name, command without the file). The first two are also drawn on their own."""
    return [
        ('PacketLens --summary', [build / 'app/ui/packetlens', '--summary']),
        ('bare libpcap loop', [build / 'tests/bench/bench-bare-loop']),
        ('capinfos', ['capinfos']),
        ('tcpdump -nn -q', ['tcpdump', '-nn', '-q', '-r']),
        ('tshark -z conv,ip', ['tshark', '-n', '-q', '-z', 'conv,ip', '-r']),
        ('notebook (scapy, pandas)', ['/usr/bin/python3', here / 'bench-notebook.py']),
    ]


class Growth:
    """Runs each program while it may be expected to end within the limit and the machine's memory."""

    def __init__(self, build, here, most_seconds):
        self.build = build
        self.most_seconds = most_seconds
        self.most_kb = int(get_memory_kb('MemAvailable') * 0.85)
        self.programs = list_programs(build, here)
        self.last = {}  # program: (packets, figures) of its largest run
        self.given_up = {}  # program: why

    def run_once(self, command, path):
        run = subprocess.run([self.build / 'tests/bench/bench-run', str(self.most_seconds), str(self.most_kb // 1000),
                              *command, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
        return json.loads(run.stdout)

    def why_not(self, name, command, packets):
        """Why @name is not to be run on so many packets, or None. What is foreseen here is never a figure."""
        if name in self.given_up:
            return self.given_up[name]
        if shutil.which(command[0]) is None:
            return 'not installed'
        if name in self.last:
            before, figures = self.last[name]
            if figures['seconds'] * packets / before > self.most_seconds:
                return f'more than {self.most_seconds} s to be expected'
            if figures['peak_kb'] * packets / before > self.most_kb and figures['peak_kb'] > 1_000_000:
                return 'more memory to be expected than there is'
        return None

    def run_first(self, name, command, packets, path):
        """The first run at a size: its figures, or a dictionary that says why there are none."""
        reason = self.why_not(name, command, packets)
        if reason is None:
            figures = self.run_once(command, path)
            if figures['is_late']:
                reason = self.given_up[name] = f'stopped after {self.most_seconds} s'
            elif figures['status'] != 0:
                reason = self.given_up[name] = f'ended with status {figures["status"]}'
            else:
                self.last[name] = packets, figures
                return figures
        return {'not_run': reason}

    def measure(self, packets, path):
        """Lines of JSON for one capture: a program's median time and largest memory, or why it was not run."""
        runs = {name: [self.run_first(name, command, packets, path)] for name, command in self.programs}
        for _ in range(ROUNDS - 1):
            for name, command in self.programs:
                if runs[name][0].get('seconds', QUICK_SECONDS) < QUICK_SECONDS:
                    runs[name].append(self.run_once(command, path))
        for name, figures in runs.items():
            line = {'kind': 'growth', 'program': name, 'packets': packets, 'bytes': os.path.getsize(path)}
            if 'not_run' in figures[0]:
                yield {**line, 'not_run': figures[0]['not_run']}
            else:
                yield {**line, 'seconds': statistics.median(run['seconds'] for run in figures),
                       'peak_kb': max(run['peak_kb'] for run in figures), 'rounds': len(figures)}
