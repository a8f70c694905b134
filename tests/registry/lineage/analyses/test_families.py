"""The families of small lineages, by hand."""

from __future__ import annotations

from datetime import datetime

import pytest
from fitment.registry.lineage.analyses.families import Family, FamilyLicence, families
from fitment.registry.lineage.kinds import VIEWS

from tests.registry.lineage.small import ecosystem

EDGES = "a>b:finetune a>c:quantized+adapter b>d x>y:finetune y>z:quantized y>y:finetune"
MODELS = {
    "a": {"licences": ("mit",), "created": "2024-01-05"},
    "b": {"licences": ("gpl-3.0", "mit"), "created": "2024-03-01"},
    "c": {"licences": ("apache-2.0",)},
    "d": {"created": "2023-12-31T23:00"},
    "alone": {"licences": ("mit",)},
}


def test_by_hand() -> None:
    """Four models from a, one older than its parents; then three from x of which nothing is said."""
    found = families(ecosystem(EDGES, MODELS))
    first, second = found.families
    assert first == Family(
        root="a",
        models=4,
        edges=3,
        depth=2,
        first=datetime(2023, 12, 31, 23),
        newest=datetime(2024, 3, 1),
        finetune=pytest.approx(1 / 3),
        quantized=0.0,
        adapter=pytest.approx(1 / 3),  # the label of quantized+adapter
        merge=0.0,
        untyped=pytest.approx(1 / 3),
        licences=(FamilyLicence("mit", 2), FamilyLicence("apache-2.0", 1), FamilyLicence("gpl-3.0", 1)),
        unlicensed=1,
    )
    assert (second.root, second.models, second.depth) == ("x", 3, 2)
    assert second.edges == 3  # y's self-loop is one
    assert (second.first, second.newest, second.licences, second.unlicensed) == (None, None, (), 3)
    assert (found.view, found.matching, found.matching_models, found.all_models) == ("all", 2, 7, 8)


def test_a_view_splits_families() -> None:
    """Along quantized edges alone only y and z hang together."""
    (only,) = families(ecosystem(EDGES, MODELS), VIEWS["quantized"]).families
    assert (only.root, only.models, only.edges, only.quantized) == ("y", 2, 1, 1.0)


def test_how_many_and_how_large() -> None:
    """``limit`` cuts what is shown and not what is counted; of one model alone a family may be asked for."""
    lineage = ecosystem(EDGES, MODELS)
    largest = families(lineage, limit=1)
    assert ([each.root for each in largest.families], largest.matching) == (["a"], 2)
    assert families(lineage, least=4).matching == 1
    single = families(lineage, least=1, limit=None).families[-1]
    assert (single.root, single.models, single.depth) == ("alone", 1, 0)
    assert (single.edges, single.finetune) == (0, None)
    of_z = families(lineage, of=lineage.names.find("z"))
    assert ([each.root for each in of_z.families], of_z.matching_models) == (["x"], 3)


def test_a_cycle_is_a_family() -> None:
    """Two models that were made from each other are one place, from which others come."""
    (only,) = families(ecosystem("a>b b>a b>c")).families
    assert (only.models, only.edges, only.depth) == (3, 3, 1)


def test_no_families() -> None:
    """Without edges there are none, and without models neither."""
    for lineage in (ecosystem(""), ecosystem("", {"a": {}})):
        found = families(lineage)
        assert (found.families, found.matching, found.matching_models) == ((), 0, 0)
