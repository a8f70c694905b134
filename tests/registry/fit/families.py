"""A store with a measured base and what was made from it, and lineages of the same."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from fitment.registry.answers import Answer, Inherited
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage.store import Store

# net and other have results in ``stores.fill``; gone is no model of the file, and has none.
FAMILY = """
net>q4:quantized net>lora:adapter lora>lora2:quantized net>ft:finetune net>blend:adapter+merge
net>said_by_nobody ring>round:quantized round>ring:quantized net>ring:adapter net>other:quantized
lora2>deep:adapter other>two:adapter net>two:quantized q4>q4:quantized gone>orphan:quantized
"""


def declare(store: Store, *made: str) -> None:
    """Records of models, from words like ``q4<net:quantized`` or, measured under a name, ``org/net=net``."""
    record_models(store, [_record(words) for words in made], "hub.json")


def _record(words: str) -> ModelRecord:
    name, _, measured_as = words.partition("=")
    child, _, base = name.partition("<")
    parent, _, relation = base.partition(":")
    return ModelRecord(
        model_id=child,
        base_models=(BaseModel(parent, relation or None),) if parent else (),
        measured_as=(measured_as,) if measured_as else (),
    )


def write_lineage(path: Path) -> Path:
    """A file of models: net, and what was quantised, adapted and tuned from it."""
    columns = ("model_id", "finetune_parent", "quantized_parent", "adapter_parent")
    rows = (("net", "", "", ""), ("q4", "", "net", ""), ("lora", "", "", "q4"), ("ft", "net", "", ""))
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(
            (name, *(f"['{parent}']" if parent else "[]" for parent in parents)) for name, *parents in rows
        )
    return path


def ways(found: Iterable[Inherited]) -> list[tuple[str, str]]:
    """Each base with the kinds of the edges that lead to it."""
    return [(each.base, " ".join(step.kind for step in each.path)) for each in found]


def own(answer: Answer) -> Answer:
    """The answer without what is inherited."""
    return replace(answer, inherited=())
