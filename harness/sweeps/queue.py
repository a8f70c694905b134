"""In which order runs are made: each cell once, then first what can still change a ranking.

A cell is contested while the interval of its throughput overlaps that of another candidate of its group
near the top. The interval of ln(throughput) is median ± t(ν₀ + n − 1)·√V, where V is shrunken as in a
recommendation (kernels/variance.py), always by the noise that is taken for granted. The printed interval of
a noisy cell is wider: it makes no use of what most cells are like.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from statistics import fmean, median
from typing import TypeVar

from ...kernels.student import quantile
from ...kernels.variance import PRIOR, location_variance
from ...registry.records import Cell
from .plan import Run

TOP = 3  # places that matter: as many as a recommendation shows

Key = tuple[str, str]  # cell_key, env_id
Group = tuple[str, str, str, str]
Candidate = TypeVar("Candidate", bound=Hashable)


def interval(throughputs: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of ln(throughput), from the throughputs of at least one process, each > 0."""
    logs = [math.log(value) for value in throughputs]
    n, mean = len(logs), fmean(logs)
    known = float(location_variance(n, sum((y - mean) ** 2 for y in logs)))
    half = quantile(0.975, PRIOR.degrees + n - 1) * math.sqrt(known)
    return median(logs) - half, median(logs) + half


def contested(throughputs: Mapping[Candidate, Sequence[float]], top: int = TOP) -> set[Candidate]:
    """The candidates of one group whose rank among the first ``top`` more processes could still change."""
    known = {candidate: interval(values) for candidate, values in throughputs.items() if values}
    lows = sorted((low for low, _ in known.values()), reverse=True)
    least = lows[min(top, len(lows)) - 1] if lows else 0.0
    near = sorted((low, high, place) for place, (low, high) in enumerate(known.values()) if high >= least)
    candidates = list(known)
    found: set[Candidate] = set()
    reach = -math.inf  # of the intervals that begin before this one
    for index, (low, high, place) in enumerate(near):
        meets_next = index + 1 < len(near) and near[index + 1][0] <= high
        if low <= reach or meets_next:
            found.add(candidates[place])
        reach = max(reach, high)
    return found


def group(cell: Cell) -> Group:
    """What the cell is compared within."""
    return cell.model, cell.model_version, cell.scenario, cell.input_shape


class Queue:
    """The runs that are left. ``known``: (cell, cell_key, env_id, throughput) of processes that were ok."""

    def __init__(self, runs: Iterable[Run], known: Iterable[tuple[Cell, str, str, float]] = ()) -> None:
        self._left = dict(enumerate(runs))
        self._throughputs: defaultdict[Group, defaultdict[Key, list[float]]]
        self._throughputs = defaultdict(lambda: defaultdict(list))
        self._contested: dict[Group, set[Key]] = {}
        self._found: dict[Key, Key] = {}  # the cell behind what is still called "max"
        for cell, cell_key, env_id, throughput in known:
            self._throughputs[group(cell)][cell_key, env_id].append(throughput)

    def __len__(self) -> int:
        return len(self._left)

    def __iter__(self) -> Iterator[Run]:
        """The runs in the order in which they would be made if nothing new came out; takes them."""
        while self._left:
            yield self.take()

    def take(self) -> Run:
        """The next run, which is no longer left."""
        first = next(iter(self._left))
        place = first
        if self._left[first].invocation:
            place = next((at for at, run in self._left.items() if self._is_contested(run)), first)
        return self._left.pop(place)

    def note(self, run: Run, throughput: float | None) -> None:
        """Takes in what a process of the run's cell reached; None where it was not ok."""
        if throughput is not None and throughput > 0:
            of = group(run.cell)
            self._throughputs[of][run.cell_key, run.env_id].append(throughput)
            self._contested.pop(of, None)
            if run.ladder:
                self._found[run.ladder, run.env_id] = run.cell_key, run.env_id

    def _is_contested(self, run: Run) -> bool:
        of = group(run.cell)
        if of not in self._contested:
            self._contested[of] = contested(self._throughputs[of])
        key = run.cell_key, run.env_id
        return self._found.get(key, key) in self._contested[of]
