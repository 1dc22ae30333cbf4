#!/usr/bin/env python3
"""count-results.py TESTLOG.json: prints "passed failed skipped" of a meson run, a TAP program's cases one by one.

count-results.py --told TESTLOG.json...: prints what the cases said that failed, or passed only at their second try.
"""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'ui'))
# pylint: disable=wrong-import-position
from run_tests import SECOND_TRY  # noqa: E402

CASE = re.compile(r'^(ok|not ok) \d+([^\n]*)((?:\n#[^\n]*)*)', re.MULTILINE)
# What follows in a window test's evidence is long: its log, then every widget.
MOST_LINES = 40


def tests_of(path):
    with open(path, encoding='utf-8') as log:
        for line in log:
            test = json.loads(line)
            yield test, CASE.findall(test.get('stdout') or '')


def count(path):
    passed = failed = skipped = 0
    for test, cases in tests_of(path):
        bad = sum(1 for word, rest, _ in cases if word == 'not ok')
        skips = sum(1 for word, rest, _ in cases if word == 'ok' and '# SKIP' in rest)
        if cases:
            passed += len(cases) - bad - skips
            skipped += skips
        elif test['result'] == 'OK':
            passed += 1
        elif test['result'] == 'SKIP':
            skipped += 1
        # A program that failed on the way counts at least once, whatever its cases said.
        if test['result'] not in ('OK', 'SKIP'):
            bad = max(bad, 1)
        failed += bad
    print(passed, failed, skipped)


def tell(path):
    for test, cases in tests_of(path):
        told = [case for case in cases if case[0] == 'not ok' or SECOND_TRY in case[1]]
        for word, rest, said in told:
            print(f"\n{'FAILED' if word == 'not ok' else 'PASSED ONLY AT THE SECOND TRY'}: {test['name']}:{rest}")
            print('\n'.join(said.strip('\n').split('\n')[:MOST_LINES]))
        if test['result'] not in ('OK', 'SKIP') and not any(word == 'not ok' for word, _, _ in told):
            print(f"\n{test['result']}: {test['name']}")
            print('\n'.join((test.get('stderr') or test.get('stdout') or '').splitlines()[-MOST_LINES:]))


if sys.argv[1] == '--told':
    for PATH in sys.argv[2:]:
        tell(PATH)
else:
    count(sys.argv[1])
