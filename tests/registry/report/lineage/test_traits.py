"""Mutation rates, drift and orderings in words."""

from __future__ import annotations

import json

from fitment.registry.lineage.analyses.drift import Arc, Drift, drift
from fitment.registry.lineage.analyses.mutation_rate import mutation_rate
from fitment.registry.lineage.analyses.ordering import Ordering, ordering
from fitment.registry.report.lineage.traits import drift_text, mutation_rate_text, ordering_text

from tests.registry.lineage.analyses import test_drift, test_mutation_rate
from tests.registry.lineage.analyses.test_ordering import replaced
from tests.registry.lineage.small import ecosystem

RATE = mutation_rate(ecosystem(test_mutation_rate.EDGES, test_mutation_rate.MODELS), "licences")
NO_RATE = mutation_rate(ecosystem("a>b"), "licences")
DRIFT = drift(ecosystem(test_drift.EDGES, test_drift.MODELS), "licences")
ORDERING = ordering(replaced("xy xy xy yz yz zx uv vu"), "tasks")


def test_a_rate() -> None:
    """Its interval, what it is of, and what was left out; null, and not 0, where it is not known."""
    assert mutation_rate_text(RATE, "table").splitlines() == [
        "mutation rate of licences: 0.5000, 95% interval 0.0000 … 0.7500",
        "3 edges of 2 families (edges: finetune), of which 2 (66.7%) changed something",
        "left out: 1 edge with an end that says nothing, 1 from a model to itself",
        "the interval resamples families: edges of one family are not independent",
    ]
    assert mutation_rate_text(NO_RATE, "table").splitlines()[:2] == [
        "mutation rate of licences: not known",
        "0 edges of 0 families (edges: finetune)",
    ]
    assert json.loads(mutation_rate_text(NO_RATE, "json"))["rate"] is None
    assert mutation_rate_text(RATE, "csv").splitlines()[1] == "licences,finetune,0.5,0.0,0.75,3,2,2,1,1"


def test_a_drift() -> None:
    """The arcs, and how many of them; in JSON the values that were compared as well."""
    text = drift_text(DRIFT, "table", None)
    assert "mit      apache-2.0  2        1     1" in text
    assert text.splitlines()[-2:] == [
        "2 arcs between the 3 licences that most models say; 1 pair balanced",
        "7 mutations along 4 edges (edges: finetune)",
    ]
    assert json.loads(drift_text(DRIFT, "json", None))["values"] == ["apache-2.0", "gpl-3.0", "mit"]
    rows = drift_text(DRIFT, "csv", None).splitlines()
    assert rows[1:] == ["gpl-3.0,apache-2.0,2,0,2", "mit,apache-2.0,2,1,1"]


def test_some_of_the_arcs() -> None:
    """As many as are asked for; a table shows twenty of more, CSV all."""
    assert "2 arcs between the 3 licences that most models say, the first 1 " in drift_text(DRIFT, "table", 1)
    arcs = tuple(Arc("x", f"y{i}", 2, 1, 1) for i in range(25))
    many = Drift("tasks", "all", ("x", "y"), arcs, 0, 75, 75, 0)
    said = "25 arcs between the 2 tasks that most models say, the first 20 shown"
    assert said in drift_text(many, "table", None)
    assert len(drift_text(many, "csv", None).splitlines()) == 26
    assert len(drift_text(many, "csv", 3).splitlines()) == 4
    nothing = Drift("tasks", "all", (), (), 0, 0, 0, 0)
    assert drift_text(nothing, "table", None).startswith("0 arcs between the 0 tasks that most models say\n")


def test_an_ordering() -> None:
    """The order, how much agrees, what does not, and who has no place."""
    text = ordering_text(ORDERING, "table")
    assert "1      y      2             3" in text
    assert text.splitlines()[-4:] == [
        "2 of 3 arcs agree (66.7%), the most that can by their number, and 3 of 6 mutations (50.0%; edges:"
        " finetune)",
        "2 other orders agree as well",
        "against it: x to y, 3 : 0",
        "without an arc, and without a place: u, v",
    ]
    assert json.loads(ordering_text(ORDERING, "json"))["orders"] == 3
    assert ordering_text(ORDERING, "csv").splitlines()[:2] == ["place,value,out,into", "1,y,2,3"]


def test_the_only_ordering_and_none() -> None:
    """By traffic there is one; where nothing drifts one line says so; of many arcs against ten are shown."""
    text = ordering_text(ordering(replaced("xy xy xy yz yz zx"), "tasks", weighted=True), "table")
    assert "the most that can by their traffic" in text
    assert "no other order agrees as well" in text
    none = ordering_text(ordering(replaced("xx"), "tasks"), "table")
    assert none == "no task drifts to another (edges: finetune)\n"
    against = tuple(Arc("z", f"y{i}", 1, 0, 1) for i in range(12))
    many = Ordering("tasks", "all", False, ORDERING.order, (), 30, 18, 50, 40, 1, against)
    assert ordering_text(many, "table").splitlines()[-1] == "and 2 more"
