"""Which results ids mean: of what model and version, on which hardware, in which configuration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from ..records import Configuration

if TYPE_CHECKING:
    import duckdb

_CONFIGURATION = tuple(field.name for field in fields(Configuration))
_NAMED = f"""
SELECT r.id, r.model, coalesce(v.version_tag, r.model_version), r.scenario, r.input_shape,
    r.hardware, r.status, {", ".join(f"r.{name}" for name in _CONFIGURATION)}
FROM performance_results r LEFT JOIN version_results l ON l.result_id = r.id
    LEFT JOIN model_registry_versions v ON v.id = l.version_id
WHERE r.id IN (SELECT unnest($ids::BIGINT[])) ORDER BY r.id
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class NamedResult:
    """A result by what it is of."""

    id: int
    model: str
    version: str  # that it is linked to, else measured as; "" where neither is said
    scenario: str
    input_shape: str
    hardware: str
    status: str
    configuration: Configuration


def named_results(con: duckdb.DuckDBPyConnection, ids: Iterable[int]) -> tuple[NamedResult, ...]:
    """Those of the results that there are, by id."""
    rows = con.execute(_NAMED, {"ids": list(ids)}).fetchall()
    return tuple(
        NamedResult(number, model, version, scenario, shape, hardware, status, Configuration(*configuration))
        for number, model, version, scenario, shape, hardware, status, *configuration in rows
    )
