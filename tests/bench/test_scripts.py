#!/usr/bin/env python3
"""What the benchmarks' scripts decide: what is not run, what is said of a figure, and which text is replaced."""
import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
# pylint: disable=wrong-import-position
import bench_growth  # noqa: E402
import bench_machine  # noqa: E402
import bench_tables  # noqa: E402


def load_script(name):
    loader = importlib.machinery.SourceFileLoader(name.replace('-', '_'), str(HERE / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def judge_instructions(found):
    with contextlib.redirect_stdout(io.StringIO()) as output:
        is_good = load_script('count-instructions').judge({'whole': found}, {'whole': 1000})
    return is_good, output.getvalue()


class FakeGrowth(bench_growth.Growth):
    """Programs that end as they are told to, instead of real ones."""

    def __init__(self, **figures):
        super().__init__(HERE, HERE, 100)
        self.most_kb = 4_000_000
        self.programs = [('program', ['sh'])]
        self.figures = {'seconds': 1.0, 'peak_kb': 1000, 'status': 0, 'is_late': False, **figures}
        self.n_runs = 0

    def run_once(self, command, path):
        self.n_runs += 1
        return self.figures


class Instructions(unittest.TestCase):
    def test_ten_per_cent(self):
        self.assertTrue(judge_instructions(1100)[0])
        self.assertFalse(judge_instructions(1101)[0])

    def test_gain_is_to_be_recorded(self):
        is_good, text = judge_instructions(800)
        self.assertTrue(is_good)
        self.assertIn('--record', text)
        self.assertNotIn('--record', judge_instructions(950)[1])


class Growth(unittest.TestCase):
    def measure(self, growth, packets):
        return list(growth.measure(packets, __file__))[0]

    def test_quick_program_is_run_three_times(self):
        growth = FakeGrowth()
        self.assertEqual(self.measure(growth, 1000)['seconds'], 1.0)
        self.assertEqual(growth.n_runs, 3)

    def test_slow_program_is_run_once(self):
        growth = FakeGrowth(seconds=50.0)
        self.assertEqual(self.measure(growth, 1000)['rounds'], 1)
        self.assertEqual(growth.n_runs, 1)

    def test_foreseeably_slow_size_is_left_out(self):
        growth = FakeGrowth(seconds=50.0)
        self.measure(growth, 1000)
        self.assertIn('100 s', self.measure(growth, 3000)['not_run'])
        self.assertEqual(growth.n_runs, 1)

    def test_foreseeably_large_size_is_left_out(self):
        growth = FakeGrowth(peak_kb=2_000_000)
        self.measure(growth, 1000)
        self.assertIn('memory', self.measure(growth, 3000)['not_run'])

    def test_failure_has_no_figures(self):
        growth = FakeGrowth(status=1)
        line = self.measure(growth, 1000)
        self.assertNotIn('seconds', line)
        self.assertIn('status 1', line['not_run'])
        growth.figures = {**growth.figures, 'status': 0}
        self.assertIn('status 1', self.measure(growth, 3000)['not_run'])

    def test_missing_program(self):
        growth = FakeGrowth()
        growth.programs = [('program', ['no-such-program-anywhere'])]
        self.assertEqual(self.measure(growth, 1000)['not_run'], 'not installed')


class Tables(unittest.TestCase):
    def test_only_the_section_is_replaced(self):
        readme = f'before\n\n{bench_tables.BEGIN}\nold\n{bench_tables.END}\n\nafter\n'
        replaced = bench_tables.replace_section(readme, r'new \1')
        self.assertEqual(replaced, f'before\n\n{bench_tables.BEGIN}\n\nnew \\1\n{bench_tables.END}\n\nafter\n')
        self.assertEqual(bench_tables.replace_section(replaced, r'new \1'), replaced)
        with self.assertRaises(ValueError):
            bench_tables.replace_section('nothing', 'new')

    def test_readme_has_the_marks(self):
        self.assertIn('x', bench_tables.replace_section((HERE / 'README.md').read_text(encoding='utf-8'), 'x'))

    def test_bound_is_told(self):
        self.assertNotIn('not reached', bench_tables.judge(1.25, 1.25))
        self.assertIn('not reached', bench_tables.judge(1.26, 1.25))

    def test_every_kind_is_written(self):
        figures = {'packets': 1000, 'flows': 10, 'hosts': 5, 'rounds': 7, 'reference': 'loop', 'reference_ms': 100, 'load_ms': 90,
                   'analysis_ms': 40, 'open_ms': 130, 'click_ms': 3, 'peak_kb': 50000, 'budget_kb': 40000}
        section = bench_tables.write_section([
            {'kind': 'open', 'file': 'normal.pcap', **figures},
            {'kind': 'open', 'file': 'small.pcap', 'error': 'no | such'},
            {'kind': 'memory', 'file': 'normal.pcap', **figures},
            {'kind': 'start', 'program': 'empty', 'ms': 100, 'least_ms': 90, 'most_ms': 110, 'rounds': 7},
            {'kind': 'growth', 'program': 'a', 'packets': 1000, 'seconds': 1.5, 'peak_kb': 1000},
            {'kind': 'growth', 'program': 'b', 'packets': 1000, 'not_run': 'not installed'},
            {'kind': 'left out', 'what': 'large.pcap', 'why': 'no room'}], [('date', 'today')])
        for text in ('1.30 x **(not reached)**', 'no / such', '1.25 x **(not reached)**', '| empty | 100 ms', '| a | 1.50 s |',
                     '| b | not run |', '- b, 1,000 packets: not installed', '- large.pcap: no room'):
            self.assertIn(text, section)


class Machine(unittest.TestCase):
    def test_versions_are_found(self):
        self.assertRegex(bench_machine.find_version('cc', '--version'), r'^\d+\.\d+')
        self.assertIsNone(bench_machine.find_version('no-such-program-anywhere', '--version'))
        self.assertGreater(bench_machine.get_memory_kb('MemTotal'), 100_000)


if __name__ == '__main__':
    unittest.main()
