"""What holds for every set of results (scoring.md §9), on small hand-made ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Answer, Estimate, Question
from fitment.registry.errors import NoResultsError
from fitment.registry.fit.recommend import answer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.fit.estimates import GROUP, QUESTION, failed, k, ok, stated

ALL = replace(QUESTION, top_k=99)
BATCHES = (1, 4, 16)
FAILURES = ("oom_host", "timeout", "crashed", "unsupported_precision", "model_error", "numerics_nan")


@st.composite
def results(draw: st.DrawFn) -> list[Estimate]:
    """One estimate at most for each of 4 devices, 3 batches and 2 precisions; at least one that ran."""
    estimates = [ok("A", k(draw(st.sampled_from(BATCHES))), draw(speeds))]
    for hardware in "BCD":
        for batch in BATCHES:
            for precision in ("fp32", "bf16"):
                kind = draw(st.sampled_from(("absent", "absent", "ok", "ok", "ok", "stated", "failed")))
                configuration = k(batch, precision)
                if kind == "failed":
                    estimates.append(failed(hardware, configuration, draw(st.sampled_from(FAILURES))))
                elif kind != "absent":
                    make = ok if kind == "ok" else stated
                    n = draw(st.integers(1, 5))
                    estimates.append(make(hardware, configuration, draw(speeds), n=n, n_tried=n))
    return estimates


speeds = st.floats(1.0, 1e4).map(lambda x: round(x, 3))
questions = st.builds(
    Question,
    st.just("net"),
    batch=st.sampled_from((None, *BATCHES)),
    precision=st.sampled_from((None, "fp32", "bf16")),
    latency_sensitive=st.booleans(),
    memory_constrained=st.booleans(),
    rank_by=st.sampled_from(("compatibility", "suitability")),
    top_k=st.just(99),
)
quick = settings(max_examples=60)


@quick
@given(results(), questions, st.randoms(use_true_random=False))
def test_order_changes_nothing(estimates: list[Estimate], question: Question, rng: object) -> None:
    """The order in which results stand in the store changes nothing of an answer."""
    shuffled = list(estimates)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert answer(question, shuffled) == answer(question, estimates)


@quick
@given(results(), questions)
def test_other_results_change_nothing(estimates: list[Estimate], question: Question) -> None:
    """Another group's results change no component, score, rank or reason."""
    other = replace(GROUP, scenario="train_step")
    extra = [replace(e, group=other, throughput=e.throughput and 100 * e.throughput) for e in estimates]
    before, after = answer(question, estimates), answer(question, [*extra, *estimates])
    assert (after.rows, after.rejected, after.decided) == (before.rows, before.rejected, before.decided)


@quick
@given(results(), questions, st.integers(1, 4))
def test_filters_change_nothing(estimates: list[Estimate], question: Question, top_k: int) -> None:
    """--top-k cuts rows off and leaves every other number as it was."""
    whole = answer(question, estimates)
    cut = answer(replace(question, top_k=top_k), estimates)
    assert cut.rows == whole.rows[:top_k]
    assert (cut.rejected, cut.weights, cut.decided) == (whole.rejected, whole.weights, whole.decided)


@quick
@given(results(), questions)
def test_an_answer_is_consistent(estimates: list[Estimate], question: Question) -> None:
    """Every hardware is ranked or rejected, once; scores lie in [0, 1] and fall with the rank."""
    found = answer(question, estimates)
    ranked, rejected = [r.hardware for r in found.rows], [r.hardware for r in found.rejected]
    assert sorted(ranked + rejected) == sorted({e.hardware for e in estimates})
    scores = [r.compatibility if question.rank_by == "compatibility" else r.suitability for r in found.rows]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 + 1e-12 for score in scores)
    assert all(
        r.rank == 1 + sum(other > score for other in scores)
        for r, score in zip(found.rows, scores, strict=True)
    )
    for row in found.rows:
        components = (row.throughput_score, row.latency_score, row.memory_score)
        assert all(c is None or 0.0 <= c <= 1.0 for c in components)
        assert [c is None for c in components] == [c is None for c in scores_of_first(found)]


def scores_of_first(found: Answer) -> tuple[float | None, ...]:
    first = found.rows[0]
    return (first.throughput_score, first.latency_score, first.memory_score)


@quick
@given(st.lists(st.tuples(speeds, speeds), min_size=3, max_size=3), st.booleans(), st.booleans())
def test_dominating_hardware_never_ranks_lower(
    pairs: list[tuple[float, float]], sensitive: bool, constrained: bool
) -> None:
    """Hardware that is at least as good in everything at every configuration is not ranked below."""
    estimates = []
    for batch, (x, y) in zip(BATCHES, pairs, strict=True):
        better = {"latency_p50_s": 0.1 / max(x, y), "memory_bytes": 10**8}
        estimates.append(ok("good", k(batch), max(x, y), **better))
        estimates.append(ok("bad", k(batch), min(x, y), latency_p50_s=0.1 / min(x, y)))
        estimates.append(ok("third", k(batch), (x * y) ** 0.5))
    question = replace(ALL, latency_sensitive=sensitive, memory_constrained=constrained)
    found = {r.hardware: r.rank for r in answer(question, estimates).rows}
    assert found["good"] <= found["bad"]


@quick
@given(st.lists(speeds, min_size=6, max_size=6), st.integers(0, 2))
def test_an_oom_never_lifts_a_rank(speed: list[float], which: int) -> None:
    """Where the references stay, an OOM in place of a success never lifts that hardware's rank."""
    reference = [
        ok("best", k(b), 1e5, latency_p50_s=1e-6, memory_bytes=10**6) for b in BATCHES
    ]  # sets every reference
    mine = [ok("mine", k(b), t) for b, t in zip(BATCHES, speed[:3], strict=True)]
    others = [ok("other", k(b), t) for b, t in zip(BATCHES, speed[3:], strict=True)]
    before = {r.hardware: r.rank for r in answer(ALL, [*reference, *mine, *others]).rows}
    mine[which] = failed("mine", k(BATCHES[which]), "oom_host")
    after = {r.hardware: r.rank for r in answer(ALL, [*reference, *mine, *others]).rows}
    assert after["mine"] >= before["mine"]


@quick
@given(results())
def test_failures_alone_are_no_answer_and_no_error(estimates: list[Estimate]) -> None:
    """A group without a success has no rows, and a reason for each hardware."""
    broken = [failed(e.hardware, e.configuration, "timeout") for e in estimates]
    found = answer(ALL, broken)
    assert found.rows == ()
    assert {r.hardware for r in found.rejected} == {e.hardware for e in estimates}


def test_no_results_at_all() -> None:
    """A model without any estimate has no answer."""
    with pytest.raises(NoResultsError, match="no results of net"):
        answer(ALL, [])
