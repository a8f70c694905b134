from __future__ import annotations

from fitment.registry.choosing.choice import Excluded, Fit, Grounds, Unmet
from fitment.registry.choosing.requirements import asked, grounds, nearest, out_of_memory, unfit, unmet
from fitment.registry.choosing.wanted import AskedMetric, Wanted

from tests.registry.choosing.models import candidate

WANTED = Wanted(
    task="chat", max_size_bytes=1e9, metrics=(AskedMetric("mmlu", ">=", 0.4), AskedMetric("other"))
)


def test_every_requirement_that_is_missed() -> None:
    """In their order; a metric without a bound excludes nobody; what is not known is not met."""
    assert unmet(candidate(tags=("chat",), size_bytes=10**9, metrics={"mmlu": 0.4}), WANTED) == ()
    known = unmet(candidate(tags=("code",), size_bytes=2 * 10**9, metrics={"mmlu": 0.3}), WANTED)
    assert [(each.requirement, each.known, each.reason) for each in known] == [
        ("task chat", True, "it has code"),
        ("at most 1.00 GB", True, "it has 2.00 GB"),
        ("mmlu >= 0.4", True, "mmlu 0.3 is declared"),
    ]
    unknown = unmet(candidate(), WANTED)
    assert [each.requirement for each in unknown] == [each.requirement for each in known]
    assert not any(each.known for each in unknown)


def test_hardware() -> None:
    """Too small, not known, and tried in vain are three reasons."""
    assert unfit(Fit("measured", 1, 1, 2, True, ""), "H") == ()
    too_small, unknown = (unfit(Fit("measured", 3, 3, 2, fits, "why"), "H")[0] for fits in (False, None))
    assert (too_small.known, unknown.known, unknown.reason) == (True, False, "why")
    assert out_of_memory("H")[0].requirement == too_small.requirement == "runs on H"


def test_counts_of_each() -> None:
    """A model counts at each that it misses, and first where it comes first; all that was asked is listed."""
    a, b = Unmet("task chat", True, ""), Unmet("mmlu >= 0.4", False, "")
    excluded = [Excluded("x", "", (a, b)), Excluded("y", "", (b,))]
    names = list(asked(WANTED, "H"))
    assert names == ["task chat", "at most 1.00 GB", "mmlu >= 0.4", "runs on H"]
    assert grounds(names, excluded) == (
        Grounds("task chat", 1, 0, 1),
        Grounds("at most 1.00 GB", 0, 0, 0),
        Grounds("mmlu >= 0.4", 0, 2, 1),
        Grounds("runs on H", 0, 0, 0),
    )
    assert nearest(excluded) == (excluded[1],)
    assert nearest([]) == ()
