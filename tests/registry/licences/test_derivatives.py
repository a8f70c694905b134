from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.licences.check import RULES, SYMMETRIC, check
from fitment.registry.licences.clauses import Clause, Licence, Value, licences
from fitment.registry.licences.combine import RANK
from fitment.registry.licences.verdicts import NOTHING_STATED, Relation

TUNE, WORK = Relation.FINETUNE_RELEASE, Relation.MERGE_INTO_ONE_WORK
RESTRICTIONS: dict[str, Value] = {
    "limit.nc": "research",
    "limit.nd": True,
    "limit.mau": 5,
    "limit.revenue": 5,
    "limit.territory": ("EU",),
    "limit.field_of_use": "x",
    "limit.no_improve_other_models": "models",
    "limit.hosting": True,
    "limit.guardrails": True,
    "obligation.name_prefix": "X",
}


@pytest.mark.parametrize(
    ("outbound", "inbound", "verdict", "clause"),
    [
        ("mit", "gemma", "incompatible", "flow_down"),
        ("mit", "llama3", "incompatible", "flow_down"),
        ("mit", "cc-by-sa-4.0", "incompatible", "flow_down"),
        ("cc-by-nc-4.0", "cc-by-nc-4.0", "compatible", "grant.modify"),
        ("cc-by-nd-4.0", "cc-by-nd-4.0", "incompatible", "limit.nd"),
        ("creativeml-openrail-m", "bigcode-openrail-m", "conditional", "flow_down"),
        ("apache-2.0", "qwen", "conditional", "flow_down"),
        ("apache-2.0", "nvidia-open-model", "compatible", "flow_down"),
        ("gemma", "apache-2.0", "compatible", "flow_down"),
        ("gpl-3.0", "nvidia-open-model", "incompatible", "limit.no_further_restrictions"),
        ("cc-by-sa-4.0", "qwen", "incompatible", "limit.no_further_restrictions"),
        ("GPL-2.0-only", "openmdw-1.0", "unknown", "grant.patent"),
        ("CC0-1.0", "mit", "conditional", "flow_down"),
        ("apache-2.0", "gpl-3.0", "incompatible", "flow_down"),
        (None, "gemma", "conditional", "flow_down"),
        (None, "mit", "compatible", "flow_down"),
    ],
)
def test_releases(outbound: str | None, inbound: str, verdict: str, clause: str) -> None:
    """Weights that were tuned further: how far the inbound licence flows down."""
    found = check(outbound, inbound, TUNE)
    assert (found.verdict, found.reasons[0].clause) == (verdict, clause)


def test_further_restrictions_are_named_on_both_sides() -> None:
    """GPL's clause, and the one of Llama that it doesn't bear."""
    clauses = {(r.licence, r.clause) for r in check("GPL-3.0-only", "llama2", WORK).reasons}
    assert {("GPL-3.0-only", "limit.no_further_restrictions"), ("llama2", "limit.field_of_use")} <= clauses


def test_a_restriction_of_the_outbound_licence_is_none_further() -> None:
    """CC-BY-NC-SA carries NC itself."""
    assert check("cc-by-nc-sa-4.0", "cc-by-nc-4.0", TUNE).verdict == "compatible"


def _with(licence: Licence, key: str, value: Value) -> Licence:
    added = Clause(licence.identifier, key, value, "s.99", "added", "test", ("derivatives", "outputs"))
    return replace(licence, clauses=(*licence.clauses, added))


@pytest.mark.parametrize("relation", [r for r in RULES if r not in SYMMETRIC])
def test_adding_a_restriction_never_improves_a_verdict(relation: Relation) -> None:
    """Each limit that an inbound licence doesn't have yet; in symmetric relations it goes out as well."""
    rule = RULES[relation]
    outs = [licences()[name] for name in ("MIT", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "gemma", "GPL-3.0-only")]
    for name in (
        "MIT",
        "CC-BY-4.0",
        "CC-BY-SA-4.0",
        "gemma",
        "qwen",
        "OpenMDW-1.0",
        "CC0-1.0",
        "creativeml-openrail-m",
    ):
        bare = licences()[name]
        for outbound in outs:
            before = rule(outbound, bare, NOTHING_STATED).verdict
            for key, value in RESTRICTIONS.items():
                if bare.clause(key) is None and outbound.identifier != name:
                    after = rule(outbound, _with(bare, key, value), NOTHING_STATED).verdict
                    assert RANK[after] >= RANK[before], (name, outbound.identifier, key, before, after)
