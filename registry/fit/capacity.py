"""How much memory a candidate's device has: as its environment says, else as the catalogue does."""

from __future__ import annotations

from ..answers import Estimate
from ..catalogue.hardware import CatalogueEntry, match


def capacity_bytes(e: Estimate) -> int | None:
    """The memory of the device; None where neither says it."""
    if e.capacity_bytes is not None or e.device_kind == "cpu":
        return e.capacity_bytes
    entry = match(e.hardware)
    return entry.memory_bytes if isinstance(entry, CatalogueEntry) else None


def is_from_catalogue(e: Estimate) -> bool:
    """Whether the capacity is the catalogue's."""
    return e.capacity_bytes is None and capacity_bytes(e) is not None
