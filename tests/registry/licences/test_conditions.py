from __future__ import annotations

import pytest
from fitment.registry.licences.clauses import licences
from fitment.registry.licences.conditions import duties, name, purpose, thresholds
from fitment.registry.licences.verdicts import Context, Verdict


@pytest.mark.parametrize(
    ("users", "effect"),
    [(None, "conditional"), (0, "compatible"), (700_000_000, "compatible"), (700_000_001, "incompatible")],
)
def test_users(users: int | None, effect: str) -> None:
    """Up to the threshold, and zero is a number."""
    (found,) = thresholds(licences()["llama2"], Context(monthly_active_users=users))
    assert found.reason.effect == effect


def test_a_threshold_for_commercial_use_alone() -> None:
    """Stated to be none, users don't count."""
    many = Context(commercial=False, monthly_active_users=10**9)
    assert [f.reason.effect for f in thresholds(licences()["qwen"], many)] == [Verdict.COMPATIBLE]
    assert [f.reason.effect for f in thresholds(licences()["llama2"], many)] == [Verdict.INCOMPATIBLE]


@pytest.mark.parametrize(
    ("licence", "territory", "effect"),
    [
        ("llama4", None, "conditional"),
        ("llama4", "fr", "incompatible"),
        ("llama4", "EU", "incompatible"),
        ("llama4", "CH", "compatible"),
        ("llama3.2", "DE", "conditional"),  # its models without images are granted there
        ("tencent-hunyuan-3d-2.0", "KR", "incompatible"),
        ("tencent-hunyuan-3d-2.0", "JP", "compatible"),
    ],
)
def test_territories(licence: str, territory: str | None, effect: str) -> None:
    """Members of the union are in it."""
    found = list(thresholds(licences()[licence], Context(monthly_active_users=1, territory=territory)))
    assert found[-1].reason.effect == effect


@pytest.mark.parametrize(
    ("commercial", "effect"), [(None, "conditional"), (True, "incompatible"), (False, "compatible")]
)
def test_purpose(commercial: bool | None, effect: str) -> None:
    """Non-commercial terms against what is stated."""
    (found,) = purpose(licences()["CC-BY-NC-4.0"], Context(commercial=commercial))
    assert found.reason.effect == effect


@pytest.mark.parametrize(
    ("called", "effect"),
    [
        ("Llama-3-tuned", "compatible"),
        ("acme/llama_3.1 x", "compatible"),
        ("Llama-2-x", "incompatible"),
        ("", "incompatible"),
    ],
)
def test_names(called: str, effect: str) -> None:
    """The part after the organisation counts; separators and case don't."""
    (found,) = name(licences()["llama3"], Context(model_name=called), "derivatives")
    assert found.reason.effect == effect
    assert list(name(licences()["llama3"], Context(model_name=called), "outputs")) == []


def test_duties_leave_it_compatible() -> None:
    """Each is a need."""
    found = list(duties(licences()["Apache-2.0"]))
    assert {each.reason.effect for each in found} == {Verdict.COMPATIBLE}
    assert all(each.need for each in found)
