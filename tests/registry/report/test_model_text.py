"""Models in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.catalogue.permissions import permission
from fitment.registry.report.listing import shown
from fitment.registry.report.model_text import allowed, compared_models, parameters, record_facts

from tests.registry.catalogue.model_examples import WHOLE, small


@pytest.mark.parametrize(
    ("count", "said"),
    [(None, None), (7 * 10**9, "7B"), (7_300_000_000, "7.3B"), (35 * 10**7, "350M"), (12, "12")],
)
def test_parameters_in_words(count: int | None, said: str | None) -> None:
    """In the largest unit that leaves a whole number."""
    assert parameters(count) == said


def test_only_what_is_said_is_shown() -> None:
    """Zero downloads are said, unknown ones aren't."""
    assert dict(record_facts(small("a"))) == {}
    assert dict(record_facts(small("a", downloads=0, rating=0.0))) == {"downloads": "0", "rating": "0 of 5"}
    assert dict(record_facts(WHOLE))["made from"] == "lab/base-7b (finetune), lab/other"


def test_a_permission_says_its_terms_where_it_is_one() -> None:
    """What is forbidden needs nothing."""
    assert "needs: " in allowed(permission("llama2"))
    said = allowed(permission("cc-by-nc-4.0", ("no weapons",), ("commercial use",)))
    assert said.startswith("forbidden: ")
    assert "needs: " not in said
    assert said.endswith("the licence holds")


def test_what_differs_comes_first() -> None:
    """And what one of them lacks is a dash; hostile names are inert."""
    text = shown(compared_models([WHOLE, replace(WHOLE, model_id="x\x1b[1m", licence=None)]))
    assert "\x1b" not in text
    assert text.index("licence") < text.index("organisation")
