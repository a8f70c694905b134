"""The results that a sweep has put into the store, by what they are of: what links and retractions name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...registry.records import OK, Cell


@dataclass(frozen=True, slots=True)
class Made:
    """The results of one model, and of one version of it where the sweep declared that."""

    model: str
    version: str  # "": none was declared
    scenarios: tuple[str, ...]
    ids: tuple[int, ...]
    ok: int  # how many of them are usable


def made_by_model(kept: Iterable[tuple[int, Cell, str]]) -> tuple[Made, ...]:
    """What was kept, each result as id, cell and status, by model in the order of the first ids."""
    by_model: dict[tuple[str, str], list[tuple[int, Cell, str]]] = {}
    for number, cell, status in sorted(kept, key=lambda each: each[0]):
        by_model.setdefault((cell.model, cell.model_version), []).append((number, cell, status))
    return tuple(
        Made(
            *key,
            scenarios=tuple(dict.fromkeys(cell.scenario for _, cell, _ in results)),
            ids=tuple(number for number, _, _ in results),
            ok=sum(status == OK for _, _, status in results),
        )
        for key, results in by_model.items()
    )
