"""The recorded models as candidates of a choice: of each its newest release, with what is asked of it."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..catalogue.model_records import NEWEST
from .wanted import Wanted

if TYPE_CHECKING:
    import duckdb

# The newest of several versions is the one that ``find_record`` finds. Lists are read where they are asked
# for, and of the metrics those that are: a catalogue may hold hundreds of thousands of models.
_RECORDS = """
SELECT model_id, version, name, organisation, licence, restrictions, parameters, size_bytes, task,
    CASE WHEN $with_tags THEN tags END,
    list_transform($metrics::VARCHAR[], lambda metric: metrics[metric]),
    downloads, rating,
    CASE WHEN $with_results THEN measured_as END
FROM model_records
QUALIFY row_number() OVER (
    PARTITION BY model_id ORDER BY {newest}) = 1
ORDER BY model_id
"""
_METRICS = 10  # the place of their column
_LISTS = (5, 9, 13)  # those of lists


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model as its makers declare it; None and empty are "nobody said"."""

    model_id: str
    version: str
    name: str | None
    organisation: str | None
    licence: str | None
    restrictions: tuple[str, ...]
    parameters: int | None
    size_bytes: int | None
    task: str | None
    tags: tuple[str, ...]
    metrics: Mapping[str, float]
    downloads: int | None
    rating: float | None
    measured_as: tuple[str, ...]

    def has_task(self, asked: str) -> str | None:
        """By what it has the task, its own or a tag (in any case; blanks and "_" are "-"); None: by none."""
        wanted = _plain(asked)
        if self.task is not None and _plain(self.task) == wanted:
            return f"task {self.task}"
        return next((f'tag "{tag}"' for tag in self.tags if _plain(tag) == wanted), None)


def candidates(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> list[Candidate]:
    """All of them, by id, with what is asked of them: tags for a task, names of results for hardware."""
    names = [metric.name for metric in wanted.metrics]
    asked = {
        "metrics": names,
        "with_tags": wanted.task is not None,
        "with_results": wanted.hardware is not None,
    }
    return [
        _candidate(list(row), names) for row in con.execute(_RECORDS.format(newest=NEWEST), asked).fetchall()
    ]


def _candidate(row: list[Any], names: Sequence[str]) -> Candidate:
    """What is no finite number is no metric."""
    said = zip(names, row[_METRICS], strict=True)
    row[_METRICS] = {name: v for name, v in said if v is not None and math.isfinite(v)}
    for place in _LISTS:
        row[place] = tuple(row[place] or ())
    return Candidate(*row)


@functools.lru_cache(maxsize=65_536)
def _plain(word: str) -> str:
    return re.sub(r"[\s_]", "-", word.strip().casefold())
