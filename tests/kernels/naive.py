"""The slow obvious twin of every function in kernels/: plain Python, one number at a time.

Arguments and results are lists; a missing value is NaN. Nothing here is shared with kernels/.
"""

from __future__ import annotations

import hashlib
import math
import statistics
import struct
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, groupby, pairwise
from statistics import NormalDist

import scipy.optimize
import scipy.special
import scipy.stats

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


def required(has: Sequence[bool], kept: Sequence[bool]) -> list[bool]:
    left = [h and k for h, k in zip(has, kept, strict=True)]
    return left if any(left) else list(kept)


def pessimistic(component: Sequence[float]) -> list[float]:
    found = [x for x in component if not math.isnan(x)]
    return [min(found) if math.isnan(x) and found else x for x in component]


def coverage(ran: int, decided: int) -> float:
    return ran / decided if decided > 0 else NAN


def score_groups(
    offsets: Sequence[int],
    t: Sequence[float],
    latency: Sequence[float],
    m: Sequence[float],
    n: Sequence[int],
    weights: Sequence[float],
    modes: Sequence[int],
    capacity: Sequence[float],
    policy: Sequence[str],
    status: Sequence[int],
    hardware: Sequence[int],
) -> dict[str, list]:
    """The fields of ``scores.Scores``, group by group: those dropped are left out, and scored NaN."""
    names = ("throughput", "latency", "memory", "used", "compatibility", "confidence", "suitability")
    out: dict[str, list] = {name: [NAN] * len(t) for name in names} | {"used": [], "coverage": []}
    for g, (a, b) in enumerate(pairwise(offsets)):
        ran = [i for i in range(a, b) if status[i] == 0]
        for i in range(a, b):
            tried = [j for j in range(a, b) if hardware[j] == hardware[i]]
            out["coverage"].append(coverage(len([j for j in tried if j in ran]), len(tried)))
            out["confidence"][i] = confidence([n[i]])[0]
        roomy = [m[i] if modes[g] != 2 or 0 < capacity[i] < math.inf else NAN for i in range(len(m))]
        for criterion, column in enumerate((t, latency, roomy)):
            if policy[criterion] == "require":
                has = [0 < column[i] < math.inf for i in ran]
                left = required(has, [True] * len(ran))
                ran = [i for i, stays in zip(ran, left, strict=True) if stays]
        components = [
            throughput_component([t[i] for i in ran]),
            latency_component([latency[i] for i in ran]),
            MEMORY[modes[g]]([m[i] for i in ran], [capacity[i] for i in ran]),
        ]
        for criterion in range(3):
            if policy[criterion] == "pessimistic":
                components[criterion] = pessimistic(components[criterion])
        used = [complete(component) for component in components]
        group_weights = drop_criteria(normalise_weights(weights), used)
        compatibility = weighted_sum(*components, *group_weights)
        suitable = suitability(compatibility, [out["confidence"][i] for i in ran])
        out["used"].append(used)
        columns = zip(("throughput", "latency", "memory"), components, strict=True)
        for name, column in (*columns, ("compatibility", compatibility), ("suitability", suitable)):
            for i, x in zip(ran, column, strict=True):
                out[name][i] = x
    return out


# kernels/ranks.py


def group_ranks(offsets: Sequence[int], score: Sequence[float]) -> list[int]:
    return [rank for a, b in pairwise(offsets) for rank in competition_ranks(score[a:b])]


# kernels/dominance.py, kernels/pareto.py


def as_costs(t: Sequence[float], latency: Sequence[float], m: Sequence[float]) -> list[tuple[float, ...]]:
    """−t, latency and memory of each candidate; what is missing costs infinitely much."""
    columns = [[-x for x in measured(t)], measured(latency), measured(m)]
    return [tuple(math.inf if math.isnan(x) else x for x in row) for row in zip(*columns, strict=True)]


def beats(costs: Sequence[float], others: Sequence[float]) -> bool:
    both = list(zip(costs, others, strict=True))
    return all(x <= y for x, y in both) and any(x < y for x, y in both)


def front(t: Sequence[float], latency: Sequence[float], m: Sequence[float]) -> list[bool]:
    costs = as_costs(t, latency, m)
    return [min(own) < math.inf and not any(beats(other, own) for other in costs) for own in costs]


def near_front(
    t: Sequence[float],
    latency: Sequence[float],
    m: Sequence[float],
    on_front: Sequence[bool],
    tolerance: float = 0.01,
) -> list[bool]:
    costs = as_costs(t, latency, m)
    best = [own for own, member in zip(costs, on_front, strict=True) if member]
    factor = 1 + tolerance
    return [
        min(own) < math.inf
        and not member
        and any(own[0] * factor <= f[0] and own[1] / factor <= f[1] and own[2] / factor <= f[2] for f in best)
        for own, member in zip(costs, on_front, strict=True)
    ]


def pareto_front(
    offsets: Sequence[int],
    t: Sequence[float],
    latency: Sequence[float],
    m: Sequence[float],
    used: Sequence[Sequence[bool]],
    tolerance: float,
) -> dict[str, list[bool]]:
    out: dict[str, list[bool]] = {"front": [], "near": []}
    for g, (a, b) in enumerate(pairwise(offsets)):
        columns = [
            x[a:b] if counts else [NAN] * (b - a) for x, counts in zip((t, latency, m), used[g], strict=True)
        ]
        on_front = front(*columns)
        out["front"] += on_front
        out["near"] += near_front(*columns, on_front, tolerance)
    return out


# kernels/top_k.py


def group_top_k(
    offsets: Sequence[int], score: Sequence[float], k: int, place: Sequence[int]
) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {"offsets": [0], "chosen": [], "tied": []}
    for a, b in pairwise(offsets):
        scored = [i for i in range(a, b) if not math.isnan(score[i])]
        scored.sort(key=lambda i: (-score[i], place[i], i))
        out["chosen"] += scored[:k]
        out["tied"].append(sum(score[i] == score[scored[k - 1]] for i in scored[k:]))
        out["offsets"].append(len(out["chosen"]))
    return out


# kernels/constraints.py, kernels/best.py


def shortfall(
    t: Sequence[float], latency: Sequence[float], m: Sequence[float], least_t: float, most_latency: float
) -> list[float]:
    """With limits on throughput and latency, and none on memory."""
    out = []
    for x, y in zip(t, latency, strict=True):
        known_both = 0 < x < math.inf and 0 < y < math.inf
        out.append(max(least_t / x, y / most_latency) if known_both else math.inf)
    return out


def best_candidates(
    ids: Sequence[int],
    n_groups: int,
    score: Sequence[float],
    n: Sequence[int],
    place: Sequence[int],
    missed: Sequence[float],
) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {"chosen": [], "closest": []}
    for g in range(n_groups):
        scored = [i for i, group in enumerate(ids) if group == g and not math.isnan(score[i])]
        scored.sort(key=lambda i: (-score[i], -n[i], place[i], i))
        meets = [i for i in scored if missed[i] <= 1]
        misses = sorted((i for i in scored if not math.isnan(missed[i])), key=lambda i: missed[i])
        out["chosen"].append(meets[0] if meets else -1)
        out["closest"].append(misses[0] if misses and not meets else -1)
    return out


# kernels/profiles.py, kernels/costs.py, kernels/workload.py


def split_weights(weights: Sequence[float]) -> tuple[list[float], list[float]]:
    of_three, extra = weights[:3], weights[3:]
    blend = [sum(of_three), *extra] if any(extra) else [1.0, 0.0, 0.0]
    return [w / sum(of_three) for w in of_three], [w / sum(blend) for w in blend]


def mean_weights(profiles: Sequence[Sequence[float]]) -> list[float]:
    columns = zip(*(normalise_weights(weights) for weights in profiles), strict=True)
    return normalise_weights([sum(column) for column in columns])


def blend_weights(cost: bool, energy: bool) -> list[float]:
    if cost and energy:
        return [0.6, 0.2, 0.2]
    return [0.75 if cost or energy else 1.0, 0.25 if cost else 0.0, 0.25 if energy else 0.0]


def final_weights(weights: Sequence[float], blend: Sequence[float]) -> list[float]:
    of_three, cost, energy = normalise_weights(blend)
    return [of_three * w for w in normalise_weights(weights)] + [cost, energy]


def blended(
    compatibility: Sequence[float], cost: Sequence[float], energy: Sequence[float], blend: Sequence[float]
) -> list[float]:
    parts = (compatibility, cost, energy)
    return weighted_sum(*parts, *drop_criteria(normalise_weights(blend), [complete(x) for x in parts]))


def cost_per_1k(price: Sequence[float], devices: Sequence[int], t: Sequence[float]) -> list[float]:
    """USD an hour, over the units of an hour, times 1,000."""
    rows = zip(price, devices, t, strict=True)
    return [p * d / (3600 * x) * 1000 if 0 < x < math.inf else NAN for p, d, x in rows]


def cost_component(cost: Sequence[float]) -> list[float]:
    return latency_component(cost)


def energy_component(energy: Sequence[float]) -> list[float]:
    return latency_component(energy)


def mix_workload(
    runs: Sequence[Sequence[bool]],
    components: Sequence[Sequence[Sequence[float]]],
    compatibility: Sequence[Sequence[float]],
    weights: Sequence[float],
    shares: Sequence[float],
    spent: Sequence[Sequence[Sequence[float]]],
    least: Sequence[Sequence[float]],
    confidence: Sequence[Sequence[float]],
    by_suitability: bool = True,
) -> dict[str, list]:
    hardware, groups = range(len(runs[0]) if runs else 0), range(len(runs))
    runnable = [sum(runs[g][h] for g in groups) for h in hardware]
    some = [h for h in hardware if runnable[h]]
    everywhere = [bool(some) and all(runs[g][h] for h in some) for g in groups]
    every = [g for g in groups if everywhere[g]]
    total = sum(shares[g] for g in every)
    *means, sure = [
        [
            math.prod(part[g][h] ** (shares[g] / total) for g in every) if h in some and every else NAN
            for h in hardware
        ]
        for part in (*components, confidence)
    ]
    taken = [
        [sum(shares[g] / total * x[g][h] for g in every) if h in some and every else NAN for h in hardware]
        for x in spent
    ]
    cheapest = [sum(shares[g] / total * x[g] for g in every) if every else NAN for x in least]
    spending = [[low / x for x in row] for low, row in zip(cheapest, taken, strict=True)]
    used = [complete([x[h] for h in some]) for x in (*means, *spending)]
    three = drop_criteria(normalise_weights(weights[:3]), used[:3])
    rest = [w if u else 0.0 for w, u in zip(weights[3:], used[3:], strict=True)]
    kept = sum(weights[:3])
    final = [w * kept / (kept + sum(rest)) for w in three] + [w / (kept + sum(rest)) for w in rest]
    if math.isnan(final[0]):
        final = [NAN] * 5
    score = [
        sum(w * x[h] for w, x in zip(final, (*means, *spending), strict=True) if w != 0.0) for h in hardware
    ]
    suitability = [s * c for s, c in zip(score, sure, strict=True)]
    ranked = suitability if by_suitability else score
    key = [(runnable[h], -1.0 if math.isnan(ranked[h]) else ranked[h]) for h in hardware]
    worst = []
    for h in hardware:
        known_groups = [g for g in groups if runs[g][h] and not math.isnan(compatibility[g][h])]
        worst.append(min(known_groups, key=lambda g: compatibility[g][h], default=-1))
    return {
        "runnable": runnable,
        "everywhere": everywhere,
        "means": means,
        "spent": taken,
        "spending": spending,
        "weights": final,
        "compatibility": score,
        "confidence": sure,
        "suitability": suitability,
        "rank": [1 + sum(other > own for other in key) for own in key],
        "worst": worst,
    }


def mix_certainty(
    runs: Sequence[Sequence[Sequence[bool]]],
    components: Sequence[Sequence[Sequence[Sequence[float]]]],
    weights: Sequence[float],
    shares: Sequence[float],
    spent: Sequence[Sequence[Sequence[Sequence[float]]]],
    least: Sequence[Sequence[Sequence[float]]],
    confidence: Sequence[Sequence[Sequence[float]]],
) -> dict[str, list[float]]:
    count = len(runs[0][0])
    hardware = range(len(runs[0]))
    keys = []
    for d in range(count):
        draw = [
            [[row[d] for row in group] for group in table]
            for table in (runs, *components, *spent, confidence)
        ]
        cheapest = [[x[d] for x in table] for table in least]
        found = mix_workload(draw[0], draw[1:4], draw[1], weights, shares, draw[4:6], cheapest, draw[6])
        scores = [-math.inf if math.isnan(s) else s for s in found["suitability"]]
        keys.append(list(zip(found["runnable"], scores, strict=True)))
    return _standing(keys, hardware)


def _standing(keys: list[list[tuple[int, float]]], hardware: range) -> dict[str, list[float]]:
    """How often each had which rank, by (tier, score) in each draw."""
    count = len(keys)
    above = [[sum(other > own[h] for other in own) for own in keys] for h in hardware]
    equal = [[own.count(own[h]) for own in keys] for h in hardware]
    leads = []
    for h in hardware:
        firsts = [[s if tier == max(own)[0] else -math.inf for tier, s in own] for own in keys]
        rivals = [max(own[:h] + own[h + 1 :], default=NAN) for own in firsts]
        gaps = [0.0 if own[h] == r else own[h] - r for own, r in zip(firsts, rivals, strict=True)]
        leads.append(sorted(gaps))
    ranks = [sorted(a + 1 for a in of_one) for of_one in above]
    pairs = [list(zip(a, e, strict=True)) for a, e in zip(above, equal, strict=True)]

    def at(q: float) -> int:
        return max(0, math.ceil(q * count) - 1)

    return {
        "best": [sum(1 / e for a, e in of_one if a == 0) / count for of_one in pairs],
        "expected": [sum(a + (e + 1) / 2 for a, e in of_one) / count for of_one in pairs],
        "low": [of_one[at(0.05)] for of_one in ranks],
        "high": [of_one[at(0.95)] for of_one in ranks],
        "lead_low": [of_one[at(0.025)] for of_one in leads],
        "lead_high": [of_one[at(0.975)] for of_one in leads],
    }


def chosen_in_draws(
    offsets: Sequence[int],
    draws: Sequence[Sequence[Sequence[float]]],
    weights: Sequence[float],
    capacity: Sequence[float],
    allowed: Sequence[Sequence[bool]],
    confidence: Sequence[float],
) -> dict[str, list]:
    count = len(draws[0][0]) if draws[0] else 11
    blocks = list(pairwise(offsets))
    runs = [[any(allowed[i][d] for i in range(a, b)) for d in range(count)] for a, b in blocks]
    sure: list[list[float]] = [[] for _ in blocks]
    parts: list[list[list[float]]] = [[[] for _ in blocks] for _ in range(3)]
    for d in range(count if draws[0] else 0):
        t, latency, m = ([math.exp(of_one[d]) for of_one in criterion] for criterion in draws)
        components = throughput_component(t), latency_component(latency), memory_headroom(m, capacity)
        scores = weighted_sum(*components, *normalise_weights(weights))
        scores = [-math.inf if math.isnan(s) else s * c for s, c in zip(scores, confidence, strict=True)]
        for h, (a, b) in enumerate(blocks):
            best = max(range(a, b), key=lambda i: scores[i] if allowed[i][d] else -math.inf)
            sure[h].append(confidence[best])
            for c, component in enumerate(components):
                parts[c][h].append(component[best])
    spent = [[[NAN] * count for _ in blocks] for _ in range(2)]
    least = [[NAN] * count] * 2
    return {"runs": runs, "components": parts, "spent": spent, "least": least, "confidence": sure}


# kernels/groups.py


def group_ids(keys: Sequence[Sequence[int]]) -> tuple[list[int], int]:
    rows = list(zip(*keys, strict=True))
    distinct = sorted(set(rows))
    return [distinct.index(row) for row in rows], len(distinct)


def group_layout(ids: Sequence[int], n_groups: int) -> dict[str, list[int]]:
    members = [[i for i, group in enumerate(ids) if group == g] for g in range(n_groups)]
    offsets = [sum(len(rows) for rows in members[:g]) for g in range(n_groups + 1)]
    return {"offsets": offsets, "order": [i for rows in members for i in rows]}


# kernels/run_moments.py


def lies_in_runs(ids: Sequence[int]) -> bool:
    """Of ids that are few enough to be looked at in full."""
    return len(list(groupby(ids))) * 24 <= len(ids)


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


# kernels/quantiles.py and group_statistics.py


def measured_groups(
    ids: Sequence[int], column: Sequence[float], n_groups: int, status: Sequence[int]
) -> list[list[float]]:
    """The values of each group that count, sorted."""
    rows = list(zip(ids, column, status, strict=True))
    return [
        sorted(x for group, x, code in rows if group == g and code == 0 and math.isfinite(x))
        for g in range(n_groups)
    ]


def linear_quantile(ascending: Sequence[float], q: float) -> float:
    """Hyndman and Fan's type 7; from the nearer neighbour, as NumPy does."""
    if not ascending:
        return NAN
    place = (len(ascending) - 1) * q
    k = int(place)
    share = place - k
    if share == 0:
        return ascending[k]
    a, b = ascending[k], ascending[k + 1]
    return a + (b - a) * share if share < 0.5 else b - (b - a) * (1 - share)


def group_quantiles(
    ids: Sequence[int],
    values: Sequence[Sequence[float]],
    n_groups: int,
    q: Sequence[float],
    status: Sequence[int],
) -> list[list[list[float]]]:
    return [
        [[linear_quantile(x, p) for p in q] for x in measured_groups(ids, column, n_groups, status)]
        for column in values
    ]


def group_statistics(
    ids: Sequence[int], values: Sequence[Sequence[float]], n_groups: int, status: Sequence[int]
) -> dict[str, list[list[float]]]:
    out = group_moments(ids, values, n_groups, status)
    columns = [measured_groups(ids, column, n_groups, status) for column in values]
    for name, q in (("median", 0.5), ("p95", 0.95), ("p99", 0.99)):
        out[name] = [[linear_quantile(x, q) for x in groups] for groups in columns]
    out["mad"] = [
        [linear_quantile(sorted(abs(y - linear_quantile(x, 0.5)) for y in x), 0.5) for x in groups]
        for groups in columns
    ]
    return out


def group_medians(
    ids: Sequence[int], values: Sequence[Sequence[float]], n_groups: int, status: Sequence[int]
) -> dict[str, list[list[int]] | list[list[float]] | list[list[list[float]]]]:
    columns = [measured_groups(ids, column, n_groups, status) for column in values]
    reach = [-1.0, -0.5, 0.5, 1.0]
    return {
        "count": [[len(x) for x in groups] for groups in columns],
        "median": [[linear_quantile(x, 0.5) for x in groups] for groups in columns],
        "around": [
            [
                [linear_quantile(x, min(max(0.5 + r / math.sqrt(len(x) or 1), 0.0), 1.0)) for x in groups]
                for groups in columns
            ]
            for r in reach
        ],
    }


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
    z = -NormalDist().inv_cdf((1 - confidence) / 2)
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
    rounding = 1e-9 * sum(abs(one - other) for one in segment for other in segment) / (len(segment) + 1)
    as_good = 0
    for r in range(1, permutations + 1):
        other = best_split(permuted(segment, random_word(segment_key, r)), shortest)[0]
        as_good += other >= best - rounding
    p = (1 + as_good) / (1 + permutations)
    if p > level:
        return []
    middle, rest = start + at, (level, permutations, shortest, key)
    return [*steps(x, start, middle, *rest), (middle, p), *steps(x, middle, end, *rest)]


def best_split(x: Sequence[float], shortest: int) -> tuple[float, int]:
    """The largest of the scaled energy distances > 0 between x[:a] and x[a:], and the first a that has it."""
    best, at = 0.0, 0
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


# kernels/polygamma.py, variance.py and superiority.py


def digamma(x: float) -> float:
    return float(scipy.special.digamma(x))


def trigamma(x: float) -> float:
    return float(scipy.special.polygamma(1, x))


def inverse_trigamma(y: float) -> float:
    root = scipy.optimize.brentq(lambda u: math.log(trigamma(math.exp(u)) / y), -40.0, 40.0, xtol=1e-15)
    return math.exp(root)


def shrunken_variance(degrees: Sequence[float], squares: Sequence[float]) -> list[float]:
    return [(4 * 0.02**2 + q) / (4 + d) for d, q in zip(degrees, squares, strict=True)]


def location_share(n: Sequence[int]) -> list[float]:
    return [1.2533**2 / m if m >= 3 else 1 / m for m in n]


def location_variance(n: Sequence[int], squares: Sequence[float]) -> list[float]:
    shares = location_share(n)
    return [
        share * v for share, v in zip(shares, shrunken_variance([m - 1 for m in n], squares), strict=True)
    ]


def fit_prior(degrees: Sequence[int], variances: Sequence[float]) -> dict[str, float] | None:
    cells = [(d, v) for d, v in zip(degrees, variances, strict=True) if d > 0 and 0 <= v < math.inf]
    if len(cells) < 30 or statistics.median(v for _, v in cells) == 0:
        return None
    floor = 1e-8 * statistics.median(v for _, v in cells)
    e = [math.log(max(v, floor)) - digamma(d / 2) + math.log(d / 2) for d, v in cells]
    beyond = statistics.variance(e) - statistics.mean(trigamma(d / 2) for d, _ in cells)
    half = min(inverse_trigamma(beyond), 5e5) if beyond > 0 else 5e5
    s0_squared = math.exp(statistics.mean(e) + digamma(half) - math.log(half))
    return {"degrees": 2 * half, "sd": math.sqrt(s0_squared)}


def between_variance(cells: Sequence[int], y: Sequence[float], variances: Sequence[float]) -> float | None:
    rows = [(c, x, v) for c, x, v in zip(cells, y, variances, strict=True) if math.isfinite(x + v)]
    members = {cell: [(x, v) for c, x, v in rows if c == cell] for cell, _, _ in rows}
    degrees = sum(len(of_one) - 1 for of_one in members.values())
    if degrees < 30:
        return None
    squares = explained = 0.0
    for of_one in members.values():
        mean = statistics.fmean(x for x, _ in of_one)
        squares += sum((x - mean) ** 2 for x, _ in of_one)
        explained += sum(v * (1 - 1 / len(of_one)) for _, v in of_one)
    return max(0.0, (squares - explained) / degrees)


def superiority(
    a: Sequence[float],
    variance_a: Sequence[float],
    degrees_a: Sequence[float],
    b: Sequence[float],
    variance_b: Sequence[float],
    degrees_b: Sequence[float],
) -> list[float]:
    out = []
    for x, v, n, y, w, m in zip(a, variance_a, degrees_a, b, variance_b, degrees_b, strict=True):
        if v + w == 0:
            out.append(NAN if math.isnan(x - y) else 0.5 if x == y else float(x > y))
        else:
            degrees = (v + w) ** 2 / (v**2 / n + w**2 / m)
            out.append(float(scipy.stats.t.cdf((x - y) / math.sqrt(v + w), degrees)))
    return out


# kernels/location_draws.py and rank_draws.py


def student_deviates(
    keys: Sequence[int], degrees: Sequence[float], count: int, purpose: int
) -> list[list[float]]:
    out = []
    for key, nu in zip(keys, degrees, strict=True):
        (stream,) = stream_keys(0, [key], purpose)
        u = random_uniforms(stream, 2 * count)
        out.append(
            [
                math.sqrt(nu * ((1 - u[i]) ** (-2 / nu) - 1)) * math.cos(2 * math.pi * u[count + i])
                for i in range(count)
            ]
        )
    return out


def location_draws(
    keys: Sequence[int],
    y: Sequence[Sequence[float]],
    errors: Sequence[Sequence[float]],
    degrees: Sequence[Sequence[float]],
    correlation: Sequence[Sequence[float]],
    count: int,
    n: Sequence[int],
    around: Sequence[Sequence[Sequence[float]]],
) -> list[list[list[float]]]:
    out: list[list[list[float]]] = [[] for _ in y]
    for i, key in enumerate(keys):
        points = [[row[i] for row in of_one] for of_one in around]
        known = [not any(map(math.isnan, of_one)) for of_one in points]
        nu = [n[i] + 1 if known[c] else degrees[c][i] for c in range(len(y))]
        own = [student_deviates([key], [nu[c]], count, c)[0] for c in range(len(y))]
        for c in range(len(y)):
            rho = correlation[c][i]
            t = [rho * a + math.sqrt(1 - rho**2) * b for a, b in zip(own[0], own[c], strict=True)]
            t = own[0] if c == 0 else t
            moves = (
                resample_medians([t], [n[i]], [[x] for x in points[c]])[0]
                if known[c]
                else [errors[c][i] * x for x in t]
            )
            out[c].append([y[c][i] + move for move in moves])
    return out


def resample_medians(
    deviates: Sequence[Sequence[float]], n: Sequence[int], around: Sequence[Sequence[float]]
) -> list[list[float]]:
    out = []
    for k, (of_one, size) in enumerate(zip(deviates, n, strict=True)):
        a, b, c, d = (row[k] for row in around)
        found = []
        for t in of_one:
            share = 0.5 + 0.5 * t / math.sqrt(size + 1 + t * t)  # a symmetric Beta
            x = (share - 0.5) * 2 * math.sqrt(size)
            if x < -1:
                found.append(b + (x + 1) * (b - a))
            elif x > 1:
                found.append(c + (x - 1) * (d - c))
            else:
                found.append(-x * b if x < 0 else x * c)
        out.append(found)
    return out


def rank_certainty(
    offsets: Sequence[int],
    draws: Sequence[Sequence[Sequence[float]]],
    weights: Sequence[float],
    factor: Sequence[float],
    capacity: Sequence[float],
) -> dict[str, list[float]]:
    found: list[list[int]] = [[] for _ in offsets[:-1]]
    best, expected = [0.0] * len(found), [0.0] * len(found)
    leads: list[list[float]] = [[] for _ in found]
    count = len(draws[0][0]) if draws[0] else 1
    for d in range(count if draws[0] else 0):
        t, latency, m = ([math.exp(of_one[d]) for of_one in criterion] for criterion in draws)
        components = throughput_component(t), latency_component(latency), memory_headroom(m, capacity)
        scores = weighted_sum(*components, *normalise_weights(weights))
        scores = [-math.inf if math.isnan(s) else s * f for s, f in zip(scores, factor, strict=True)]
        own = [max(scores[a:b]) for a, b in pairwise(offsets)]
        for i, score in enumerate(own):
            above, equal = sum(s > score for s in own), own.count(score)
            found[i].append(above + 1)
            leads[i].append(score - max(own[:i] + own[i + 1 :], default=math.nan))
            best[i] += 0 if above else 1 / equal / count
            expected[i] += (above + (equal + 1) / 2) / count
    places = max(0, math.ceil(0.05 * count) - 1), max(0, math.ceil(0.95 * count) - 1)
    low, high = ([sorted(ranks)[place] for ranks in found] for place in places)
    places = max(0, math.ceil(0.025 * count) - 1), max(0, math.ceil(0.975 * count) - 1)
    lead_low, lead_high = ([sorted(of_one)[place] for of_one in leads] for place in places)
    ranks = {"best": best, "expected": expected, "low": low, "high": high}
    return ranks | {"lead_low": lead_low, "lead_high": lead_high}


def certainty_word(p_best: float) -> str:
    return "clear" if p_best >= 0.95 else "likely" if p_best >= 0.8 else "toss-up"


def tie_group(p_best: Sequence[float]) -> list[bool]:
    return [p >= 0.05 for p in p_best]


# counter_random.py, draw_key.py, bootstrap.py


def stream_keys(seed: int, keys: Sequence[int], purpose: int = 0) -> list[int]:
    return [random_word(random_word(random_word(0, seed), key), purpose) for key in keys]


def random_words(key: int, n: int, first: int = 0) -> list[int]:
    return [random_word(key, first + i) for i in range(n)]


def random_integers(key: int, n: int, limit: int, first: int = 0) -> list[int]:
    return [(word >> 32) * limit >> 32 for word in random_words(key, n, first)]


def random_uniforms(key: int, n: int, first: int = 0) -> list[float]:
    return [(word >> 11) / 2**53 for word in random_words(key, n, first)]


def draw_key(*names: str) -> bytes:
    text = b"".join(struct.pack("<Q", len(name.encode())) + name.encode() for name in names)
    return hashlib.blake2b(text, digest_size=16).digest()


def short_key(key: bytes) -> int:
    return sum(byte << 8 * i for i, byte in enumerate(key[:8]))


def usable_processes(columns: list[list[float]], ends: Sequence[int]) -> list[list[int]]:
    """The rows of each process of a group, without those that lack what the group has."""
    rows = range(ends[0], ends[-1])
    had = [c for c in columns if any(math.isfinite(c[i]) for i in rows)]
    usable = [[i for i in range(a, b) if all(math.isfinite(c[i]) for c in had)] for a, b in pairwise(ends)]
    return [process for process in usable if process]


def random_half(key: int, counter: int) -> int:
    return random_word(key, counter // 2) >> 32 * (counter % 2) & 0xFFFFFFFF


def drawn_rows(stream: int, time: int, rows: list[int], paired: bool) -> list[tuple[int, ...]]:
    """What the ``time``-th resample of a process draws: tuples of one row, or of two and perhaps a last."""
    m = len(rows)
    found: list[tuple[int, ...]] = []
    draws: list[tuple[int, ...]] = [(a, a) for a in rows]
    draws += [pair for pair in combinations(rows, 2) for _ in range(2)]
    sizes = [2] * (m // 2) + [1] * (m % 2) if paired else [1] * m
    for i, size in enumerate(sizes, time * len(sizes)):
        choices = draws if size == 2 else [(row,) for row in rows]
        found.append(choices[random_half(stream, i) * len(choices) >> 32])
    return found


def sum_by_fours(numbers: list[float]) -> float:
    """Four at a time, then two, then one: (a + b) + (c + d)."""
    total, n = 0.0, len(numbers)
    for i in range(0, n - n % 4, 4):
        total += (numbers[i] + numbers[i + 1]) + (numbers[i + 2] + numbers[i + 3])
    if n % 4 >= 2:
        total += numbers[n - n % 4] + numbers[n - n % 4 + 1]
    return total + numbers[-1] if n % 2 else total


def process_location(column: list[float], drawn: list[tuple[int, ...]], median: bool) -> float:
    if median:
        return statistics.median(column[i] for rows in drawn for i in rows)
    return sum_by_fours([sum(column[i] for i in rows) for rows in drawn]) * (1 / sum(map(len, drawn)))


def centre(locations: list[float], median: bool) -> float:
    return statistics.median(locations) if median else sum_by_fours(locations) * (1 / len(locations))


def group_replicates(
    columns: list[list[float]], processes: list[list[int]], median: bool, replicates: int, streams: list[int]
) -> list[list[float]]:
    """For each column the locations of the resamples of one group."""
    out: list[list[float]] = [[] for _ in columns]
    k = len(processes)
    times = [0] * k  # how often each process was picked
    for b in range(replicates):
        drawn = []
        for slot in range(b * k, (b + 1) * k):
            p = random_half(streams[1], slot) * k >> 32
            rows = processes[p]
            drawn.append(
                drawn_rows(random_word(streams[0], p), times[p], rows, not median and len(rows) <= 64)
            )
            times[p] += 1
        for column, found in zip(columns, out, strict=True):
            locations = [process_location(column, rows, median) for rows in drawn]
            found.append(centre(locations, median) if k else NAN)
    return out


def bootstrap(
    offsets: Sequence[int],
    values: list[list[float]],
    keys: Sequence[int],
    process_offsets: Sequence[int] | None,
    statistic: str,
    replicates: int,
    seed: int,
) -> list[list[list[float]]]:
    """By column, group and replicate."""
    if process_offsets is None:
        offsets, process_offsets = range(len(offsets)), offsets
    out: list[list[list[float]]] = [[] for _ in values]
    for (a, b), key in zip(pairwise(offsets), keys, strict=True):
        processes = usable_processes(values, process_offsets[a : b + 1])
        streams = [stream_keys(seed, [key], purpose)[0] for purpose in (0, 1)]
        found = group_replicates(values, processes, statistic == "median", replicates, streams)
        for column, of_group in zip(out, found, strict=True):
            column.append(of_group)
    return out


def bootstrap_intervals(
    offsets: Sequence[int],
    values: list[list[float]],
    keys: Sequence[int],
    process_offsets: Sequence[int] | None,
    statistic: str,
    replicates: int,
    seed: int,
) -> dict[str, list[list[float]]]:
    names = ("low", "high", "standard_error")
    found = bootstrap(offsets, values, keys, process_offsets, statistic, replicates, seed)
    out: dict[str, list[list[float]]] = {name: [[] for _ in values] for name in names}
    for c, column in enumerate(found):
        for g, of_group in enumerate(column):
            a, b = offsets[g], offsets[g + 1]
            ends = offsets[g : g + 2] if process_offsets is None else process_offsets[a : b + 1]
            processes = usable_processes(values, ends)
            units = sum(map(len, processes)) if process_offsets is None else len(processes)
            summary = [NAN] * 3
            if units >= 2 and not any(map(math.isnan, of_group)):
                x = sorted(of_group)
                places = [p * (len(x) - 1) for p in (0.025, 0.975)]
                summary = [x[int(k)] + (x[int(k) + 1] - x[int(k)]) * (k % 1) for k in places]
                summary.append(statistics.stdev(x))
            for name, number in zip(names, summary, strict=True):
                out[name][c].append(number)
    return out
