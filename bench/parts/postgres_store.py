"""Ingest into a store on PostgreSQL beside psql's \\copy, in a server of its own."""
import subprocess, sys


def measure(build):
    subprocess.run([sys.executable, 'bench/bench_postgres_store.py', build], check=False)
    return ()
