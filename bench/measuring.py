"""How the parts of the bench measure: a command's time and memory, with all its processes."""
import csv, os, re, resource, statistics, subprocess, sys, threading, time

RESULTS = os.path.join('build', 'bench')


def family(pid):
    """A process and all that come from it."""
    try:
        with open(f'/proc/{pid}/task/{pid}/children') as f:
            return [pid] + [p for child in f.read().split() for p in family(int(child))]
    except OSError:
        return []


def pss_mib(pid):
    """The memory of a process and all that come from it: the sum of their proportional shares (Pss), in which a page that several share
    counts once."""
    total = 0
    for one in family(pid):
        try:
            with open(f'/proc/{one}/smaps_rollup') as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith('Pss:'))
        except OSError:
            pass
    return total / 1024


def run(command, stdin=None):
    """Wall seconds, processor seconds, and peak MiB of a command with all its processes, looked at ten times a second."""
    before, start, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), [0.0]
    child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def watch():
        while child.poll() is None:
            peak[0] = max(peak[0], pss_mib(child.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, err = child.communicate()
    watcher.join()
    if child.returncode:
        raise SystemExit(f'failed: {" ".join(command)}\n{err.decode()[-2000:]}')
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak[0]


def wait(command):
    """Wall seconds and the resources of a command that must succeed."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f'failed: {" ".join(command)}')
    return time.monotonic() - start, usage


def timed(command, runs=5):
    """Median wall seconds, after one run that is not counted, and the largest process in MiB."""
    each = [wait(command) for _ in range(runs + 1)]
    return statistics.median(seconds for seconds, _ in each[1:]), max(usage.ru_maxrss for _, usage in each) / 1024


def cpu_seconds(command, runs=3):
    """Median seconds of one core's time."""
    return statistics.median(usage.ru_utime + usage.ru_stime for _, usage in (wait(command) for _ in range(runs)))


def rows_of(lines):
    """The cells of a printed table, which at least two blanks keep apart; a line that begins with blanks beside longer ones lacks its first."""
    rows = [re.split(r'\s{2,}', line.strip()) for line in lines]
    most = max((len(row) for row in rows), default=0)
    return [[''] + row if line.startswith('  ') and len(row) == most - 1 else row for line, row in zip(lines, rows)]


def printed(command, name):
    """Runs a program that prints tables of its own, lets it print, and writes the same as CSV."""
    lines = []
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in child.stdout:
        print(line, end='', flush=True)
        lines.append(line.rstrip('\n'))
    if child.wait():
        sys.exit(f'failed: {" ".join(command)}')
    with open(os.path.join(RESULTS, f'{name}.csv'), 'w', newline='') as f:
        csv.writer(f, lineterminator='\n').writerows(rows_of([line for line in lines if line.strip()]))
