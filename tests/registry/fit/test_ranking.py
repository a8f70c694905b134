"""Each hardware's best candidate, and ranks."""

from __future__ import annotations

from fitment.registry.fit.ranking import moved, ranking
from fitment.registry.fit.scored import Scored
from fitment.registry.records import Configuration

from tests.registry.fit.estimates import k, ok


def candidate(
    hardware: str, compatibility: float, n: int = 1, configuration: Configuration | None = None
) -> Scored:
    c = min(1.0, 0.5 + 0.1 * n)
    e = ok(hardware, configuration or k(), 1.0, n=n)
    return Scored(e, 1.0, 1.0, 1.0, compatibility, c, compatibility * c)


def names(rows: list[Scored], rank_by: str = "compatibility") -> list[tuple[int, str]]:
    return [(r.rank, r.best.estimate.hardware) for r in ranking(rows, rank_by)]


def test_ties_share_a_rank() -> None:
    """Equal scores share a rank, and the next rank is skipped."""
    rows = [candidate("C", 0.5), candidate("B", 0.9), candidate("A", 0.9)]
    assert names(rows) == [(1, "A"), (1, "B"), (3, "C")]


def test_order_within_a_tie() -> None:
    """In a tie more runs come first, then the name; the order of the candidates plays no part."""
    rows = [candidate("A", 0.9), candidate("B", 0.9, n=5), candidate("C", 0.9)]
    assert names(rows) == names(rows[::-1]) == [(1, "B"), (1, "A"), (1, "C")]


def test_best_configuration_of_a_hardware() -> None:
    """A hardware is ranked by its best candidate; of equals by the one with the smaller configuration."""
    rows = [candidate("A", 0.4, configuration=k(1)), candidate("A", 0.7, configuration=k(8))]
    rows.append(candidate("A", 0.7, configuration=k(4)))
    assert [r.best.estimate.configuration.batch for r in ranking(rows, "compatibility")] == [4]


def test_confidence_changes_no_rank_unless_asked() -> None:
    """A device measured once beats one measured five times by compatibility; by suitability it may not."""
    rows = [candidate("A", 0.9), candidate("B", 0.8, n=5)]
    assert names(rows) == [(1, "A"), (2, "B")]
    assert names(rows, "suitability") == [(1, "B"), (2, "A")]
    assert moved(ranking(rows, "compatibility"), ranking(rows, "suitability")) == 2
