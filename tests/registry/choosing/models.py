"""Candidates of a choice, and what is known of them."""

from __future__ import annotations

from typing import Any

from fitment.registry.choosing.candidates import Candidate
from fitment.registry.choosing.choice import Fit, Speed, Terms
from fitment.registry.choosing.components import Meeting


def candidate(model_id: str = "m", **facts: Any) -> Candidate:
    """A model of which nothing is known but ``facts``."""
    nothing = dict.fromkeys(
        ("name", "organisation", "licence", "parameters", "size_bytes", "task", "downloads", "rating")
    )
    empty = {"version": "", "restrictions": (), "tags": (), "metrics": {}, "measured_as": ()}
    return Candidate(**{**nothing, **empty, "model_id": model_id, **facts})


def speed(value: float, low: float | None = None, high: float | None = None, **fields: Any) -> Speed:
    """A measured speed."""
    known = {"tier": "measured here", "unit": "samples/s", "configuration": "batch 1", "hardware": "h"}
    rest = {"memory_bytes": None, "p_best": None, "result_ids": (1, 2)}
    return Speed(**{**known, **rest, "value": value, "low": low, "high": high, **fields})


def fit(needed: int, tier: str = "measured", estimated: int | None = None) -> Fit:
    """Of a device with 100 bytes."""
    return Fit(tier, needed, needed if estimated is None else estimated, 100, needed <= 100, "")


def meeting(model_id: str = "m", *, verdict: str | None = None, **facts: Any) -> Meeting:
    """A model that meets every requirement."""
    there = {name: facts.pop(name, None) for name in ("fit", "speed", "estimated")}
    terms = Terms(verdict, (), (), "") if verdict else None
    return Meeting(candidate(model_id, **facts), terms, **there)
