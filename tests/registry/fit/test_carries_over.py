from __future__ import annotations

from fitment.registry.answers import Descent, Question
from fitment.registry.fit.carries_over import carries_over
from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, k, ok

BASE = answer(QUESTION, [ok("A", k(precision="bf16"), 2.0), ok("B", k(precision="bf16"), 1.0)])


def said(*kinds: str, question: Question = QUESTION, beside_own: bool = False) -> str:
    path = tuple(Descent(f"m{i}", f"m{i + 1}", kind, "declared") for i, kind in enumerate(kinds))
    return "\n".join(carries_over(path, BASE, question, beside_own=beside_own))


def test_absolute_figures_never_do() -> None:
    """The order of hardware may; whose figures they are is said, and that they count nowhere."""
    for kind in ("quantized", "adapter"):
        assert "the order of hardware may carry over" in said(kind)
        assert "net's, and m0's may differ; nothing of it enters a rank, score or P(best) of m0" in said(kind)


def test_each_kind_on_the_way_counts() -> None:
    """Less memory than is shown where a step quantises, more where one is an adapter; both where both are."""
    memory = {
        "less": "its weights take less memory than is shown",
        "more": "somewhat more memory than is shown",
    }
    found = {
        kinds: [word for word, line in memory.items() if line in said(*kinds)]
        for kinds in (("quantized",), ("adapter",), ("adapter", "quantized"))
    }
    assert list(found.values()) == [["less"], ["more"], ["less", "more"]]
    assert "m0 may run at another precision than net was measured at (bf16)" in said("quantized")


def test_limits_and_own_results_are_said_where_there_are_any() -> None:
    """Whose results the limits were held against; what is left out."""
    assert "limits" not in said("adapter")
    assert "the limits were held against net's results" in said(
        "adapter", question=Question("m0", max_memory_bytes=1e12)
    )
    assert "is left out" not in said("adapter")
    assert "what m0 itself was measured on is left out" in said("adapter", beside_own=True)


def test_what_is_counted_from_the_bases_figures_is_said() -> None:
    """Devices for a rate, and what they cost."""
    assert "counted from" not in said("adapter")
    assert "devices: counted from net's throughput" in said("adapter", question=Question("m0", target_rate=5))
