from __future__ import annotations

import pytest
from fitment.registry.choosing.licence_terms import opinions, terms, unmet
from fitment.registry.choosing.wanted import Wanted
from fitment.registry.licences.check import check
from fitment.registry.licences.verdicts import Context, Relation, Verdict

from tests.registry.choosing.models import candidate

COMMERCIAL, INTO_MIT = Wanted(commercial=True), Wanted(licence_into="MIT")


@pytest.mark.parametrize(
    ("licence", "restrictions", "known"),
    [(None, (), False), ("nobody's-own", (), False), ("cc-by-nc-4.0", (), True),
     ("apache-2.0", ("non-commercial",), True)],
)  # fmt: skip
def test_what_commercial_use_excludes(
    licence: str | None, restrictions: tuple[str, ...], known: bool
) -> None:
    """A clause or the makers' own word against it; and what nobody knows, never taken for allowed."""
    (found,) = unmet(candidate(licence=licence, restrictions=restrictions), COMMERCIAL)
    assert (found.requirement, found.known) == ("commercial use", known)
    assert found.reason


def test_conditions_are_carried() -> None:
    """A licence that holds on facts passes with them; a fact that is stated is no condition any more."""
    llama = candidate(licence="llama2")
    assert list(unmet(llama, COMMERCIAL)) == []
    open_, stated = (
        terms(llama, Wanted(commercial=True, facts=Context(monthly_active_users=n))) for n in (None, 5)
    )
    assert open_ is not None
    assert open_.verdict == "conditional"
    assert any("700,000,000" in each for each in open_.conditions)
    assert stated is not None
    assert stated.verdict == "compatible"
    too_many = Wanted(commercial=True, facts=Context(monthly_active_users=800_000_000))
    assert [each.known for each in unmet(llama, too_many)] in ([True], [])


def test_into_another_licence() -> None:
    """The relation decides: Apache-2.0 weights may be tuned and released as MIT, Llama's may not."""
    assert list(unmet(candidate(licence="apache-2.0"), INTO_MIT)) == []
    (found,) = unmet(candidate(licence="llama2"), INTO_MIT)
    assert (found.requirement, found.known) == ("licence into MIT", True)
    (narrowed,) = unmet(candidate(licence="mit", restrictions=("non-commercial",)), INTO_MIT)
    assert not narrowed.known


def test_restrictions_only_narrow() -> None:
    """One that is not about commerce leaves a condition, and the verdict never better than conditional."""
    free = candidate(licence="apache-2.0")
    bound = candidate(licence="apache-2.0", restrictions=("no medical use",))
    assert list(unmet(bound, COMMERCIAL)) == []
    found, without = terms(bound, COMMERCIAL), terms(free, COMMERCIAL)
    assert found is not None
    assert without is not None
    assert (found.verdict, without.verdict) == ("conditional", "compatible")
    assert "keep to the makers' restriction: no medical use" in found.conditions


def test_one_opinion_for_a_licence() -> None:
    """Made once for all models that have it and the same restrictions."""
    opinion = opinions(COMMERCIAL)
    first, second = (opinion(candidate(name, licence="cc-by-nc-4.0")) for name in "ab")
    assert first is second
    assert first.unmet == tuple(unmet(candidate(licence="cc-by-nc-4.0"), COMMERCIAL))
    assert opinion(candidate(licence="mit")).terms == terms(candidate(licence="mit"), COMMERCIAL)
    assert opinion(candidate(licence="mit", restrictions=("non-commercial",))).unmet


def test_nothing_asked_nothing_judged() -> None:
    """Without a question about licences there are no terms."""
    assert terms(candidate(licence="mit"), Wanted()) is None


def test_the_verdicts_are_those_of_check() -> None:
    """Whatever it says compatible or conditional of passes, and nothing else."""
    for licence in ("mit", "llama2", "gemma", "cc-by-nc-4.0", "other", "gpl-3.0", "openrail", "qwen"):
        for wanted, outbound, relation in (
            (COMMERCIAL, None, Relation.COMMERCIAL_USE),
            (INTO_MIT, "MIT", Relation.FINETUNE_RELEASE),
        ):
            facts = Context(commercial=True) if wanted.commercial else Context()
            passes = not list(unmet(candidate(licence=licence), wanted))
            verdict = check(outbound, licence, relation, facts).verdict
            assert passes == (verdict in (Verdict.COMPATIBLE, Verdict.CONDITIONAL))
