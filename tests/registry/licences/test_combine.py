from __future__ import annotations

import pytest
from fitment.registry.licences.combine import RANK, Answer, answer, common, either, every, unsaid
from fitment.registry.licences.verdicts import Reason, Verdict


def _answer(verdict: Verdict, name: str = "x") -> Answer:
    return Answer(verdict, (Reason(name, "k", verdict, "t"),), (f"{name} needs",), "r")


def test_the_one_order() -> None:
    """incompatible > unknown > conditional > compatible."""
    assert sorted(Verdict, key=RANK.__getitem__) == ["compatible", "conditional", "unknown", "incompatible"]


def test_and_is_the_worst_with_all_reasons() -> None:
    """The worst reason stands first."""
    found = every([_answer(Verdict.COMPATIBLE, "a"), _answer(Verdict.UNKNOWN, "b")])
    assert (found.verdict, [r.licence for r in found.reasons]) == (Verdict.UNKNOWN, ["b", "a"])
    assert found.needs == ("a needs", "b needs")


def test_or_is_the_best_and_names_its_branch() -> None:
    """Unknown doesn't beat compatible, and conditional beats unknown."""
    branches = [("a", _answer(Verdict.UNKNOWN)), ("b", _answer(Verdict.CONDITIONAL))]
    assert (either(branches).verdict, either(branches).chosen) == (Verdict.CONDITIONAL, "b")


def test_readings_that_differ_are_unknown() -> None:
    """And say what each would answer."""
    same = common([("a", _answer(Verdict.COMPATIBLE)), ("b", _answer(Verdict.COMPATIBLE))], "n", "why")
    assert same.verdict is Verdict.COMPATIBLE
    differ = common([("a", _answer(Verdict.COMPATIBLE)), ("b", _answer(Verdict.INCOMPATIBLE))], "n", "why")
    assert (differ.verdict, differ.reasons[0].text) == ("unknown", "why: a: compatible, b: incompatible")


def test_nothing_found_is_unknown_and_no_clause_never_incompatible() -> None:
    """Without a clause an incompatible would be a bug."""
    assert answer("r", []).verdict is Verdict.UNKNOWN
    with pytest.raises(ValueError, match="without a clause"):
        unsaid("x", "t", Verdict.INCOMPATIBLE)
