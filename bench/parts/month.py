"""The month of each plan of datasets/."""
import csv, os, shutil, subprocess, tempfile, time

from measuring import timed


def measure(build):
    waymark, rows = os.path.join(build, 'waymark'), []
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(os.listdir('datasets')):
            if not os.path.exists(f'datasets/{name}/plan.ini'):
                continue
            plan = shutil.copytree(f'datasets/{name}', f'{folder}/{name}', ignore=shutil.ignore_patterns('waymark.db', 'out'))
            with open(f'{plan}/indicators.csv') as f:
                n = sum(1 for _ in csv.reader(f)) - 1
            start = time.monotonic()
            subprocess.run([waymark, 'run', plan, '--quiet'], check=True)
            first = time.monotonic() - start
            again, peak = timed([waymark, 'run', plan, '--quiet'])
            rows.append([name, n, f'{first:.2f}', f'{again:.2f}', f'{peak:.0f}'])
    yield ('month: waymark run, with an SVG chart a series and the exception report in HTML and PDF',
           ['plan', 'indicators', 'first run, s', 'again, s', 'peak MiB'], rows)
