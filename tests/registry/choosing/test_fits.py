from __future__ import annotations

import pytest
from fitment.registry.catalogue.model_fit import device, estimated_bytes
from fitment.registry.choosing.fits import fit_of, that_ran, weight_bytes
from fitment.registry.errors import UnknownNameError

from tests.registry.choosing.models import candidate, speed

CARD = device("RTX 4090")


def test_the_catalogues_rule() -> None:
    """What search says a model needs is what excludes it here."""
    fit = fit_of(candidate(parameters=7 * 10**9), CARD, None, {})
    assert (fit.needed_bytes, fit.available_bytes) == (estimated_bytes(7 * 10**9, "bf16"), CARD.memory_bytes)
    assert (fit.fits, fit.tier) == (True, "estimated from parameters")
    assert fit_of(candidate(parameters=7 * 10**9), CARD, "fp32", {}).fits is False
    assert weight_bytes(candidate(parameters=7 * 10**9), "int8") == 7 * 10**9


def test_its_size_stands_in_for_parameters() -> None:
    """And where neither is known, nothing is."""
    assert fit_of(candidate(size_bytes=10**9), CARD, "int8", {}).tier == "estimated from size"
    unknown = fit_of(candidate(), CARD, None, {})
    assert (unknown.fits, unknown.needed_bytes) == (None, None)
    assert weight_bytes(candidate(), None) is None
    with pytest.raises(UnknownNameError, match="bf16"):
        fit_of(candidate(), CARD, "bf61", {})


def test_what_was_measured_holds() -> None:
    """The least that any of its names needed; and what ran fits."""
    model = candidate("a", measured_as=("b",), parameters=10**12)
    fit = fit_of(model, CARD, None, {"a": 3, "b": 2})
    assert (fit.needed_bytes, fit.tier, fit.fits) == (2, "measured", True)
    ran = that_ran(fit_of(candidate(), CARD, None, {}), speed(1.0))
    assert ran.fits
    assert "batch 1" in ran.how
