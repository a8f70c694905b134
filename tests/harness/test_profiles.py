"""fitment.harness.profiles: the three of measurement.md."""

from __future__ import annotations

from fitment.harness.profiles import FIT, PROFILES, named


def test_profiles_grow_stricter() -> None:
    """Each next profile spends more, wants a higher percentile and repeats more often."""
    quick, standard, strict = (PROFILES[name] for name in ("quick", "standard", "strict"))
    assert (quick.budget_s, standard.budget_s, strict.budget_s) == (2, 20, 60)
    assert (quick.percentile, standard.percentile, strict.percentile) == (0.5, 0.95, 0.99)
    assert (quick.invocations, standard.invocations, strict.invocations) == (1, 3, 5)
    assert (quick.confidence, standard.confidence, strict.confidence) == (0.95, 0.95, 0.99)


def test_fit_is_no_profile_to_choose() -> None:
    """The batch ladder's profile has a name, times nothing, and is not among those on offer."""
    assert named("fit") is FIT
    assert not FIT.timed
    assert "fit" not in PROFILES
    assert all(named(name) is profile and profile.timed for name, profile in PROFILES.items())
