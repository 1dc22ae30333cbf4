"""What the figures were taken on: processor, memory, system, and the versions of every program in them."""
import os
import pathlib
import re
import subprocess


def read_field(path, name):
    match = re.search(rf'^{name}\s*[:=]\s*"?([^"\n]*)', pathlib.Path(path).read_text(encoding='utf-8'), re.MULTILINE)
    return match.group(1).strip() if match else 'unknown'


def get_memory_kb(name):
    """A row of /proc/meminfo, such as MemTotal or MemAvailable."""
    return int(read_field('/proc/meminfo', name).split()[0])


def first_line(*command):
    """The first line of what a program says, or None where it is not installed."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    lines = (run.stdout + run.stderr).strip().splitlines()
    return lines[0] if lines else ''


def find_version(*command):
    match = re.search(r'\d+(\.\d+)+\S*', first_line(*command) or '')
    return match.group(0).rstrip('.,)') if match else None


def describe(build, load):
    """Rows of (what, text). @load: of the machine before the run, in processors."""
    top = pathlib.Path(__file__).resolve().parents[2]
    options = first_line('meson', 'introspect', '--buildoptions', str(build)) or ''
    build_type = re.search(r'"name": "buildtype", "value": "(\w+)"', options)
    lto = re.search(r'"name": "b_lto", "value": (\w+)', options)
    programs = {
        'gcc': find_version('cc', '--version'), 'libpcap': find_version('pkg-config', '--modversion', 'libpcap'),
        'tshark': find_version('tshark', '--version'), 'capinfos': find_version('capinfos', '--version'),
        'tcpdump': find_version('tcpdump', '--version'), 'gzip': find_version('gzip', '--version'),
        'zstd': find_version('zstd', '--version'),
        'scapy': find_version('/usr/bin/python3', '-c', 'import scapy; print(scapy.VERSION)'),
        'pandas': find_version('/usr/bin/python3', '-c', 'import pandas; print(pandas.__version__)'),
        'GTK': find_version('pkg-config', '--modversion', 'gtk4'),
        'libadwaita': find_version('pkg-config', '--modversion', 'libadwaita-1'),
    }
    return [
        ('date', first_line('date', '-u', '+%Y-%m-%d')),
        ('processor', f'{read_field("/proc/cpuinfo", "model name")}, {os.cpu_count()} cores'),
        ('memory', f'{get_memory_kb("MemTotal") / 1024 ** 2:.1f} GiB'),
        ('other work', f'{load:.1f} of {os.cpu_count()} processors busy before the run'),
        ('system', f'{read_field("/etc/os-release", "PRETTY_NAME")}, Linux {os.uname().release}'),
        ('PacketLens', f'{find_version(str(build / "app/ui/packetlens"), "--version")}, commit '
                       f'{first_line("git", "-C", str(top), "rev-parse", "--short", "HEAD")}, '
                       f'{build_type.group(1) if build_type else "unknown"} build, '
                       f'link-time optimization {"on" if lto and lto.group(1) == "true" else "off"}'),
        ('versions', ', '.join(f'{name} {version}' for name, version in programs.items() if version)),
    ]
