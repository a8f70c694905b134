"""The slow obvious twin of every function in kernels/: plain Python, one number at a time.

Arguments and results are lists; a missing value is NaN. Nothing here is shared with kernels/.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

NAN = math.nan


def known(values: Sequence[float]) -> list[float]:
    return [x for x in values if 0 < x < math.inf]


def measured(values: Sequence[float]) -> list[float]:
    return [x if 0 < x < math.inf else NAN for x in values]


def throughput_component(t: Sequence[float]) -> list[float]:
    return [x / max(known(t)) if 0 < x < math.inf else NAN for x in t]


def latency_component(latency: Sequence[float]) -> list[float]:
    return [min(known(latency)) / x if 0 < x < math.inf else NAN for x in latency]


def memory_relative(m: Sequence[float]) -> list[float]:
    return latency_component(m)


def memory_range(m: Sequence[float]) -> list[float]:
    out = []
    for x in m:
        if not 0 < x < math.inf:
            out.append(NAN)
        elif max(known(m)) == min(known(m)):
            out.append(0.5)
        else:
            out.append(1 - (x - min(known(m))) / (max(known(m)) - min(known(m))))
    return out


def memory_headroom(m: Sequence[float], capacity: Sequence[float]) -> list[float]:
    both = zip(m, capacity, strict=True)
    return [max(0.0, min(1.0, 1 - x / c)) if 0 < x < math.inf and 0 < c < math.inf else NAN for x, c in both]


def complete(component: Sequence[float]) -> bool:
    return len(component) > 0 and not any(math.isnan(x) for x in component)


def normalise_weights(w: Sequence[float]) -> list[float]:
    return list(w) if abs(sum(w) - 1) < 1e-12 else [x / sum(w) for x in w]


def drop_criteria(weights: Sequence[float], used: Sequence[bool]) -> list[float]:
    kept = [w if u else 0.0 for w, u in zip(weights, used, strict=True)]
    return normalise_weights(kept) if any(kept) else [NAN, NAN, NAN]


def weighted_sum(
    t: Sequence[float], latency: Sequence[float], m: Sequence[float], w_t: float, w_l: float, w_m: float
) -> list[float]:
    out = []
    for components in zip(t, latency, m, strict=True):
        pairs = zip((w_t, w_l, w_m), components, strict=True)
        out.append(sum(weight * component for weight, component in pairs if weight != 0))
    return out


def confidence(n: Sequence[int]) -> list[float]:
    return [0.0 if x < 1 else min(1.0, 0.5 + 0.1 * x) for x in n]


def suitability(compatibility: Sequence[float], c: Sequence[float]) -> list[float]:
    return [a * b for a, b in zip(compatibility, c, strict=True)]


def competition_ranks(score: Sequence[float]) -> list[int]:
    ranked = [x for x in score if not math.isnan(x)]
    return [len(ranked) + 1 if math.isnan(x) else 1 + sum(other > x for other in ranked) for x in score]


MEMORY = {0: lambda m, _: memory_relative(m), 1: lambda m, _: memory_range(m), 2: memory_headroom}


def score_groups(
    offsets: Sequence[int],
    t: Sequence[float],
    latency: Sequence[float],
    m: Sequence[float],
    n: Sequence[int],
    weights: Sequence[float],
    modes: Sequence[int],
    capacity: Sequence[float],
) -> dict[str, list]:
    """The fields of ``scores.Scores``, group by group."""
    names = ("throughput", "latency", "memory", "used", "compatibility", "confidence", "suitability")
    out: dict[str, list] = {name: [] for name in names}
    for g, (a, b) in enumerate(pairwise(offsets)):
        components = (
            throughput_component(t[a:b]),
            latency_component(latency[a:b]),
            MEMORY[modes[g]](m[a:b], capacity[a:b]),
        )
        used = [complete(component) for component in components]
        group_weights = drop_criteria(normalise_weights(weights), used)
        compatibility = weighted_sum(*components, *group_weights)
        c = confidence(n[a:b])
        columns = (*components, [used], compatibility, c, suitability(compatibility, c))
        for name, column in zip(names, columns, strict=True):
            out[name] += column
    return out


# kernels/groups.py


def group_ids(keys: Sequence[Sequence[int]]) -> tuple[list[int], int]:
    rows = list(zip(*keys, strict=True))
    distinct = sorted(set(rows))
    return [distinct.index(row) for row in rows], len(distinct)


def group_layout(ids: Sequence[int], n_groups: int) -> dict[str, list[int]]:
    members = [[i for i, group in enumerate(ids) if group == g] for g in range(n_groups)]
    offsets = [sum(len(rows) for rows in members[:g]) for g in range(n_groups + 1)]
    return {"offsets": offsets, "order": [i for rows in members for i in rows]}


# kernels/moments.py


def group_moments(
    ids: Sequence[int], values: Sequence[Sequence[float]], n_groups: int, status: Sequence[int]
) -> dict[str, list[list[float]]]:
    """In exact fractions, rounded once."""
    out: dict[str, list[list[float]]] = {"count": [], "mean": [], "variance": []}
    for column in values:
        groups: list[list[float]] = [[] for _ in range(n_groups)]
        for group, x, code in zip(ids, column, status, strict=True):
            if code == 0 and math.isfinite(x):
                groups[group].append(x)
        out["count"].append([len(group) for group in groups])
        out["mean"].append(
            [float(statistics.mean(map(Fraction, group))) if group else NAN for group in groups]
        )
        out["variance"].append(
            [float(statistics.variance(map(Fraction, group))) if len(group) > 1 else NAN for group in groups]
        )
    return out


# kernels/student.py


def density(t: float, degrees: float) -> float:
    scale = math.gamma((degrees + 1) / 2) / math.gamma(degrees / 2) / math.sqrt(degrees * math.pi)
    return scale * (1 + t * t / degrees) ** (-(degrees + 1) / 2)


def upper_tail(t: float, degrees: float) -> float:
    """By Simpson's rule over the angle arctan(t/√ν), in which the density is a power of the cosine."""
    steps, first = 1000, math.atan(t / math.sqrt(degrees))
    width = (math.pi / 2 - first) / steps
    heights = [abs(math.cos(first + i * width)) ** (degrees - 1) for i in range(steps + 1)]
    area = heights[0] + heights[-1] + 4 * sum(heights[1::2]) + 2 * sum(heights[2:-1:2])
    return density(0.0, degrees) * math.sqrt(degrees) * area * width / 3


def cdf(t: float, degrees: float) -> float:
    return 1 - upper_tail(t, degrees) if t > 0 else upper_tail(-t, degrees)


def quantile(p: float, degrees: float) -> float:
    """By bisection."""
    low, high = -1e3, 1e3
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle, degrees) < p else (low, middle)
    return (low + high) / 2


# kernels/percentiles.py


def binomial_cdf(t: int, n: int, q: float) -> float:
    return sum(math.comb(n, k) * q**k * (1 - q) ** (n - k) for k in range(min(t, n) + 1))


def suffices(t: int, n: int, p: float, confidence: float) -> bool:
    return n > t and binomial_cdf(t, n, 1 - p) <= 1 - confidence


def floor(p: float, confidence: float, t: int = 1) -> int:
    return next(n for n in range(1, 10_000) if suffices(t, n, p, confidence))


def samples_needed(p: float, confidence: float, n_effective: float) -> int:
    return max(0, floor(p, confidence) - int(n_effective))


def largest_t(p: float, confidence: float, n: int) -> int | None:
    return max((t for t in range(1, n) if suffices(t, n, p, confidence)), default=None)


# kernels/intervals.py, for its own prior: 4 readings of 2 %


def median(values: Sequence[float]) -> float:
    ordered, n = sorted(values), len(values)
    return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2


def squares(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((x - mean) ** 2 for x in values)


def half_width(degrees: int, sum_of_squares: float, share: float) -> float:
    shrunken = (4 * 0.02**2 + sum_of_squares) / (4 + degrees)
    widths = [quantile(0.975, 4 + degrees) * math.sqrt(shrunken * share)]
    if degrees:
        widths.append(quantile(0.975, degrees) * math.sqrt(sum_of_squares / degrees * share))
    return max(widths)


def median_share(n: int) -> float:
    return (1.2533**2 if n >= 3 else 1) / n


def half_widths(n: Sequence[int], sums_of_squares: Sequence[float]) -> list[float]:
    return [half_width(m - 1, s, median_share(m)) for m, s in zip(n, sums_of_squares, strict=True)]


def location_interval(values: Sequence[float]) -> tuple[float, float, float]:
    n, centre = len(values), median(values)
    half = half_width(n - 1, squares([math.log(x) for x in values]), median_share(n))
    return centre / math.exp(half), centre, centre * math.exp(half)


def log_ratio_interval(first: Sequence[float], second: Sequence[float]) -> tuple[float, float, float]:
    a, b = ([math.log(x) for x in values] for values in (first, second))
    degrees, both = len(a) + len(b) - 2, squares(a) + squares(b)
    medians = math.log(median(second) / median(first))
    means = sum(b) / len(b) - sum(a) / len(a)
    wide = half_width(degrees, both, median_share(len(a)) + median_share(len(b)))
    narrow = half_width(degrees, both, 1 / len(a) + 1 / len(b))
    return min(medians - wide, means - narrow), medians, max(medians + wide, means + narrow)


def order_statistic_interval(values: Sequence[float]) -> tuple[float, float, float] | None:
    ordered, n = sorted(values), len(values)
    covering = [k for k in range(1, n // 2 + 1) if 1 - 2 * binomial_cdf(k - 1, n, 0.5) >= 0.95]
    return (ordered[max(covering) - 1], median(values), ordered[n - max(covering)]) if covering else None


# kernels/intervals.py and kernels/pairs.py: the sign test's binomial, counted


def upper_half_tail(n: int, successes: int) -> Fraction:
    """P(Binomial(n, 1/2) ≥ successes)."""
    return Fraction(sum(math.comb(n, k) for k in range(successes, n + 1)), 2**n)


def order_statistic_rank(n: int, confidence: float) -> int:
    # P(fewer than k of n lie below the median) on both sides
    ranks = [k for k in range(1, n + 1) if 2 * upper_half_tail(n, n - k + 1) <= Fraction(1.0 - confidence)]
    return max(ranks, default=0)


def log_ratios(base: Sequence[float], head: Sequence[float], larger_is_better: bool) -> list[float]:
    out = []
    for b, h in zip(measured(base), measured(head), strict=True):
        out.append(math.log(b) - math.log(h) if larger_is_better else math.log(h) - math.log(b))
    return out


def compare_pairs(
    offsets: Sequence[int], d: Sequence[float], delta: Sequence[float], confidence: float
) -> dict[str, list]:
    """The fields of ``pairs.PairComparisons``, benchmark by benchmark."""
    names = ("count", "above", "below", "estimate", "low", "high", "p_value")
    out: dict[str, list] = {name: [] for name in names}
    for (a, b), tolerance in zip(pairwise(offsets), delta, strict=True):
        known_pairs = sorted(x for x in d[a:b] if math.isfinite(x))
        n, limit = len(known_pairs), math.log1p(tolerance)
        above = sum(x > limit for x in known_pairs)
        k = order_statistic_rank(n, confidence)
        row = (
            n,
            above,
            sum(x < limit for x in known_pairs),
            (known_pairs[(n - 1) // 2] + known_pairs[n // 2]) / 2 if n else NAN,
            known_pairs[k - 1] if k else NAN,
            known_pairs[n - k] if k else NAN,
            float(upper_half_tail(n, above)),
        )
        for name, value in zip(names, row, strict=True):
            out[name].append(value)
    return out


def pairs_needed(
    count: Sequence[int], above: Sequence[int], below: Sequence[int], confidence: float
) -> list[float]:
    least = next(n for n in range(1, 99) if order_statistic_rank(n, confidence))
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    out = []
    for n, one, other in zip(count, above, below, strict=True):
        wrong = (n - max(one, other)) / n if n else NAN
        out.append(float(max(least, math.ceil((z / (1 - 2 * wrong)) ** 2))) if wrong < 0.5 else math.inf)
        if n == 0:
            out[-1] = NAN
    return out


def family_pairs(benchmarks: int, rate: float) -> int:
    return next(n for n in range(99) if benchmarks * 0.5**n <= rate)


# kernels/false_discovery.py


def adjusted_p_values(p_values: Sequence[float]) -> list[float]:
    tested = sorted(p for p in p_values if not math.isnan(p))
    m = len(tested)
    raised = [p * (m / (k + 1)) for k, p in enumerate(tested)]
    return [NAN if math.isnan(p) else min(raised[tested.index(p) :]) for p in p_values]


# kernels/threshold.py


def gate_threshold(estimates: Sequence[float], least: float) -> tuple[float, float, int]:
    recent = sorted(abs(x) for x in [x for x in estimates if math.isfinite(x)][-100:])
    if len(recent) < 30:
        return least, NAN, len(recent)
    quartiles = []
    for share in (0.25, 0.75):
        place = share * (len(recent) - 1)
        low, part = int(place), place - int(place)
        quartiles.append(recent[low] + part * (recent[min(low + 1, len(recent) - 1)] - recent[low]))
    noise = math.expm1(quartiles[1] + 3 * (quartiles[1] - quartiles[0]))
    return max(least, min(noise, 3 * least)), noise, len(recent)


# kernels/change_points.py


def change_points(
    offsets: Sequence[int],
    values: Sequence[float],
    level: float,
    permutations: int,
    shortest: int,
    seed: Sequence[int],
) -> dict[str, list]:
    """The fields of ``change_points.ChangePoints``, series by series, every permutation tried."""
    out: dict[str, list] = {"offsets": [0], "index": [], "p_value": []}
    for (a, b), key in zip(pairwise(offsets), seed, strict=True):
        places = [i for i in range(b - a) if math.isfinite(values[a + i])]
        series = [values[a + i] for i in places]
        for at, p in steps(series, 0, len(series), level, permutations, shortest, key):
            out["index"].append(places[at])
            out["p_value"].append(p)
        out["offsets"].append(len(out["index"]))
    return out


def steps(
    x: Sequence[float], start: int, end: int, level: float, permutations: int, shortest: int, key: int
) -> list[tuple[int, float]]:
    """The change points of ``x[start:end]`` with their p-values, from left to right."""
    segment = x[start:end]
    best, at = best_split(segment, shortest)
    if at == 0:
        return []
    segment_key = random_word(random_word(key, start), end)
    as_good = 0
    for r in range(1, permutations + 1):
        other = best_split(permuted(segment, random_word(segment_key, r)), shortest)[0]
        as_good += other >= best * (1 - 1e-9)
    p = (1 + as_good) / (1 + permutations)
    if p > level:
        return []
    middle, rest = start + at, (level, permutations, shortest, key)
    return [*steps(x, start, middle, *rest), (middle, p), *steps(x, middle, end, *rest)]


def best_split(x: Sequence[float], shortest: int) -> tuple[float, int]:
    """The largest of the scaled energy distances between x[:a] and x[a:], and the first a that has it."""
    best, at = -1.0, 0
    for a in range(shortest, len(x) - shortest + 1):
        first, second = x[:a], x[a:]
        n, m = len(first), len(second)
        between = sum(abs(one - other) for one in first for other in second) / (n * m)
        inside = [
            sum(abs(one - other) for one in side for other in side) / (len(side) * (len(side) - 1))
            for side in (first, second)
        ]
        q = n * m / (n + m) * (2 * between - sum(inside))
        if q > best:
            best, at = q, a
    return best, at


def permuted(x: Sequence[float], key: int) -> list[float]:
    out: list[float] = []
    for i, value in enumerate(x):
        out.append(value)
        j = (random_word(key, i) >> 32) * (i + 1) >> 32
        out[i], out[j] = out[j], value
    return out


def random_word(key: int, counter: int) -> int:
    """SplitMix64's word ``counter`` after the seed ``key``."""
    z = (key + (counter + 1) * 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)
