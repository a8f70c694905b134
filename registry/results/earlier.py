"""What was measured here before: what a sweep that goes on, or is planned, can know already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from ..catalogue.naming import old_names
from ..records import DECIDED_FAILURES, OK, Cell, Configuration
from ..storage.journal import Event
from ..storage.rows import utc
from ..storage.store import Store

Invocation = tuple[str, str, int]  # cell_key, env_id, invocation
Row = Mapping[str, Any]
DECIDED = DECIDED_FAILURES | {OK}
CELL = tuple(field.name for field in fields(Cell) if field.name != "configuration")
CONFIGURATION = tuple(field.name for field in fields(Configuration))
COLUMNS = (
    "id",
    *CELL,
    *CONFIGURATION,
    *("cell_key", "env_id", "invocation", "status", "throughput", "recorded_at", "sweep_id", "first_call_s"),
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One run that is in the store, under its model's present name.

    ``took_s``: from the record before it in its sweep (or the sweep's start) to its own. What a sweep does
    between two records, such as the rungs of a ladder that fitted, counts with the second.
    """

    cell: Cell
    cell_key: str
    env_id: str
    invocation: int
    status: str
    throughput: float | None
    profile: str | None  # of its sweep; None where the sweep did not tell
    took_s: float | None
    first_call_s: float | None
    names: frozenset[str]  # every name that the model has or had

    @property
    def identity(self) -> Invocation:
        """The unit of resume."""
        return self.cell_key, self.env_id, self.invocation

    def called(self, name: str) -> Earlier:
        """The run as if its model had been called ``name`` when it was measured."""
        cell = replace(self.cell, model=name)
        return replace(self, cell=cell, cell_key=cell.key)


@dataclass(slots=True)
class _Known:
    """What concerns rows beside themselves, gathered from the database and the events after it."""

    sweeps: dict[str, tuple[str | None, datetime]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)  # a former name -> the present one

    def rename(self, old: str, new: str) -> None:
        """Takes in that a model has another name."""
        self.names = {name: new if now == old else now for name, now in self.names.items()} | {old: new}

    def all_names(self) -> dict[str, frozenset[str]]:
        """Every name of each model that has or had more than one, by each of them."""
        of_model: defaultdict[str, set[str]] = defaultdict(set)
        for name, now in self.names.items():
            of_model[now] |= {name, now}
        return {name: frozenset(names) for names in of_model.values() for name in names}


def earlier(store: Store, env_ids: Collection[str] | None = None) -> list[Earlier]:
    """Every run that was measured in these environments (None: in any), in the order of the journal.

    Retracted ones are left out: a sweep measures them again. Reads the database and the events that it
    doesn't hold yet; the journal alone while the database is in use.
    """
    with store.current() as (con, later):
        rows: list[Row] = []
        known = _Known()
        if con is not None:
            select = f"SELECT {', '.join(COLUMNS)} FROM performance_results"  # noqa: S608 - our own names
            found = con.execute(f"{select} WHERE provenance = 'measured' ORDER BY id").fetchall()
            rows = [dict(zip(COLUMNS, row, strict=True)) for row in found]
            listed = con.execute("SELECT sweep_id, profile, started_at FROM sweeps").fetchall()
            known.sweeps = {sweep_id: (profile, started) for sweep_id, profile, started in listed}
            known.gone = {number for (number,) in con.execute("SELECT result_id FROM retractions").fetchall()}
            known.names = old_names(con)
        rows += _journalled(later, known)
    return list(_timed(rows, known, env_ids))


def finished(runs: Iterable[Earlier]) -> dict[Invocation, str]:
    """The status of each invocation that ran or was decided; of several the latest decided one."""
    return {run.identity: run.status for run in runs if run.status in DECIDED}


def _journalled(events: Iterable[Event], known: _Known) -> Iterator[Row]:
    """The measured rows; what else the events say goes to ``known``."""
    for event in events:
        body = event.body
        if event.kind == "sweep":
            known.sweeps.setdefault(body["sweep_id"], (body.get("profile"), utc(body["started_at"])))
        if event.kind == "retracted":
            known.gone.update(body["ids"])
        if event.kind == "reinstated":
            known.gone.difference_update(body["ids"])
        if event.kind == "model_renamed":
            known.rename(body["model"], body["to"])
        if event.kind == "measured" and body["row"]["provenance"] == "measured":
            own = {"id": event.first_id, "recorded_at": utc(body["row"]["recorded_at"])}
            yield {**body["row"], **own}


def _timed(rows: Iterable[Row], known: _Known, env_ids: Collection[str] | None) -> Iterator[Earlier]:
    """The rows that count; a retracted one still took its time."""
    last = {sweep_id: started for sweep_id, (_, started) in known.sweeps.items()}
    names = known.all_names()
    for row in rows:
        sweep_id, recorded_at = row.get("sweep_id"), row["recorded_at"]
        before = last.get(sweep_id) if sweep_id else None
        if sweep_id:
            last[sweep_id] = recorded_at
        if row["id"] not in known.gone and (env_ids is None or row["env_id"] in env_ids):
            took_s = None if before is None else (recorded_at - before).total_seconds()
            profile, _ = known.sweeps.get(sweep_id or "", (None, None))
            called: str = row["model"]
            model = known.names.get(called, called)
            yield _earlier({**row, "model": model}, names.get(model, frozenset({model})), profile, took_s)


def _earlier(row: Row, names: frozenset[str], profile: str | None, took_s: float | None) -> Earlier:
    configuration = Configuration(**{name: row[name] for name in CONFIGURATION})
    return Earlier(
        cell=Cell(configuration=configuration, **{name: row[name] for name in CELL}),
        cell_key=row["cell_key"],
        env_id=row["env_id"],
        invocation=row["invocation"],
        status=row["status"],
        throughput=row.get("throughput"),
        profile=profile,
        took_s=took_s if took_s is not None and took_s >= 0 else None,  # < 0: the clock was set
        first_call_s=row.get("first_call_s"),
        names=names,
    )
