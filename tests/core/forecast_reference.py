#!/usr/bin/env python3
"""The pooled model in another language, from docs/methods-forecast.md: dense algebra, bisection, no library.

Usage: forecast_reference.py GOLDEN [--check]. Works out every figure that tests/core/forecast_reference*.csv ask for, and writes them
anew; with --check only says by how much they differ. Slow, and meant to be: nothing here is shared with the library.
"""
import csv, math, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = sys.argv[1]
NAN = float('nan')

# q, phi, s2, b2, g; the odds of each are 1, and 0.3 of those with a slope that lasts
SEASONAL_PLAIN = [(q, phi, s2, 0, 0) for q in (.1, .5, 2) for phi in (.8, 1) for s2 in (.5, 2)]
SEASONAL_SLOPE = [(.02, 1, .5, b2, g) for g in (.98, .99) for b2 in (.3, 1, 3)]
SEASONAL = SEASONAL_PLAIN + SEASONAL_SLOPE
SEASONAL_WEIGHTS = [1 / 13.8] * len(SEASONAL_PLAIN) + [.3 / 13.8] * len(SEASONAL_SLOPE)
SEASONAL_COMMON = [(q, 1, s2, 0, 0) for q in (.02, .1, .5) for s2 in (30, 100)]
YEARLY = [(q, phi, 0, b2, .8) for q in (.1, .5, 2) for phi, b2 in ((.5, 0), (.8, 0), (.8, .1), (1, 0), (1, .5), (1, 2))]
YEARLY_WEIGHTS = [1 / 18] * len(YEARLY)
YEARLY_COMMON = [(q, 1, 0, b2, .8) for q in (.5, 2, 5) for b2 in (.5, 2)]
BUILTIN = {12: (.20, .08), 4: (.30, .10), 3: (.30, .10), 2: (.35, .12), 1: (.45, .15)}  # logit, log
LOAD_PRECISION, LOAD_DEFLATION, LOAD_MIN = .5, 3, .05
DRIFT, DRIFT_YEAR = .013, .05
NU, A0, CENTRE = 4.1, 3, .5
K0, ALPHA, B_SERIES = 4, 10, 2


def median(values):
    v = sorted(values)
    return .5 * (v[(len(v) - 1) // 2] + v[len(v) // 2])


# --- Student's t -----------------------------------------------------------------------------------------------------------------
def beta_fraction(a, b, x):
    """Continued fraction of the incomplete beta (Abramowitz and Stegun 26.5.8, by Lentz)."""
    c, d = 1, 1 - (a + b) * x / (a + 1)
    d = 1 / d
    h = d
    for m in range(1, 500):
        for step in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                     -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / (1 + step * d), 1 + step / c
            h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return h


def t_cdf(x, df):
    w = df / (df + x * x)
    if w >= 1:
        return .5
    front = math.exp(math.lgamma(df / 2 + .5) - math.lgamma(df / 2) - .5 * math.log(math.pi) + df / 2 * math.log(w) + .5 * math.log1p(-w))
    if w < (df / 2 + 1) / (df / 2 + 2.5):
        tail = front * beta_fraction(df / 2, .5, w) / df
    else:
        tail = .5 - front * beta_fraction(.5, df / 2, 1 - w)
    return 1 - tail if x > 0 else tail


# --- measurement -----------------------------------------------------------------------------------------------------------------
class Series:
    def __init__(self, t, y, num, den):
        self.t, self.y, self.num, self.den = t[-60:], y[-60:], num[-60:], den[-60:]


def link_kind(group):
    return 'identity' if math.isnan(group['low']) and math.isnan(group['high']) else 'log' if math.isnan(group['high']) else 'logit'


def own_units(group, s):
    d = [min(u, 1 - u) for u in ((y - group['low']) / (group['high'] - group['low']) for y in s.y)]
    d = [x for x in d if x > 0]
    return min(max(1 / min(d), 20), 10000) if d else NAN


def measure(group, units, s):
    kind, n = link_kind(group), len(s.t)
    s.units = [1.0] * n
    if kind == 'identity':
        s.z, s.V = list(s.y), [0.0] * n
        s.back = lambda z: z
    elif kind == 'log':
        low = group['low']
        u = [y - low for y in s.y]
        has_num = all(not math.isnan(x) and x >= 0 for x in s.num)
        is_count = low == 0 and all(y == math.floor(y) for y in s.y)
        c = max(.3 * sum(u) / n, .5 if is_count else 0) or 1
        ratios = [a / max(b, .5) for a, b in zip(u, s.num) if b > 0]
        unit = 1 if is_count else median(ratios) if ratios else 0
        s.z = [math.log(x + c) for x in u]
        s.V = []
        for x, k in zip(u, s.num):
            xe = max(x, .5 * unit)
            s.V.append((xe / (xe + c)) ** 2 / max(k if has_num else x, .5) if unit else 0)
        U = max(u) + c
        def back(z):
            v = (math.exp(z) if z <= math.log(U) else U * (1 + z - math.log(U))) - c
            return low if v < .5 * unit or v < 0 else low + v
        s.back = back
        s.forth = lambda y: (lambda v: math.log(v) if v <= U else math.log(U) + (v - U) / U)(max(y - low, .5 * unit) + c)
        s.unit = unit
    else:
        lo, hi = group['low'], group['high']
        has_den = not math.isnan(s.den[0])
        guess = own_units(group, s)
        guess = units if math.isnan(guess) else guess
        s.z, s.V = [], []
        for i, y in enumerate(s.y):
            N = s.den[i] if has_den else guess
            x = s.num[i] if has_den else (y - lo) / (hi - lo) * N
            p = (min(max(x, 0), N) + .5) / (N + 1)
            s.units[i] = N
            s.z.append(math.log(p / (1 - p)))
            s.V.append(1 / ((N + 1) * p * (1 - p)) if has_den or y <= lo or y >= hi else 0)
    s.N = median(s.units[-group['P']:])
    if kind == 'logit':
        N = s.N
        def back(z):
            x = (N + 1) / (1 + math.exp(-z)) - .5
            return lo if x < .5 else hi if x > N - .5 else lo + (hi - lo) * x / N
        s.back = back
        def forth(y):
            p = (min(max((y - lo) / (hi - lo) * N, .5), N - .5) + .5) / (N + 1)
            return math.log(p / (1 - p))
        s.forth = forth


def changes(s):
    return [((s.z[i] - s.z[i - 1]) ** 2 / (s.t[i] - s.t[i - 1]), s.V[i] + s.V[i - 1]) for i in range(1, len(s.t))]


def scale_of(s, m2, s02):
    rows = [(.5 * d, m2 / (m2 + v)) for d, v in changes(s)]
    s2 = s02
    for _ in range(20):
        s2 = (sum(w * 5 / (4 + h / s2) * h for h, w in rows) + K0 * s02) / (sum(w for _, w in rows) + K0)
    return s2


def standardise(s, m2, s02):
    s.s2 = scale_of(s, m2, s02)
    s.sd = math.sqrt(s.s2)
    s.x = [z / s.sd for z in s.z]
    s.R = [v / s.s2 for v in s.V]
    s.W = [1 / (1 + r) for r in s.R]
    s.lam = 1.0
    s.m = sum(w * x for w, x in zip(s.W, s.x)) / sum(s.W)


def level(s, f):
    s.m = sum(w * (x - s.lam * g) for w, x, g in zip(s.W, s.x, f)) / sum(s.W)


def residual(s, f):
    return sum(w * (x - s.m - s.lam * g) ** 2 for w, x, g in zip(s.W, s.x, f)) / sum(s.W)


def load(s, f):
    v = max(LOAD_DEFLATION * residual(s, f), 1e-9)
    xf = sum(w * (x - s.m) * g for w, x, g in zip(s.W, s.x, f)) / v
    ff = sum(w * g * g for w, g in zip(s.W, f)) / v
    s.lam = max((xf + LOAD_PRECISION) / (ff + LOAD_PRECISION), LOAD_MIN)


def settle(s, f):
    for _ in range(4):
        level(s, f)
        load(s, f)
    level(s, f)


# --- kernels ---------------------------------------------------------------------------------------------------------------------
def covariance(kernel, P, a, b):
    q, phi, s2, b2, g = kernel
    i, j = min(a, b) + 1, max(a, b) + 1
    k = 100 + (q * i if phi == 1 else q / (1 - phi * phi) * phi ** (j - i))
    if s2 and P > 1:
        k += s2 * ((P / (P - 1) if (j - i) % P == 0 else 0) - 1 / (P - 1))
    return k + b2 * (i * (1 + g) / (1 - g) - 2 * g * (1 - g ** i) / (1 - g) ** 2 + g * (1 - g ** i) * (1 - g ** (j - i)) / (1 - g) ** 2)


class Gaussian:
    """Readings at times t, noise 1 + R: C C' = K + noise."""
    def __init__(self, kernel, P, t, R):
        self.kernel, self.P, self.t = kernel, P, [x - t[0] for x in t]
        n = len(t)
        self.C = [[0.0] * n for _ in range(n)]
        for i in range(n):
            for j in range(i + 1):
                v = covariance(kernel, P, self.t[i], self.t[j]) + (1 + R[i] if i == j else 0)
                v -= sum(self.C[i][k] * self.C[j][k] for k in range(j))
                self.C[i][j] = math.sqrt(v) if i == j else v / self.C[j][j]
        self.log_det = sum(math.log(self.C[i][i]) for i in range(n))

    def whiten(self, e):
        u = []
        for i, row in enumerate(self.C):
            u.append((e[i] - sum(row[k] * u[k] for k in range(i))) / row[i])
        return u

    def at(self, u, tau):
        w = self.whiten([covariance(self.kernel, self.P, a, tau) for a in self.t])
        return sum(a * b for a, b in zip(w, u)), covariance(self.kernel, self.P, tau, tau) + 1 - sum(a * a for a in w)


def innovation(u, centre, lost):
    b0, total = A0 * centre, 2 * A0 + len(u) - lost
    s2 = (2 * b0 + sum(x * x for x in u)) / total
    for _ in range(12):
        s2 = (2 * b0 + sum((NU + 1) * x * x / (NU + x * x / s2) for x in u)) / total
    return s2, (-.5 * len(u) * math.log(s2) - .5 * (NU + 1) * sum(math.log1p(x * x / (s2 * NU)) for x in u) - A0 * math.log(s2) - b0 / s2)


def shares(logs):
    top = max(logs)
    p = [math.exp(x - top) for x in logs]
    return [x / sum(p) for x in p]


# --- learning --------------------------------------------------------------------------------------------------------------------
def common_path(prior, batch):
    t0, t1 = min(s.t[0] for s in batch), max(s.t[-1] for s in batch)
    seen = sorted({t for s in batch for t in s.t})
    for _ in range(3):
        f = {}
        for t in seen:
            v, w = zip(*[((s.x[s.t.index(t)] - s.m) / s.lam, s.W[s.t.index(t)] * s.lam ** 2) for s in batch if t in s.t])
            m = sum(a * b for a, b in zip(v, w)) / sum(w)
            for _ in range(3):
                c = 2.5 * 1.4826 * median([abs(x - m) for x in v])
                m += sum(b * min(max(x - m, -c), c) for x, b in zip(v, w)) / sum(w)
            f[t] = m
        mean = sum(f.values()) / len(f)
        f = {t: x - mean for t, x in f.items()}
        for s in batch:
            g = [f[t] for t in s.t]
            level(s, g)
            load(s, g)
        average = sum(s.lam for s in batch) / len(batch)
        for s in batch:
            s.lam /= average
    S = len(batch)
    vf = sum(x * x for x in f.values()) / len(f)
    ve = sum(residual(s, [f[t] for t in s.t]) for s in batch) / S * S / (S - 1) if S > 1 else 0
    kappa = {t: max(0, 1 - ve / (sum(s.W[s.t.index(t)] for s in batch if t in s.t) * vf)) if S > 1 and vf > 0 else 0 for t in seen}
    prior['f'] = {t: f[t] * kappa[t] for t in seen}
    prior['kappa'] = sum(kappa.values()) / len(seen)
    prior['t_lo'], prior['t_hi'] = t0, t1


def prepare(prior, P):
    t = sorted(prior['f'])
    f = [prior['f'][x] for x in t]
    prior['common'] = []
    logs = []
    for kernel in SEASONAL_COMMON if P > 1 else YEARLY_COMMON:
        g = Gaussian(kernel, P, t, [0.0] * len(t))
        u = g.whiten(f)
        a, b = 1.5 + .5 * len(t), .1 + .5 * sum(x * x for x in u)
        logs.append(-g.log_det - a * math.log(b))
        prior['common'].append((g, u, b / (a - 1)))
    prior['common_p'] = shares(logs)


def path_at(prior, P, t):
    if prior['kappa'] <= 0 or t < min(prior['f']):
        return 0, 0
    if t in prior['f']:
        return prior['f'][t], 0
    rows = [(g.at(u, t - min(prior['f'])), scale) for g, u, scale in prior['common']]
    mean = sum(p * m for p, ((m, _), _) in zip(prior['common_p'], rows))
    variance = sum(p * (m * m + scale * v) for p, ((m, v), scale) in zip(prior['common_p'], rows)) - mean * mean
    h = t - max(prior['f'])
    return mean, variance + ((DRIFT if P > 1 else DRIFT_YEAR) * h * h * prior['kappa'] if h > 0 else 0)


def learn(group, batch):
    P, kind = group['P'], link_kind(group)
    units = [x for x in (own_units(group, s) for s in batch) if not math.isnan(x)] if kind == 'logit' else []
    prior = {'pseudo': median(units) if units else 200.0}
    for s in batch:
        measure(group, prior['pseudo'], s)
    builtin = {'logit': BUILTIN[P][0] ** 2, 'log': BUILTIN[P][1] ** 2, 'identity': NAN}[kind]
    floor = .0625 * builtin if kind != 'identity' else max(1e-12, 1e-6 * median([z * z for s in batch for z in s.z]))
    def blend(learnt, typical):
        return math.exp((len(batch) * math.log(learnt) + B_SERIES * math.log(typical)) / (len(batch) + B_SERIES))
    m2 = max(median([d for s in batch for d, _ in changes(s)]), floor)
    s02 = max(median([sum(.5 * d for d, _ in changes(s)) / (len(s.t) - 1) for s in batch]), floor)
    for _ in range(2):
        s02 = max(median([scale_of(s, m2, s02) for s in batch]), floor)
        if kind != 'identity':
            s02 = blend(s02, builtin)
    prior.update(m2=m2, s02=s02, centre=CENTRE)
    for s in batch:
        standardise(s, m2, s02)
    common_path(prior, batch)
    if prior['kappa'] > 0:
        prepare(prior, P)
    kernels = SEASONAL if P > 1 else YEARLY
    builtin = SEASONAL_WEIGHTS if P > 1 else YEARLY_WEIGHTS
    prior['w'] = builtin
    lost = 2 if P == 1 else 0
    for s in batch:
        standardise(s, m2, s02)
        s.f = [path_at(prior, P, t)[0] for t in s.t]
        settle(s, s.f)
        s.g = [Gaussian(k, P, s.t, s.R) for k in kernels]
        e = [x - s.m - s.lam * f for x, f in zip(s.x, s.f)]
        s.u = [g.whiten(e) for g in s.g]
    def judge():
        for s in batch:
            rows = [innovation(u, prior['centre'], lost) for u in s.u]
            s.v, s.ll = [r[0] for r in rows], [r[1] - g.log_det for r, g in zip(rows, s.g)]
    for _ in range(2):
        judge()
        typical = [sum(p * v for p, v in zip(shares([l + math.log(w) for l, w in zip(s.ll, prior['w'])]), s.v)) for s in batch]
        prior['centre'] = blend(median(typical), CENTRE)
    judge()
    for _ in range(10):
        posts = [shares([l + math.log(w) for l, w in zip(s.ll, prior['w'])]) for s in batch]
        prior['w'] = [(sum(p[k] for p in posts) + ALPHA * builtin[k]) / (len(batch) + ALPHA) for k in range(len(kernels))]
    return prior


# --- forecasts -------------------------------------------------------------------------------------------------------------------
def mixture(group, prior, s, h):
    P = group['P']
    tau = s.t[-1] - s.t[0]
    mean_f, var_f = path_at(prior, P, s.t[-1] + h)
    other = future_noise(group, s) + s.lam ** 2 * var_f
    parts = []
    for p, g, u, v in zip(post(prior, s), s.g, s.u, s.v):
        mean, variance = g.at(u, tau + h)
        ratio = max(variance / g.at(u, tau + 1)[1], 1)
        vi = variance * v * NU / (NU - 2)
        vt = vi + other
        df = min(4 + (NU - 4) * ratio * (vt / vi) ** 2, 100)
        parts.append((p, (mean + s.m + s.lam * mean_f) * s.sd, s.sd * math.sqrt(vt * (df - 2) / df), df))
    return parts


def post(prior, s):
    return shares([l + math.log(w) for l, w in zip(s.ll, prior['w'])])


def future_noise(group, s):
    r = s.R[-group['P']:]
    return sum(r) / len(r)


def cdf(parts, z):
    return sum(p * t_cdf((z - m) / sc, df) for p, m, sc, df in parts)


def z_quantile(parts, p):
    lo = min(m - sc for _, m, sc, _ in parts)
    hi = max(m + sc for _, m, sc, _ in parts)
    width = hi - lo
    while cdf(parts, lo) > p:
        lo -= width
        width *= 2
    while cdf(parts, hi) < p:
        hi += width
        width *= 2
    for _ in range(80):
        mid = .5 * (lo + hi)
        lo, hi = (mid, hi) if cdf(parts, mid) < p else (lo, mid)
    return .5 * (lo + hi)


def chance(group, s, parts, way, target):
    lo, hi = group['low'], group['high']
    kind = link_kind(group)
    if kind == 'identity':
        at = cdf(parts, target)
        return 1 - at if way == 'higher' else at
    if way == 'higher':
        return 1.0 if target <= lo else 0.0 if target > hi else 1 - cdf(parts, s.forth(target))
    return 0.0 if target < lo else 1.0 if target >= hi else cdf(parts, s.forth(target))


def figure(group, prior, s, what, h, arg):
    plain = {'sd': s.sd, 'level': s.m, 'load': s.lam, 'future_den': s.N, 'v_future': future_noise(group, s)}
    if what in plain:
        return plain[what]
    if what == 'component_p':
        return post(prior, s)[int(arg)]
    if what == 'component_ll':
        return s.ll[int(arg)]
    parts = mixture(group, prior, s, h)
    if what == 'quantile':
        return s.back(z_quantile(parts, arg))
    if what == 'mean':
        return sum(s.back(z_quantile(parts, (i + .5) / 40)) for i in range(40)) / 40
    return chance(group, s, parts, what[7:], arg)


# --- batches ---------------------------------------------------------------------------------------------------------------------
INLINE = {'pct3': (12, 0, 1, None, [.5, .52, .49], 0), 'const1': (12, 0, 1, None, [1.0] * 8, 0), 'const0': (12, 0, 1, None, [0.0] * 8, 0),
          'nd1': (12, 0, 1, None, [1.0] * 6, 20), 'gaps': (12, 0, 1, [0, 1, 4, 9, 10], [.5, .52, .49, .6, .58], 0),
          'counts': (12, 0, NAN, None, [0, 0, 0, 0, 1, 0], 0), 'weeks': (12, 0, NAN, None, [12.5, 13.1, 12.8, 14.2], 0),
          'score': (12, NAN, NAN, None, [-3, 2, 1, 0, 4, -2], 0), 'annual3': (1, 0, 1, None, [.5, .55, .7], 0),
          'quarter': (4, 0, NAN, None, [1000, 1200, 900, 1100, 1100, 1300, 1000, 1200], 0)}


def published(group_name, single, origin):
    with open(f'{GOLDEN}/milestone_cases.input.csv') as f:
        ids = sorted({r['series_id'] for r in csv.DictReader(f) if (r['series_id'] == single if single else r['group'] == group_name)})
    is_count = group_name == 'att' if group_name else '-att' in single
    yearly = group_name in ('timely', 'appeal')
    group = {'P': 1 if yearly else 12, 'low': 0.0, 'high': NAN if is_count else 1.0}
    rows = {i: [] for i in ids}
    with open(f'{GOLDEN}/milestone.input.csv') as f:
        for r in csv.DictReader(f):
            if r['series_id'] in rows and r['date'] <= origin:
                y, m = int(r['date'][:4]), int(r['date'][5:7])
                num, den = (NAN, NAN) if is_count else (float(r['numerator']), float(r['denominator']))
                rows[r['series_id']].append((y if yearly else 12 * y + m - 1, float(r['value']) if is_count else num / den, num, den))
    batch = {}
    for i in ids:
        if rows[i]:
            batch[i] = Series(*[list(c) for c in zip(*sorted(rows[i]))])
    return group, batch


def make_batch(name):
    if name.startswith('inline '):
        P, low, high, t, y, den = INLINE[name[7:]]
        n = len(y)
        group = {'P': P, 'low': low, 'high': high}
        s = Series(t or list(range(n)), list(map(float, y)), [v * den for v in y] if den else [NAN] * n, [float(den)] * n if den else [NAN] * n)
        return group, {name[7:]: s}
    text, origin = name.split('@')
    return published(None, text[7:], origin) if text.startswith('single ') else published(text, None, origin)


def rows_of(path):
    with open(path) as f:
        return list(csv.DictReader(f))


def main():
    paths = [os.path.join(HERE, 'forecast_reference_learned.csv'), os.path.join(HERE, 'forecast_reference.csv')]
    learned, forecasts = map(rows_of, paths)
    worst, made = 0, {}
    for r in learned + forecasts:
        if r['batch'] not in made:
            group, batch = make_batch(r['batch'])
            members = [batch[i] for i in sorted(batch) if len(batch[i].t) >= 3]
            made[r['batch']] = (group, batch, learn(group, members))
        group, batch, prior = made[r['batch']]
        if 'name' in r:
            key, i = r['name'], r['index']
            if r['batch'].startswith('inline') and key in ('f', 't_lo', 't_hi') or key == 'common_p' and prior['kappa'] <= 0:
                continue
            if key.startswith('factor'):
                value = path_at(prior, group['P'], prior['t_hi'] + int(i))[key == 'factor_var']
            else:
                value = prior[key][int(i)] if i else prior[key]
        else:
            one = next(s for i, s in batch.items() if i == r['series'] or len(batch) == 1)
            value = figure(group, prior, one, r['what'], int(r['h'] or 0), float(r['arg'] or 'nan'))
        error = abs(value - float(r['value'])) / max(abs(value), 1e-3)
        if error > 1e-6 and '--check' in sys.argv:
            print(r, value)
        worst = max(worst, error)
        r['value'] = repr(value)
    print(f'largest relative difference {worst:.2g}')
    if '--check' not in sys.argv:
        for path, rows in zip(paths, (learned, forecasts)):
            with open(path, 'w', newline='') as f:
                out = csv.DictWriter(f, list(rows[0]), lineterminator='\n')
                out.writeheader()
                out.writerows(rows)


main()
