"""Questions to a real store, and those that can't be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.answers import Question
from fitment.registry.catalogue.naming import known_model
from fitment.registry.errors import NoResultsError, QuestionError, UnknownNameError
from fitment.registry.fit.recommend import answer, recommend
from fitment.registry.fit.suitability import calculate_scores
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store
from tests.registry.fit.estimates import QUESTION, k, ok
from tests.registry.fit.stores import HERE, THERE, measure


@pytest.fixture
def store(unscored_store: Store) -> Store:
    return unscored_store


def test_from_a_real_store(store: Store) -> None:
    """Two machines are ranked from their stored runs, with this machine's marked as such."""
    found = recommend(store, Question("net"))
    assert [(r.rank, r.hardware) for r in found.rows] == [(1, THERE.hardware), (2, HERE.hardware)]
    assert [r.evidence.tier for r in found.rows] == ["measured elsewhere", "measured here"]
    assert found.rows[1].n == 3


def test_stored_and_recomputed_agree(store: Store) -> None:
    """The answer is the same before scores are stored, after, and when later results are not yet in them."""
    before = recommend(store, Question("net"))
    calculate_scores(store)
    assert recommend(store, Question("net")) == before
    measure(store, "other", HERE, 1, 99.0)
    assert recommend(store, Question("net")) == before
    measure(store, "net", HERE, 8, 10_000.0)
    assert recommend(store, Question("net")) != before


def test_nothing_is_written(store: Store) -> None:
    """A question leaves the store as it was, byte for byte."""
    files = [store.path, *store.path.with_suffix(".journal").rglob("*")]
    before = {file: file.read_bytes() for file in files if file.is_file()}
    recommend(store, Question("net"))
    assert {file: file.read_bytes() for file in before} == before


@pytest.mark.parametrize("asked", ["net", "zoo:net"])
def test_model_by_its_reference(store: Store, asked: str) -> None:
    """The reference that a sweep takes also names the model's results."""
    assert recommend(store, Question(asked)).group.model == "net"
    assert known_model("module:my.mod:make", ["my.mod:make"]) == "my.mod:make"


def test_unknown_model(store: Store) -> None:
    """A model without results is answered with the nearest names that have some."""
    with pytest.raises(NoResultsError, match=r"no results of nett: did you mean net\?"):
        recommend(store, Question("nett"))
    with pytest.raises(NoResultsError, match="results of 2 other models"):
        recommend(store, Question("qqqqq"))


def test_empty_store(tmp_path: Path) -> None:
    """A store without results says what to do."""
    with pytest.raises(NoResultsError, match="the store is empty; sweep it or import"):
        recommend(empty_store(tmp_path / "fitment.duckdb"), Question("net"))


def test_unknown_axis_name(store: Store) -> None:
    """A precision that can neither be measured nor is stored is a slip; one that can is not measured."""
    can = {"precision": ["fp32", "bf16"]}
    with pytest.raises(UnknownNameError, match=r'unknown precision "bf61": did you mean bf16\?'):
        recommend(store, Question("net", precision="bf61"), can)
    found = recommend(store, Question("net", precision="bf16"), can)
    assert [r.reason for r in found.rejected] == ["not measured at precision bf16"] * 2


def test_unknown_environment() -> None:
    """An environment that holds none of the model's results is answered with those that do."""
    with pytest.raises(UnknownNameError, match='unknown environment "e": net has results of env of A'):
        answer(replace(QUESTION, env_id="e"), [ok("A", k(), 1.0)])


@pytest.mark.parametrize("fields", [{"top_k": 0}, {"top_k": -1}, {"batch": 0}, {"batch": -8}])
def test_meaningless_questions(fields: dict[str, int]) -> None:
    """The best 0 devices, or a batch of -8, can't be asked for."""
    with pytest.raises(QuestionError) as caught:
        answer(replace(QUESTION, **fields), [ok("A", k(), 1.0)])
    assert caught.value.exit_code == 2


def test_unknown_score() -> None:
    """Ranks are by compatibility or suitability."""
    with pytest.raises(UnknownNameError, match="did you mean suitability"):
        answer(replace(QUESTION, rank_by="suitable"), [ok("A", k(), 1.0)])


def test_exactly_k_rows() -> None:
    """--top-k gives exactly that many rows where there are as many, and changes no number of them."""
    estimates = [ok(name, k(1), float(i)) for i, name in enumerate("ABCDE", 1)]
    everything = answer(replace(QUESTION, top_k=99), estimates).rows
    for top_k in (1, 2, 5):
        assert answer(replace(QUESTION, top_k=top_k), estimates).rows == everything[:top_k]
