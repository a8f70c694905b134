"""Which recommended configurations no other beats in everything that counts."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.answers import Estimate, Question
from fitment.registry.fit.recommend import answer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.fit.estimates import QUESTION, k, ok, row

ALL = replace(QUESTION, top_k=99)


def candidate(name: str, throughput: float, latency: float, memory: int, batch: int = 1) -> Estimate:
    fields = {"latency_p50_s": latency, "latency_mean_s": latency, "memory_bytes": memory}
    return ok(name, k(batch), throughput, **fields)


def marks(question: Question, *estimates: Estimate) -> dict[str, str | None]:
    return {r.hardware: r.front for r in answer(question, estimates).rows}


def test_a_trade_off_is_on_the_front_and_what_is_beaten_is_not() -> None:
    """C is worse than A in all three; D within 1 % of A in each; B has the least memory."""
    found = marks(
        ALL,
        candidate("A", 100.0, 0.010, 1000),
        candidate("B", 10.0, 0.100, 100),
        candidate("C", 90.0, 0.011, 1100),
        candidate("D", 99.5, 0.01005, 1005),
    )
    assert found == {"A": "front", "B": "front", "C": None, "D": "≈ front"}


def test_other_configurations_of_a_hardware_count() -> None:
    """What is recommended of B is beaten by a configuration of A that is not A's own choice."""
    a = (candidate("A", 100.0, 0.01, 1000), candidate("A", 900.0, 0.02, 1000, batch=8))
    b = (candidate("B", 90.0, 0.011, 1000), candidate("B", 91.0, 0.9, 5000, batch=8))
    found = answer(ALL, [*a, *b])
    assert (row(found, "A").configuration.batch, row(found, "B").configuration.batch) == (8, 1)
    assert (row(found, "A").front, row(found, "B").front) == ("front", None)


def test_only_what_counts_is_compared() -> None:
    """A criterion that is dropped for all brings nobody to the front; memory across scopes is a share."""
    little = candidate("B", 10.0, 0.1, 1)
    without = replace(little, latency_p50_s=None, latency_mean_s=None)
    assert marks(ALL, candidate("A", 100.0, 0.2, 1), without) == {"A": "front", "B": None}
    shares = (
        replace(candidate("A", 100.0, 0.1, 5 * 10**9), memory_scope="allocator"),  # half of its device
        replace(candidate("B", 99.0, 0.2, 10**9), capacity_bytes=10**9),  # all of its own
    )
    assert marks(ALL, *shares) == {"A": "front", "B": None}


def test_what_misses_a_limit_beats_nobody() -> None:
    """The front is that of what may be recommended."""
    fast, slow = candidate("A", 100.0, 0.01, 1000), candidate("B", 90.0, 0.011, 500)
    beaten = candidate("C", 80.0, 0.02, 600)
    assert marks(ALL, fast, slow, beaten)["C"] is None
    limited = replace(ALL, max_memory_bytes=900.0)
    assert marks(limited, fast, slow, beaten) == {"B": "front", "C": None}
    assert marks(replace(ALL, max_memory_bytes=900.0), fast, beaten) == {"C": "front"}


values = st.floats(1.0, 1e4).map(lambda x: round(x, 2))


@settings(max_examples=80)
@given(
    st.lists(st.tuples(values, values, values, st.booleans()), min_size=1, max_size=8),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("renormalise", "pessimistic", "require")),
)
def test_rank_1_is_on_the_front(
    drawn: list[tuple[float, float, float, bool]], sensitive: bool, constrained: bool, missing: str
) -> None:
    """Whatever the weights and the policy; so the front is never empty."""
    estimates = [candidate(f"H{i}", t, ell, round(100 * m)) for i, (t, ell, m, _) in enumerate(drawn)]
    estimates = [
        e if known else replace(e, latency_p50_s=None, latency_mean_s=None)
        for e, (*_, known) in zip(estimates, drawn, strict=True)
    ]
    question = replace(ALL, latency_sensitive=sensitive, memory_constrained=constrained, missing=missing)
    first = [r for r in answer(question, estimates).rows if r.rank == 1]
    assert all(r.front == "front" for r in first)
