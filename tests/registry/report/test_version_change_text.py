from __future__ import annotations

from datetime import datetime

from fitment.registry.answers import NOISE
from fitment.registry.changes.version_change import version_comparison
from fitment.registry.changes.version_sides import Side
from fitment.registry.report.version_change_text import CONFIGURATIONS_SHOWN, document, side_in_words

from tests.registry.changes.versions import side
from tests.registry.fit.estimates import failed, k, ok

KEPT = Side("v1", 12, datetime(2026, 1, 2, 3, 4, 5), 6, 2, 1, ())


def test_a_side_says_what_it_stands_on() -> None:
    """Which snapshot, of when, and what came or went since."""
    assert side_in_words(KEPT) == (
        "v1: snapshot 12 of 2026-01-02 03:04:05 UTC, 6 results; 2 results came since: --live compares them;"
        " 1 result no longer the version's, or retracted"
    )
    assert side_in_words(side("v2", ok("A", k(), 1.0))) == "v2: its 1 result as it stands"


def test_the_row_then_what_changed_beside_it() -> None:
    """Configurations with another word follow, the rest are counted."""
    batches = range(1, CONFIGURATIONS_SHOWN + 4)
    first = [ok("A", k(b), 10.0 * b) for b in batches]
    second = [ok("A", k(1), 10.0)] + [failed("A", k(b), "oom_host") for b in batches if b > 1]
    shown = document(version_comparison("net", side("v1", *first), side("v2", *second), NOISE))
    (table,) = [section.table for section in shown.sections if section.table]
    assert [row[-1] for row in table.rows] == [
        "no clear change",
        *["now fails (oom_host)"] * CONFIGURATIONS_SHOWN,
        "",
    ]
    assert table.rows[-1][1] == "others: 2 now fails"
    assert {len(row) for row in table.rows} == {len(table.columns)}
