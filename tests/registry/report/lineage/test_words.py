from __future__ import annotations

from datetime import datetime

from fitment.registry.lineage.kinds import ALL, VIEWS
from fitment.registry.report.lineage.words import (
    along,
    amount,
    change,
    day,
    interval,
    made_by,
    percent,
    several,
)


def test_views_and_kinds() -> None:
    """All edges need no word; the kind that labels an edge leads."""
    assert (along(ALL), along(VIEWS["no-merge"])) == ("", " along no-merge edges")
    assert made_by("adapter", ("finetune", "adapter")) == "adapter, finetune"
    assert (made_by("untyped", ()), made_by(None, ())) == ("untyped", "")


def test_figures_and_days() -> None:
    """Counts are in full; what nobody says is no 0, and a share of 0 is none."""
    assert (amount(1234), amount(5), amount(0), amount(None)) == ("1,234", "5", "0", "–")
    assert (change(-2, -0.5), change(4, None), change(None, None)) == ("-2 (-50%)", "+4", "–")
    assert (day(datetime(2024, 1, 2, 3)), day(None)) == ("2024-01-02", None)


def test_how_many_of_what() -> None:
    """One alone has a word of its own; what is not known is None, which a table shows as nothing."""
    assert (several(1, "family", "families"), several(2000, "family", "families")) == (
        "1 family",
        "2,000 families",
    )
    assert (several(0, "model"), percent(0.079), percent(None)) == ("0 models", "7.9%", None)
    assert (interval(0.077, 0.081), interval(0.1, 0.2, ".3f")) == ("7.7% … 8.1%", "0.100 … 0.200")
    assert interval(None, 0.2) is None
