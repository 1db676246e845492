"""Ingest into a store on PostgreSQL beside psql's \\copy, in a server of its own."""
import sys

from measuring import printed


def measure(build):
    printed([sys.executable, 'bench/bench_postgres_store.py', build], 'postgres_store')
    return ()
