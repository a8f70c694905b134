from __future__ import annotations

from fitment.registry.licences.explanation import explain


def test_a_licence() -> None:
    """Grants, then limits, then duties and what flows down, each with its section; and answers alone."""
    found = explain("llama2")
    keys = [clause.key.split(".")[0] for clause in found.clauses]
    assert (found.name, found.spdx) == ("Llama 2 Community License Agreement", "LicenseRef-llama2")
    assert list(dict.fromkeys(keys)) == ["grant", "limit", "obligation", "flow_down", "scope"]
    assert dict(found.alone)["commercial_use"] == "conditional"


def test_what_is_not_known_says_why() -> None:
    """A family names its members, a misspelt name its neighbours, an SPDX identifier that it wasn't read."""
    assert explain("bsd").members == ("BSD-2-Clause", "BSD-3-Clause", "BSD-4-Clause")
    assert "llama2" in explain("lama2").near
    assert "none of its clauses has been read" in explain("BUSL-1.1").why
    assert "wasn't read" in explain("deepfloyd-if-license").why
    assert "read that text" in explain("other").why
    assert explain("MIT OR gemma").why == "an expression: explain MIT, gemma"
