"""Models and edges by month, counted by hand."""

from __future__ import annotations

from datetime import date

from fitment.registry.lineage.analyses.growth import growth
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.small import ecosystem

SMALL = ecosystem(
    "a>b:finetune a>c:quantized b>d:finetune a>d:merge c>e x>b e>e:adapter",
    {
        "a": {"created": "2023-01-31T23:59:59"},
        "b": {"created": "2023-03-01T00:00:00"},  # exactly when the month begins
        "c": {"created": "2023-03-31T12:00:00"},
        "d": {},  # no date: its two edges have none either
        "e": {"created": "1969-12-31T23:00:00"},  # before 1970, and before its parent
    },
)


def test_each_month_and_its_totals() -> None:
    """December 1969 brought e with an untyped edge and a self-loop, January 2023 a, March b and c."""
    found = growth(SMALL)
    assert [(m.month, m.models, m.models_total, m.edges, m.edges_total) for m in found.months] == [
        (date(1969, 12, 1), 1, 1, 2, 2),
        (date(2023, 1, 1), 1, 2, 0, 2),
        (date(2023, 3, 1), 2, 4, 3, 5),
    ]
    first, _, last = found.months
    assert (first.untyped, first.adapter, first.merge, first.finetune) == (1, 1, 0, 0)
    assert (last.finetune, last.quantized, last.untyped) == (1, 1, 1)
    assert (last.finetune_total, last.untyped_total, last.adapter_total) == (1, 2, 1)


def test_what_has_no_date_is_counted_apart() -> None:
    """d and x say no date; both edges to d have none."""
    found = growth(SMALL)
    assert (found.models, found.models_undated, found.edges, found.edges_undated) == (4, 2, 5, 2)


def test_a_view_leaves_models_as_they_are() -> None:
    """Of finetune edges only one has a child with a date."""
    found = growth(SMALL, VIEWS["finetune"])
    assert (found.view, found.models, found.edges, found.edges_undated) == ("finetune", 4, 1, 1)
    assert [m.edges for m in found.months] == [0, 0, 1]


def test_without_dates_or_edges() -> None:
    """There are no months without a date; a lone model has one."""
    assert growth(ecosystem("a>b")).months == ()
    assert growth(ecosystem("a>b")).edges_undated == 1
    (only,) = growth(ecosystem("", {"a": {"created": "2024-02-29"}})).months
    assert (only.month, only.models_total, only.edges_total) == (date(2024, 2, 1), 1, 0)
