"""Which hardware suits a mix of models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.errors import NoResultsError, QuestionError
from fitment.registry.fit.workload_mix import recommend_mix
from fitment.registry.storage.store import Store
from fitment.registry.workloads import Mix, Work

from tests.registry.empty_stores import empty_store
from tests.registry.fit.estimates import failed, k, ok, stated
from tests.registry.fit.mixes import ASKED, mix_of, of, row
from tests.registry.fit.stores import HERE, THERE, journalling, measure

BOTH = {
    Work("one", 3.0): of("one", ok("A", k(1), 100.0), ok("B", k(1), 25.0)),
    Work("two", 1.0): of("two", ok("A", k(1), 10.0), ok("B", k(1), 40.0)),
}


def test_geometric_means_by_share() -> None:
    """A: T = 1^0.75 · 0.25^0.25; B: T = 0.25^0.75 · 1^0.25; the score is that of the means."""
    found = mix_of(BOTH)
    assert [(r.rank, r.hardware) for r in found.rows] == [(1, "A"), (2, "B")]
    assert found.shares == (0.75, 0.25)
    for hardware, t in (("A", 0.25**0.25), ("B", 0.25**0.75)):
        r = row(found, hardware)
        assert r.throughput_score == pytest.approx(t)
        assert r.memory_score == pytest.approx(1.0)
        assert r.compatibility == pytest.approx(0.8 * t + 0.2)


def test_the_worst_part_is_named() -> None:
    """Each hardware's worst part is the one with the lowest score there."""
    found = mix_of(BOTH)
    assert (row(found, "A").worst, row(found, "B").worst) == (1, 0)


def test_running_more_goes_first_and_the_reason_is_kept() -> None:
    """A fast device that is out of memory in one part ranks after a slow one that runs both."""
    works = dict(BOTH)
    works[Work("two", 1.0)] = of("two", failed("A", k(1), "oom_device"), ok("B", k(1), 1.0))
    found = mix_of(works)
    assert [(r.rank, r.hardware, r.runnable) for r in found.rows] == [(1, "B", 2), (2, "A", 1)]
    assert found.everywhere == (True, False)
    part = row(found, "A").parts[1]
    assert part.configuration is None
    assert part.reason == "out of device memory at batch 1, fp32, eager"
    assert any("not in the means" in note and "two forward, not by A" in note for note in found.notes)


def test_hardware_missing_in_a_part_is_named() -> None:
    """Hardware without a single result of a model says so; it is not taken for slow."""
    works = dict(BOTH)
    works[Work("two", 1.0)] = of("two", ok("A", k(1), 10.0))
    found = mix_of(works)
    assert row(found, "B").parts[1].reason == "no forward results of two"
    assert row(found, "B").rank == 2


def test_hardware_that_runs_nothing_is_rejected() -> None:
    """Its reasons stand part by part, and it takes no row."""
    works = {work: [*es, *of(work.model, failed("C", k(1), "crashed"))] for work, es in BOTH.items()}
    found = mix_of(works)
    assert [r.hardware for r in found.rows] == ["A", "B"]
    assert [r.hardware for r in found.rejected] == ["C"]
    assert found.rejected[0].reason.startswith("one: the process crashed at batch 1")


def test_a_criterion_missing_in_one_part_is_dropped_for_all() -> None:
    """Published figures without memory: the mix is scored by throughput and latency, and says so."""
    works = dict(BOTH)
    works[Work("two", 1.0)] = of("two", stated("A", k(1), 10.0), stated("B", k(1), 40.0))
    found = mix_of(works)
    assert found.weights.memory == 0.0
    assert found.weights.throughput == pytest.approx(0.625)
    assert any(note.startswith("memory: not known in every part") for note in found.notes)


def test_tasks_and_flags_share_the_weights() -> None:
    """The profile of the mix is the mean over its distinct tasks and the flags."""
    training = of("two", ok("A", k(1), 1.0), ok("B", k(1), 2.0))
    works = {
        Work("one", 1.0, task="inference"): BOTH[Work("one", 3.0)],
        Work("two", 1.0, task="training"): [
            replace(e, group=replace(e.group, scenario="train_step")) for e in training
        ],
    }
    found = mix_of(works, replace(ASKED, latency_sensitive=True))
    assert found.profile == "inference+training+latency_sensitive"
    assert found.weights.throughput == pytest.approx((0.45 + 0.6 + 0.3) / 3)
    assert [group.scenario for group in found.groups] == ["forward", "train_step"]


def test_what_a_part_fixes_is_kept() -> None:
    """A part's batch is never traded away, and hardware without it is not runnable there."""
    estimates = of("one", ok("A", k(1), 1.0), ok("A", k(8), 5.0), ok("B", k(1), 2.0))
    found = mix_of({Work("one", 1.0, batch=8): estimates})
    assert [
        (r.hardware, r.parts[0].configuration and r.parts[0].configuration.batch) for r in found.rows
    ] == [("A", 8)]
    assert [(r.hardware, r.reason) for r in found.rejected] == [("B", "one: not measured at batch 8")]


def test_nothing_in_common() -> None:
    """Where no part runs on all there are no scores, and ranks are by the number of parts."""
    works = {
        Work("one", 1.0): of("one", ok("A", k(1), 1.0)),
        Work("two", 1.0): of("two", ok("B", k(1), 1.0)),
    }
    found = mix_of(works)
    assert [(r.rank, r.hardware, r.compatibility) for r in found.rows] == [(1, "A", None), (1, "B", None)]
    assert any("ranks are by the number of parts alone" in note for note in found.notes)


def test_exactly_k_rows() -> None:
    """--top-k cuts rows, says so, and changes no number."""
    whole = mix_of(BOTH)
    cut = mix_of(BOTH, replace(ASKED, top_k=1))
    assert cut.rows == whole.rows[:1]
    assert any("--top-k 2 shows all" in note for note in cut.notes)
    with pytest.raises(QuestionError, match="--top-k 0"):
        recommend_mix(Store(Path("nowhere"), 0), Mix("m", ()), replace(ASKED, top_k=0))


def test_suitability_ranks_where_it_is_asked_to() -> None:
    """What ran more often goes first by suitability; without it a line says how many ranks would change."""
    works = {work: [replace(e, n=5 if e.hardware == "B" else 1) for e in es] for work, es in BOTH.items()}
    plain, sure = mix_of(works), mix_of(works, replace(ASKED, rank_by="suitability"))
    assert [r.hardware for r in plain.rows] == ["A", "B"]
    assert [(r.rank, r.hardware) for r in sure.rows] == [(1, "B"), (2, "A")]
    a = row(sure, "A")
    assert (a.confidence, row(sure, "B").confidence) == (pytest.approx(0.6), 1.0)
    assert a.suitability == pytest.approx(0.6 * (a.compatibility or 0.0))
    assert any("would change 2 ranks: --rank-by suitability" in note for note in plain.notes)
    assert any("compatibility would change 2 ranks" in note for note in sure.notes)


def test_policies_for_what_some_have_not_measured() -> None:
    """A memory that one lacks in one part: dropped for all, its lowest score, or no answer in that part."""
    works = dict(BOTH)
    lacking = ok("B", k(1), 40.0, memory_bytes=None, memory_scope=None)
    works[Work("two", 1.0)] = of("two", ok("A", k(1), 10.0), ok("A", k(8), 9.0, memory_bytes=2 * 10**9),
                                 lacking, replace(lacking, configuration=k(8)))  # fmt: skip
    assert mix_of(works).weights.memory == 0.0
    filled = mix_of(works, replace(ASKED, missing="pessimistic"))
    assert filled.weights.memory == pytest.approx(0.2)
    assert row(filled, "B").parts[1].memory_score == 0.5
    assert row(filled, "B").memory_score == pytest.approx(0.5**0.25)
    assert "pessimistic" in row(filled, "B").parts[1].flags
    said = "part 2, two forward: memory: not measured on B: it counts there as the lowest score that another"
    assert any(note.startswith(said) for note in filled.notes)
    strict = mix_of(works, replace(ASKED, missing="require"))
    assert [(r.hardware, r.runnable) for r in strict.rows] == [("A", 2), ("B", 1)]
    assert strict.everywhere == (True, False)
    assert any(note.startswith("--missing require: in each part") for note in strict.notes)


def test_an_explained_mix_holds_each_part_alone() -> None:
    """With the question's explain, and only then, each part that runs has its own row with its terms."""
    plain, found = mix_of(BOTH), mix_of(BOTH, replace(ASKED, explain=True))
    assert all(part.alone is None for r in plain.rows for part in r.parts)
    alone = row(found, "B").parts[0].alone
    assert alone is not None
    assert alone.explanation is not None
    assert (alone.rank, alone.explanation.terms[0].reference) == (2, 100.0)
    assert found.part_notes[0] == plain.part_notes[0]
    assert not any(note.startswith("--top-k") for notes in found.part_notes for note in notes)


def test_from_a_real_store(tmp_path: Path) -> None:
    """Two models of a store are one mix; a part that can't be answered is named with its place."""
    store = empty_store(tmp_path / "fitment.duckdb")
    for model, here, there in (("net", 10.0, 100.0), ("other", 8.0, 2.0)):
        measure(store, model, HERE, 1, here)
        measure(store, model, THERE, 1, there)
    mix = Mix("mix.toml", (Work("net", 0.7), Work("other", 0.3)))
    found = recommend_mix(store, mix, ASKED)
    assert [r.hardware for r in found.rows] == [THERE.hardware, HERE.hardware]
    assert found.rows[0].parts[0].result_ids == (2,)
    with pytest.raises(
        NoResultsError, match=r"mix\.toml: work\[2\]: no results of ohter: did you mean other\?"
    ):
        recommend_mix(store, Mix("mix.toml", (Work("net", 1.0), Work("ohter", 1.0))), ASKED)


def test_what_lacks_a_part_gets_its_command(tmp_path: Path) -> None:
    """Hardware without a result of one part is named with the command; the others answer as they did."""
    store = empty_store(tmp_path / "fitment.duckdb")
    measure(store, "net", HERE, 1, 10.0)
    measure(store, "net", THERE, 1, 100.0)
    measure(store, "net", THERE, 4, 50.0, cell={"scenario": "train_step"})
    mix = Mix("mix.toml", (Work("net", 1.0), Work("net", 1.0, task="training")))
    found = recommend_mix(store, mix, ASKED)
    assert [(r.hardware, r.runnable) for r in found.rows] == [(THERE.hardware, 2), (HERE.hardware, 1)]
    lacking = found.rows[1].parts[1]
    assert lacking.reason == "no train_step results of net at input 3x224x224"
    assert lacking.remedy is not None
    assert "--batches 4 --scenarios train_step" in lacking.remedy
    assert found.rows[0].parts[1].throughput == 50.0


def test_available_hardware_is_compared_alone(tmp_path: Path) -> None:
    """What lacks a part takes it out of the means; left out of the question it has no say."""
    store = empty_store(tmp_path / "fitment.duckdb")
    third = replace(THERE, hardware="Third CPU, 1 core")
    with journalling(store):
        for environment, net, other in ((HERE, 10.0, 9.0), (THERE, 20.0, 1.0), (third, 1.0, None)):
            measure(store, "net", environment, 1, net)
            if other:
                measure(store, "other", environment, 1, other)
    mix = Mix("mix.toml", (Work("net", 0.1), Work("other", 0.9)))
    assert recommend_mix(store, mix, ASKED).everywhere == (True, False)
    found = recommend_mix(store, mix, replace(ASKED, available=("Small CPU", "Large CPU, 64 cores")))
    assert found.everywhere == (True, True)
    assert [r.hardware for r in found.rows] == [HERE.hardware, THERE.hardware]
