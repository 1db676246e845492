#!/usr/bin/env python3
"""Theil and Sen's line with steps in another language, from docs/methods-trend-models.md: every pair written out, no library.

Usage: theil_sen_reference.py [--check]. Writes tests/core/theil_sen_reference.csv anew: readings, steps and every figure asked of them;
with --check only says whether the file is the same.
"""
import math, os, random, sys
from fractions import Fraction

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'theil_sen_reference.csv')
Z = 1.959963984540054


def sign(x):
    return (x > 0) - (x < 0)


def median(values):
    v = sorted(values)
    return .5 * (v[(len(v) - 1) // 2] + v[len(v) // 2])


def at_rank(values, rank):
    """The ordered value of a rank from 1 that need not be whole, and lies within them."""
    v, rank = sorted(values), min(max(rank, 1), len(values))
    i = int(rank)
    return v[i - 1] + (rank - i) * ((v[i] if i < len(v) else v[i - 1]) - v[i - 1])


def interval(values, variance):
    c = Z * math.sqrt(variance)
    return at_rank(values, (len(values) - c) / 2), at_rank(values, (len(values) + c) / 2 + 1)


def ties(values):
    return [values.count(v) for v in set(values)]


def block_variance(block):
    """Kendall's variance of S with ties in both."""
    n, t, y = len(block), ties([r[0] for r in block]), ties([r[1] for r in block])
    if n < 2:
        return 0
    v = (n * (n - 1) * (2 * n + 5) - sum(u * (u - 1) * (2 * u + 5) for u in t + y)) / 18
    v += sum(u * (u - 1) for u in t) * sum(u * (u - 1) for u in y) / (2 * n * (n - 1))
    if n > 2:
        v += sum(u * (u - 1) * (u - 2) for u in t) * sum(u * (u - 1) * (u - 2) for u in y) / (9 * n * (n - 1) * (n - 2))
    return v


def exact_p(sizes, s):
    """By the number of orders with so many pairs out of order: coefficients of the product of 1 + q + ... + q^(m-1)."""
    counts = [1]
    for size in sizes:
        for m in range(2, size + 1):
            longer = [0] * (len(counts) + m - 1)
            for i, c in enumerate(counts):
                for j in range(m):
                    longer[i + j] += c
            counts = longer
    few = (len(counts) - 1 - abs(s)) // 2
    return float(min(Fraction(1), 2 * Fraction(sum(counts[:few + 1]), sum(counts))))


def q_normal(x):
    return .5 * math.erfc(x / math.sqrt(2))


def figures(readings, steps):
    """Name, index and value of everything; steps in any order."""
    ordered = sorted(steps)
    blocks = [[r for r in readings if sum(r[0] >= s for s in steps) == g] for g in range(len(steps) + 1)]
    pairs = [(a, b) for block in blocks for i, a in enumerate(block) for b in block[i + 1:]]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs if a[0] != b[0]]
    slope, variance = median(slopes), sum(block_variance(b) for b in blocks)
    low, high = interval(slopes, variance)
    yield from [('slope', 0, slope), ('slope_low', 0, low), ('slope_high', 0, high)]

    shifts = []
    for before, after in zip(blocks, blocks[1:]):
        between = [(b[1] - slope * b[0]) - (a[1] - slope * a[0]) for a in before for b in after]
        m, k = len(before), len(after)
        lo, hi = interval(between, m * k * (m + k + 1) / 3)
        shifts.append({'value': median(between), 'low': lo, 'high': hi, 'm': m, 'k': k,
                       'time': median([b[0] - a[0] for a in before for b in after]),
                       'few': (m * k - Z * math.sqrt(m * k * (m + k + 1) / 3)) / 2 < 1})
    for i, s in enumerate(steps):
        shift = shifts[ordered.index(s)]
        yield from [('step', i, shift['value']), ('step_low', i, shift['low']), ('step_high', i, shift['high'])]

    def steps_by(t, values):
        return sum(v for s, v in zip(ordered, values) if t >= s)

    values, times = [x['value'] for x in shifts], [r[0] for r in readings]
    left = [y - steps_by(t, values) for t, y in readings]
    before_any = median([v - slope * t for v, t in zip(left, times)])
    yield ('intercept_median_residual', 0, before_any)
    yield ('intercept_median_median', 0, median(left) - slope * median(times))

    s = sum(sign(b[0] - a[0]) * sign(b[1] - a[1]) for a, b in pairs)
    z = (s - sign(s)) / math.sqrt(variance)
    comparable = [sum(a[i] != b[i] for a, b in pairs) for i in (0, 1)]
    is_exact = len(readings) < 50 and comparable == [len(pairs)] * 2
    yield from [('s', 0, s), ('variance', 0, variance), ('z', 0, z), ('p', 0, 2 * q_normal(abs(z))),
                ('tau', 0, s / math.sqrt(comparable[0] * comparable[1])),
                ('tau_p', 0, exact_p([len(b) for b in blocks], s) if is_exact else 2 * q_normal(abs(s) / math.sqrt(variance)))]

    # errors: what is uncorrelated, and where it leads to
    n = len(readings)
    scale = median([abs(v - slope * t - before_any) for v, t in zip(left, times)]) / .6745
    share = [sum(t >= s for t in times) / n for s in ordered]
    errors = [math.sqrt(math.pi / 2) * scale / math.sqrt(n), (high - low) / 2 / Z]
    for x in shifts:
        by_rank = (x['high'] - x['low']) / 2 / Z
        errors.append(max(by_rank, math.sqrt(math.pi / 3) * scale * math.sqrt(1 / x['m'] + 1 / x['k'])) if x['few'] else by_rank)
    centre_time = median([t - sum(x['time'] * ((t >= s) - f) for x, s, f in zip(shifts, ordered, share)) for t in times])

    def moved(t, by):
        """Link at t when centre, slope and shifts move by so much."""
        moves = [by[2 + k] - x['time'] * by[1] for k, x in enumerate(shifts)]
        centre = by[0] - centre_time * by[1]
        return centre - sum(f * v for f, v in zip(share, moves)) + by[1] * t + steps_by(t, moves)

    def error_of(function):
        unit = lambda i: [float(i == j) for j in range(len(errors))]
        lead, total = [function(unit(i)) * e for i, e in enumerate(errors)], 0
        for i, a in enumerate(lead):
            for j, b in enumerate(lead):
                if i == j:
                    total += a * a
                elif min(i, j) >= 2 and abs(i - j) == 1:
                    x, w = shifts[min(i, j) - 2], shifts[max(i, j) - 2]
                    total -= a * b / x['k'] / math.sqrt((1 / x['m'] + 1 / x['k']) * (1 / w['m'] + 1 / w['k']))
        return math.sqrt(max(total, 0))

    yield from [('scale', 0, scale), ('slope_error', 0, errors[1])]
    for i, at in enumerate(steps):
        k = ordered.index(at)
        yield ('step_error', i, error_of(lambda by: by[2 + k] - shifts[k]['time'] * by[1]))
    for t in (min(times), median(times), max(times) + 1, max(times) + 10):
        yield ('link', t, before_any + slope * t + steps_by(t, values))
        yield ('link_error', t, error_of(lambda by: moved(t, by)))


def cases():
    draw = random.Random(20261126)
    plan = [('plain', 12, [], 3), ('plain ties', 15, [], 0), ('half', 12, [7], 3), ('half ties', 20, [11], 0), ('late', 30, [28], 3),
            ('last', 10, [10], 3), ('second', 9, [2], 3), ('two', 24, [9, 17], 3), ('two backwards', 24, [17, 9], 3),
            ('three close', 30, [12, 13, 15], 3), ('five', 40, [5, 11, 18, 26, 33], 3), ('long', 60, [31], 3), ('long ties', 64, [20, 40], 0),
            ('ten', 36, [4, 7, 10, 13, 16, 19, 22, 25, 28, 31], 3), ('few', 5, [4], 3), ('fewest', 4, [3], 3)]
    for name, n, steps, digits in plan:
        readings = []
        for i in range(n):
            level = 20 + .2 * i + sum(3 for s in steps if i + 1 >= s)
            readings.append((float(i + 1), round(level + draw.gauss(0, 2), digits)))
        yield name, readings, [float(s) for s in steps]
    times = sorted(draw.sample(range(1, 60), 18))
    uneven = [(t + .5, round(50 - .1 * t + (6 if t >= 30 else 0) + draw.gauss(0, 1.5), 3)) for t in times]
    draw.shuffle(uneven)
    yield 'uneven and out of order', uneven, [30.0]
    yield 'times that repeat', [(float(i // 2), round(10 + .5 * (i // 2) + draw.gauss(0, 1), 1)) for i in range(20)], [6.0]


def text():
    rows = ['case,what,at,value']
    for name, readings, steps in cases():
        rows += ['%s,y,%r,%r' % (name, t, y) for t, y in readings]
        rows += ['%s,at,%d,%r' % (name, i, s) for i, s in enumerate(steps)]
        rows += ['%s,%s,%r,%r' % ((name,) + figure) for figure in figures(readings, steps)]
    return '\n'.join(rows) + '\n'


if __name__ == '__main__':
    if sys.argv[1:] == ['--check']:
        same = open(PATH).read() == text()
        print('the same' if same else 'differs')
        sys.exit(not same)
    open(PATH, 'w').write(text())
