"""What was found of all models before they are ranked: who meets every requirement, and who does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..answers import Noises
from .choice import Excluded
from .components import Meeting
from .target_hardware import TargetHardware
from .wanted import Wanted

MOST_MEASURED = 64  # models whose results are looked at: those with the most downloads


@dataclass(frozen=True, slots=True)
class Hardware:
    """The asked hardware with what is stored of it."""

    target: TargetHardware
    noise: Noises
    looked_at: Mapping[str, tuple[str, ...]]  # models whose results are looked at, each with their names
    peaks: Mapping[str, int]  # what was measured to be needed, anywhere, by the names of results


@dataclass(frozen=True, slots=True)
class Found:
    """Every recorded model on one of two sides."""

    wanted: Wanted
    models: int
    meeting: tuple[Meeting, ...]
    excluded: tuple[Excluded, ...]
    hardware: Hardware | None
