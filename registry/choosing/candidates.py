"""The recorded models as candidates of a choice: of each its newest release, with what is asked of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

# The newest of several versions is the one that ``find_record`` finds.
_NEWEST = """
SELECT model_id, version, name, organisation, licence, restrictions, parameters, size_bytes, task, tags,
    metrics, downloads, rating, measured_as
FROM model_records
QUALIFY row_number() OVER (
    PARTITION BY model_id ORDER BY released_on DESC NULLS LAST, seq DESC, version DESC) = 1
ORDER BY model_id
"""


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


def candidates(con: duckdb.DuckDBPyConnection) -> list[Candidate]:
    """All of them, by id."""
    return [_candidate(row) for row in con.execute(_NEWEST).fetchall()]


def _candidate(row: tuple[Any, ...]) -> Candidate:
    """What is no finite number is no metric."""
    found = Candidate(*(tuple(v) if isinstance(v, list) else v for v in row))
    if all(map(math.isfinite, found.metrics.values())):
        return found
    return replace(found, metrics={k: v for k, v in found.metrics.items() if math.isfinite(v)})


def _plain(word: str) -> str:
    return re.sub(r"[\s_]", "-", word.strip().casefold())
