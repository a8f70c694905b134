"""What declared sets of licences do with the clauses that descend."""

from __future__ import annotations

import pytest
from fitment.registry.lineage.audit import terms as licence_terms
from fitment.registry.lineage.audit.explained import explained
from fitment.registry.lineage.audit.terms import Declared, Terms, declarations, keeps_term, terms_of

from tests.registry.lineage.declaring import declared
from tests.registry.lineage.small import ecosystem


def handed_on(terms: Terms, code: int) -> set[str]:
    """The keys of what a set carries."""
    return {term.key for term, carried in zip(terms.terms, terms.carried[:, code], strict=True) if carried}


def lacking(terms: Terms, code: int) -> set[str]:
    """The keys of what it drops."""
    return {term.key for term, drops in zip(terms.terms, terms.dropped[:, code], strict=True) if drops}


def test_what_all_have_descends_and_what_any_has_is_kept() -> None:
    """Of two licences to choose from; both of them alone; and none that is known."""
    terms = terms_of([("cc-by-nc-4.0", "gpl-3.0"), ("cc-by-nc-4.0",), ("gpl-3.0",), ("mit", "other")])
    assert [handed_on(terms, code) for code in range(4)] == [set(), {"limit.nc"}, {"copyleft"}, set()]
    assert [lacking(terms, code) for code in range(4)] == [set(), {"copyleft"}, {"limit.nc"}, set()]
    assert terms.said(0, 1).section == "s.1(i), s.2(a)(1)"
    assert [licence.identifier for licence in terms.kept_by(0, 0)] == ["CC-BY-NC-4.0"]
    assert terms.kept_by(0, 2) == ()


@pytest.mark.parametrize(
    ("names", "state"),
    [
        (("mit",), Declared.READ),
        (("bsd", "llama2"), Declared.READ),
        (("MIT OR Apache-2.0",), Declared.READ),
        (("other",), Declared.UNREAD),
        (("mit", "deepfloyd-if-license"), Declared.UNREAD),
        (("no such licence",), Declared.UNREAD),
        ((), Declared.MISSING),
        (("none", ""), Declared.MISSING),
    ],
)
def test_what_is_known_of_a_set(names: tuple[str, ...], state: Declared) -> None:
    """A set is read where each of its names is; ``none`` declares as little as nothing does."""
    terms = terms_of([names])
    assert terms.state.tolist() == [state]
    assert terms.is_read.tolist() == [state == Declared.READ]


def test_copyleft_is_a_term_for_each_family() -> None:
    """GPL 3 may follow LGPL 2.1 and a reading of GPL 2; neither of them may follow it."""
    terms = terms_of([("lgpl-2.1",), ("gpl-2.0",), ("gpl-3.0",)])
    assert [term.key for term in terms.terms] == ["copyleft"] * 3
    gpl = terms.licences[2][0]
    assert gpl.identifier == "GPL-3.0-only"
    assert all(keeps_term(term, gpl) for term in terms.terms)
    assert terms.dropped.any(axis=0).tolist() == [True, True, False]


def test_of_an_ecosystem() -> None:
    """Each model by its set; nothing at all has no terms."""
    said = declarations(ecosystem("a>b", declared("a=llama2 b=mit|apache-2.0")))
    assert [said.terms.sets[code] for code in said.codes] == [("llama2",), ("apache-2.0", "mit")]
    assert declarations(ecosystem("")).terms.carried.shape == (0, 1)


def test_more_copyleft_than_can_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may declare any number of sets: those beyond the limit aren't judged, and it is said why."""
    monkeypatch.setattr(licence_terms, "MOST", 1)
    said = declared("a=gpl-2.0 b=gpl-2.0|lgpl-2.1 c=cc-by-nc-4.0")
    terms = terms_of([tuple(each["licences"]) for each in said.values()])
    assert terms.state.tolist() == [Declared.READ, Declared.UNREAD, Declared.READ]
    assert [term.key for term in terms.terms] == ["limit.nc", "copyleft"]
    assert terms.dropped.tolist() == [[True, False, False], [False, False, True]]
    assert explained(ecosystem("", said), 1).why_unknown.startswith("more sets of copyleft licences")
