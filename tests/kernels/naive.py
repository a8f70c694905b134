"""The slow obvious twin of every function in kernels/: plain Python, one number at a time.

Arguments and results are lists; a missing value is NaN. Nothing here is shared with kernels/.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

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
