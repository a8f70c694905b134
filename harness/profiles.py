"""How much is measured: the profiles that a user chooses from, by name, and the batch ladder's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """The limits and goals of one profile. Times in seconds; shares as fractions."""

    budget_s: float  # of each timed pass; cuts every minimum
    percentile: float  # the highest one that the samples must suffice for
    confidence: float  # of that sufficiency
    invocations: int  # processes per cell, where the sweep names no number
    block_s: float  # least length of a throughput block
    min_blocks: int
    warm_up_cap_s: float
    energy: bool  # whether an energy pass is worth its seconds
    min_total_s: float = 0.5
    relative_half_width: float = 0.01
    timed: bool = True  # False: load, two steps and the memory pass, to see whether the batch fits


PROFILES = {
    "quick": Profile(2.0, 0.50, 0.95, 1, 0.1, 3, 2.0, energy=False),
    "standard": Profile(20.0, 0.95, 0.95, 3, 0.25, 10, 30.0, energy=True),
    "strict": Profile(60.0, 0.99, 0.99, 5, 0.25, 10, 30.0, energy=True),
}
FIT = Profile(0.0, 0.50, 0.95, 1, 0.0, 0, 0.0, energy=False, timed=False)


def named(name: str) -> Profile:
    """The profile of that name; "fit" is one too, but none that measures."""
    return FIT if name == "fit" else PROFILES[name]
