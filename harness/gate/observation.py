"""What one fresh process says of the benchmarks that it ran, and how that travels to its parent."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from .errors import PassUnreadableError

FORMAT = 1


class Standing(StrEnum):
    """How a benchmark ended in one process."""

    MEASURED = "measured"
    FAILED = "failed"  # it raised, or its test failed
    SKIPPED = "skipped"
    DISABLED = "disabled"  # it ran, untimed: --benchmark-disable, or its fixture was never called


@dataclass(frozen=True, slots=True)
class Observation:
    """One benchmark in one process. None = not measured, never 0."""

    benchmark: str  # pytest's node id, from the rootdir; or the name of a command
    standing: Standing
    median_s: float | None = None  # of its timed rounds, per iteration; None in a pass that counts
    rounds: int = 0  # 0 also of a whole command, which has none
    device_kind: str = "cpu"  # "cuda" where its process had work on a GPU
    sm_clock_hz: float | None = None  # of that GPU, right after the rounds
    counters: Mapping[str, float] = field(default_factory=dict)  # per call, of a pass that counts
    reason: str | None = None  # of what was not measured, one line


@dataclass(frozen=True, slots=True)
class Pass:
    """One process: its benchmarks in the order in which they ran."""

    observations: tuple[Observation, ...]
    fingerprint: Mapping[str, str]  # of the machine and its software, see fingerprint.py
    strays: tuple[str, ...] = ()  # modules that both sides would have in common, see foreign.py
    notes: tuple[str, ...] = ()  # what its parent should print, one line each


def written(found: Pass) -> str:
    """``found`` as JSON text."""
    return json.dumps({"format": FORMAT, **asdict(found)})


def read(text: str) -> Pass:
    """The pass that ``written`` wrote. Raises PassUnreadableError for anything else, a truncated one too."""
    try:
        body = json.loads(text)
        if body.pop("format") != FORMAT:
            raise PassUnreadableError("a benchmark process answered in another version's format")
        observations = tuple(_observation(each) for each in body.pop("observations"))
        return Pass(
            observations,
            {str(name): str(value) for name, value in body.pop("fingerprint").items()},
            tuple(map(str, body.pop("strays"))),
            tuple(map(str, body.pop("notes"))),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PassUnreadableError("a benchmark process ended without a whole answer") from error


def _observation(body: dict[str, Any]) -> Observation:
    found = Observation(**{**body, "standing": Standing(body["standing"])})
    numbers = (found.median_s, found.sm_clock_hz, *found.counters.values())
    if any(number is not None and not (math.isfinite(number) and number >= 0) for number in numbers):
        raise ValueError(f"{found.benchmark}: no finite number")
    return found
