"""What a model inherits: what was measured of those that it was quantised from or adapts, shown apart.

Evidence of a tier of its own, the last: it enters no ranking, score or P(best) of the model's own, is never
stored, and says nothing of hardware on which the model itself has results. The order of hardware may carry
over; absolute figures need not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..answers import Answer, Evidence, Inherited, Question, Recommendation
from ..errors import NoResultsError, UnknownNameError
from ..lineage.kept import array_folder
from ..lineage.kept.array_folder import ArraysDamagedError
from ..lineage.kept.newest import NewestBuild, newest_build
from . import bases, profiles
from .bases import Asked, Path
from .carries_over import carries_over
from .composed import Recommended
from .configurations import label
from .explain import lacking
from .notes import EVERY
from .recommend import recommended_in
from .remedy import Measurable, measure

if TYPE_CHECKING:
    import duckdb

    from ..lineage.ecosystem import Ecosystem
    from ..storage.store import Store

NO_ARRAYS = (
    "what is inherited along the lineage is not shown: its arrays are missing or damaged;"
    " `fitment lineage stats` makes them again"
)
MEASURED_ON = """
SELECT DISTINCT h.name FROM candidates c JOIN models m ON m.id = c.model_id
    JOIN hardware_platforms h ON h.id = c.hardware_id
WHERE m.name IN (SELECT unnest($names::VARCHAR[]))
"""


def answer_with_inherited(
    connection: duckdb.DuckDBPyConnection, store: Store, question: Question, measurable: Measurable
) -> Answer:
    """As ``recommend_with_inherited``, of an open store and a question that was checked."""
    model = bases.asked(connection, question.model)
    if model.results:
        own = recommended_in(connection, question, measurable).answer
        return replace(own, inherited=_inherited(connection, store, model, question, measurable, own))
    found = _inherited(connection, store, model, question, measurable)
    if not found:
        recommended_in(connection, question, measurable)  # raises what there is to say
    return _without_rows(question, found)


def _without_rows(question: Question, found: tuple[Inherited, ...]) -> Answer:
    """The answer about a model without results: the group that would be measured of it, and no row."""
    profile, asked = profiles.chosen(question), question.model
    of = "one model" if len(found) == 1 else f"{len(found)} models"
    return Answer(
        question=question,
        group=replace(found[0].answer.group, model=asked, model_version=question.model_version or ""),
        profile=profile.name,
        weights=profile.weights,
        rows=(),
        rejected=(),
        decided=(),
        notes=(),
        nothing=(
            f"No results of {asked}, so no hardware is recommended for it: what was measured of {of} that it"
            " was made from stands below, as inherited"
        ),
        inherited=found,
    )


def _inherited(
    connection: duckdb.DuckDBPyConnection,
    store: Store,
    model: Asked,
    question: Question,
    measurable: Measurable,
    own: Answer | None = None,
) -> tuple[Inherited, ...]:
    """What ``model`` inherits, nearest base first; ``own``: its own answer, where it has results."""
    newest = newest_build(connection)
    if newest is None and not model.declares:
        return ()
    taken = connection.execute(MEASURED_ON, {"names": sorted(model.results)}).fetchall()
    measured_on = frozenset(name for (name,) in taken)
    asked = replace(question, model_version=None, top_k=EVERY)
    if own is not None:  # what stands beside its own rows is of the same input
        asked = replace(asked, input_shape=own.group.input_shape)

    def of(base: str, path: Path) -> Inherited | None:
        try:
            found = recommended_in(connection, replace(asked, model=base), measurable)
        except (NoResultsError, UnknownNameError):  # none of the task, input or environment that is asked
            return None
        return _of_base(found, path, question, measured_on, measurable)

    try:
        ecosystem = _lineage(store, newest) if newest else None
        return tuple(bases.nearest_bases(connection, ecosystem, model, of))
    except ArraysDamagedError:  # to make them again takes long, and what was measured needs none of it
        store.notices.append(NO_ARRAYS)
        return tuple(bases.nearest_bases(connection, None, model, of))


def _lineage(store: Store, newest: NewestBuild) -> Ecosystem:
    """The newest lineage of the store. It, or what is asked of it, raises ArraysDamagedError."""
    from ..lineage.ecosystem import Ecosystem

    return Ecosystem(
        array_folder.read(array_folder.folder_beside(store.path), array_folder.key_of(newest.segment))
    )


def _of_base(
    found: Recommended, path: Path, question: Question, measured_on: frozenset[str], measurable: Measurable
) -> Inherited | None:
    """What one base passes on; None where the model's own results leave nothing of it."""
    base = found.answer
    rows = tuple(row for row in base.rows if row.hardware not in measured_on)
    if measured_on and not rows:
        return None
    whole = len(rows) == len(base.rows)
    answer = replace(
        base,
        question=replace(base.question, top_k=question.top_k),
        rows=tuple(_as_inherited(row, path, base.group.model) for row in rows[: question.top_k]),
        rejected=tuple(entry for entry in base.rejected if entry.hardware not in measured_on),
        certainty=base.certainty if whole else None,
        tie_group=base.tie_group if whole else (),
    )
    words, command = _to_measure(found, rows, path[0].child, measurable)
    carries = carries_over(path, answer, question, beside_own=bool(measured_on))
    return Inherited(base.group.model, path, answer, carries, to_measure=words, command=command)


def _as_inherited(row: Recommendation, path: Path, base: str) -> Recommendation:
    hops = "1 hop" if len(path) == 1 else f"{len(path)} hops"
    had = row.evidence
    joined = " from " if had.tier == "imported" else ", "
    evidence = Evidence(f"inherited ({hops})", f"{base}: {had.tier}{joined}{had.source}", had.result_ids)
    return replace(row, evidence=evidence)


def _to_measure(
    found: Recommended, rows: tuple[Recommendation, ...], child: str, measurable: Measurable
) -> tuple[str, str | None]:
    """What would have to be measured of ``child``, and the command; None where no sweep can."""
    if not rows or found.basis is None:
        return f"{child} itself, on any hardware that may do", None
    first = rows[0]
    scored = (c.estimate for c in found.basis.candidates)
    base = next(e for e in scored if (e.hardware, e.configuration) == (first.hardware, first.configuration))
    own = replace(base, group=replace(base.group, model=child, model_version=""))
    command = measure(own, measurable)
    words = (
        f"{child} itself, at the precision that it runs at, on {first.hardware} first"
        f" (its base's best there: {label(first.configuration)})"
    )
    return (words, command) if command else (f"{words}; {lacking(own, measurable)}", None)
