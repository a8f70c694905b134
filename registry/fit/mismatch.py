"""Devices that were measured with different torch releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..answers import Estimate
from .stacks import minor, release


def mismatched(rows: Sequence[Estimate]) -> frozenset[str]:
    """The hardware whose torch minor version is not the most common one (of equals, the newest)."""
    versions = {e.hardware: minor(e.torch) for e in rows}
    counted = Counter(v for v in versions.values() if v is not None)
    if len(counted) < 2:
        return frozenset()
    usual = max(counted, key=lambda v: (counted[v], release(v)))
    return frozenset(name for name, v in versions.items() if v not in (None, usual))


def in_words(rows: Sequence[Estimate]) -> str | None:
    """One line on which torch each was measured with, where they differ."""
    if not mismatched(rows):
        return None
    versions = sorted({minor(e.torch) for e in rows} - {None}, key=release)
    listed = "; ".join(f"{v} on {' and '.join(_with(rows, v))}" for v in versions)
    return f"software_mismatch: measured with torch {listed}"


def _with(rows: Iterable[Estimate], version: str | None) -> list[str]:
    return sorted(e.hardware for e in rows if minor(e.torch) == version)
