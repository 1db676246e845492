#!/usr/bin/env python3
"""Keeps the README's outputs real: each block after `<!-- output: COMMAND -->` is what COMMAND prints.

Usage: docs/refresh_readme.py WAYMARK [--check]. With --check nothing is written, and a block that differs fails. `waymark` in a command
is the one named here; commands run in the project's root on a fresh copy of datasets/ called demo/.
"""
import os, re, shutil, subprocess, sys, tempfile

waymark, check = os.path.abspath(sys.argv[1]), '--check' in sys.argv
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
readme = os.path.join(root, 'README.md')
block = re.compile(r'(<!-- output: (.+?) -->\n```\n)(.*?)(```\n)', re.S)


def output(command, folder):
    env = dict(os.environ, PATH=os.path.dirname(waymark) + os.pathsep + os.environ['PATH'])
    return subprocess.run(['bash', '-c', command], cwd=folder, env=env, stdout=subprocess.PIPE, text=True).stdout


with tempfile.TemporaryDirectory() as folder:
    shutil.copytree(os.path.join(root, 'datasets'), os.path.join(folder, 'demo'), ignore=shutil.ignore_patterns('waymark.db', 'out'))
    text = open(readme, encoding='utf-8').read()
    n_same = n_other = 0

    def fresh(match):
        global n_same, n_other
        now = output(match[2], folder)
        n_same += now == match[3]
        n_other += now != match[3]
        if check and now != match[3]:
            print(f'README.md differs from what this prints: {match[2]}\n{now}')
        return match[1] + now + match[4]

    text = block.sub(fresh, text)
if not check:
    open(readme, 'w', encoding='utf-8').write(text)
    n_same, n_other = n_same + n_other, 0
print(f'{n_same} passed, {n_other} failed')
sys.exit(n_other > 0 or n_same == 0)
