from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from fitment.registry.licences.check import ONE_SIDED, RULES, SYMMETRIC, check
from fitment.registry.licences.clauses import licences
from fitment.registry.licences.combine import RANK
from fitment.registry.licences.evaluation import cases_of, evaluate
from fitment.registry.licences.verdicts import NOTHING_STATED, Context, Judged, Relation, Verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.licences.examples import ALL, NO_LICENCE

DATA = Path(__file__).parent / "data"
SELDOM_SAME = {"limit.nd"}  # the clauses that may forbid what a licence does with itself
STATED = (
    Context(commercial=True, monthly_active_users=10**9, yearly_revenue_usd=1e9, territory="DE"),
    Context(commercial=False, monthly_active_users=10, yearly_revenue_usd=10.0, territory="US"),
    Context(model_name="other", hosted=True, modified=True),
    Context(model_name="Llama 3 of ours", hosted=False, modified=False),
)
names = st.sampled_from((*ALL, *NO_LICENCE))
relations = st.sampled_from(list(Relation))


@pytest.mark.parametrize("file", ["licence_cases.csv", "more_cases.csv"])
def test_known_cases(file: str) -> None:
    """Nothing forbidden or unknown is called compatible, and nine in ten of each class are right."""
    found = evaluate(cases_of(DATA / file))
    assert found.unsafe == 0
    assert all(recall is None or recall >= 0.9 for recall in found.recall.values()), found.recall


def test_every_relation_has_a_rule() -> None:
    """Code into code is asked of the matrix first; all the others have a rule of their own."""
    assert set(Relation) - set(RULES) == {Relation.CODE_INTO}


@pytest.mark.parametrize("relation", Relation)
def test_a_licence_with_itself_is_never_incompatible(relation: Relation) -> None:
    """But where a named clause forbids the deed under any licence, such as adaptations under ND."""
    for name in licences():
        found = check(None if relation in ONE_SIDED else name, name, relation)
        if found.verdict is Verdict.INCOMPATIBLE and relation not in ONE_SIDED:
            forbidding = {r.clause for r in found.reasons if r.effect is Verdict.INCOMPATIBLE}
            assert forbidding <= SELDOM_SAME, (name, forbidding)


@pytest.mark.parametrize("relation", Relation)
def test_every_incompatible_names_a_clause_and_where_it_was_read(relation: Relation) -> None:
    """For every licence that has clauses, into representatives of every kind."""
    for name, other in product(licences(), ("MIT", "GPL-3.0-only", "CC-BY-SA-4.0", "gemma", "llama3.1")):
        for found in (check(other, name, relation), check(name, other, relation)):
            for reason in found.reasons:
                if reason.effect is Verdict.INCOMPATIBLE:
                    assert reason.clause, found
                    assert reason.source, found


@pytest.mark.parametrize("nothing", NO_LICENCE)
def test_what_is_no_known_licence_stays_unknown(nothing: str) -> None:
    """On either side, in every relation, also beside itself, whatever is stated."""
    for relation in Relation:
        assert check("MIT", nothing, relation).verdict is Verdict.UNKNOWN
        assert check(nothing, nothing, relation, STATED[1]).verdict is Verdict.UNKNOWN
        if relation not in ONE_SIDED:
            assert check(nothing, "MIT", relation).verdict is Verdict.UNKNOWN
    assert check("MIT", None, Relation.SERVE_API).verdict is Verdict.UNKNOWN


@settings(max_examples=150, deadline=None)
@given(names, names, relations)
def test_facts_never_change_what_is_compatible(one: str, other: str, relation: Relation) -> None:
    """Nor what is incompatible; what was conditional is resolved, and unknown gets no better."""
    bare = check(one, other, relation)
    for context in STATED:
        told = check(one, other, relation, context)
        if bare.verdict is Verdict.CONDITIONAL:
            assert told.verdict is not Verdict.UNKNOWN
        elif bare.verdict is Verdict.UNKNOWN:
            assert told.verdict in (Verdict.UNKNOWN, Verdict.INCOMPATIBLE)
        else:
            assert told.verdict is bare.verdict


@settings(max_examples=150, deadline=None)
@given(names, names, names, relations)
def test_or_is_at_best_a_branch_and_and_at_worst(one: str, two: str, out: str, relation: Relation) -> None:
    """OR ≥ each branch ≥ AND, and an unknown branch never beats a compatible one."""
    if any(set("() ") & set(name) or not name for name in (one, two)):
        return
    ranks = [RANK[check(out, name, relation).verdict] for name in (one, two)]
    assert RANK[check(out, f"{one} OR {two}", relation).verdict] == min(ranks)
    assert RANK[check(out, f"{one} AND {two}", relation).verdict] == max(ranks)


@settings(max_examples=150, deadline=None)
@given(names, names, st.sampled_from(SYMMETRIC))
def test_what_is_symmetric(one: str, other: str, relation: Relation) -> None:
    """Merging and remixing don't ask which was first: verdict, reasons and needs are the same."""
    there, back = check(one, other, relation), check(other, one, relation)
    assert replace(there, outbound=one, inbound=one) == replace(back, outbound=one, inbound=one)


def test_one_sided_relations_read_no_outbound_licence() -> None:
    """What is done under no other licence isn't judged by one, not even by one that isn't known."""
    for relation in ONE_SIDED:
        assert check("other", "llama2", relation).reasons == check(None, "llama2", relation).reasons


def _needs(found: Judged) -> str:
    return " ".join(found.needs)


def test_an_absent_fact_is_named_and_a_stated_one_resolves_it() -> None:
    """Users, revenue, territory, names: a condition, then compatible, then incompatible by that clause."""
    use, tune = Relation.COMMERCIAL_USE, Relation.FINETUNE_RELEASE
    assert "--mau" in _needs(check(None, "llama2", use))
    assert check(None, "llama2", use, Context(monthly_active_users=10)).verdict is Verdict.COMPATIBLE
    many = check(None, "llama2", use, Context(monthly_active_users=10**9))
    assert (many.verdict, many.reasons[0].clause, many.reasons[0].section) == (
        "incompatible",
        "limit.mau",
        "s.2",
    )
    rich = check(None, "stability-ai-community", use, Context(yearly_revenue_usd=2e6))
    assert (rich.verdict, rich.reasons[0].clause) == ("incompatible", "limit.revenue")
    german = check(None, "llama4", use, Context(monthly_active_users=10, territory="DE"))
    assert (german.verdict, german.reasons[0].clause) == ("incompatible", "limit.territory")
    named = Context(monthly_active_users=10, model_name="acme/Llama-3.1-tuned")
    assert check("llama3.1", "llama3.1", tune, named).verdict is Verdict.COMPATIBLE
    wrong = check("llama3.1", "llama3.1", tune, replace(named, model_name="Tuned-Llama"))
    assert (wrong.verdict, wrong.reasons[0].clause) == ("incompatible", "obligation.name_prefix")
    assert check(None, "agpl-3.0", Relation.SERVE_API, Context(modified=False)).verdict is Verdict.COMPATIBLE
    assert check(None, "agpl-3.0", Relation.SERVE_API, Context(modified=True)).verdict is Verdict.CONDITIONAL


def test_bare_gnu_names_are_known_where_both_readings_agree() -> None:
    """gpl-2.0 into GPL-3.0-only is, or isn't: the answer names the two readings."""
    found = check("GPL-3.0-only", "gpl-2.0", Relation.CODE_INTO)
    assert found.verdict is Verdict.UNKNOWN
    assert "GPL-2.0-or-later" in found.reasons[0].text
    assert check("MIT", "gpl-2.0", Relation.CODE_INTO).verdict is Verdict.INCOMPATIBLE


def test_exceptions() -> None:
    """One that the matrix has is looked up; another may permit what the licence alone forbids: unknown."""
    with_classpath = "GPL-2.0-only WITH Classpath-exception-2.0"
    assert check("MIT", with_classpath, Relation.CODE_INTO).verdict is Verdict.INCOMPATIBLE
    assert check(with_classpath, "MIT", Relation.CODE_INTO).verdict is Verdict.COMPATIBLE
    linking = check("MIT", "GPL-3.0-only WITH GCC-exception-3.1", Relation.CODE_INTO)
    assert linking.verdict is Verdict.UNKNOWN
    given_away = check("GPL-3.0-only WITH GCC-exception-3.1", "GPL-3.0-only", Relation.CODE_INTO)
    assert given_away.verdict is Verdict.UNKNOWN
    assert check(None, "GPL-3.0-only WITH GCC-exception-3.1", Relation.COMMERCIAL_USE).verdict == "compatible"


def test_the_branch_that_it_stands_on_is_named() -> None:
    """The first of the best."""
    found = check("MIT", "GPL-3.0-only OR Apache-2.0", Relation.CODE_INTO, NOTHING_STATED)
    assert (found.verdict, found.chosen) == (Verdict.COMPATIBLE, "Apache-2.0")
    offered = check("MIT OR GPL-3.0-only", "GPL-3.0-only", Relation.CODE_INTO)
    assert (offered.verdict, offered.chosen) == (Verdict.COMPATIBLE, "GPL-3.0-only")
    assert offered.needs[0].startswith("offer what comes out under GPL-3.0-only")
