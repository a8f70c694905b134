from __future__ import annotations

import pytest
from fitment.registry.licences.check import check
from fitment.registry.licences.verdicts import Context, Relation


@pytest.mark.parametrize(
    ("inbound", "loads", "serves", "earns"),
    [
        ("mit", "compatible", "compatible", "compatible"),
        ("gpl-3.0", "compatible", "compatible", "compatible"),
        ("agpl-3.0", "compatible", "conditional", "compatible"),
        ("eupl-1.2", "compatible", "conditional", "compatible"),
        ("cc-by-sa-4.0", "compatible", "compatible", "compatible"),
        ("cc-by-nc-4.0", "conditional", "conditional", "incompatible"),
        ("gemma", "conditional", "conditional", "compatible"),
        ("creativeml-openrail-m", "conditional", "conditional", "compatible"),
        ("llama2", "conditional", "conditional", "conditional"),
        ("stability-ai-nc", "conditional", "incompatible", "incompatible"),
        ("exaone", "conditional", "conditional", "incompatible"),
        ("openmdw-1.0", "compatible", "compatible", "compatible"),
        ("cc", "unknown", "unknown", "unknown"),
        ("openrail", "conditional", "conditional", "compatible"),
    ],
)
def test_uses(inbound: str, loads: str, serves: str, earns: str) -> None:
    """Loaded by a repository, served over a network, used commercially."""
    relations = (Relation.REPO_LOADS_WEIGHTS, Relation.SERVE_API, Relation.COMMERCIAL_USE)
    assert [check(None, inbound, relation).verdict for relation in relations] == [loads, serves, earns]


def test_a_hosted_service_flows_down() -> None:
    """What has to stand in its terms is a need, with the clause's words."""
    found = check(None, "gemma", Relation.SERVE_API)
    assert (found.reasons[0].clause, found.reasons[0].section) == ("scope.hosted_service", "s.1.1(b), s.3.1")
    assert "put the use restrictions into its terms" in found.needs[0]


def test_commercial_loading_of_non_commercial_weights() -> None:
    """Stated, it is forbidden."""
    told = check("mit", "cc-by-nc-4.0", Relation.REPO_LOADS_WEIGHTS, Context(commercial=True))
    assert (told.verdict, told.reasons[0].clause) == ("incompatible", "limit.nc")
