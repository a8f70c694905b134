"""What is asked of a lineage as JSON: the answers, and the models and edges that they speak of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from ...lineage.questions.part import Subgraph
from ...lineage.questions.rows import edge_rows, model_rows
from ..graph_text import moment
from ..text import script_inert

FORMAT = "fitment.lineage"
VERSION = 1


def json_lines(head: dict[str, object], lists: dict[str, Iterable[Any]]) -> Iterator[str]:
    """One object in ASCII: format and version, ``head``, and each of ``lists`` with a record a line.

    Records are dataclasses, by their own fields; null is what nobody said. Inert in a script element.
    """
    yield "{\n"
    told: dict[str, object] = {"format": FORMAT, "version": VERSION} | head
    yield ",\n".join(f" {_inert(name)}: {_inert(value)}" for name, value in told.items())
    for name, records in lists.items():
        yield f",\n {_inert(name)}: ["
        lead = "\n"
        for record in records:
            yield f"{lead}  {_inert(record)}"
            lead = ",\n"
        yield "\n ]" if lead != "\n" else "]"
    yield "\n}\n"


def graph_lists(part: Subgraph) -> dict[str, Iterable[Any]]:
    """The lists of a subgraph: ``nodes`` and ``edges``, with all columns."""
    return {"nodes": model_rows(part), "edges": edge_rows(part)}


def _inert(value: object) -> str:
    return script_inert(_ENCODER.encode(value))


def _plain(value: Any) -> object:
    if isinstance(value, datetime):
        return moment(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON")


_ENCODER = json.JSONEncoder(default=_plain, allow_nan=False)
