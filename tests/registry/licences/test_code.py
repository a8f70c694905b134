from __future__ import annotations

from fitment.registry.licences.check import check
from fitment.registry.licences.code import code_into
from fitment.registry.licences.verdicts import Relation


def test_a_no_stands_on_a_clause() -> None:
    """The matrix's no, and the copyleft of the inbound licence behind it, with both sources."""
    found = code_into("MIT", "GPL-3.0-only")
    assert found is not None
    assert (found.verdict, found.reasons[0].clause, found.reasons[0].section) == (
        "incompatible",
        "flow_down",
        "s.5(c)",
    )
    assert "OSADL" in found.reasons[0].source


def test_permissive_into_copyleft_stands_on_the_copyleft_licence() -> None:
    """Apache-2.0 into GPL-2.0-only: what forbids is the outbound licence's clause."""
    found = code_into("GPL-2.0-only", "Apache-2.0")
    assert found is not None
    assert (found.reasons[0].licence, found.reasons[0].clause) == (
        "GPL-2.0-only",
        "limit.no_further_restrictions",
    )


def test_check_dependency_and_unknown() -> None:
    """Neither is yes or no."""
    linked = code_into("AGPL-3.0-only", "GPL-3.0-only")
    assert linked is not None
    assert (linked.verdict, len(linked.needs)) == ("conditional", 1)
    contested = code_into("MIT", "OpenSSL")
    assert contested is not None
    assert contested.verdict == "unknown"


def test_code_that_is_not_in_the_matrix() -> None:
    """Judged by clauses: content and model licences, and SPDX identifiers whose clauses were read."""
    assert code_into("MIT", "CC-BY-SA-4.0") is None
    assert check("MIT", "CC-BY-SA-4.0", Relation.CODE_INTO).verdict == "incompatible"
    assert check("MIT", "BSD-3-Clause-Clear", Relation.CODE_INTO).verdict == "compatible"
    assert check("MIT", "BUSL-1.1", Relation.CODE_INTO).verdict == "unknown"
