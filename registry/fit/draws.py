"""Draws of where the candidates of a comparison may lie, given what is known of each.

Each location is known with V = f²·s̃²/n from its own processes, and its machine moves it by s_env. What a
machine does to one of its results it does to all of them: results of one host and software share the draws
of s_env, which then cancel between them. ``kernels/location_draws.py`` computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from ...kernels.draw_key import draw_key, short_key
from ...kernels.location_draws import location_draws
from ...kernels.resample_medians import DISTANCES
from ...kernels.variance import Prior, location_variance
from ..answers import Estimate, Group, Noises, Spread
from ..records import Configuration
from .criteria import Criteria
from .limits import own_values

Floats = NDArray[np.float64]

PAIRED = 6  # processes from which correlations with the throughput are their own; below they are −1
MIRRORED = np.array([[1.0], [-1.0], [0.0], [-1.0]])  # those of a closed loop, at constant power
ALONE = Spread((None,) * 4, (None, None), (None,) * 4)  # one process tells nothing of the next
_NO_POINTS = (np.nan,) * len(DISTANCES)
_group_names = attrgetter(*(field.name for field in fields(Group)))
_axes = attrgetter(*(field.name for field in fields(Configuration)))


def draws_of(
    compared: Sequence[Estimate],
    criteria: Criteria,
    noise: Noises,
    *,
    every: bool,
    machines_of: Group | None = None,
) -> Floats:
    """ln of throughput, latency, memory and energy, float64[4, n, d], NaN for what is dropped for all.

    ``every``: all but an energy that is dropped, which no limit asks for.

    Machines are drawn for ``machines_of``; None: for the group that is compared.
    """
    values = own_values(compared, criteria) if every else None
    energy = np.full_like(criteria.throughput, np.nan) if criteria.energy is None else criteria.energy
    y = np.log(np.array([*(values or (criteria.throughput, criteria.latency, criteria.memory)), energy]))
    spreads = [e.spread or ALONE for e in compared]
    n = np.array([e.n for e in compared], np.int64)
    priors = [Prior(x.degrees, x.sd) for x in noise]
    squares = np.array([_squares(spread) for spread in spreads]).T
    known = np.array([location_variance(n, s, prior) for s, prior in zip(squares, priors, strict=True)])
    draws = location_draws(
        np.array([_key(e) for e in compared], np.uint64),
        y,
        np.sqrt(known),
        np.array([prior.degrees + n - 1 for prior in priors], np.float64),
        _correlations(n, spreads),
        n=n,
        around=_around(spreads),
    )
    metered = not np.isnan(energy).all()
    return draws + _machines(compared, noise, machines_of or compared[0].group, metered=metered)


def spending_of(criteria: Criteria, draws: Floats) -> Floats | None:
    """ln of what each candidate spends a second of money and of energy, float64[2, n, d]; NaN = does not
    count, None where neither does. ``draws``: those of ``draws_of``.

    Prices are taken as known: the cost of a unit falls as the throughput rises. Energy is drawn itself.
    """
    if criteria.cost is None and criteria.energy is None:
        return None
    spending = np.full((2, *draws.shape[1:]), np.nan)
    if criteria.cost is not None:
        spending[0] = np.log(criteria.cost * criteria.throughput)[:, None]
    if criteria.energy is not None:
        spending[1] = draws[3] + draws[0]
    return spending


def _machines(compared: Sequence[Estimate], noise: Noises, drawn_for: Group, *, metered: bool) -> Floats:
    """What each candidate's machine adds, float64[4, n, d]; 0 where all ran on one."""
    machines = [(e.host, e.software) if e.host else (e.env_id,) for e in compared]
    distinct = sorted(set(machines))
    if len(distinct) < 2:
        return np.zeros((4, 1, 1))
    names = _group_names(drawn_for)
    keys = np.array([short_key(draw_key(*names, "machine", *m)) for m in distinct], np.uint64)
    shape = (4, len(distinct))
    y = np.zeros(shape)
    y[3] = 0.0 if metered else np.nan
    sd, degrees = (
        np.broadcast_to([[v] for v in values], shape)
        for values in ([x.between_sd for x in noise], [x.degrees for x in noise])
    )
    drawn = location_draws(keys, y, sd, degrees, np.broadcast_to(MIRRORED, shape))
    place = {machine: i for i, machine in enumerate(distinct)}
    return drawn[:, [place[m] for m in machines]]


def _key(e: Estimate) -> int:
    names = (*_group_names(e.group), "candidate", e.hardware, *map(str, _axes(e.configuration)))
    return short_key(draw_key(*names))


def _squares(spread: Spread) -> list[float]:
    """Sums of squared deviations; 0 where not known, but those of the throughput for a latency."""
    t, *others = spread.squares
    latency, memory, energy = others
    known = t or 0.0
    return [known, known if latency is None else latency, memory or 0.0, energy or 0.0]


def _around(spreads: Sequence[Spread]) -> Floats:
    """The quantiles around the medians, float64[4, 4, n]: of each criterion, NaN where not known."""
    points = [[of_one or _NO_POINTS for of_one in spread.around] for spread in spreads]
    return np.array(points, np.float64).transpose(1, 2, 0)


def _correlations(n: NDArray[np.int64], spreads: Sequence[Spread]) -> Floats:
    """With ln throughput, float64[4, n]: of ln latency and energy their own from 6 processes on, else −1."""
    rho = np.tile(MIRRORED, (1, len(spreads)))
    for row, i in ((1, 0), (3, 1)):
        own = np.array([-1.0 if (r := spread.correlation[i]) is None else r for spread in spreads])
        rho[row] = np.where(n >= PAIRED, own, -1.0)
    return rho
