"""The figures as tables of the README."""
import re

# What opening may take, as a multiple of its reference.
TO_REACH = {'normal.pcap': 1.25, 'normal.pcapng': 1.5, 'small.pcap': 1.5, 'small.pcapng': 1.5, 'scan.pcap': 3, 'scan.pcapng': 3,
            'normal.pcap.gz': 1.1, 'normal.pcap.zst': 1.1}
START_TO_REACH = 2
# What a step in a window may take, as a multiple of what it is compared with.
WINDOW_TO_REACH = {'filter: strongest host': 1 / 20, 'filter: a third of the time': 1 / 10, 'filter: BPF': 1,
                   'packets: sorted by payload': 1}
TURN_TO_REACH_MS = 33
BEGIN = '<!-- Written by run-benchmarks, down to the end mark. -->'
END = '<!-- The end mark. -->'


def table(header, rows):
    lines = ['| ' + ' | '.join(header) + ' |', '|---' + '|---:' * (len(header) - 1) + '|']
    return lines + ['| ' + ' | '.join(row) + ' |' for row in rows] + ['']


def judge(value, most):
    return f'{value:.2f} x' + ('' if value <= most else ' **(not reached)**')


def as_seconds(milliseconds):
    return f'{milliseconds / 1000:.3f} s'


def as_megabytes(kilobytes):
    return f'{kilobytes * 1024 / 1e6:,.0f} MB'


def write_open(lines):
    rows = []
    for line in lines:
        name = line['file']
        if 'error' in line:
            rows.append([name, 'could not be read: ' + line['error'].replace('|', '/')] + [''] * 6)
            continue
        most = TO_REACH[name]
        rows.append([name, f'{line["packets"]:,}', f'{line["reference"]} {as_seconds(line["reference_ms"])}',
                     as_seconds(line['load_ms']), as_seconds(line['analysis_ms']), as_seconds(line['open_ms']),
                     judge(line['open_ms'] / line['reference_ms'], most), f'{most} x',
                     f'{as_seconds(line["click_ms"])}, {line["click_ms"] / line["open_ms"]:.2f} x'])
    rounds = next((line['rounds'] for line in lines if 'rounds' in line), 0)
    return ['### Opening', '', f'Medians of {rounds} rounds, the steps in turns, the file in memory. Open is load and analysis; '
            'its ratio is to the reference. A click is the analysis of the strongest host; its ratio is to open.', '',
            *table(['capture', 'packets', 'reference', 'load', 'analysis', 'open', 'ratio', 'to reach', 'click'], rows)]


def write_memory(lines):
    rows = [[line['file'], f'{line["packets"]:,}', f'{line["flows"]:,}', f'{line["hosts"]:,}', as_megabytes(line['peak_kb']),
             as_megabytes(line['budget_kb']), judge(line['peak_kb'] / line['budget_kb'], 1),
             as_seconds(line['open_ms']), f'{line["open_ms"] * 1000 / line["packets"]:.2f} µs'] for line in lines if 'error' not in line]
    return ['### Memory', '', 'The most memory of a process that opens one capture (VmHWM), beside 24 bytes a packet, 64 a flow, 96 a '
            'host and 32 MB; and how long opening took, once, in all and a packet.', '',
            *table(['capture', 'packets', 'flows', 'hosts', 'peak', 'budget', 'of the budget', 'open', 'a packet'], rows)]


def write_start(lines):
    empty = lines[0]['ms'] if lines else 1
    rows = [[line['program'], f'{line["ms"]:.0f} ms', f'{line["least_ms"]:.0f} to {line["most_ms"]:.0f} ms',
             judge(line['ms'] / empty, START_TO_REACH)] for line in lines]
    return ['### Start', '', 'From starting the process to the first painted window, seen from outside on Xvfb with cairo drawing: '
            f'medians of {lines[0]["rounds"] if lines else 0} rounds in turns. To reach: under {START_TO_REACH} x.', '',
            *table(['window', 'median', 'least to most', 'ratio'], rows)]


def write_window(lines):
    text = ['### In a window', '', 'One capture used in a real window on Xvfb, drawn in software: the time until the figures of a step were '
            'there (of pages, zoom, jumps and layout: the processor time of one), the longest turn of the main loop until everything was '
            f'drawn, and how much of that was its own work. To reach: turns under {TURN_TO_REACH_MS} ms.', '']
    for packets in sorted({line['packets'] for line in lines}):
        rows = []
        for line in (line for line in lines if line['packets'] == packets):
            ratio = ''
            if 'reference' in line:
                value = line['ms'] / line['reference_ms']
                most = WINDOW_TO_REACH.get(line['step'])
                # What takes no time on a small capture tells nothing.
                ratio = (f'{value:.3f} x' if most is None or packets < 1_000_000 or value <= most else f'{value:.3f} x **(not reached)**')
                ratio += f' {line["reference"]}' + (f', to reach {most:g} x' if most is not None else '')
            turn = f'{line["longest_ms"]:.0f} ms' + ('' if line['longest_ms'] < TURN_TO_REACH_MS else ' **(not reached)**')
            rows.append([line['step'], f'{line["ms"]:.0f} ms', ratio, turn, f'{line["longest_own_ms"]:.0f} ms'])
        text += [f'{packets:,} packets:', '', *table(['step', 'time', 'ratio', 'longest turn', 'its own'], rows)]
    return text


def as_cell(line, write):
    if line is None:
        return ''
    return write(line) if 'seconds' in line else 'not run'


def write_growth(lines):
    sizes = sorted({line['packets'] for line in lines})
    programs = list(dict.fromkeys(line['program'] for line in lines))
    found = {(line['program'], line['packets']): line for line in lines}
    reasons = [f'- {line["program"]}, {line["packets"]:,} packets: {line["not_run"]}' for line in lines if 'not_run' in line]
    text = ['### Growth', '', 'Whole processes over captures of the normal shape: the median of three runs in turns, or one run of '
            'what takes longer than 20 s; the most memory of any run.', '', '![Time and memory against packets](growth.png)', '']
    for title, write in (('time', lambda line: f'{line["seconds"]:.2f} s'), ('memory', lambda line: as_megabytes(line['peak_kb']))):
        text += table([title] + [f'{size:,}' for size in sizes],
                      [[name] + [as_cell(found.get((name, size)), write) for size in sizes] for name in programs])
    return text + (['Not run:', '', *reasons, ''] if reasons else [])


def write_section(lines, machine):
    """The whole section, as Markdown."""
    def of_kind(kind):
        return [line for line in lines if line['kind'] == kind]

    text = ['## Figures', '', *table(['', ''], [[name, words] for name, words in machine])]
    for kind, write in (('open', write_open), ('memory', write_memory), ('start', write_start), ('window', write_window), ('growth', write_growth)):
        if of_kind(kind):
            text += write(of_kind(kind))
    left_out = of_kind('left out')
    if left_out:
        text += ['### Left out', '', *[f'- {line["what"]}: {line["why"]}' for line in left_out], '']
    return '\n'.join(text).rstrip('\n') + '\n'


def replace_section(readme, section):
    """@readme with its generated section replaced."""
    pattern = re.compile(re.escape(BEGIN) + '.*?' + re.escape(END), re.DOTALL)
    if not pattern.search(readme):
        raise ValueError(f'README.md has no lines “{BEGIN}” and “{END}”')
    return pattern.sub(lambda match: f'{BEGIN}\n\n{section}\n{END}', readme)
