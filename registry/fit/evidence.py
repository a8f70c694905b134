"""The ids of the results that an answer stands on: read for what is shown alone, as all else needs none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..answers import Candidate, Recommendation, Term
from ..results.runs import ids_of
from .composed import Recommended

if TYPE_CHECKING:
    import duckdb

    from ..records import Configuration

Ids = Mapping[tuple[str, "Configuration"], tuple[int, ...]]


def with_result_ids(connection: duckdb.DuckDBPyConnection, found: Recommended) -> Recommended:
    """The answer, with result ids for each row and for whoever sets a reference in an explanation."""
    if found.basis is None or not found.answer.rows:
        return found
    rows = found.answer.rows
    shown = {(row.hardware, row.configuration) for row in rows}
    shown |= {
        (term.set_by.hardware, term.set_by.configuration)
        for row in rows
        if row.explanation
        for term in row.explanation.terms
        if term.set_by
    }
    compared = (candidate.estimate for candidate in found.basis.candidates)
    candidates = {(e.hardware, e.configuration): e.candidate_id for e in compared}
    numbers = {key: n for key in shown if (n := candidates[key]) is not None}
    by_candidate = ids_of(connection, sorted(numbers.values()))
    ids = {key: by_candidate.get(n, ()) for key, n in numbers.items()}
    return replace(found, answer=replace(found.answer, rows=tuple(_row(row, ids) for row in rows)))


def _row(row: Recommendation, ids: Ids) -> Recommendation:
    own = ids.get((row.hardware, row.configuration), row.evidence.result_ids)
    row = replace(row, evidence=replace(row.evidence, result_ids=own))
    if row.explanation is None:
        return row
    terms = tuple(_term(term, ids) for term in row.explanation.terms)
    return replace(row, explanation=replace(row.explanation, terms=terms))


def _term(term: Term, ids: Ids) -> Term:
    who = term.set_by
    if who is None:
        return term
    own = ids.get((who.hardware, who.configuration), who.result_ids)
    return replace(term, set_by=Candidate(who.hardware, who.configuration, own))
