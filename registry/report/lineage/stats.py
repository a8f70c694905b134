"""The numbers of a lineage in lines."""

from __future__ import annotations

from collections.abc import Iterator

from ...lineage.analyses.anomalies import KINDS
from ...lineage.analyses.stats import Stats
from ..text import terminal

_WIDTH = 12
_DEPTHS = 12  # of the histogram, one by one


def stats_text(stats: Stats) -> str:
    """A line for each number."""
    return "".join(f"{line}\n" for line in _lines(stats))


def _lines(stats: Stats) -> Iterator[str]:
    when = f", read {stats.recorded_at:%Y-%m-%d %H:%M:%S} UTC" if stats.recorded_at else ""
    yield f"{terminal(stats.file)}{when}, sha256 {stats.sha256[:12]}"
    if stats.rows is not None:
        yield _line(stats.rows, "rows")
        for reason, count in stats.quarantine.items():
            yield _line(count, f"  in quarantine: {terminal(reason)}")
    yield _line(stats.models, "models")
    yield _line(stats.alone, "  without any edge")
    for name, count in stats.said.items():
        share = count / stats.models if stats.models else 0.0
        yield _line(count, f"  that say {name.replace('_', ' ')} ({share:.1%})")
    yield _line(stats.edges, "edges")
    for name, count in stats.by_label.items():
        also = stats.by_type.get(name, count) - count
        yield _line(count, f"  labelled {name}" + (f" (and {also:,} more are that as well)" if also else ""))
    yield _line(stats.components, "families of two or more")
    yield _line(stats.largest[1], f"  in the largest, that of {terminal(stats.largest[0])}")
    yield _line(stats.roots, "roots with an edge")
    yield _line(len(stats.by_depth) - 1 if stats.by_depth else 0, "edges on the longest way from a root")
    yield from _depths(stats)
    yield _line(stats.namings_skipped, "parents skipped that no row has, once for each model that names them")
    yield "anomalies (fitment lineage anomalies lists them)"
    for kind, count in stats.anomalies.items():
        yield _line(count, f"  {kind}: {KINDS[kind].meaning}")


def _depths(stats: Stats) -> Iterator[str]:
    for depth, count in enumerate(stats.by_depth[:_DEPTHS]):
        yield _line(count, f"  models at depth {depth}")
    if more := sum(stats.by_depth[_DEPTHS:]):
        yield _line(more, "  models deeper")


def _line(count: int, what: str) -> str:
    return f"{count:>{_WIDTH},}  {what}"
