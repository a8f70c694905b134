"""What models may be used for."""

from __future__ import annotations

import itertools

import pytest
from fitment.registry.catalogue.permissions import ASKED, COMMERCIAL, NON_COMMERCIAL, permission, permissions
from fitment.registry.licences.verdicts import Verdict

from tests.registry.catalogue.model_examples import WHOLE

LICENCES = ("Apache-2.0", "mit", "llama2", "cc-by-nc-4.0", "other", None, "openrail", "zzz")


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [
        ("Apache-2.0", Verdict.COMPATIBLE),
        ("llama2", Verdict.CONDITIONAL),
        ("cc-by-nc-4.0", Verdict.INCOMPATIBLE),
        ("other", Verdict.UNKNOWN),
        (None, Verdict.UNKNOWN),
    ],
)
def test_commercial_use_follows_from_the_licence(licence: str | None, verdict: Verdict) -> None:
    """With the clause that decides, where one does."""
    found = permission(licence)
    assert found.verdict is verdict
    assert found.why


def test_makers_restrictions_only_narrow() -> None:
    """No restriction betters a verdict, and excluded commercial use is forbidden under every licence."""
    order = list(Verdict)
    for licence, relation in itertools.product(LICENCES, ASKED):
        free = permission(licence, relation=relation)
        for restriction in (NON_COMMERCIAL, "no weapons"):
            bound = permission(licence, (restriction,), relation=relation)
            assert order.index(bound.verdict) >= order.index(free.verdict)
    assert all(permission(licence, (NON_COMMERCIAL,)).verdict is Verdict.INCOMPATIBLE for licence in LICENCES)
    narrowed = permission("mit", ("no weapons",))
    assert narrowed.verdict is Verdict.CONDITIONAL
    assert narrowed.conditions == "keep to the makers' restriction: no weapons"


def test_a_claim_widens_nothing_and_is_named_where_it_is_contradicted() -> None:
    """Whatever is claimed, the verdict is that of the licence; what is unknown contradicts nothing."""
    for licence in LICENCES:
        assert permission(licence, (), (COMMERCIAL,)).judged == permission(licence).judged
    said = permission("cc-by-nc-4.0", (), (COMMERCIAL,)).contradicted
    assert said == "declared for commercial use, which cc-by-nc-4.0 does not allow: the licence holds"
    assert "restriction holds" in (permission("mit", (NON_COMMERCIAL,), (COMMERCIAL,)).contradicted or "")
    assert permission("other", (), (COMMERCIAL,)).contradicted is None
    assert permission("mit", (), (COMMERCIAL,)).contradicted is None


def test_each_use_is_answered() -> None:
    """One permission for each that is asked of a model."""
    assert [each.judged.relation for each in permissions(WHOLE)] == list(ASKED)
