from __future__ import annotations

import pytest
from fitment.registry.choosing.candidates import candidates
from fitment.registry.choosing.known_words import must_be_known
from fitment.registry.choosing.wanted import AskedMetric, Wanted
from fitment.registry.errors import UnknownNameError

from tests.registry.analytics.records import empty_table, insert


def test_a_slip_of_the_pen_is_named() -> None:
    """With what may be meant, and what there is; one model that has it is enough."""
    with empty_table() as con:
        insert(con, "a", tags=["chat"], metrics={"mmlu": 0.5})
        insert(con, "b")

        def ask(wanted: Wanted) -> None:
            must_be_known(con, wanted, candidates(con, wanted))

        ask(Wanted(task="chat", metrics=(AskedMetric("mmlu", ">", 1.0),)))
        with pytest.raises(UnknownNameError, match=r'tag "chatt": did you mean chat\? there are chat'):
            ask(Wanted(task="chatt"))
        with pytest.raises(UnknownNameError, match=r'declares "MMLU": did you mean mmlu\?'):
            ask(Wanted(metrics=(AskedMetric("MMLU"),)))
        with pytest.raises(UnknownNameError, match="none is recorded at all"):
            must_be_known(con, Wanted(task="chat"), [])
