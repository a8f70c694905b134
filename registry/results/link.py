"""Results linked to a version: all that are named, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING, SupportsIndex

from ..catalogue.actor import actor
from ..catalogue.labels import label
from ..catalogue.naming import Model, find_model
from ..catalogue.versions import version_or_free
from ..errors import RefusedError
from ..storage.apply_decisions import ids_in_words
from ..storage.store import Draft, Store

if TYPE_CHECKING:
    import duckdb

LARGEST_ID = 2**63 - 1
_RESULTS = """
SELECT r.id, r.model_id, r.model, r.model_version, l.version_id, v.version_tag,
    r.id IN (SELECT result_id FROM retractions) AS retracted
FROM performance_results r LEFT JOIN version_results l ON l.result_id = r.id
    LEFT JOIN model_registry_versions v ON v.id = l.version_id
WHERE r.id IN (SELECT unnest($ids::BIGINT[])) ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking did."""

    model: str
    tag: str
    created: bool  # whether the version was made for it
    linked: tuple[int, ...]  # that belonged to no version
    moved: tuple[tuple[int, str], ...]  # (id, the tag that it belonged to)
    unchanged: tuple[int, ...]  # that belonged to it already


@dataclass(frozen=True, slots=True)
class _Result:
    id: int
    model_id: int
    model: str
    declared: str
    version_id: int | None
    tag: str | None
    retracted: bool


def link_results(store: Store, model: str, tag: str, ids: Iterable[SupportsIndex]) -> Linked:
    """What was done so that the results belong to the version, which is made where it is missing.

    One event: all or none. Raises RefusedError that names every result that can't be linked (unknown, of
    another model, measured as another version, retracted), NoResultsError for an unknown model,
    StoreBusyError.
    """
    tag, wanted = label("version", tag), checked_ids(ids)
    done: list[Linked] = []

    def compose(con: duckdb.DuckDBPyConnection) -> Draft | None:
        found = find_model(con, model)
        version = version_or_free(con, found, tag)
        results = [_Result(*row) for row in con.execute(_RESULTS, {"ids": wanted}).fetchall()]
        _must_fit(found, tag, wanted, results)
        held = [r for r in results if version is not None and r.version_id == version.id]
        new = [r for r in results if version is None or r.version_id != version.id]
        done.append(
            Linked(
                model=found.name,
                tag=tag,
                created=version is None,
                linked=tuple(r.id for r in new if r.tag is None),
                moved=tuple((r.id, r.tag) for r in new if r.tag is not None),
                unchanged=tuple(r.id for r in held),
            )
        )
        if not new:
            return None
        body = {"actor": actor(), "model": found.name, "tag": tag, "ids": [r.id for r in new]}
        return Draft("results_linked", body, count=0 if version else 1)

    store.decide(compose)
    return done[-1]


def checked_ids(ids: Iterable[SupportsIndex]) -> list[int]:
    """The ids, each once, sorted. Raises RefusedError for none, or for what can't be one."""
    given = list(ids)
    if odd := sorted({repr(each) for each in given if not _can_be_id(each)}):
        raise RefusedError(f"{', '.join(odd)[:200]}: result ids are whole numbers from 1 on")
    if not given:
        raise RefusedError("no result ids: name at least one, such as 12; reports print them")
    return sorted({index(each) for each in given})


def _can_be_id(each: object) -> bool:
    """Whether it is a whole number, NumPy's among them, that a result may have as its id."""
    if isinstance(each, bool) or not hasattr(each, "__index__"):
        return False
    return 1 <= index(each) <= LARGEST_ID


def _must_fit(model: Model, tag: str, wanted: Sequence[int], results: Sequence[_Result]) -> None:
    """Raises RefusedError with every result that can't belong to the version, and why."""
    reasons = []
    if unknown := set(wanted) - {r.id for r in results}:
        reasons.append(f"there is no result {ids_in_words(unknown)}")
    others = [r for r in results if r.model_id != model.id]
    reasons += [
        f"{ids_in_words(r.id for r in others if r.model == name)} is of {name}"
        for name in sorted({r.model for r in others})
    ]
    own = [r for r in results if r.model_id == model.id]
    reasons += [
        f"{ids_in_words(r.id for r in own if r.declared == declared)} was measured as version {declared}"
        for declared in sorted({r.declared for r in own} - {"", tag})
    ]
    if retracted := [r.id for r in results if r.retracted]:
        reasons.append(f"{ids_in_words(retracted)} was retracted")
    if reasons:
        raise RefusedError(f"nothing was linked to version {tag} of {model.name}: {'; '.join(reasons)}")
