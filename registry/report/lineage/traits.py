"""How the traits of a lineage mutate, drift and are ordered: as text, JSON or CSV."""

from __future__ import annotations

from collections.abc import Iterator

from ...lineage.analyses.drift import Arc, Drift
from ...lineage.analyses.mutation_rate import MutationRate
from ...lineage.analyses.ordering import Ordered, Ordering
from ...lineage.analyses.trait_names import SINGULAR
from ..listing import Columns, listed
from ..model_text import lines
from .record import record_json
from .words import interval, percent, several

SHOWN = 20  # arcs of a table, unless said
_AGAINST = 10  # arcs of a table that don't agree with its order

ARCS: Columns = {
    "from": lambda arc: arc.source,
    "to": lambda arc: arc.target,
    "forward": lambda arc: f"{arc.forward:,}",
    "back": lambda arc: f"{arc.back:,}",
    "traffic": lambda arc: f"{arc.traffic:,}",
}
ORDER: Columns = {
    "place": lambda each: each.place,
    "value": lambda each: each.value,
    "traffic away": lambda each: f"{each.out:,}",
    "traffic to it": lambda each: f"{each.into:,}",
}


def mutation_rate_text(found: MutationRate, form: str) -> str:
    """The rate as lines, a JSON object, or one row of CSV."""
    if form == "csv":
        return listed([found], form, {}, MutationRate)
    return record_json(found) if form == "json" else lines(_rate(found))


def _rate(found: MutationRate) -> Iterator[str]:
    said = "not known" if found.rate is None else f"{found.rate:.4f}"
    limits = interval(found.low, found.high, ".4f")
    yield f"mutation rate of {found.trait}: {said}" + (f", 95% interval {limits}" if limits else "")
    changed = percent(found.changed / found.pairs) if found.pairs else None
    yield (
        f"{several(found.pairs, 'edge')} of {several(found.families, 'family', 'families')}"
        f" (edges: {found.view})"
        + (f", of which {found.changed:,} ({changed}) changed something" if changed else "")
    )
    yield (
        f"left out: {several(found.unsaid, 'edge')} with an end that says nothing,"
        f" {found.self_loops:,} from a model to itself"
    )
    if limits:
        yield "the interval resamples families: edges of one family are not independent"


def drift_text(found: Drift, form: str, limit: int | None) -> str:
    """The arcs as a table or CSV; as JSON with all that is said of them."""
    if form == "json":
        return record_json(found)
    if form == "csv":
        return listed(found.arcs[:limit], form, ARCS, Arc)
    shown = found.arcs[: limit or SHOWN]
    return (listed(shown, form, ARCS, Arc) if shown else "") + lines(_drifted(found, len(shown)))


def _drifted(found: Drift, shown: int) -> Iterator[str]:
    cut = f", the first {shown:,} shown" if len(found.arcs) > shown else ""
    balanced = f"; {several(found.balanced, 'pair')} balanced" if found.balanced else ""
    arcs, values = several(len(found.arcs), "arc"), _values(found.trait, len(found.values))
    yield f"{arcs} between {values}{cut}{balanced}"
    mutations, edges = several(found.mutations, "mutation"), several(found.edges, "edge")
    yield f"{mutations} along {edges} (edges: {found.view})"


def _values(trait: str, n: int) -> str:
    return f"the {several(n, SINGULAR[trait], trait)} that most models say"


def ordering_text(found: Ordering, form: str) -> str:
    """The order as a table or CSV; as JSON with all that is said of it."""
    if form == "json":
        return record_json(found)
    text = listed(found.order, form, ORDER, Ordered) if found.order or form == "csv" else ""
    return text if form == "csv" else text + lines(_agreed(found))


def _agreed(found: Ordering) -> Iterator[str]:
    if not found.arcs:
        yield f"no {SINGULAR[found.trait]} drifts to another (edges: {found.view})"
        return
    by = "by their traffic" if found.weighted else "by their number"
    yield (
        f"{found.arcs_agreed:,} of {found.arcs:,} arcs agree ({found.arcs_agreed / found.arcs:.1%}), the most"
        f" that can {by}, and {found.mutations_agreed:,} of {found.mutations:,} mutations"
        f" ({found.mutations_agreed / found.mutations:.1%}; edges: {found.view})"
    )
    others = several(found.orders - 1, "other order agrees", "other orders agree")
    yield "no other order agrees as well" if found.orders == 1 else f"{others} as well"
    for arc in found.against[:_AGAINST]:
        yield f"against it: {arc.source} to {arc.target}, {arc.forward:,} : {arc.back:,}"
    if len(found.against) > _AGAINST:
        yield f"and {len(found.against) - _AGAINST:,} more"
    if found.without_arcs:
        yield f"without an arc, and without a place: {', '.join(found.without_arcs)}"
