"""Findings in words, and which come first."""

from __future__ import annotations

from fitment.registry.lineage.audit.audit import audit
from fitment.registry.lineage.audit.findings import Inherited, asked_for, inherited

from tests.registry.lineage.small import ecosystem

MODELS = {
    "a": {"licences": ("cc-by-nc-4.0",)},
    "b": {"licences": ("gpl-3.0",), "downloads": 5},
    "c": {"licences": ("mit",)},
    "d": {"licences": ("apache-2.0", "mit"), "downloads": 7},
    "e": {},
}
FOUND = audit(ecosystem("a>b:finetune b>c:adapter b>d:merge d>e", MODELS))


def test_a_finding_in_words() -> None:
    """Everything that a reader needs to look it up: who, which clause, where it stands, which way it took."""
    row = next(inherited(FOUND, asked_for(FOUND, "lost_nc")))
    assert row == Inherited(
        model="d",
        declared=("apache-2.0", "mit"),
        outcome="dropped",
        group="lost_nc",
        clause="limit.nc",
        ancestor="a",
        ancestor_declared=("cc-by-nc-4.0",),
        hops=2,
        first_dropped_by="b",
        along=("finetune", "merge"),
        way="a > b (finetune) > d (merge)",
        licence="CC-BY-NC-4.0",
        section="s.1(i), s.2(a)(1)",
        text="use may not be primarily intended for commercial advantage or monetary compensation",
        source="https://spdx.org/licenses/CC-BY-NC-4.0.html",
    )


def test_the_most_downloaded_come_first() -> None:
    """Those of which no downloads are said come last; of one model, clauses in the order of groups."""
    rows = list(inherited(FOUND, asked_for(FOUND)))
    assert [(row.model, row.group) for row in rows] == [
        ("d", "lost_nc"),
        ("d", "lost_copyleft"),
        ("b", "lost_nc"),
        ("c", "lost_nc"),
        ("c", "lost_copyleft"),
    ]


def test_groups_and_who_declares_nothing() -> None:
    """One group, none of its findings, and what comes to models without a licence."""
    assert [row.model for row in inherited(FOUND, asked_for(FOUND, "lost_copyleft"))] == ["d", "c"]
    assert len(asked_for(FOUND, "lost_rail")) == 0
    rows = list(inherited(FOUND, asked_for(FOUND, "undeclared")))
    assert [(row.model, row.outcome, row.clause, row.first_dropped_by) for row in rows] == [
        ("e", "undeclared", "limit.nc", "b"),
        ("e", "undeclared", "flow_down", "d"),
    ]
