"""A comparison of two versions as a person reads it: by workload, a row for each hardware."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from .. import units
from ..changes.ratios import Ratio
from ..changes.version_change import (
    MISMATCH,
    UNCLEAR,
    ConfigurationChange,
    HardwareChange,
    VersionComparison,
)
from ..changes.version_sides import Side
from ..fit.configurations import label
from .document import Document, Section, Table

CONFIGURATIONS_SHOWN = 8  # of a hardware, beside the one of its row
RATIOS = ("throughput", "latency", "memory")


def document(comparison: VersionComparison) -> Document:
    """The comparison in words and rounded figures."""
    one, other = comparison.first, comparison.second
    scores = (f"score {one.tag}", f"score {other.tag}") if one.tag != other.tag else ("score", "score again")
    columns = ("hardware", "configuration", *scores, "change", *RATIOS, "n", "judgement")
    right = frozenset((*scores, "change"))
    tables = [
        (workload, Table(columns, tuple(cells for row in rows for cells in _rows(row)), right))
        for workload, rows in groupby(comparison.rows, key=_workload)
    ]
    return Document(
        f"{comparison.model}: from {one.tag} to {other.tag}",
        (
            Section("Versions", (side_in_words(one), side_in_words(other))),
            *(Section(" · ".join(workload), table=table) for workload, table in tables),
            Section("Notes", (*_explained(comparison), *comparison.notes)),
        ),
    )


def side_in_words(side: Side) -> str:
    """What a side stands on, when it was kept, and what came or went since."""
    if side.snapshot is None:
        stand = "it stands" if side.results == 1 else "they stand"
        return f"{side.tag}: its {_results(side.results)} as {stand}"
    made = f"{side.made_at:%Y-%m-%d %H:%M:%S} UTC" if side.made_at else "unknown time"
    since = f"; {_results(side.since)} came since: --live compares them" if side.since else ""
    gone = f"; {_results(side.gone)} no longer the version's, or retracted" if side.gone else ""
    return f"{side.tag}: snapshot {side.snapshot} of {made}, {_results(side.results)}{since}{gone}"


def percent(change: float | None) -> str:
    """``-30.9%``, ``+0.0%``."""
    return units.ABSENT if change is None else f"{change:+.1f}%"


def ratio_in_words(ratio: Ratio | None) -> str:
    """``0.500 [0.482, 0.519]``."""
    if ratio is None:
        return units.ABSENT
    return f"{ratio.value:.3f} [{ratio.low:.3f}, {ratio.high:.3f}]"


def _results(n: int) -> str:
    return "1 result" if n == 1 else f"{n:,} results"


def _workload(row: HardwareChange) -> tuple[str, str, str]:
    return (row.scenario, row.input_shape, row.throughput_unit)


def _rows(row: HardwareChange) -> Iterator[tuple[str, ...]]:
    yield (
        row.hardware_type,
        label(row.configuration) if row.configuration else units.ABSENT,
        units.score(row.compatibility_1),
        units.score(row.compatibility_2),
        percent(row.compatibility_change),
        *(ratio_in_words(getattr(row, name)) for name in RATIOS),
        _counts(next((c for c in row.configurations if c.configuration == row.configuration), None)),
        f"{row.judgement}, another stack" if MISMATCH in row.flags else row.judgement,
    )
    others = [c for c in row.configurations if c.configuration != row.configuration]
    said = UNCLEAR if row.configuration else row.judgement
    shown = [c for c in others if c.judgement != said][:CONFIGURATIONS_SHOWN]
    yield from (_below(c) for c in shown)
    if left := Counter(c.judgement for c in others if c not in shown):
        words = ", ".join(f"{count} {word}" for word, count in sorted(left.items()))
        yield ("", f"others: {words}", *[""] * 8)


def _below(change: ConfigurationChange) -> tuple[str, ...]:
    failed = [s for s in (change.status_1, change.status_2) if s not in (None, "ok")]
    return (
        "",
        label(change.configuration),
        units.score(change.compatibility_1),
        units.score(change.compatibility_2),
        "",
        *(ratio_in_words(getattr(change, name)) for name in RATIOS),
        _counts(change),
        f"{change.judgement} ({failed[-1]})" if failed else change.judgement,
    )


def _counts(change: ConfigurationChange | None) -> str:
    """``3, 5``: the ok processes of either version."""
    return units.ABSENT if change is None else f"{change.n_1}, {change.n_2}"


def _explained(comparison: VersionComparison) -> Iterator[str]:
    one, other = comparison.first.tag, comparison.second.tag
    if comparison.weights:
        used = ", ".join(f"{name} {w:g}" for name in RATIOS if (w := getattr(comparison.weights, name)))
        yield (
            f"score: compatibility ({used}) of the best configuration that both versions have decided,"
            " against references that both share; change: of the score"
        )
    yield (
        f"throughput, latency, memory: {other} over {one} in that one configuration, with the 95 % interval;"
        " n: processes of each; the judgement is of the throughput"
    )
