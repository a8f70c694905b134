"""What a reader must know beside the numbers of a comparison of versions, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..answers import Estimate
from ..fit.outcomes import runs
from .ratios import ASSUMED
from .shared_reference import SharedScores, dropped

if TYPE_CHECKING:
    from .version_change import HardwareChange

DISTURBED = frozenset({"contended", "noisy", "not_steady", "throttled"})
MANY = 20  # configurations from which on one may well stand out by chance alone


def notes(
    rows: Sequence[HardwareChange], scores: Sequence[SharedScores], estimates: Sequence[Estimate]
) -> tuple[str, ...]:
    """The notes, in the order of their weight; ``estimates`` are those of both versions."""
    found = (_software(rows), _disturbed(estimates), _alone(rows), _chance(rows), _dropped(scores))
    return tuple(line for line in found if line)


def _software(rows: Sequence[HardwareChange]) -> str | None:
    differing = [row for row in rows if row.flags]
    if not differing:
        return None
    torch = sorted(
        {f"torch {row.torch_1} and {row.torch_2}" for row in differing if row.torch_1 != row.torch_2}
    )
    what = f" ({'; '.join(torch)})" if torch else ""
    return (
        f"software_mismatch: {_count(len({r.hardware_type for r in differing}), 'hardware')} ran the versions"
        f" under different stacks{what}: what changed is not the version alone"
    )


def _disturbed(estimates: Sequence[Estimate]) -> str | None:
    """Where timings were disturbed, a change may be that and not the version's."""
    ran = [DISTURBED & set(e.flags.split(",")) for e in estimates if runs(e)]
    flags = sorted(set().union(*ran))
    if not flags:
        return None
    return (
        f"{', '.join(flags)}: the timings of {sum(map(bool, ran))} of {_count(len(ran), 'candidate')} of both"
        " versions were disturbed, and what changed may be that: measure again where nothing else runs"
    )


def _alone(rows: Sequence[HardwareChange]) -> str | None:
    ratios = [c.throughput for row in rows for c in row.configurations if c.throughput]
    alone = sum(ratio.basis == ASSUMED for ratio in ratios)
    if not alone:
        return None
    return f"{ASSUMED}: {alone} of {_count(len(ratios), 'configuration')} ran once a version"


def _chance(rows: Sequence[HardwareChange]) -> str | None:
    judged = sum(c.throughput is not None for row in rows for c in row.configurations)
    if judged < MANY:
        return None
    return (
        f"of {judged} configurations compared, about {0.05 * judged:.0f} leave their 95 % interval by chance"
        " alone"
    )


def _dropped(scores: Sequence[SharedScores]) -> str | None:
    names = sorted({name for s in scores for name in dropped(s.criteria)})
    if not names:
        return None
    return f"{' and '.join(names)}: not known of all, so dropped from the scores of both versions"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 or noun == "hardware" else f"{n} {noun}s"
