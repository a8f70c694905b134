"""Base models are followed through the catalogue, each once, and never in a circle."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.bom.ancestors import AGAIN, CIRCLE, CUT, DEEPEST, TOLD, Ancestor, ancestors
from fitment.registry.catalogue.model_record import BaseModel, ModelRecord
from fitment.registry.catalogue.model_records import find_record
from fitment.registry.catalogue.record_models import record_models
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

EDGES = {
    "child": [("left", "finetune"), ("right", "merge"), ("nowhere", None)],
    "left": [("root", "finetune")],
    "right": [("root", "quantized"), ("child", None)],
    "root": [],
    "own": [("own", "merge")],
    **{f"line{n:02}": [(f"line{n + 1:02}", "finetune")] for n in range(DEEPEST + 5)},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = empty_store(Path(tmp_path_factory.mktemp("ancestors")) / "s.duckdb")
    records = [
        ModelRecord(model_id=name, base_models=tuple(BaseModel(*base) for base in bases))
        for name, bases in EDGES.items()
    ]
    record_models(made, records, "test")
    return made


def of(store: Store, name: str) -> tuple[Ancestor, ...]:
    with store.reading() as con:
        return ancestors(con, find_record(con, name))


def test_each_model_is_told_once(store: Store) -> None:
    """A shared root is told under the first; a circle ends where it closes; an unknown base has no record."""
    left, nowhere, right = of(store, "child")
    assert [(left.state, nowhere.state, right.state)] == [(TOLD, TOLD, TOLD)]
    assert nowhere.record is None
    assert left.bases[0].state == TOLD
    assert [(base.model_id, base.state) for base in right.bases] == [("child", CIRCLE), ("root", AGAIN)]


def test_a_model_may_be_its_own_base(store: Store) -> None:
    """The smallest circle."""
    assert [base.state for base in of(store, "own")] == [CIRCLE]


def test_a_long_line_is_cut(store: Store) -> None:
    """Beyond so many generations it is said that there are more."""
    depth, (found,) = 1, of(store, "line00")
    while found.bases:
        depth, (found,) = depth + 1, found.bases
    assert (depth, found.state) == (DEEPEST, CUT)
