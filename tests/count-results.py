#!/usr/bin/env python3
"""count-results.py TESTLOG.json: prints "passed failed skipped" of a meson run, a TAP program's cases one by one."""
import json
import re
import sys

passed = failed = skipped = 0
with open(sys.argv[1], encoding='utf-8') as log:
    for line in log:
        test = json.loads(line)
        cases = re.findall(r'^(ok|not ok) \d+([^\n]*)', test.get('stdout') or '', re.MULTILINE)
        bad = sum(1 for word, rest in cases if word == 'not ok')
        skips = sum(1 for word, rest in cases if word == 'ok' and '# SKIP' in rest)
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
