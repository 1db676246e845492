"""Exponential smoothing beside R's forecast::ets, the same series and models, one core's own time each."""
import csv, os, shutil, statistics, subprocess, tempfile


def measure(build):
    program = os.path.join(build, 'bench', 'bench_smoothing')
    ours = dict(csv.reader(subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()))
    peer = {}
    with tempfile.TemporaryDirectory() as folder:
        with open(f'{folder}/series.csv', 'w') as f:
            subprocess.run([program, '--series'], stdout=f, check=True)
        if shutil.which('Rscript'):
            run = subprocess.run(['Rscript', 'bench/ets_peer.R', f'{folder}/series.csv'], capture_output=True, text=True)
            peer = dict(csv.reader(run.stdout.splitlines())) if run.returncode == 0 else {}
    pooled = [name for name in ours if name in peer and ' ' not in name]  # the six that both fit alike; what follows has a season or a choice
    if pooled:
        ours['those six, each of all series'], peer['those six, each of all series'] = (statistics.mean(float(side[name]) for name in pooled) for side in (ours, peer))
    rows = []
    for name, us in ours.items():
        ratio = f'{float(peer[name]) / float(us):.0f}' if name in peer else ''
        rows.append([name, f'{1e6 / float(us):.0f}', f'{1e6 / float(peer[name]):.1f}' if name in peer else '', ratio])
    if not peer:
        print('\nforecast::ets is not installed (Rscript with r-cran-forecast): no peer')
    yield ('smoothing: series of 24 readings a second, one core', ['model', 'Waymark', "R's ets", 'times'], rows)
