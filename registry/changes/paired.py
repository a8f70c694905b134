"""Two sides of one hardware brought together: in the same stack where both have one, then by configuration.

What is compared is a version with another, so everything else is to be the same: of several stacks the one
that both sides ran, of several environments the one that both ran most often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..answers import Estimate
from ..fit.configurations import order
from ..fit.outcomes import Outcomes, outcomes, runs
from ..fit.stacks import Stack, by_configuration, release, stacks
from ..records import Configuration

Sides = tuple[Estimate | None, Estimate | None]


@dataclass(frozen=True, slots=True)
class Paired:
    """What both sides know of one hardware; a side's stack is None where it decided nothing there."""

    first: Stack | None
    second: Stack | None
    pairs: tuple[tuple[Configuration, Sides], ...]  # in order; None where a side decides nothing about it

    @property
    def same_stack(self) -> bool:
        """Whether both sides ran the same driver, CUDA, torch and libraries."""
        return self.first is not None and self.second is not None and self.first.id == self.second.id


def paired(first: Iterable[Estimate], second: Iterable[Estimate]) -> Paired:
    """The two sides of one hardware of one group, whatever the order of the estimates."""
    sides = list(first), list(second)
    chosen = _chosen(stacks(sides[0]), stacks(sides[1]))
    one, other = (_of_stack(side, stack) for side, stack in zip(sides, chosen, strict=True))
    _same_environment(one, other)
    decided = [outcomes(by_configuration(_flat(members)).values()) for members in (one, other)]
    known = sorted({k for side in decided for k in side.own}, key=order)
    pairs = tuple((k, (decided[0].of(k), decided[1].of(k))) for k in known)
    return Paired(chosen[0], chosen[1], pairs)


def _chosen(first: Sequence[Stack], second: Sequence[Stack]) -> tuple[Stack | None, Stack | None]:
    """The stack that both sides ran, as each has it; of several as ``stacks.stacks``, then the most pairs.

    Where they have none in common, each side's own that speaks first.
    """
    there = {stack.id: stack for stack in second}
    both = [(stack, there[stack.id]) for stack in first if stack.id in there]
    if both:
        return max(both, key=_standing)
    return next(iter(first), None), next(iter(second), None)


def _standing(pair: tuple[Stack, Stack]) -> tuple[bool, tuple[int, ...], int, str]:
    one, other = pair
    return (one.here or other.here, release(one.torch), _common(one.outcomes, other.outcomes), one.id)


def _common(one: Outcomes, other: Outcomes) -> int:
    return len({e.configuration for e in one.candidates()} & {e.configuration for e in other.candidates()})


ByConfiguration = dict[Configuration, list[Estimate]]


def _of_stack(estimates: Iterable[Estimate], stack: Stack | None) -> ByConfiguration:
    members: ByConfiguration = defaultdict(list)
    for e in estimates:
        if stack is not None and e.stack == stack.id:
            members[e.configuration].append(e)
    return members


def _same_environment(one: ByConfiguration, other: ByConfiguration) -> None:
    """Leaves of each configuration one environment a side: the same, where both ran it in one."""
    for k in one.keys() & other.keys():
        here, there = ({e.env_id: e for e in side[k] if runs(e)} for side in (one, other))
        both = here.keys() & there.keys()
        if both:
            best = max(both, key=lambda env: (min(here[env].n, there[env].n), env))
            one[k], other[k] = [here[best]], [there[best]]


def _flat(members: ByConfiguration) -> list[Estimate]:
    return [e for es in members.values() for e in es]
