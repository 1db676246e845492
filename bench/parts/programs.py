"""The benchmark programs that print tables of their own."""
import os, sys

from measuring import printed

OTHERS = ('bench_charts', 'bench_smoothing', 'bench_nation', 'bench_aggregates')  # are run by other parts


def measure(build):
    folder = os.path.join(build, 'bench')
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.startswith('bench_') and name not in OTHERS and os.access(path, os.X_OK) and os.path.isfile(path):
            print(f'\n{name[6:]}', flush=True)
            printed([path], name[6:])
    return ()
