"""A device's measured roofline, asked of a child so that this process never loads torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...registry.records import Ceiling
from ..executors.child import Ending, run_child
from .own_cost import OwnCost

CHILD = "fitment.harness.calibration.child"
PRECISIONS = ("fp32", "tf32", "bf16", "fp16", "int8", "fp8")  # the keys of products.ARITHMETIC
DEADLINE_S = 240.0  # it takes a tenth of that where nothing else runs


@dataclass(frozen=True, slots=True)
class Reached:
    """What one child found out; ``own_cost`` is None where it ended before it had any answer."""

    own_cost: OwnCost | None
    ceilings: tuple[Ceiling, ...]


def roofline(
    device: str,
    *,
    precisions: Sequence[str] = PRECISIONS,
    child: str = CHILD,
    deadline_s: float = DEADLINE_S,
) -> Reached:
    """What each precision reaches on ``device``; where the child ended early, why the others are missing."""
    ending = run_child(child, {"device": device, "precisions": precisions}, deadline_s=deadline_s)
    body = ending.received.body
    found = tuple(Ceiling(**ceiling) for ceiling in body["ceilings"]) if body else ()
    reason = _reason(ending, deadline_s)
    missing = tuple(Ceiling(precision, detail=reason) for precision in precisions[len(found) :])
    return Reached(OwnCost(**body["own_cost"]) if body else None, found + missing)


def _reason(ending: Ending, deadline_s: float) -> str:
    """Why something is missing: how the child ended, and in which precision."""
    stage = f" in {ending.received.stage}" if ending.received.stage else ""
    if ending.timed_out:
        return f"not reached within {deadline_s:g} s: the process was ended{stage}"
    if ending.returncode is not None and ending.returncode < 0:
        return f"the process was killed by signal {-ending.returncode}{stage}"
    lines = ending.stderr_tail.strip().splitlines()
    last = f": {lines[-1].strip()[:200]}" if lines else ""
    return f"the process ended with exit code {ending.returncode}{stage}{last}"
