"""Trajectory charts beside gnuplot."""
import csv, os, shutil, subprocess, tempfile

from measuring import cpu_seconds

GNUPLOT = '''set terminal pngcairo size 960,540
set output '{out}'
set xdata time
set timefmt '%Y-%m'
set yrange [0:100]
set title 'EHC plans issued within 20 weeks'
plot '{data}' using 1:2 with linespoints title 'Reading', '' using 1:3 with lines title 'Path', '' using 1:4:5 with filledcurves title 'Range'
unset output
'''


def measure(build):
    out = subprocess.run([os.path.join(build, 'bench', 'bench_charts')], capture_output=True, text=True, check=True).stdout
    rows = [r for r in csv.reader(out.splitlines())][1:]
    rate = {r[0]: float(r[1]) for r in rows}
    table = [[f'Waymark {f}', f'{float(r):.0f}', b, ''] for f, r, b in rows]
    if shutil.which('gnuplot'):
        n = 40
        with tempfile.TemporaryDirectory() as folder:
            data = f'{folder}/data.txt'
            with open(data, 'w') as f:
                for i in range(60):
                    f.write(f'{2020 + i // 12}-{i % 12 + 1:02d} {30 + i / 2 + i * 7 % 9} {30 + i * .7} {25 + i / 2} {45 + i / 2}\n')
            script = f'{folder}/plot.gp'
            with open(script, 'w') as f:
                for i in range(n):
                    f.write(GNUPLOT.format(out=f'{folder}/{i}.png', data=data))
            seconds = cpu_seconds(['gnuplot', script])
        table.append(['gnuplot pngcairo', f'{n / seconds:.0f}', '', f'Waymark png is {rate["png"] * seconds / n:.1f} times as fast'])
    else:
        table.append(['gnuplot pngcairo', 'not installed', '', ''])
    yield ('charts: trajectory charts of 60 readings, 960x540, a second of one core', ['writer', 'charts a second', 'bytes', ''], table)
