"""The extension beside the embedded engine, in a server of its own."""
import sys

from measuring import printed


def measure(build):
    printed([sys.executable, 'bench/bench_postgres.py', build], 'postgres')
    return ()
