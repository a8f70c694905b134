from __future__ import annotations

from datetime import datetime

from fitment.registry.lineage.kinds import ALL, VIEWS
from fitment.registry.report.lineage.words import along, amount, change, day, made_by


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
