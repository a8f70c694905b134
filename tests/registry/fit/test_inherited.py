"""What is inherited stands apart, and changes nothing that was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Answer, Question
from fitment.registry.errors import NoResultsError, QuestionError
from fitment.registry.fit import inherited as module
from fitment.registry.fit.recommend import recommend
from fitment.registry.fit.with_inherited import recommend_with_inherited
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.storage.store import Store
from fitment.registry.system import HardwareRecommender
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.fit.families import FAMILY, declare, own, ways
from tests.registry.fit.stores import HERE, THERE, copy
from tests.registry.lineage.small import ecosystem

NAMES = ("net", "other", "a", "b", "q4")
KINDS = ("quantized", "adapter", "finetune", "merge", "quantized+merge")
QUESTIONS = st.builds(
    Question,
    model=st.sampled_from(("net", "other")),
    batch=st.sampled_from((None, 1, 8)),
    top_k=st.integers(1, 3),
    latency_sensitive=st.booleans(),
    max_memory_bytes=st.sampled_from((None, 1.0, 5e8)),
    available=st.sampled_from(((), (HERE.hardware,))),
    explain=st.booleans(),
)


@pytest.fixture(scope="module")
def store(scored: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Results of net and other; records of models measured under their names, or made from them."""
    store = copy(scored, tmp_path_factory.mktemp("inherited"))
    declare(store, "org/net=net", "org/q4<org/net:quantized")
    return store


@pytest.fixture
def family(monkeypatch: pytest.MonkeyPatch) -> Ecosystem:
    """A lineage in the store."""
    found = ecosystem(FAMILY)
    take_for_lineage(monkeypatch, found)
    return found


def take_for_lineage(patched: pytest.MonkeyPatch, found: Ecosystem) -> None:
    patched.setattr(module, "newest_build", lambda _: found)
    patched.setattr(module, "_lineage", lambda *_: found)


def asked(store: Store, model: str, **fields: object) -> Answer:
    return recommend_with_inherited(store, Question(model, **fields))  # type: ignore[arg-type]


@pytest.mark.usefixtures("family")
def test_a_model_without_results(store: Store) -> None:
    """It has no row, score or P(best); its base's answer stands apart, in a tier of its own, with its ids."""
    found = asked(store, "lora2")
    base = recommend(store, Question("net"))
    assert (found.rows, found.rejected, found.decided, found.certainty) == ((), (), (), None)
    assert found.nothing
    assert found.nothing.startswith("No results of lora2, so no hardware is recommended")
    assert found.group == replace(base.group, model="lora2")
    assert ways(found.inherited) == [("net", "quantized adapter")]
    rows = found.inherited[0].answer.rows
    assert [row.evidence.tier for row in rows] == ["inherited (2 hops)"] * 2
    assert [row.evidence.source for row in rows] == [
        f"net: {row.evidence.tier}, {row.evidence.source}" for row in base.rows
    ]
    assert [replace(row, evidence=had.evidence) for row, had in zip(rows, base.rows, strict=True)] == [
        *base.rows
    ]
    assert [row.evidence.result_ids for row in rows] == [row.evidence.result_ids for row in base.rows]


@pytest.mark.usefixtures("family")
def test_what_would_have_to_be_measured(store: Store) -> None:
    """The model on its base's best hardware; as a command where a sweep knows the model, else why not."""
    each = asked(store, "q4").inherited[0]
    assert f"q4 itself, at the precision that it runs at, on {THERE.hardware} first" in each.to_measure
    assert each.command
    assert each.command.startswith("fitment sweep --models q4 --devices cpu --batches 1 ")
    assert "--again" not in each.command
    unknown = recommend_with_inherited(store, Question("q4"), {"model": ("net",)}).inherited[0]
    assert unknown.command is None
    assert "q4 is not in the zoo" in unknown.to_measure


@pytest.mark.usefixtures("family")
def test_several_bases_stand_apart(store: Store) -> None:
    """Each with its own answer, the nearest first."""
    found = asked(store, "two")
    assert ways(found.inherited) == [("net", "quantized"), ("other", "adapter")]
    assert [each.answer.group.model for each in found.inherited] == ["net", "other"]


@pytest.mark.usefixtures("family")
def test_beside_own_results(store: Store) -> None:
    """Only hardware on which the model itself has nothing is shown, with its rank for the base."""
    found = asked(store, "other")
    assert own(found) == recommend(store, Question("other"))
    assert [row.hardware for row in found.rows] == [THERE.hardware]
    (each,) = found.inherited
    assert [(row.rank, row.hardware) for row in each.answer.rows] == [(2, HERE.hardware)]
    assert (each.answer.certainty, each.answer.tie_group) == (None, ())
    assert any("what other itself was measured on is left out" in line for line in each.carries)
    only_there = asked(store, "other", available=(THERE.hardware,))
    assert only_there.inherited == ()


@pytest.mark.usefixtures("family")
def test_the_question_holds_for_the_base(store: Store) -> None:
    """Its limits, its axes and how many rows; a base without results of the task has none."""
    (each,) = asked(store, "q4", top_k=1, batch=8).inherited
    assert [(row.hardware, row.configuration.batch) for row in each.answer.rows] == [(THERE.hardware, 8)]
    (each,) = asked(store, "q4", max_memory_bytes=1.0).inherited
    assert each.answer.rows == ()
    assert each.answer.closest_miss
    assert any("the limits were held against net's results" in line for line in each.carries)
    for refused in ({"task": "training"}, {"env_id": "nowhere"}):
        with pytest.raises(NoResultsError, match="no results of q4"):
            asked(store, "q4", **refused)
    with pytest.raises(QuestionError):
        asked(store, "q4", top_k=0)


def test_what_records_declare_is_enough(store: Store) -> None:
    """Without a lineage in the store."""
    assert ways(asked(store, "org/q4").inherited) == [("net", "quantized")]


@pytest.mark.usefixtures("family")
@pytest.mark.parametrize("model", ["ft", "blend", "orphan", "nowhere"])
def test_what_passes_nothing_on(store: Store, model: str) -> None:
    """A finetune, a merge, a base without results: the error is that of any model without results."""
    with pytest.raises(NoResultsError) as plain:
        recommend(store, Question(model))
    with pytest.raises(NoResultsError) as error:
        asked(store, model)
    assert str(error.value) == str(plain.value)


@pytest.mark.usefixtures("family")
def test_the_component_answers_as_before(store: Store) -> None:
    """recommend_hardware knows what was measured, and nothing else."""
    component = HardwareRecommender(store.path)
    assert component.recommend_hardware("net", None) == recommend(store, Question("net"))
    with pytest.raises(NoResultsError):
        component.recommend_hardware("q4", None)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edges=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(KINDS)),
        min_size=1,
        max_size=8,
    ),
    question=QUESTIONS,
)
def test_no_lineage_changes_what_was_measured(
    store: Store, edges: list[tuple[str, str, str]], question: Question
) -> None:
    """The answer about a model with results is the same without what it inherits, to the last bit."""
    found = ecosystem(" ".join(f"{parent}>{child}:{kind}" for parent, child, kind in edges))
    with pytest.MonkeyPatch.context() as patched:
        take_for_lineage(patched, found)
        answer = recommend_with_inherited(store, question)
    assert own(answer) == recommend(store, question)
    own_hardware = {"net": {HERE.hardware, THERE.hardware}, "other": {THERE.hardware}}[question.model]
    shown = {row.hardware for each in answer.inherited for row in each.answer.rows}
    assert not shown & own_hardware
    assert all(each.base != question.model for each in answer.inherited)
