"""Popularity and reuse: by hand, as SciPy's, and where nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest
from fitment.registry.lineage.analyses.reuse import Correlation, PopularityAndReuse, popularity_and_reuse
from fitment.registry.lineage.ecosystem import Ecosystem
from fitment.registry.lineage.kinds import VIEWS
from scipy import stats

from tests.registry.lineage.small import ecosystem


def one(found: PopularityAndReuse, *asked: str) -> Correlation:
    (match,) = (c for c in found.correlations if (c.popularity, c.reuse, c.over, c.coefficient) == asked)
    return match


def grown(n: int = 200) -> Ecosystem:
    """A random tree in which early models have most children, and likes go along with that."""
    rng = np.random.default_rng(0)
    edges = " ".join(f"m{int(rng.integers(0, i) ** 2 / i):03}>m{i:03}" for i in range(1, n))
    said = {f"m{i:03}": {"likes": int(rng.integers(0, 9)) + (n - i) // 20} for i in range(n)}
    return ecosystem(edges, {name: {**row, "downloads": i % 7} for i, (name, row) in enumerate(said.items())})


GROWN = grown()


def test_by_hand() -> None:
    """Downloads 4 3 2 1 of a … d, children 2 1 0 0: five of six pairs agree, none disagrees, one is equal.

    τ-b = 5/√(6·5); ranks 4 3 2 1 and 4 3 1.5 1.5: ρ = 4.5/√(5·4.5).
    """
    small = ecosystem("a>b a>c b>d", {name: {"downloads": 4 - i} for i, name in enumerate("abcd")})
    found = popularity_and_reuse(small, replicates=10)
    assert one(found, "downloads", "children", "all models", "kendall").value == pytest.approx(5 / 30**0.5)
    assert one(found, "downloads", "children", "all models", "spearman").value == pytest.approx(
        4.5 / (5 * 4.5) ** 0.5
    )
    among = one(found, "downloads", "descendants", "with a child", "kendall")
    assert (among.models, among.value) == (2, 1.0)  # a: 3 descendants, b: 1
    assert (found.models, found.with_child, found.uncounted) == (4, 2, 0)


@pytest.mark.parametrize("popularity", ["downloads", "likes"])
def test_the_same_as_scipys(popularity: str) -> None:
    """Both coefficients over all models, with children counted here once more."""
    children = np.bincount(GROWN.edges.parent, minlength=len(GROWN))
    said = getattr(GROWN, popularity)
    found = popularity_and_reuse(GROWN, replicates=2)
    for name, theirs in (("spearman", stats.spearmanr), ("kendall", stats.kendalltau)):
        ours = one(found, popularity, "children", "all models", name)
        assert ours.value == pytest.approx(theirs(said, children).statistic, abs=1e-12)
        few = one(found, popularity, "children", "with a child", name)
        has = children > 0
        assert few.value == pytest.approx(theirs(said[has], children[has]).statistic, abs=1e-12)


def test_intervals_are_about_the_value_and_repeat() -> None:
    """A seed gives the same interval again, another a little different one."""
    first, again, other = (popularity_and_reuse(GROWN, seed=seed) for seed in (1, 1, 2))
    assert first == again
    asked = "likes", "descendants", "all models", "kendall"
    found = one(first, *asked)
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    assert found.replicates == 400
    assert one(other, *asked).low != found.low


def test_another_view_has_other_children() -> None:
    """Along quantised edges nobody has a child: there is no order to agree with."""
    found = popularity_and_reuse(GROWN, VIEWS["quantized"], replicates=3)
    assert {(c.value, c.low, c.high, c.replicates) for c in found.correlations} == {(None, None, None, 0)}
    assert (found.view, found.with_child) == ("quantized", 0)


@pytest.mark.parametrize(
    "small", [ecosystem("a>b"), ecosystem("", {"a": {"downloads": 1}}), ecosystem("a>a", {"a": {"likes": 1}})]
)
def test_too_little_to_say(small: Ecosystem) -> None:
    """No downloads, one model, a model that is its own parent: no value, which is not 0."""
    found = popularity_and_reuse(small, replicates=3)
    assert all(each.value is None for each in found.correlations)


def test_missing_downloads_leave_likes_alone() -> None:
    """A model without downloads counts in the questions about likes."""
    small = ecosystem(
        "a>b a>c b>d", {"a": {"downloads": 1, "likes": 5}, "b": {"likes": 3}, "c": {"likes": 0}}
    )
    found = popularity_and_reuse(small, replicates=2)
    assert one(found, "downloads", "children", "all models", "kendall").models == 1
    assert one(found, "likes", "children", "all models", "kendall").models == 3
