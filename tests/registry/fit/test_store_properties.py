"""What holds for every store (scoring.md §9), on real databases that Hypothesis fills.

One store is filled by all examples: each brings models of its own, which change nothing for one another.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fitment.registry.answers import Answer, Estimate, Question, Recommendation
from fitment.registry.fit.comparison import compare, hold
from fitment.registry.fit.criteria import criteria
from fitment.registry.fit.groups import by_group, choose, eligible
from fitment.registry.fit.profiles import chosen
from fitment.registry.fit.recommend import answer, recommend
from fitment.registry.fit.scored import scored, weights_used
from fitment.registry.records import Environment, Measurement
from fitment.registry.report.export import to_csv, to_json
from fitment.registry.report.tables import answer_table
from fitment.registry.results.append import append_import
from fitment.registry.results.estimates import group_estimates
from fitment.registry.storage.store import Store
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from tests.registry.empty_stores import empty_store
from tests.registry.fit.stores import HERE, THERE, journalling, measure, measurement

DEVICES = {
    name: Environment(
        "cuda", f"GPU {name}, 24 GiB", host=f"host of {name}", torch="2.13.0", device_memory_bytes=24 << 30
    )
    for name in ("A", "B", "C", "good", "best", "null")
}
NAMES = {environment.hardware: name for name, environment in DEVICES.items()}
OOM = "oom_device"
few = settings(max_examples=3, deadline=None)  # each fills a database; test_properties.py tries many more
serial = itertools.count()


@dataclass(frozen=True)
class Ran:
    """What the processes of one device at one batch did."""

    device: str
    batch: int
    throughput: float | None  # None: out of memory
    latency_s: float | None = None
    memory_bytes: int | None = None
    n: int = 1


Case = tuple[Ran, ...]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Filled by every example of this file."""
    return empty_store(tmp_path_factory.mktemp("properties") / "fitment.duckdb")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A second one, filled by some."""
    return empty_store(tmp_path_factory.mktemp("properties") / "fitment.duckdb")


speeds = st.floats(1.0, 1e4).map(lambda x: round(x, 3))
known = st.integers(0, 9).map(lambda x: x > 1)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to three devices at two batches, some out of memory, some without latency or memory."""
    ran = [Ran("A", 1, draw(speeds), 0.1, 10**9)]
    for device, batch in itertools.product("ABC", (1, 8)):
        if (device, batch) != ("A", 1) and draw(known):
            t = draw(speeds) if draw(known) else None
            latency = draw(speeds) / 1e4 if t and draw(known) else None
            memory = round(1e6 * draw(speeds)) if t and draw(known) else None
            ran.append(Ran(device, batch, t, latency, memory, draw(st.integers(1, 3))))
    return tuple(ran)


questions = st.builds(
    Question,
    st.just(""),
    latency_sensitive=st.booleans(),
    memory_constrained=st.booleans(),
    missing=st.sampled_from(("renormalise", "pessimistic", "require")),
    top_k=st.just(99),
)
several = st.lists(cases(), min_size=3, max_size=3)


def rows_of(model: str, case: Case) -> list[Measurement]:
    """The runs of one model, several processes alike but for 1 % around the middle."""
    rows = []
    for ran in case:
        environment = DEVICES[ran.device]
        for i in range(ran.n):
            off = 1.0 if ran.n == 1 else 0.99 + 0.02 * i / (ran.n - 1)
            figures: dict[str, Any] = {
                "latency_p50_s": ran.latency_s,
                "latency_mean_s": ran.latency_s,
                "peak_memory_bytes": ran.memory_bytes,
                "memory_scope": "allocator" if ran.memory_bytes else None,
            }
            fields = figures if ran.throughput else {"status": OOM}
            fields |= {"invocation": i, "provenance": "imported", "source": "made.csv", "source_line": 1}
            t = None if ran.throughput is None else ran.throughput * off
            key = f"{model} {ran.device} {ran.batch} {i}"
            rows.append(measurement(model, environment, ran.batch, t, row_key=key, **fields))
    return rows


def add(store: Store, rows: Iterable[Measurement]) -> None:
    """All rows in one event."""
    append_import(
        store,
        importer="made",
        file="made.csv",
        file_sha256=f"{next(serial):064x}",
        rows=list(rows),
        environments=list(DEVICES.values()),
        rejects=[],
    )


def fill(store: Store, made: Sequence[Case]) -> list[str]:
    """The names of new models with these results."""
    models = [f"net{next(serial)}" for _ in made]
    add(store, [row for model, case in zip(models, made, strict=True) for row in rows_of(model, case)])
    return models


def held(store: Store, models: Sequence[str]) -> Mapping[str, list[Estimate]]:
    """The stored estimates of the models."""
    with store.reading() as connection:
        found = group_estimates(connection)
    return {model: [e for e in found if e.group.model == model] for model in models}


def answers(store: Store, models: Sequence[str], question: Question) -> list[Answer]:
    """The answer for each model."""
    return [answer(replace(question, model=model), es) for model, es in held(store, models).items()]


def stands(row: Recommendation) -> tuple[object, ...]:
    """What no other model's result and no id may change: all but what the pooled noise widens."""
    scores = (row.throughput_score, row.latency_score, row.memory_score, row.compatibility, row.suitability)
    return (row.rank, row.hardware, row.configuration, *scores, row.throughput, row.front, row.flags)


def ranks(found: Answer) -> dict[str, int]:
    return {NAMES[row.hardware]: row.rank for row in found.rows}


@few
@given(several, questions, speeds, speeds, st.integers(1, 2))
def test_filters_change_no_component(
    store: Store, made: list[Case], question: Question, least: float, latency: float, k: int
) -> None:
    """Limits choose among candidates and --top-k cuts rows off: no candidate gets another score."""
    models = fill(store, made)
    limited = replace(question, min_throughput=least, max_latency_s=latency / 1e4)
    for model, estimates in held(store, models).items():
        free, within = (components(replace(q, model=model), estimates) for q in (question, limited))
        assert free.items() <= within.items()
        asked = replace(question, model=model)
        whole, cut = answer(asked, estimates), answer(replace(asked, top_k=k), estimates)
        assert (cut.rows, cut.rejected) == (whole.rows[:k], whole.rejected)


def components(question: Question, estimates: list[Estimate]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The scores of each candidate, by hardware and configuration."""
    groups = eligible(question, by_group(estimates))
    group = choose(question, groups)
    comparison = compare(question, hold(group, groups[group]))
    pessimistic = question.missing == "pessimistic"
    values = criteria(comparison.compared, common=comparison.freed is None, pessimistic=pessimistic)
    weights = weights_used(chosen(question).weights, values)
    return {
        (c.estimate.hardware, c.estimate.configuration): (c.throughput, c.latency, c.memory, c.compatibility)
        for c in scored(comparison.compared, values, weights)
    }


@few
@given(several, questions, st.lists(st.floats(1.0, 3.0), min_size=3, max_size=3))
def test_hardware_that_dominates_never_ranks_lower(
    store: Store, made: list[Case], question: Question, factors: list[float]
) -> None:
    """At least as good in everything wherever A ran, running wherever A does: not ranked below it."""
    faster, sooner, smaller = factors
    better = [
        tuple(
            replace(
                ran,
                device="good",
                throughput=ran.throughput and ran.throughput * faster,
                latency_s=ran.latency_s and ran.latency_s / sooner,
                memory_bytes=ran.memory_bytes and int(ran.memory_bytes / smaller),
            )
            for ran in case
            if ran.device == "A"
        )
        for case in made
    ]
    models = fill(store, [case + good for case, good in zip(made, better, strict=True)])
    for found in answers(store, models, question):
        assert ranks(found).get("good", 99) <= ranks(found).get("A", 99)


@few
@given(several, questions)
def test_an_unrelated_model_changes_nothing(store: Store, made: list[Case], question: Question) -> None:
    """Another model a thousand times as fast, or the same one in training, moves no component and no rank."""
    models = fill(store, made)
    before = answers(store, models, question)
    fast = [
        tuple(replace(ran, throughput=ran.throughput and 1e3 * ran.throughput) for ran in case)
        for case in made
    ]
    fill(store, fast)
    trained = [row for model, case in zip(models, fast, strict=True) for row in rows_of(model, case)]
    add(
        store,
        [
            replace(row, cell=replace(row.cell, scenario="train_step"), row_key=f"{row.row_key} trained")
            for row in trained
        ],
    )
    after = answers(store, models, question)
    for a, b in zip(before, after, strict=True):
        assert [stands(row) for row in a.rows] == [stands(row) for row in b.rows]
        assert (a.rejected, a.weights, a.decided) == (b.rejected, b.weights, b.decided)


@few
@given(several, questions, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_stores_changes_nothing(
    store: Store, other: Store, made: list[Case], question: Question, rng: Any
) -> None:
    """The same results in another order, under other ids, in a store with other models: the same answer."""
    models = fill(store, made)
    rows = [row for model, case in zip(models, made, strict=True) for row in rows_of(model, case)]
    rng.shuffle(rows)
    add(other, rows)
    for a, b in zip(answers(store, models, question), answers(other, models, question), strict=True):
        assert without_ids(a) == without_ids(b)


def without_ids(found: Answer) -> Answer:
    rows = tuple(replace(row, evidence=replace(row.evidence, result_ids=())) for row in found.rows)
    return replace(found, rows=rows)


@settings(max_examples=3, deadline=None)
@given(cases(), questions)
def test_two_runs_print_the_same(store: Store, case: Case, question: Question) -> None:
    """``recommend`` twice on one store gives the same bytes in every format."""
    (model,) = fill(store, [case])
    found = [recommend(store, replace(question, model=model)) for _ in range(2)]
    printed = [(to_json(a), to_csv(a), table(a)) for a in found]
    assert printed[0] == printed[1]


def table(found: Answer) -> str:
    out = io.StringIO()
    Console(file=out, width=100).print(answer_table(found))
    return out.getvalue()


@few
@given(several, questions, st.integers(0, 1))
def test_an_oom_never_lifts_a_rank(store: Store, made: list[Case], question: Question, which: int) -> None:
    """Where another device sets the references, running out of memory never helps."""
    best = tuple(Ran("best", b, 1e6, 1e-6, 10**3) for b in (1, 8))
    whole = [
        best
        + tuple(
            replace(ran, latency_s=ran.latency_s or 1.0, memory_bytes=ran.memory_bytes or 10**9)
            for ran in case
        )
        for case in made
    ]
    broken = [
        tuple(
            replace(ran, throughput=None) if (ran.device, ran.batch) == ("A", (1, 8)[which]) else ran
            for ran in case
        )
        for case in whole
    ]
    before, after = (answers(store, fill(store, each), question) for each in (whole, broken))
    for a, b in zip(before, after, strict=True):
        assert ranks(b).get("A", 99) >= ranks(a).get("A", 99)


@few
@given(several, questions, st.sampled_from(("latency_s", "memory_bytes", "both")))
def test_what_is_not_known_never_wins(
    store: Store, made: list[Case], question: Question, lacking: str
) -> None:
    """A slower device does not come out before A because its latency or memory was not measured."""
    unknown = {"latency_s": None, "memory_bytes": None} if lacking == "both" else {lacking: None}
    models = fill(
        store,
        [
            case
            + tuple(
                replace(ran, device="null", throughput=ran.throughput and 0.9 * ran.throughput, **unknown)
                for ran in case
                if ran.device == "A"
            )
            for case in made
        ],
    )
    for found in answers(store, models, question):
        assert ranks(found).get("A", 99) <= ranks(found).get("null", 99)


def test_nan_is_no_number(tmp_path: Path) -> None:
    """A throughput of NaN is kept with its text, ranked nowhere, and named; nobody else moves."""
    own = empty_store(tmp_path / "fitment.duckdb")
    with journalling(own):
        measure(own, "net", HERE, 1, 10.0)
        measure(own, "net", THERE, 1, float("nan"), latency_p50_s=None, latency_mean_s=None)
    found = recommend(own, Question("net"))
    assert [row.hardware for row in found.rows] == [HERE.hardware]
    assert [(r.hardware, "quarantined" in r.reason) for r in found.rejected] == [(THERE.hardware, True)]


def test_a_flag_reorders_a_pair(store: Store) -> None:
    """A is faster in large batches, B answers sooner: what matters decides which comes first."""
    pair = (
        *(Ran("A", 1, 100.0, 0.010, 10**9), Ran("A", 8, 3200.0, 0.020, 10**9)),
        *(Ran("B", 1, 500.0, 0.002, 10**9), Ran("B", 8, 1000.0, 0.064, 10**9)),
    )
    models = fill(store, [pair])
    order = [
        [NAMES[row.hardware] for row in answers(store, models, Question("", latency_sensitive=flag))[0].rows]
        for flag in (False, True)
    ]
    assert order == [["A", "B"], ["B", "A"]]


@few
@given(speeds, st.integers(2, 4))
def test_repeats_at_equal_variance_narrow_the_interval(store: Store, speed: float, times: int) -> None:
    """The same two values measured more often: the interval around the same median is narrower."""
    fewer, more = (
        [
            replace(row, throughput=speed * (1.01 if i % 2 else 1 / 1.01))
            for i, row in enumerate(rows_of(f"net{next(serial)}", (Ran("A", 1, speed, n=n),)))
        ]
        for n in (2, 2 * times)
    )
    add(store, [*fewer, *more])
    models = [rows[0].cell.model for rows in (fewer, more)]
    (few_runs,), (many_runs,) = held(store, models).values()
    assert few_runs.throughput == pytest.approx(many_runs.throughput)
    assert width(many_runs) < width(few_runs)


def width(e: Estimate) -> float:
    assert e.throughput_low is not None
    assert e.throughput_high is not None
    return e.throughput_high / e.throughput_low


def test_two_devices_of_one_type_stay_apart(tmp_path: Path) -> None:
    """Neither two sizes of one GPU nor two hosts with the same one are ever pooled."""
    own = empty_store(tmp_path / "fitment.duckdb")
    large = Environment("cuda", "GPU A, 48 GiB", host="one", torch="2.13.0")
    twin = replace(DEVICES["A"], host="another host")
    with journalling(own):
        ids = {
            environment.id: [
                measure(own, "net", environment, 1, throughput, invocation=i) for i in range(runs)
            ]
            for environment, throughput, runs in (
                (DEVICES["A"], 100.0, 3),
                (twin, 300.0, 1),
                (large, 200.0, 1),
            )
        }
    found = recommend(own, Question("net"))
    assert {row.hardware: (row.throughput, row.n) for row in found.rows} == {
        large.hardware: (200.0, 1),
        twin.hardware: (100.0, 3),
    }
    for row in found.rows:
        assert row.evidence.result_ids == tuple(ids[row.env_id])
