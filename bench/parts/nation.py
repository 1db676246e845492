"""The national month: generated nations of four sizes through `waymark batch`, beside what sqlite3, gnuplot, rrdtool and R take for the
parts that they can do, too.

WAYMARK_BENCH_AREAS names other sizes, as in 153,1530. Processor time is that of all processes together; memory is the sum of their
proportional shares (measuring.py). The parts (each chart, each paper) are measured on four sizes, too, and then in two processes at once.
"""
import csv, os, shutil, subprocess, tempfile

from measuring import run

N_INDICATORS, N_MONTHS = 60, 72
AREAS = [int(n) for n in os.environ.get('WAYMARK_BENCH_AREAS', '5,15,50,153').split(',')]
GNUPLOT = '''set terminal pngcairo size 960,540
set output '{out}'
set yrange [0:*]
set title 'Measure 1 of theme 1'
plot '{data}' using 1:2 with linespoints title 'Reading', '' using 1:3 with lines title 'Path', '' using 1:4:5 with filledcurves title 'Range'
unset output
'''


def deliveries(plan):
    """Received date and files of each drop, as somebody hands them over."""
    for day in sorted(os.listdir(f'{plan}/drops')):
        yield day, sorted(f'{plan}/drops/{day}/{name}' for name in os.listdir(f'{plan}/drops/{day}'))


def measure_ingest(waymark, plan, folder):
    """Every drop as a delivery to a plan that has none yet."""
    bare = shutil.copytree(plan, f'{folder}/bare', ignore=shutil.ignore_patterns('drops', 'waymark.db*', 'batch'))
    wall = cpu = peak = 0
    for day, files in deliveries(plan):
        one = run([waymark, 'ingest', bare, *files, '--received', day, '--quiet'])
        wall, cpu, peak = wall + one[0], cpu + one[1], max(peak, one[2])
    shutil.rmtree(bare)
    return wall, cpu, peak


def measure_import(plan, folder):
    """The same files into text tables of SQLite's shell: no checks, no history, a table a kind of file."""
    if not shutil.which('sqlite3'):
        return None
    script = f'{folder}/import.sql'
    with open(script, 'w') as f:
        f.write('.mode csv\n')
        for day, files in deliveries(plan):
            for path in files:
                f.write(f'.import {path} {os.path.basename(path)[:-4]}\n')
    with open(script) as f:
        figures = run(['sqlite3', f'{folder}/import.db'], stdin=f)
    os.remove(f'{folder}/import.db')
    return figures


def measure_size(waymark, generate, n_areas):
    with tempfile.TemporaryDirectory() as folder:
        plan = f'{folder}/nation'
        subprocess.run([generate, plan, str(n_areas)], check=True, stdout=subprocess.DEVNULL)
        batch = [waymark, 'batch', plan, '--every-spc', '--quiet', '--format', 'csv']
        ingest, imported = measure_ingest(waymark, plan, folder), measure_import(plan, folder)
        one = run(batch + ['--jobs', '1'])
        shutil.rmtree(f'{plan}/batch')
        os.remove(f'{plan}/waymark.db')
        two = run(batch + ['--jobs', '2'])
        again = run(batch + ['--jobs', '2'])
        n_readings = n_areas * N_INDICATORS * N_MONTHS
        return [n_areas, n_readings, f'{ingest[1]:.2f}', f'{n_readings / ingest[1]:.0f}', f'{imported[1]:.2f}' if imported else '',
                f'{one[0]:.1f}', f'{one[1]:.1f}', f'{two[0]:.1f}', f'{two[1]:.1f}', f'{one[0] / two[0]:.2f}', f'{again[0]:.2f}',
                f'{1e6 * two[1] / n_readings:.0f}', f'{one[2]:.0f}', f'{two[2]:.0f}']


SIZES_HEADER = ['areas', 'readings', 'ingest, s', 'readings a s', 'sqlite3 .import, s', '1 process, s', '(processor)', '2 processes, s',
                '(processor)', 'times as fast', 'again, s', 'us a reading', 'MiB, 1', 'MiB, 2']


UNITS = (1, 2, 4, 8)  # whose charts and papers are made
PARTS_HEADER = ['part', 'n'] + [f'ms each, {n} unit{"s" if n > 1 else ""}' for n in UNITS] + \
               ['a second', 'bytes each', 'MiB so far', 'a second, 2 at once', 'times as fast']


def begin_parts(build, plan, n_units):
    return subprocess.Popen([os.path.join(build, 'bench', 'bench_nation'), plan, str(n_units)], stdout=subprocess.PIPE, text=True)


def end_parts(child):
    """part -> its row: how many, processor seconds, bytes, MiB, wall seconds."""
    out, _ = child.communicate()
    if child.returncode:
        raise SystemExit('failed: bench_nation')
    return {row['part']: row for row in csv.DictReader(out.splitlines())}


def parts_of(build, plan):
    sizes = [end_parts(begin_parts(build, plan, n)) for n in UNITS]
    both = [end_parts(child) for child in [begin_parts(build, plan, UNITS[-1]) for _ in range(2)]]
    rows = []
    for part, row in sizes[-1].items():
        n, wall = int(row['n']), float(row['wall'])
        wall_both = max(float(one[part]['wall']) for one in both)
        ms = [f'{1e3 * float(size[part]["seconds"]) / int(size[part]["n"]):.2f}' if part in size else '' for size in sizes]
        rows.append([part, n] + ms + [f'{n / wall:.0f}', int(row['bytes']) // n, row['peak_mib'], f'{2 * n / wall_both:.0f}',
                                      f'{2 * wall / wall_both:.2f}'])
    return rows


def add_tables(plan):
    """Actions and risks, of which a generated nation has none: they are what a timeline, a tracker, and a register show."""
    with open(f'{plan}/actions.csv', 'w') as f:
        f.write('action,theme,title,owner_role,start,due,status,indicators\n')
        for i in range(36):
            f.write(f'A{i + 1:02d},T{i % 6 + 1},Action {i + 1} of theme {i % 6 + 1},Head of theme {i % 6 + 1},2023-{i % 12 + 1:02d},'
                    f'2025-{i % 9 + 1:02d},{("under way", "complete", "not started")[i % 3]},I{i + 1:02d}\n')
    with open(f'{plan}/risks.csv', 'w') as f:
        f.write('risk,title,raised,likelihood_before,impact_before,mitigation,likelihood_after,impact_after,review_due,indicators\n')
        for i in range(12):
            levels = [('Low', 'Medium', 'High')[(i // 3 ** k) % 3] for k in range(2)]
            f.write(f'R{i + 1:02d},Risk {i + 1},2020-06-01,{levels[0]},{levels[1]},Look at it each month,Low,{levels[1]},2024-12-31,I{i + 1:02d}\n')


# ---- peers of the parts ----

def series_of(waymark, plan, n):
    """The first n series of counts, as lists of numbers."""
    out = subprocess.run([waymark, 'export', plan, '--format', 'csv'], capture_output=True, text=True, check=True).stdout
    found = {}
    for row in csv.DictReader(out.splitlines()):
        if row['value']:
            found.setdefault((row['indicator'], row['unit']), []).append(row['value'])
    return [values for values in found.values() if len(values) > N_MONTHS - 8][:n]


def gnuplot_ms(series, folder):
    script, n = f'{folder}/plot.gp', 40
    with open(script, 'w') as f:
        for i in range(n):
            data = f'{folder}/{i}.txt'
            with open(data, 'w') as points:
                for m, value in enumerate(series[i % len(series)]):
                    y = float(value)
                    points.write(f'{m} {y} {y + 1} {y * .9} {y * 1.1}\n')
            f.write(GNUPLOT.format(out=f'{folder}/{i}.png', data=data))
    return 1e3 * run(['gnuplot', script])[1] / n


def rrdtool_ms(series, folder, format):
    start, step, n = 1546300800, 2592000, 40
    commands = f'{folder}/rrd.txt'
    with open(commands, 'w') as f:
        for i, values in enumerate(series[:n]):
            end = start + step * (len(values) + 1)
            f.write(f'create {folder}/{i}.rrd --start {start} --step {step} DS:v:GAUGE:{2 * step}:U:U RRA:AVERAGE:0.5:1:120\n')
            f.write(f'update {folder}/{i}.rrd ' + ' '.join(f'{start + step * (m + 1)}:{v}' for m, v in enumerate(values)) + '\n')
            f.write(f'graph {folder}/{i}.{format} --imgformat {format.upper()} --start {start} --end {end} --width 960 --height 540 '
                    f'--title Measure DEF:v={folder}/{i}.rrd:v:AVERAGE CDEF:lo=v,0.9,* CDEF:hi=v,1.1,* AREA:hi#dddddd AREA:lo#ffffff '
                    f'LINE2:v#336699:Reading HRULE:50#cc0000:Target\n')
    with open(commands) as f:
        return 1e3 * run(['rrdtool', '-'], stdin=f)[1] / min(n, len(series))


def ets_ms(series, folder):
    path = f'{folder}/series.csv'
    with open(path, 'w') as f:
        f.writelines(','.join(values) + '\n' for values in series[:12])
    done = subprocess.run(['Rscript', 'bench/nation_peer.R', path], capture_output=True, text=True)
    return float(done.stdout) if done.returncode == 0 else None


def peers_of(waymark, plan, folder, parts):
    ours, series = {row[0]: float(row[1 + len(UNITS)]) for row in parts}, series_of(waymark, plan, 40)
    asked = [('a PNG chart', 'png trajectory', 'gnuplot', 'gnuplot', lambda: gnuplot_ms(series, folder)),
             ('a PNG chart', 'png trajectory', 'rrdtool', 'rrdtool graph', lambda: rrdtool_ms(series, folder, 'png')),
             ('an SVG chart', 'svg trajectory', 'rrdtool', 'rrdtool graph', lambda: rrdtool_ms(series, folder, 'svg')),
             ('a series assessed', 'assess series', 'Rscript', 'forecast::ets, one fit', lambda: ets_ms(series, folder))]
    rows = []
    for what, part, program, name, measure_peer in asked:
        peer = measure_peer() if shutil.which(program) else None
        rows.append([what, f'{ours[part]:.2f}', name, f'{peer:.2f}' if peer else 'not installed', f'{peer / ours[part]:.1f}' if peer else ''])
    return rows


def measure(build):
    """Tables, as name, header and rows."""
    waymark, generate = (os.path.join(build, name) for name in ('waymark', 'bench/generate_national'))
    yield ('nation: the national month, processor seconds of all processes together', SIZES_HEADER,
           [measure_size(waymark, generate, n) for n in AREAS])
    with tempfile.TemporaryDirectory() as folder:
        plan = f'{folder}/nation'
        subprocess.run([generate, plan, str(UNITS[-1])], check=True, stdout=subprocess.DEVNULL)
        add_tables(plan)
        subprocess.run([waymark, 'batch', plan, '--charts', 'none', '--quiet'], check=True, stdout=subprocess.DEVNULL)
        parts = parts_of(build, plan)
        yield ('nation parts: milliseconds of one core; rates of one process, and of two at once', PARTS_HEADER, parts)
        yield ('nation peers: milliseconds of one core', ['what', 'Waymark', 'peer', 'peer, ms', 'times'], peers_of(waymark, plan, folder, parts))
