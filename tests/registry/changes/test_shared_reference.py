from __future__ import annotations

import pytest
from fitment.registry.changes.paired import paired
from fitment.registry.changes.shared_reference import dropped, shared_scores

from tests.registry.fit.estimates import failed, k, ok


def test_the_union_sets_the_references() -> None:
    """By hand: the best of both sides on all hardware has 1, and half of it half."""
    pairs = {
        "A": paired([ok("A", k(1), 100.0)], [ok("A", k(1), 50.0)]),
        "B": paired([ok("B", k(1), 25.0)], []),
    }
    found = shared_scores(pairs)
    assert found is not None
    assert found.compatibility["A", k(1), 0] == 1.0
    assert found.compatibility["A", k(1), 1] == pytest.approx(0.5 * 0.5 + 0.3 * 0.5 + 0.2)
    assert found.compatibility["B", k(1), 0] == pytest.approx(0.5 * 0.25 + 0.3 * 0.25 + 0.2)
    assert dropped(found.criteria) == []


def test_nothing_runs() -> None:
    """Failures alone have no scores."""
    broken = [failed("A", k(1), "timeout")]
    assert shared_scores({"A": paired(broken, broken)}) is None


def test_what_one_lacks_counts_for_none() -> None:
    """Named, so that a note can say it."""
    found = shared_scores({"A": paired([ok("A", k(1), 1.0)], [ok("A", k(1), 1.0, memory_bytes=None)])})
    assert found is not None
    assert dropped(found.criteria) == ["memory"]
    assert set(found.compatibility.values()) == {1.0}
