"""Models by what is asked of them, the most used and best rated first.

Licences are judged once each, as there are few; the rest is one question to the database. Every value of
the asker is bound. What isn't known never wins: it fails a bound, and comes last in an order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError
from ..licences.verdicts import Verdict
from .licence_names import same_name
from .model_fit import DEFAULT_PRECISION, OVERHEAD, Device, bytes_of, measured_bytes
from .near import listed
from .permissions import NON_COMMERCIAL, Permission, permission

if TYPE_CHECKING:
    import duckdb

ORDERS: Mapping[str, tuple[str, ...]] = {  # what is larger comes first; ties by id and version
    "popularity": ("downloads * rating", "downloads", "rating"),
    "downloads": ("downloads",),
    "rating": ("rating", "downloads"),
    "parameters": ("-parameters",),
    "size": ("-size_bytes",),
    "newest": ("released_on - DATE '1970-01-01'",),
    "name": (),
}
_USABLE = (Verdict.COMPATIBLE, Verdict.CONDITIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of models; None and empty ask for nothing."""

    text: str | None = None  # words, each in the id, name, organisation, architecture, task or a tag
    licence: str | None = None  # in any spelling
    organisation: str | None = None
    tags: tuple[str, ...] = ()  # all of them
    least_parameters: int | None = None
    most_parameters: int | None = None
    parameters_open: bool = False  # whether the bounds themselves are left out, as in "<1B"
    commercial: bool = False
    least_rating: float | None = None
    task: str | None = None
    runs_on: Device | None = None
    precision: str = DEFAULT_PRECISION
    order: str = "popularity"
    limit: int = 20


@dataclass(frozen=True, slots=True)
class FoundModel:
    """One model that is as asked."""

    model_id: str
    version: str
    organisation: str | None
    licence: str | None
    commercial: str  # a verdict: may it be used commercially
    condition: str  # what has to hold for that, or is to be done
    why: str  # the clause behind the verdict
    contradiction: str | None  # a claim that the verdict contradicts
    parameters: int | None
    size_bytes: int | None
    architecture: str | None
    task: str | None
    tags: tuple[str, ...]
    released_on: date | None
    downloads: int | None
    rating: float | None
    needs_bytes: int | None = None  # at the precision asked for, where a device was
    needs_basis: str = ""  # measured | parameters | size


@dataclass(frozen=True, slots=True)
class Found:
    """The models that are as asked, the first of them, and how many were left out for what isn't known."""

    models: tuple[FoundModel, ...]
    matching: int
    stored: int  # records of any kind
    unknown_licence: int  # of those that are as asked but for commercial use, which no clause decides
    unknown_size: int  # that are as asked but for the device, and whose need isn't known


def search(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> Found:
    """The models that are as ``wanted``, in its order; ties by id and version.

    Raises UnknownNameError for an order or precision that there is not.
    """
    if wanted.order not in ORDERS:
        raise UnknownNameError(f'unknown order "{wanted.order[:40]}": there are {listed(ORDERS)}')
    licences = [name for (name,) in con.execute("SELECT DISTINCT licence FROM model_records").fetchall()]
    clauses, values = _clauses(wanted, licences)
    need, basis = _needs(con, wanted, values)
    usable, undecided = _commercial(wanted, licences, values)
    if wanted.runs_on:
        values["memory"] = wanted.runs_on.memory_bytes
    keys = [f"coalesce(CAST({key} AS DOUBLE), '-infinity')" for key in ORDERS[wanted.order]]
    query = _QUERY.format(
        keys=f"row({', '.join(keys or ['0'])})",
        need=need,
        basis=basis,
        usable=usable,
        undecided=undecided,
        fits="need <= $memory" if wanted.runs_on else "true",
        clauses=" AND ".join(clauses) or "true",
        limit=int(wanted.limit),
    )
    rows = _asked(con, query, values)
    chosen = [row[:3] for row in rows if row[0] is not None]
    return Found(_models(con, chosen), *rows[0][3:])


# One pass over the table, then what is as asked by numbers; names are looked at where these are the same.
_QUERY = """
WITH kept AS MATERIALIZED (
        SELECT rowid AS number, {keys} AS keys, {need} AS need, {basis} AS basis, {usable} AS usable,
            {undecided} AS undecided
        FROM model_records WHERE {clauses}),
    counted AS (
        SELECT count(*) FILTER (usable AND {fits}) AS matching,
            (SELECT count(*) FROM model_records) AS stored,
            count(*) FILTER (undecided AND coalesce({fits}, true)) AS unknown_licence,
            count(*) FILTER (usable AND ({fits}) IS NULL) AS unknown_size
        FROM kept),
    first AS (SELECT keys FROM kept WHERE usable AND {fits} ORDER BY keys DESC LIMIT {limit}),
    chosen AS (
        SELECT kept.number, need, basis, keys, model_id, version
        FROM kept JOIN model_records m ON m.rowid = kept.number
        WHERE usable AND {fits} AND keys >= (SELECT min(keys) FROM first)
        ORDER BY keys DESC, model_id, version LIMIT {limit})
SELECT chosen.number, chosen.need, chosen.basis, counted.*
FROM counted LEFT JOIN chosen ON true ORDER BY chosen.keys DESC, chosen.model_id, chosen.version
"""


def _asked(con: duckdb.DuckDBPyConnection, text: str, values: dict[str, Any]) -> list[Any]:
    """The rows of a query, given those of the values that it names."""
    named = {name: values[name] for name in re.findall(r"\$(\w+)", text)}
    return con.execute(text, named).fetchall()


def _clauses(wanted: Wanted, licences: list[str | None]) -> tuple[list[str], dict[str, Any]]:
    """What must hold whatever is allowed, and the values that it is held against."""
    clauses: list[str] = []
    values: dict[str, Any] = {}
    for number, word in enumerate((wanted.text or "").split()):
        clauses.append(f"contains(words, $word{number})")
        values[f"word{number}"] = word.lower()
    if wanted.licence is not None:
        asked = same_name(wanted.licence)
        clauses.append("licence IN (SELECT unnest($licences::VARCHAR[]))")
        values["licences"] = [name for name in licences if name is not None and same_name(name) == asked]
    for name in ("organisation", "task"):
        if (asked := getattr(wanted, name)) is not None:
            clauses.append(f"lower({name}) = ${name}")
            values[name] = asked.lower()
    for number, tag in enumerate(wanted.tags):
        clauses.append(f"contains(words, $tag{number})")
        values[f"tag{number}"] = f"\x01{tag.lower()}\n"
    open_ = "" if wanted.parameters_open else "="
    for name, sign, bound in (
        ("least_parameters", f"parameters >{open_}", wanted.least_parameters),
        ("most_parameters", f"parameters <{open_}", wanted.most_parameters),
        ("least_rating", "rating >=", wanted.least_rating),
    ):
        if bound is not None:
            clauses.append(f"{sign} ${name}")
            values[name] = bound
    return clauses, values


def _commercial(wanted: Wanted, licences: list[str | None], values: dict[str, Any]) -> tuple[str, str]:
    """What holds of a row that may be used as asked, and of one of which nobody knows."""
    if not wanted.commercial:
        return "true", "false"
    verdicts = {name: permission(name).verdict for name in licences}
    for name, asked in (("usable", _USABLE), ("undecided", (Verdict.UNKNOWN,))):
        values[name] = [licence for licence, verdict in verdicts.items() if verdict in asked and licence]
    values["restriction"] = NON_COMMERCIAL
    free = "NOT list_contains(restrictions, $restriction)"
    usable = f"(licence IN (SELECT unnest($usable::VARCHAR[])) AND {free})"
    undecided = f"((licence IS NULL OR licence IN (SELECT unnest($undecided::VARCHAR[]))) AND {free})"
    return usable, undecided


def _needs(con: duckdb.DuckDBPyConnection, wanted: Wanted, values: dict[str, Any]) -> tuple[str, str]:
    """The memory that a row's model needs, and what that is from, in the database's words."""
    if wanted.runs_on is None:
        return "NULL", "NULL"
    factor = bytes_of(wanted.precision) * OVERHEAD
    values |= {"factor": factor, "overhead": OVERHEAD}
    measured = measured_bytes(con, wanted.precision, on_cpu=wanted.runs_on.on_cpu)
    from_record = "coalesce(parameters * $factor, size_bytes * $overhead)"
    basis = "CASE WHEN parameters IS NULL THEN 'size' ELSE 'parameters' END"
    if not measured:
        return f"CAST({from_record} AS BIGINT)", basis
    values |= {"names": list(measured), "peaks": list(measured.values())}
    known = """list_min(list_transform(list_filter(list_append(measured_as, model_id),
        lambda name: list_contains($names::VARCHAR[], name)),
        lambda name: list_extract($peaks::BIGINT[], list_position($names::VARCHAR[], name))))"""
    basis = f"CASE WHEN {known} IS NULL THEN {basis} ELSE 'measured' END"
    return f"CAST(coalesce({known}, {from_record}) AS BIGINT)", basis


_COLUMNS = (
    *("model_id", "version", "organisation", "licence", "restrictions", "claims", "parameters", "size_bytes"),
    *("architecture", "task", "tags", "released_on", "downloads", "rating"),
)


def _models(
    con: duckdb.DuckDBPyConnection, chosen: list[tuple[int, int | None, str | None]]
) -> tuple[FoundModel, ...]:
    """All of the chosen rows, in their order."""
    rows = con.execute(
        f"SELECT rowid, {', '.join(_COLUMNS)} FROM model_records"  # noqa: S608 - our own names
        " WHERE rowid IN (SELECT unnest($rows::BIGINT[]))",
        {"rows": [row for row, _, _ in chosen]},
    ).fetchall()
    by_row = {row: dict(zip(_COLUMNS, rest, strict=True)) for row, *rest in rows}
    return tuple(_model(by_row[row], need, basis) for row, need, basis in chosen)


def _model(row: dict[str, Any], need: int | None, basis: str | None) -> FoundModel:
    allowed = permission(row["licence"], row.pop("restrictions"), row.pop("claims"))
    return FoundModel(
        **row | {"tags": tuple(row["tags"])} | _said(allowed),
        needs_bytes=need,
        needs_basis=basis or "",
    )


def _said(allowed: Permission) -> dict[str, Any]:
    return {
        "commercial": str(allowed.verdict),
        "condition": allowed.conditions,
        "why": allowed.why,
        "contradiction": allowed.contradicted,
    }
