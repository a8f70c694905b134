"""All questions scored at once: the numbers, words, ids and order of going through them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from fitment.registry.answers import Question
from fitment.registry.fit.recommend import answer
from fitment.registry.fit.suitability import derive_all, update_task
from fitment.registry.results.estimates import group_estimates
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit import one_by_one
from tests.registry.fit.grids import TROUBLES, fill_with_grids
from tests.registry.fit.one_by_one import Row, as_stored

NAMES = [f"{trouble} {i}" for trouble in TROUBLES for i in range(40 if trouble == "anything" else 3)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Three models of each trouble, many with all of them, scored. Not to be changed."""
    made = empty_store(tmp_path_factory.mktemp("grids") / "fitment.duckdb")
    fill_with_grids(made, NAMES, Random(5))
    update_task(made, "inference")
    return made


def stored(store: Store, table: str) -> list[Row]:
    """All rows of a table with their models' and hardware's names, in the order of ids."""
    with store.reading() as connection:
        cursor = connection.execute(
            f"SELECT m.name AS model, h.name AS hardware, c.* FROM {table} c"
            " JOIN models m ON m.id = c.model_id JOIN hardware_platforms h ON h.id = c.hardware_id"
            " ORDER BY c.id"
        )
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def differing(at_once: Sequence[Row], slowly: Sequence[Row]) -> list[tuple[str, str, object, object]]:
    """Where the rows differ in any bit."""
    assert [row["id"] for row in at_once] == list(range(1, len(slowly) + 1))
    return [
        (a["model"], column, a[column], b[column])
        for a, b in zip(at_once, slowly, strict=True)
        for column in b
        if repr(a[column]) != repr(b[column])
    ]


def test_pairs_are_those_made_one_by_one(store: Store) -> None:
    """Every column of every stored score is the same to the bit, whatever groups hold."""
    at_once = stored(store, "hardware_model_compatibility")
    with store.reading() as connection:
        slowly = one_by_one.pairs(connection)
    assert differing(at_once, slowly) == []
    said = " ".join(row["flags"] for row in slowly)
    for flag in ("no_common_configuration", "software_mismatch", "single", "assumed"):
        assert flag in said
    notes = [row["notes"] for row in slowly if row["rank"] and row["notes"]]
    assert any("where rank 1 has" in note for note in notes)
    assert any("throughput, not measured on" in note for note in notes)


def test_requirements_are_those_made_one_by_one(store: Store) -> None:
    """Every stored recommendation too, for every batch and setting of both flags."""
    at_once = stored(store, "task_recommendations")
    with store.reading() as connection:
        slowly = one_by_one.requirements(connection)
    assert differing(at_once, slowly) == []
    assert {row["task_type"] for row in at_once} == {"inference", "training"}


def test_equal_to_recommend(store: Store) -> None:
    """The stored scores are recommend's, which never saw the tables; what it rejects has no score."""
    at_once = stored(store, "hardware_model_compatibility")
    with store.reading() as connection:
        estimates = group_estimates(connection)
    for model in NAMES[::3]:
        of_model = [e for e in estimates if e.group.model == model]
        if not any(e.group.scenario == "forward" for e in of_model):
            continue
        found = answer(Question(model, top_k=99), of_model)
        of_group = ("forward", found.group.input_shape)
        rows = [row for row in at_once if row["model"] == model]
        own = [row for row in rows if (row["scenario"], row["input_shape"]) == of_group]
        assert [as_stored(row) for row in found.rows] == [
            {name: row[name] for name in as_stored(found.rows[0])} for row in own if row["rank"] is not None
        ], model
        assert {r.hardware: r.reason for r in found.rejected} == {
            row["hardware"]: row["notes"] for row in own if row["rank"] is None
        }, model


def test_store_without_results(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No results are no rows."""
    empty = empty_store(tmp_path_factory.mktemp("empty") / "fitment.duckdb")
    with empty.deriving() as connection:
        assert derive_all(connection) == 0
    assert stored(empty, "hardware_model_compatibility") == []
