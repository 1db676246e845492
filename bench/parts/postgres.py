"""The extension beside the embedded engine, in a server of its own."""
import subprocess, sys


def measure(build):
    subprocess.run([sys.executable, 'bench/bench_postgres.py', build], check=False)
    return ()
