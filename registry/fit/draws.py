"""Draws of where the candidates of a comparison may lie, given what is known of each.

Each location is known with V = f²·s̃²/n from its own processes, and its machine moves it by s_env. What a
machine does to one of its results it does to all of them: results of one host and software share the draws
of s_env, which then cancel between them. ``kernels/location_draws.py`` computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
from numpy.typing import NDArray

from ...kernels.draw_key import draw_key, short_key
from ...kernels.location_draws import location_draws, median_draws
from ...kernels.variance import Prior, location_variance
from ..answers import Estimate, Group, Noises
from .criteria import Criteria
from .limits import own_values, statistic

Floats = NDArray[np.float64]

PAIRED = 6  # processes from which the correlation of throughput and latency is their own; below it is −1
RESAMPLED = 20  # processes from which they are resampled


def draws_of(
    compared: Sequence[Estimate],
    criteria: Criteria,
    noise: Noises,
    *,
    every: bool,
    machines_of: Group | None = None,
) -> Floats:
    """ln of throughput, latency and memory, float64[3, n, d]; ``every``: also what is dropped for all.

    Machines are drawn for ``machines_of``; None: for the group that is compared.
    """
    values = own_values(compared, criteria) if every else None
    y = np.log(np.array(values or (criteria.throughput, criteria.latency, criteria.memory)))
    logs = [_logs(e, criteria) for e in compared]
    n = np.array([e.n for e in compared])
    priors = [Prior(x.degrees, x.sd) for x in noise]
    squares = np.array([_squares(of_one) for of_one in logs]).T
    known = np.array([location_variance(n, s, prior) for s, prior in zip(squares, priors, strict=True)])
    degrees = np.array([prior.degrees + n - 1 for prior in priors], np.float64)
    keys = np.array([_key(e) for e in compared], np.uint64)
    correlation = np.array([_correlation(of_one) for of_one in logs])
    draws = location_draws(keys, y, np.sqrt(known), degrees, correlation)
    many = np.flatnonzero([of_one.shape[1] >= RESAMPLED for of_one in logs])
    if many.size:
        medians = median_draws(keys[many], [logs[i] for i in many], correlation[many], draws.shape[2])
        draws[:, many] = np.where(np.isnan(medians), draws[:, many], medians)
    return draws + _machines(compared, noise, machines_of or compared[0].group)


def spending_of(criteria: Criteria) -> Floats:
    """ln of what each candidate spends a second of money and of energy, float64[2, n]; NaN = does not count.

    Prices and power are taken as known: cost and energy of a unit fall as the throughput rises.
    """
    nothing = np.full_like(criteria.throughput, np.nan)
    per_unit = [nothing if x is None else x for x in (criteria.cost, criteria.energy)]
    return np.log(np.array(per_unit) * criteria.throughput)


def _machines(compared: Sequence[Estimate], noise: Noises, drawn_for: Group) -> Floats:
    """What each candidate's machine adds, float64[3, n, d]; 0 where all ran on one."""
    machines = [(e.host, e.software) if e.host else (e.env_id,) for e in compared]
    distinct = sorted(set(machines))
    if len(distinct) < 2:
        return np.zeros((3, 1, 1))
    group = astuple(drawn_for)
    keys = np.array([short_key(draw_key(*group, "machine", *m)) for m in distinct], np.uint64)
    shape = (3, len(distinct))
    sd, degrees = (
        np.broadcast_to([[v] for v in values], shape)
        for values in ([x.between_sd for x in noise], [x.degrees for x in noise])
    )
    drawn = location_draws(keys, np.zeros(shape), sd, degrees, np.full(len(distinct), -1.0))
    return drawn[:, [distinct.index(m) for m in machines]]


def _key(e: Estimate) -> int:
    names = (*astuple(e.group), "candidate", e.hardware, *map(str, astuple(e.configuration)))
    return short_key(draw_key(*names))


def _logs(e: Estimate, criteria: Criteria) -> Floats:
    """ln of each process's throughput, latency and memory, float64[3, n], NaN = not known; n = 0 for one."""
    by = statistic(e, criteria)
    values = [
        (p.throughput, getattr(p, f"latency_{by}_s") if by else None, p.memory_bytes) for p in e.processes
    ]
    return np.log(np.array(values, np.float64).reshape(-1, 3).T)


def _squares(logs: Floats) -> list[float]:
    """Sums of squared deviations; where a process lacks the latency, those of the throughput stand for it."""
    if logs.shape[1] < 2:
        return [0.0, 0.0, 0.0]
    t, latency, m = ((logs - logs.mean(axis=1, keepdims=True)) ** 2).sum(axis=1).tolist()
    return [t, t if np.isnan(latency) else latency, 0.0 if np.isnan(m) else m]


def _correlation(logs: Floats) -> float:
    """Of ln throughput and ln latency: their own from 6 processes on, else −1, as in a closed loop."""
    deviations = (
        (logs - logs.mean(axis=1, keepdims=True))[:2] if logs.shape[1] >= PAIRED else np.empty((2, 0))
    )
    product = float((deviations[0] ** 2).sum() * (deviations[1] ** 2).sum())
    if not product > 0.0:
        return -1.0
    return float(np.clip((deviations[0] * deviations[1]).sum() / np.sqrt(product), -1.0, 1.0))
