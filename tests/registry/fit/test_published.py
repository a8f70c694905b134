"""Facts of the published results that ship with the project (scoring.md §9)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fitment.configs import path as shipped
from fitment.registry.answers import Answer, Price, Question
from fitment.registry.fit.groups import by_group, name
from fitment.registry.fit.recommend import answer, recommend
from fitment.registry.imports.run import import_file
from fitment.registry.results.estimates import group_estimates
from fitment.registry.storage.store import Store

from tests.registry.empty_stores import empty_store

FOUR = ("pt240-cu124-rtx3090", "pt291-cu128-4090", "pt291-cu130-5090", "pt291-cu130-pro6000maxq")
CPU = "fp32-nchw-pt240-cpu-i7_12700h-dynamo"
SHORT = {"3090": "3090", "4090": "4090", "5090": "5090", "PRO 6000": "PRO 6000"}


def file(middle: str) -> Path:
    return shipped(f"published/timm/benchmark-infer-{middle}.csv")


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the four GPUs' amp, nchw, eager files alone."""
    store = empty_store(tmp_path_factory.mktemp("four") / "fitment.duckdb")
    for device in FOUR:
        import_file(store, "timm", file(f"amp-nchw-{device}"))
    return store


@pytest.fixture(scope="module")
def answers(four: Store) -> list[Answer]:
    """The answer of each (model, image size) that all four have measured."""
    with four.reading() as connection:
        held = by_group(group_estimates(connection))
    common = sorted((g for g, es in held.items() if len({e.hardware for e in es}) == 4), key=name)
    return [answer(Question(g.model, input_shape=g.input_shape, top_k=9), held[g]) for g in common]


def short(hardware: str) -> str:
    return next(label for part, label in SHORT.items() if part in hardware)


def test_fastest_of_1440(answers: list[Answer]) -> None:
    """On the 1,440 common keys the best achieved throughput is the 5090's 870 times, then 564, 4 and 2."""
    assert len(answers) == 1440
    fastest = Counter(short(max(a.rows, key=lambda r: r.throughput).hardware) for a in answers)
    assert fastest == {"5090": 870, "PRO 6000": 564, "4090": 4, "3090": 2}
    assert all(a.rows[0].throughput_score == 1.0 for a in answers)


def test_rank_1_is_the_fastest(answers: list[Answer]) -> None:
    """With one configuration, or throughput alone, compatibility ranks as throughput does."""
    assert all(a.rows[0].throughput == max(r.throughput for r in a.rows) for a in answers)


def test_equal_batches_on_18_keys(answers: list[Answer]) -> None:
    """All four were measured at the same batch on 18 keys; all others say that nothing is common."""
    common = [a for a in answers if a.decided]
    assert len(common) == 18
    for a in answers:
        flagged = {"no_common_configuration" in r.flags for r in a.rows}
        assert flagged == {not a.decided}
        assert (a.rows[0].latency_score is None) == (not a.decided)


def test_the_3090_was_measured_with_older_torch(answers: list[Answer]) -> None:
    """The 3090's rows, and no others, carry software_mismatch."""
    flagged = {(short(r.hardware), "software_mismatch" in r.flags) for a in answers for r in a.rows}
    assert flagged == {("3090", True), ("4090", False), ("5090", False), ("PRO 6000", False)}


def test_published_rows_name_file_and_line(four: Store) -> None:
    """Each figure of a published answer leads to the line that it stands on."""
    found = recommend(four, Question("vit_base_patch16_224", top_k=4))
    assert len(found.rows) == 4
    for row in found.rows:
        source, _, line = row.evidence.source.partition(":")
        text = shipped(f"published/timm/{source}").read_text().splitlines()[int(line) - 1]
        assert row.evidence.tier == "imported"
        assert "vit_base_patch16_224" in text.split(",")
        assert str(row.throughput) in text.split(",")


def test_gpus_and_cpu_in_one_question(tmp_path: Path) -> None:
    """With the CPU's fp32 beside the GPUs' amp nothing is shared: rows say how they differ."""
    store = empty_store(tmp_path / "fitment.duckdb")
    for published in ("amp-nchw-pt291-cu130-5090", "amp-nchw-pt291-cu128-4090", CPU):
        import_file(store, "timm", file(published))
    found = recommend(store, Question("vit_base_patch16_224", top_k=5))
    assert [r.compatibility for r in found.rows] == sorted(
        (r.compatibility for r in found.rows), reverse=True
    )
    cpu = found.rows[-1]
    assert cpu.hardware == "12th Gen Intel Core i7-12700H, 14 cores"
    assert cpu.beyond == "batch 1, fp32, inductor where rank 1 has batch 1024, amp_fp16, eager"
    assert any(
        "without 12th Gen Intel Core i7-12700H, 14 cores, 1 configuration" in note for note in found.notes
    )
    alone = recommend(store, Question("vit_base_patch16_224", precision="fp32"))
    assert [r.hardware for r in alone.rows] == [cpu.hardware]
    assert {r.reason for r in alone.rejected} == {"not measured at precision fp32"}


def test_what_was_published_once_is_never_clear(answers: list[Answer]) -> None:
    """One run each on hosts that nobody names: likely at most, however large the lead; chances sum to 1."""
    assert {a.certainty for a in answers} == {"likely", "toss-up"}
    assert all(sum(r.p_best or 0.0 for r in a.rows) == pytest.approx(1.0) for a in answers)
    assert all(bool(a.tie_group) == (a.certainty == "toss-up") for a in answers)


def test_cost_of_published_results(four: Store) -> None:
    """At equal prices the fastest is the cheapest; at ten times the others' price it is the dearest."""
    names = ("RTX 3090", "RTX 4090", "RTX 5090", "RTX PRO 6000 Blackwell Max-Q")
    for dear, last in ((1.0, "3090"), (10.0, "PRO 6000")):
        usd = dict.fromkeys(names[:3], 1.0) | {names[3]: dear}
        prices = tuple(Price(name, value, f"p.csv:{name}", name) for name, value in usd.items())
        question = Question("vit_base_patch16_224", prices=prices, cost=True, top_k=9)
        rows = sorted(recommend(four, question).rows, key=lambda r: r.cost_per_1k_usd or 0.0)
        assert short(rows[-1].hardware) == last
        assert [r.cost_score for r in rows] == sorted((r.cost_score or 0.0 for r in rows), reverse=True)
        if dear == 1.0:
            assert [r.rank for r in rows] == [1, 2, 3, 4]
