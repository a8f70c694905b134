"""What a model was quantised from or adapts: as models' records declare it, and as a built lineage has it.

A finetune or a merge is another network in its own right and passes nothing on, though its architecture is
often its parent's. An edge of several kinds counts by its label, as in ``lineage/kinds.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answers import Descent

if TYPE_CHECKING:
    import duckdb

    from ..lineage.ecosystem import Ecosystem

KINDS = ("quantized", "adapter")
DECLARED, LINEAGE = "declared", "lineage"
RECORDS = """
SELECT model_id, measured_as, list_transform(base_models, lambda base: [base.model_id, base.relation])
FROM model_records WHERE model_id IN (SELECT unnest($ids::VARCHAR[])) {or_measured_as} ORDER BY ALL
"""
OR_MEASURED_AS = "OR (len(measured_as) > 0 AND list_has_any(measured_as, $ids))"


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue says of a few ids together."""

    measured_as: tuple[tuple[str, str], ...]  # (id, a name under which results of it are stored)
    declared: tuple[Descent, ...]


def known(con: duckdb.DuckDBPyConnection, ids: Sequence[str], *, as_results: bool = False) -> Known:
    """What the records of ``ids`` say; with ``as_results`` also those of models measured as one of them."""
    statement = RECORDS.format(or_measured_as=OR_MEASURED_AS if as_results else "")
    rows = con.execute(statement, {"ids": list(ids)}).fetchall()
    return Known(
        tuple((model_id, name) for model_id, names, _ in rows for name in names),
        tuple(
            Descent(model_id, base, kind, DECLARED)
            for model_id, _, bases in rows
            for base, kind in bases
            if kind in KINDS
        ),
    )


def in_lineage(ecosystem: Ecosystem, ids: Collection[str]) -> Iterator[Descent]:
    """The edges from ``ids`` up that are labelled with one of KINDS."""
    from ..lineage.kinds import LABELS

    names = ecosystem.names
    numbers = {child: number for child in ids if (number := names.find(child)) is not None}
    for child, number in numbers.items():  # what only some need is loaded where one does
        up = ecosystem.up
        for at in range(int(up.starts[number]), int(up.starts[number + 1])):
            kind = LABELS[int(ecosystem.edges.label[up.edges[at]])]
            if kind in KINDS:
                yield Descent(child, names[int(up.neighbours[at])], kind, LINEAGE)
