"""What is stored of an environment's calibrations: of each part the newest that has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC
from typing import Any

import duckdb

from ..records import Calibration, Ceiling
from ..storage.store import Store


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The newest calibrations of one environment: of the harness's own cost, with noise, with ceilings.

    A sweep stores the first alone, so the three may be of different days.
    """

    cost: Calibration
    noise: Calibration | None
    ceilings: Calibration | None


def calibrated(store: Store) -> dict[str, Calibrated]:
    """What is stored, by environment; the journal alone while the database is in use."""
    by_environment: dict[str, list[Calibration]] = defaultdict(list)
    with store.current() as (con, later):
        for each in _from_database(con) if con else ():
            by_environment[each.env_id].append(each)
        for event in later:
            if event.kind == "calibrated":
                by_environment[event.body["env_id"]].append(_from_event(event.body))
    return {env_id: _newest(found) for env_id, found in by_environment.items()}


def _newest(found: list[Calibration]) -> Calibrated:
    """``found`` in the order in which they were stored."""
    return Calibrated(
        cost=found[-1],
        noise=_last(each for each in found if each.noise is not None),
        ceilings=_last(each for each in found if each.ceilings),
    )


def _last(found: Iterable[Calibration]) -> Calibration | None:
    return next(reversed(list(found)), None)


def _from_event(body: dict[str, Any]) -> Calibration:
    return Calibration(**{**body, "ceilings": tuple(Ceiling(**ceiling) for ceiling in body["ceilings"])})


def _from_database(con: duckdb.DuckDBPyConnection) -> Iterable[Calibration]:
    ceilings: dict[int, list[Ceiling]] = defaultdict(list)
    for row in _rows(con, "ceilings", Ceiling):
        ceilings[row.pop("seq")].append(Ceiling(**row))
    for row in _rows(con, "calibrations", Calibration):
        seq, recorded_at = row.pop("seq"), row.pop("recorded_at").replace(tzinfo=UTC).isoformat()
        yield Calibration(**row, recorded_at=recorded_at, ceilings=tuple(ceilings[seq]))


def _rows(con: duckdb.DuckDBPyConnection, table: str, record: type) -> list[dict[str, Any]]:
    names = ["seq", *(field.name for field in fields(record) if field.name != "ceilings")]
    query = f"SELECT {', '.join(names)} FROM {table} ORDER BY seq, rowid"  # noqa: S608 - our own names
    return [dict(zip(names, row, strict=True)) for row in con.execute(query).fetchall()]
