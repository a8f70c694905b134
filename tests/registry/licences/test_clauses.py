from __future__ import annotations

import re

from fitment.registry.licences.clauses import KEYS, licences, version
from fitment.registry.licences.identifiers import named

VALUES = {
    "flow_down": {
        *("none", "notice", "own_terms", "same_restrictions", "similar_restrictions"),
        *("same_licence", "same_licence_on_network"),
    },
    "scope.outputs": {"free", "aup", "obliged", "limited", "derivative", "contested", "attribution"},
    "scope.dataset": {"free", "outputs", "contested", "attribution"},
    "scope.hosted_service": {"distribution", "network_copyleft"},
}


def test_every_licence_has_clauses_with_sections_and_sources() -> None:
    """A clause is a short paraphrase, never a text; what rules switch on is a value that they know."""
    assert len(licences()) > 180
    for licence in licences().values():
        assert licence.kind in ("code", "content", "data", "model")
        assert licence.clause("grant.use"), licence.identifier
        for clause in licence.clauses:
            where = f"{licence.identifier}: {clause.key}"
            assert clause.key in KEYS, where
            assert clause.section, where
            assert clause.source, where
            assert 0 < len(clause.text) <= 200, where
            assert clause.value in VALUES.get(clause.key, {clause.value}), where


def test_what_flows_into_other_licences_names_known_ones() -> None:
    """A misspelt identifier would silently permit nothing."""
    for licence in licences().values():
        into = licence.value("flow_down.into")
        for name in into if isinstance(into, tuple) else ():
            assert named(name).members == (name,)


def test_llama_clauses_of_the_versions() -> None:
    """Later versions dropped the ban on improving other models and ask for the name."""
    two, four = licences()["llama2"], licences()["llama4"]
    assert two.value("limit.no_improve_other_models") == "language models"
    assert four.clause("limit.no_improve_other_models") is None
    assert (two.value("obligation.name_prefix"), four.value("obligation.name_prefix")) == (None, "Llama")
    assert two.value("limit.mau") == 700_000_000


def test_the_version_is_a_digest() -> None:
    """The same files give the same version."""
    assert re.fullmatch(r"[0-9a-f]{12}", version())
