"""All that is known of one model: its record, what that allows, its results, versions and users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NoResultsError
from .model_record import ModelRecord
from .model_records import find_record, records_of
from .naming import find_model
from .permissions import Permission, permissions
from .versions import aliases_of, versions

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Measured:
    """The results of a model on one hardware at one precision: ok ones that count."""

    model: str  # the name that it was measured under
    hardware: str
    precision: str
    provenance: str  # measured | imported
    results: int
    throughput: float | None  # the largest, in throughput_unit
    throughput_unit: str | None
    latency_p50_s: float | None  # the least
    peak_memory_bytes: int | None  # the least


@dataclass(frozen=True, slots=True)
class MeasuredName:
    """A name under which there are results, with the versions and aliases of it."""

    model: str
    versions: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]  # (alias, version)


@dataclass(frozen=True, slots=True)
class User:
    """A repository that uses the model."""

    repository: str
    places: int


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What ``fitment model show`` says."""

    record: ModelRecord
    versions: tuple[str, ...]  # that are recorded, the newest release first
    permissions: tuple[Permission, ...]
    names: tuple[MeasuredName, ...]
    measured: tuple[Measured, ...]
    users: tuple[User, ...]


def model_facts(con: duckdb.DuckDBPyConnection, asked: str, version: str | None = None) -> ModelFacts:
    """What is known of a model. Raises UnknownNameError as ``find_record``."""
    record = find_record(con, asked, version)
    names = tuple(name for each in (record.model_id, *record.measured_as) if (name := _name(con, each)))
    return ModelFacts(
        record=record,
        versions=tuple(each.version for each in records_of(con, record.model_id)),
        permissions=permissions(record),
        names=names,
        measured=_measured(con, [name.model for name in names]),
        users=tuple(
            User(repository, places)
            for repository, places in con.execute(
                """SELECT repository, count(*) FROM model_usage WHERE model_id = ?
                   GROUP BY repository ORDER BY count(*) DESC, repository""",
                [record.model_id],
            ).fetchall()
        ),
    )


def _name(con: duckdb.DuckDBPyConnection, asked: str) -> MeasuredName | None:
    try:
        found = find_model(con, asked)
    except NoResultsError:
        return None
    tags = tuple(version.tag for version in versions(con, found))
    return MeasuredName(found.name, tags, tuple(sorted(aliases_of(con, found).items())))


def _measured(con: duckdb.DuckDBPyConnection, names: list[str]) -> tuple[Measured, ...]:
    rows = con.execute(
        """SELECT model, hardware, precision, provenance, count(*), max(throughput),
               any_value(throughput_unit), min(latency_p50_s), min(peak_memory_bytes)
           FROM current_results
           WHERE model IN (SELECT unnest($names::VARCHAR[])) AND status = 'ok' AND provenance <> 'simulated'
           GROUP BY ALL ORDER BY model, hardware, precision, provenance""",
        {"names": names},
    ).fetchall()
    return tuple(Measured(*row) for row in rows)
