"""What is decided about one hardware: what ran, what was tried without success, and what that implies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..answers import Estimate
from ..records import DECIDED_FAILURES, OK, Configuration
from .configurations import combination, order

OUT_OF_MEMORY = frozenset({"oom_device", "oom_host", "skipped_bound"})


def runs(e: Estimate) -> bool:
    """Whether an estimate is a candidate: it ran and its throughput is known."""
    return e.status == OK and e.throughput is not None


def decides(e: Estimate) -> bool:
    """Whether an estimate says if its configuration runs."""
    return runs(e) or e.status in DECIDED_FAILURES


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One hardware's decided configurations, in one stack, and the failures that decide more.

    One OOM decides every larger batch with all other fields equal; one unsupported precision or compile
    mode decides every configuration with that value; an unsupported device decides all.
    """

    own: Mapping[Configuration, Estimate]
    oom: Mapping[tuple[Any, ...], Estimate]  # by combination: at its smallest batch
    precisions: Mapping[str, Estimate]
    compile_modes: Mapping[str, Estimate]
    device: Estimate | None

    def of(self, k: Configuration) -> Estimate | None:
        """The estimate that decides ``k``: its own, else a failure that implies it, else None."""
        if k in self.own:
            return self.own[k]
        bound = self.oom.get(combination(k))
        if bound is not None and k.batch > bound.configuration.batch:
            return bound
        return self.device or self.precisions.get(k.precision) or self.compile_modes.get(k.compile_mode)

    def candidates(self) -> list[Estimate]:
        """What runs, in no order."""
        return [e for e in self.own.values() if runs(e)]


def outcomes(estimates: Iterable[Estimate]) -> Outcomes:
    """What one hardware's estimates decide, one for each configuration."""
    own = {e.configuration: e for e in estimates}
    ok = [k for k, e in own.items() if runs(e)]
    failed = sorted((e for e in own.values() if not runs(e)), key=lambda e: order(e.configuration))
    unsupported = [e for e in failed if e.status == "unsupported_device"]
    return Outcomes(
        own,
        _smallest_oom(ok, failed),
        _unsupported("unsupported_precision", lambda k: k.precision, ok, failed),
        _unsupported("unsupported_compile", lambda k: k.compile_mode, ok, failed),
        unsupported[0] if unsupported and not ok else None,
    )


def _smallest_oom(ok: list[Configuration], failed: list[Estimate]) -> dict[tuple[Any, ...], Estimate]:
    """The smallest batch out of memory by combination; one below a batch that ran proves nothing."""
    largest_ok: dict[tuple[Any, ...], int] = defaultdict(int)
    for k in ok:
        largest_ok[combination(k)] = max(largest_ok[combination(k)], k.batch)
    bounds: dict[tuple[Any, ...], Estimate] = {}
    for e in sorted(failed, key=lambda e: e.configuration.batch, reverse=True):
        k = e.configuration
        if e.status in OUT_OF_MEMORY and k.batch > largest_ok[combination(k)]:
            bounds[combination(k)] = e
    return bounds


def _unsupported(
    status: str, value: Callable[[Configuration], str], ok: list[Configuration], failed: list[Estimate]
) -> dict[str, Estimate]:
    """The failures with that status by value, but for values that ran somewhere on this hardware."""
    found = {value(e.configuration): e for e in reversed(failed) if e.status == status}
    ran = {value(k) for k in ok} if found else ()
    return {name: e for name, e in found.items() if name not in ran}
