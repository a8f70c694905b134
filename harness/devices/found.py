"""A device as it was found on this machine (without torch)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """One device; None where a fact can't be read."""

    name: str  # what a user types and torch takes: "cpu", "cuda:0"
    kind: str  # "cpu" | "cuda"
    hardware: str  # the class that results are compared by: marketing name with its size
    memory_bytes: int | None
    uuid: str | None = None
    mig_profile: str | None = None
    physical_cores: int | None = None
