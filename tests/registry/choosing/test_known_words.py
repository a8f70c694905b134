from __future__ import annotations

import pytest
from fitment.registry.choosing.known_words import must_be_known
from fitment.registry.choosing.wanted import AskedMetric, Wanted
from fitment.registry.errors import UnknownNameError

from tests.registry.choosing.models import candidate

MODELS = [candidate("a", tags=("chat",), metrics={"mmlu": 0.5}), candidate("b")]


def test_a_slip_of_the_pen_is_named() -> None:
    """With what may be meant, and what there is; one model that has it is enough."""
    must_be_known(Wanted(task="chat", metrics=(AskedMetric("mmlu", ">", 1.0),)), MODELS)
    with pytest.raises(UnknownNameError, match=r'tag "chatt": did you mean chat\? there are chat'):
        must_be_known(Wanted(task="chatt"), MODELS)
    with pytest.raises(UnknownNameError, match=r'declares "MMLU": did you mean mmlu\?'):
        must_be_known(Wanted(metrics=(AskedMetric("MMLU"),)), MODELS)
    with pytest.raises(UnknownNameError, match="none is recorded at all"):
        must_be_known(Wanted(task="chat"), [candidate()])
