"""How families grew, by hand."""

from __future__ import annotations

from datetime import date

from fitment.registry.lineage.analyses.family_growth import FamilyMonth, family_growth
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.small import ecosystem

JANUARY, MARCH = date(2024, 1, 1), date(2024, 3, 1)
CREATED = {
    "a": "2024-01-05",
    "b": "2024-03-01",
    "c": "2024-01-31T23:59:59",
    "x": "1969-12-31T23:59",
    "alone": "2024-01-01",
}
LINEAGE = ecosystem(
    "a>b:finetune a>c b>d x>y:finetune", {name: {"created": when} for name, when in CREATED.items()}
)


def test_by_hand() -> None:
    """Two models of a's family in January and one in March, none between; d has no date. x is of 1969."""
    assert family_growth(LINEAGE) == (
        FamilyMonth("a", JANUARY, 2, 2, undated=1),
        FamilyMonth("a", MARCH, 1, 3, undated=1),
        FamilyMonth("x", date(1969, 12, 1), 1, 1, undated=1),
    )


def test_the_largest_or_one() -> None:
    """The arguments of families: how many, how large, whose, along which edges."""
    roots = [
        {each.root for each in family_growth(LINEAGE, **asked)}
        for asked in (
            {"limit": 1},
            {"least": 4},
            {"of": LINEAGE.names.find("y")},
            {"view": VIEWS["finetune"], "limit": 1},
        )
    ]
    assert roots == [{"a"}, {"a"}, {"x"}, {"a"}]
    assert sum(each.models for each in family_growth(LINEAGE, VIEWS["finetune"], limit=1)) == 2


def test_nothing_grew() -> None:
    """No families, or none with a date."""
    assert family_growth(ecosystem("")) == ()
    assert family_growth(ecosystem("a>b")) == ()
