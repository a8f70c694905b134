"""Words of a question that no recorded model has: slips of the pen, most likely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..catalogue import near
from ..errors import UnknownNameError
from .candidates import Candidate
from .wanted import Wanted

if TYPE_CHECKING:
    import duckdb

_DECLARED = "SELECT DISTINCT unnest(map_keys(metrics)) FROM model_records"


def must_be_known(con: duckdb.DuckDBPyConnection, wanted: Wanted, recorded: Sequence[Candidate]) -> None:
    """Raises UnknownNameError for a task or metric that no model has, with what may be meant."""
    if wanted.task is not None and not any(each.has_task(wanted.task) for each in recorded):
        names = {name for each in recorded for name in (each.task, *each.tags) if name}
        raise _unknown("--task: no recorded model has the task or tag", wanted.task, names)
    for metric in wanted.metrics:
        if not any(metric.name in each.metrics for each in recorded):
            declared = {name for (name,) in con.execute(_DECLARED).fetchall()}
            raise _unknown("--metric: no recorded model declares", metric.name, declared)


def _unknown(what: str, asked: str, names: Iterable[str]) -> UnknownNameError:
    known = sorted(names)
    there = f"there are {near.listed(known)}" if known else "none is recorded at all"
    return UnknownNameError(f'{what} "{asked[:100]}": {near.hint(asked, known)}{there}')
