"""Which software stack speaks for a hardware: results of different stacks are never pooled."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..answers import Estimate
from ..records import OK, Configuration
from .outcomes import Outcomes, decides, outcomes

HERE = "measured here"


@dataclass(frozen=True, slots=True)
class Stack:
    """What one hardware decided under one driver, CUDA, torch and libraries."""

    id: str
    torch: str | None
    here: bool
    outcomes: Outcomes

    @property
    def size(self) -> int:
        """How many configurations it has decided itself."""
        return len(self.outcomes.own)


@functools.cache
def release(version: str | None) -> tuple[int, ...]:
    """``2.13.0+cpu`` as (2, 13, 0), for comparing; () where unknown, which is older than all."""
    found = re.match(r"\d+(?:\.\d+)*", version or "")
    return tuple(int(part) for part in found[0].split(".")) if found else ()


@functools.cache
def minor(version: str | None) -> str | None:
    """``2.13.0+cpu`` as ``2.13``."""
    return ".".join(str(part) for part in release(version)[:2]) or None


def stacks(estimates: Iterable[Estimate]) -> list[Stack]:
    """The stacks of one hardware that decided something, the one that speaks for it first.

    Measured here before elsewhere, then the newest torch, then the most configurations.
    """
    by_id: dict[str, list[Estimate]] = defaultdict(list)
    for e in estimates:
        if decides(e):
            by_id[e.stack].append(e)
    found = [_stack(name, members) for name, members in by_id.items()]
    found.sort(key=lambda s: s.id)
    found.sort(key=lambda s: (s.here, release(s.torch), s.size), reverse=True)
    return found


def _stack(name: str, members: list[Estimate]) -> Stack:
    here = any(e.evidence.tier == HERE for e in members)
    torch = max((e.torch for e in members), key=release)
    return Stack(name, torch, here, outcomes(by_configuration(members).values()))


def by_configuration(estimates: Iterable[Estimate]) -> dict[Configuration, Estimate]:
    """Each configuration's estimate of one stack: of the environment with the most ok runs."""
    chosen: dict[Configuration, Estimate] = {}
    for e in estimates:
        rival = chosen.get(e.configuration)
        if rival is None or _standing(e) < _standing(rival):
            chosen[e.configuration] = e
    return chosen


def _standing(e: Estimate) -> tuple[int, bool, int, str]:
    return (-e.n, e.status != OK, -e.n_tried, e.env_id)
