"""The sentences about inherited evidence, shared by the terminal, Markdown and the decision record."""

from __future__ import annotations

from collections.abc import Iterator

from ..answers import Answer, Descent, Inherited
from . import wording
from .flags import flagged

MADE = {"quantized": "is quantized from", "adapter": "is an adapter of"}


def title(each: Inherited) -> str:
    """``Inherited (2 hops): what was measured of resnet50, not of lab/lora``."""
    return f"Inherited ({hops(each)}): what was measured of {each.base}, not of {each.path[0].child}"


def hops(each: Inherited) -> str:
    """``2 hops``."""
    return "1 hop" if len(each.path) == 1 else f"{len(each.path)} hops"


def lines(each: Inherited) -> Iterator[str]:
    """The way to the base, why its results leave no row, what carries over, what to measure."""
    yield way(each)
    if not each.answer.rows:
        yield from (f"of {each.base}: {line}" for line in wording.recommendation(each.answer))
    yield from each.carries
    yield f"to be measured: {each.to_measure}"


def way(each: Inherited) -> str:
    """``lab/lora is an adapter of lab/q4 (lineage), which is quantized from lab/net (declared) …``."""
    said = ", which ".join(_step(step) for step in each.path)
    stored = "" if each.path[-1].parent == each.base else f"; its results are stored as {each.base}"
    return f"{each.path[0].child} {said}{stored}"


def _step(step: Descent) -> str:
    return f"{MADE[step.kind]} {step.parent} ({step.source})"


def notes(each: Inherited) -> tuple[str, ...]:
    """What is to be known beside the base's numbers."""
    return (*each.answer.notes, *flagged(each.answer))


def legend(answer: Answer) -> tuple[str, ...]:
    """How the columns are to be read, where any rows are shown: the answer's own, else inherited ones."""
    tables = (answer, *(each.answer for each in answer.inherited))
    return next((wording.columns(table) for table in tables if table.rows), ())
