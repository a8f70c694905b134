"""Which software stack speaks for a hardware: results of different stacks are never pooled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..records import OK, Configuration, Estimate

HERE = "measured here"


@dataclass(frozen=True, slots=True)
class Stack:
    """The estimates of one hardware that share driver, CUDA, torch and libraries."""

    id: str
    torch: str | None
    here: bool
    estimates: tuple[Estimate, ...]

    @property
    def configurations(self) -> set[Configuration]:
        """The distinct configurations that it holds."""
        return {e.configuration for e in self.estimates}


def release(version: str | None) -> tuple[int, ...]:
    """``2.13.0+cpu`` as (2, 13, 0), for comparing; () where unknown, which is older than all."""
    found = re.match(r"\d+(?:\.\d+)*", version or "")
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def minor(version: str | None) -> str | None:
    """``2.13.0+cpu`` as ``2.13``."""
    return ".".join(str(part) for part in release(version)[:2]) or None


def stacks(estimates: Iterable[Estimate]) -> list[Stack]:
    """The stacks of one hardware, the one that speaks for it first.

    Measured here before elsewhere, then the newest torch, then the most configurations.
    """
    by_id: dict[str, list[Estimate]] = defaultdict(list)
    for e in estimates:
        by_id[e.stack].append(e)
    found = [_stack(name, members) for name, members in by_id.items()]
    found.sort(key=lambda s: s.id)
    found.sort(key=lambda s: (s.here, release(s.torch), len(s.configurations)), reverse=True)
    return found


def _stack(name: str, members: list[Estimate]) -> Stack:
    here = any(e.evidence.tier == HERE for e in members)
    return Stack(name, max((e.torch for e in members), key=release), here, tuple(members))


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
