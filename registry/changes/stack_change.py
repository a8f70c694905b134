"""Two software stacks on one hardware, over all models: what the stack did to all, and what to some.

The shift that most models share is reported apart; a model got faster or slower where it left that shift by
more than noise explains, at a false discovery rate of 5 % (Benjamini–Hochberg) over all that was compared.
Compared is what ran under both stacks in the same configuration: another batch is another throughput.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..answers import Estimate, Noise
from ..errors import NoResultsError
from ..fit.configurations import combination, order
from ..fit.groups import name
from ..fit.outcomes import decides, runs
from ..fit.stacks import by_configuration
from ..results.estimates import group_estimates
from ..results.noise import current_noise
from .empirical_null import ENOUGH, Shift, common_shift, robust_sd
from .stack_judgement import UNCLEAR, StackChange, judged
from .stack_names import HeldStack, chosen_stacks, held_stacks

if TYPE_CHECKING:
    from ..storage.store import Store

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class StackComparison:
    """What changed from the first stack to the second on one hardware.

    A key is a model, version, scenario, input shape and configuration without its batch.
    """

    hardware: str
    first: HeldStack
    second: HeldStack
    common: int  # keys that ran under both
    equal_batch: int  # of those, keys that did so at a batch that both have
    only_first: int
    only_second: int
    now_fails: int  # configurations that ran under the first and failed under the second
    now_runs: int
    shift: Shift  # ln ratio of the throughputs, over all that was compared
    centred: bool  # whether the shift is taken out before a change is judged
    sd: float | None  # of ln ratio about the shift, where n = 1 a side; None: the store's noise stands for it
    rows: tuple[StackChange, ...]  # by model, then configuration

    @property
    def changed(self) -> tuple[StackChange, ...]:
        """What got faster or slower, the largest change first."""
        found = [row for row in self.rows if row.judgement != UNCLEAR]
        return tuple(sorted(found, key=lambda row: -abs(math.log(row.beyond))))


def compare_stacks(store: Store, stack1: str, stack2: str, hardware: str | None = None) -> StackComparison:
    """What changed from ``stack1`` to ``stack2``; nothing is written.

    Stacks are named as published files name them (``pt240``, ``pt240-cu124``), by torch release (``2.4``),
    or by the id of a stack or environment; ``hardware`` by its name or a part that no other has. Raises
    UnknownNameError that names what there is, NoResultsError where nothing ran under both.
    """
    with store.reading() as con:
        first, second = chosen_stacks(held_stacks(con), stack1, stack2, hardware)
        estimates = group_estimates(con, stacks=(first.id, second.id))
        noise = current_noise(con)[0]
    return stack_comparison(estimates, first, second, noise)


def stack_comparison(
    estimates: Iterable[Estimate], first: HeldStack, second: HeldStack, noise: Noise
) -> StackComparison:
    """The comparison from one hardware's estimates; a pure function: their order changes nothing."""
    one, other = _by_key(estimates, first.id, second.id)
    pairs = [(one[k], other[k]) for k in sorted(one.keys() & other.keys())]
    ran = [(a, b) for a, b in pairs if runs(a) and runs(b)]
    keys_1, keys_2 = ({_without_batch(e) for e in side.values() if runs(e)} for side in (one, other))
    if not ran:
        raise NoResultsError(
            f"nothing ran in the same configuration under {first.software} and {second.software} on"
            f" {first.hardware}"
        )
    y = np.array([math.log(b.throughput or 1.0) - math.log(a.throughput or 1.0) for a, b in ran])
    shift, centred = common_shift(y), len(ran) >= ENOUGH
    once = np.array([min(a.n, b.n) < 2 for a, b in ran])
    sd = robust_sd(y[once]) if once.sum() >= ENOUGH else None
    return StackComparison(
        hardware=first.hardware,
        first=first,
        second=second,
        common=len(keys_1 & keys_2),
        equal_batch=len({_without_batch(a) for a, _ in ran}),
        only_first=len(keys_1 - keys_2),
        only_second=len(keys_2 - keys_1),
        now_fails=sum(runs(a) and not runs(b) for a, b in pairs),
        now_runs=sum(runs(b) and not runs(a) for a, b in pairs),
        shift=shift,
        centred=centred,
        sd=sd,
        rows=judged(ran, y - shift.value if centred else y, sd, noise, centred=centred),
    )


def _by_key(estimates: Iterable[Estimate], *stacks: str) -> tuple[dict[Key, Estimate], dict[Key, Estimate]]:
    """What each stack decided, by group and configuration: in the environment with the most ok runs."""
    held: dict[tuple[str, Key], list[Estimate]] = defaultdict(list)
    for e in estimates:
        if e.stack in stacks and decides(e):
            held[e.stack, name(e.group)].append(e)
    sides: dict[str, dict[Key, Estimate]] = {stack: {} for stack in stacks}
    for (stack, group), members in held.items():
        for k, e in by_configuration(members).items():
            sides[stack][(*group, *order(k))] = e
    return sides[stacks[0]], sides[stacks[1]]


def _without_batch(e: Estimate) -> Key:
    return (*name(e.group), *combination(e.configuration))
