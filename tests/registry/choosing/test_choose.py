from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.registry.choosing.choice import CRITERIA, ChoiceAnswer
from fitment.registry.choosing.choose import choose
from fitment.registry.choosing.wanted import AskedMetric, Wanted
from fitment.registry.errors import NoResultsError
from fitment.registry.storage.store import Store

from tests.registry.fit.stores import HERE

ON = Wanted(hardware=HERE.hardware, precision="fp32")


def answer(store: Store, wanted: Wanted) -> ChoiceAnswer:
    with store.reading() as con:
        return choose(con, wanted)


def test_every_model_is_on_one_side(recorded: Store) -> None:
    """Ranked, or excluded with a reason; what is asked never changes how many there are."""
    for wanted in (Wanted(), ON, Wanted(commercial=True, task="chat"), Wanted(max_size_bytes=1.0)):
        found = answer(recorded, replace(wanted, top_k=99))
        assert len(found.rows) + len(found.excluded) == found.models == 5
        assert len(found.rows) == found.meeting
        assert all(each.unmet for each in found.excluded)
        assert sum(each.first for each in found.grounds) == len(found.excluded)


def test_measured_results_are_joined(recorded: Store) -> None:
    """By the names under which they are stored; tried in vain excludes, and so does not knowing."""
    found = answer(recorded, ON)
    assert {each.model_id: each.unmet[0].known for each in found.excluded} == {"c": True, "d": False}
    speeds = {row.model_id: row.speed for row in found.rows}
    assert speeds["x/a"] is not None
    assert speeds["b"] is not None
    assert (speeds["x/a"].value, speeds["b"].value) == (100.0, 200.0)
    assert speeds["e"] is None
    assert any("2 of 3 have results" in note for note in found.notes)


def test_measured_speed_counts_where_all_have_one(recorded: Store) -> None:
    """Then it is a component with its interval, and else for nobody; the parts are the score."""
    every, fast = answer(recorded, ON), answer(recorded, replace(ON, task="fast"))
    speeds = {row.model_id: row.components[CRITERIA.index("speed")] for row in fast.rows}
    assert {name: part.component for name, part in speeds.items()} == {"b": 1.0, "x/a": 0.5}
    assert speeds["b"].tier == "measured here"
    assert speeds["b"].half_width > 0
    assert all(row.components[CRITERIA.index("speed")].used is None for row in every.rows)
    for row in (*every.rows, *fast.rows):
        assert math.fsum(c.weight * (c.used or 0) for c in row.components) == pytest.approx(row.score)


def test_top_k_changes_no_score(recorded: Store) -> None:
    """It only cuts; a tie that is cut is said."""
    every, one = (answer(recorded, Wanted(top_k=k)) for k in (9, 1))
    assert one.rows == every.rows[:1]
    assert one.meeting == every.meeting == 5
    two, three = (answer(recorded, Wanted(top_k=k)) for k in (2, 3))
    assert two.rows[:2] == three.rows[:2]
    assert any("cuts a tie" in note for note in three.notes)


def test_a_bound_changes_no_figure_of_those_that_meet_it(recorded: Store) -> None:
    """Requirements exclude; what is left is relative to the best that is left."""
    found = answer(recorded, Wanted(task="chat"))
    assert [row.model_id for row in found.rows] == ["e"]
    assert found.rows[0].matched == 'tag "chat"'
    assert found.rows[0].terms is None
    assert len(found.nearest) == 4


def test_nothing_is_recorded(tmp_path: Path) -> None:
    """The way out is named."""
    store = Store.open(tmp_path / "empty.duckdb", create=True)
    with pytest.raises(NoResultsError, match="fitment model import"):
        answer(store, Wanted(metrics=(AskedMetric("x"),)))
