"""The nearest models with results that a model was quantised from or adapts, any number of hops up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..answers import Descent
from ..catalogue.naming import old_names
from .parentage import Known, in_lineage, known

if TYPE_CHECKING:
    import duckdb

    from ..lineage.ecosystem import Ecosystem

MOST = 10_000  # ancestors that are looked at: a lineage is what others wrote, and may hold anything
COUNTED = """
SELECT name FROM models WHERE name IN (SELECT unnest($names::VARCHAR[]))
    AND id IN (SELECT model_id FROM candidates)
"""
Path = tuple[Descent, ...]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Asked:
    """A model that is asked about, under all the ids that it has."""

    results: frozenset[str]  # the names under which it has results that count; empty: none, or all retracted
    ids: tuple[str, ...]
    declares: bool  # whether a record of it says that it was quantised from another, or adapts it


def asked(con: duckdb.DuckDBPyConnection, name: str) -> Asked:
    """What is known of the model called ``name``, which may have no results; one look at the catalogue."""
    names = tuple(dict.fromkeys(filter(None, (name, name.partition(":")[2]))))  # zoo:resnet50 too
    said = known(con, names, as_results=True)
    stored = _results_names(con)
    ids = dict.fromkeys((*names, *(each for each, _ in said.measured_as), *(d.child for d in said.declared)))
    under = {stored[each] for each in (*ids, *(result for _, result in said.measured_as)) if each in stored}
    had = (old for old, present in stored.items() if present in under)
    counted = con.execute(COUNTED, {"names": sorted(under)}).fetchall()
    return Asked(
        frozenset(name for (name,) in counted), tuple(dict.fromkeys((*ids, *had))), bool(said.declared)
    )


def nearest_bases(
    con: duckdb.DuckDBPyConnection,
    ecosystem: Ecosystem | None,
    model: Asked,
    answer_of: Callable[[str, Path], Found | None],
) -> list[Found]:
    """What ``answer_of`` gives for the nearest bases, nearest first, then by id.

    ``answer_of`` gets a name under which results are stored and the way to it, and gives None where these
    answer nothing: then the search goes on above it, else not. Each base counts once; a cycle ends where it
    closes, and the model is no base of its own.
    """
    stored = _results_names(con)
    seen, told = set(model.ids), set(model.results)
    level: dict[str, Path] = dict.fromkeys(model.ids, ())
    found = []
    while level and len(seen) < MOST:
        parents = _above(con, ecosystem, level, seen)
        seen.update(parents)
        said = known(con, list(parents))
        level = {}
        for parent, path in parents.items():
            names = {stored[name] for name in _names_of(parent, said) if name in stored}
            answers = [(name, answer_of(name, path)) for name in sorted(names - told)]
            found += [answer for _, answer in answers if answer is not None]
            told |= {name for name, answer in answers if answer is not None}
            if not names & told:
                level[parent] = path
    return found


def _above(
    con: duckdb.DuckDBPyConnection, ecosystem: Ecosystem | None, level: dict[str, Path], seen: set[str]
) -> dict[str, Path]:
    """The parents of ``level`` that were not ``seen``, by id, each with the way to it."""
    edges = list(known(con, list(level)).declared)
    if ecosystem is not None:
        edges += in_lineage(ecosystem, level)
    edges.sort(key=lambda edge: (edge.parent, edge.source, edge.child, edge.kind))
    found: dict[str, Path] = {}
    for edge in edges:
        if edge.parent not in seen and edge.parent not in found:
            found[edge.parent] = (*level[edge.child], edge)
    return found


def _names_of(model_id: str, said: Known) -> Iterator[str]:
    """The names under which results of a model may be stored."""
    yield model_id
    yield from (name for each, name in said.measured_as if each == model_id)


def _results_names(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The present name of each name that a model with results has or had."""
    present = con.execute("SELECT name, name FROM models").fetchall()
    return old_names(con) | dict(present)
