from __future__ import annotations

import pytest
from fitment.registry.catalogue.naming import rename_model
from fitment.registry.fit import bases
from fitment.registry.results.retract import retract
from fitment.registry.storage.store import Store

from tests.registry.catalogue import decisions
from tests.registry.fit.families import FAMILY, declare
from tests.registry.lineage.small import ecosystem


def found(store: Store, model: str, *, edges: str = FAMILY, silent: str = "") -> list[tuple[str, str]]:
    """The bases of ``model`` with the way to each; results of ``silent`` answer nothing."""

    def answer(name: str, path: bases.Path) -> tuple[str, str] | None:
        told = " ".join((path[0].child, *(step.parent for step in path)))
        return None if name == silent else (name, told)

    with store.reading() as con:
        return bases.nearest_bases(con, ecosystem(edges), bases.asked(con, model), answer)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("q4", [("net", "q4 net")]),
        ("zoo:q4", [("net", "q4 net")]),
        ("lora2", [("net", "lora2 lora net")]),
        ("deep", [("net", "deep lora2 lora net")]),
        ("two", [("net", "two net"), ("other", "two other")]),
        ("round", [("net", "round ring net")]),
        ("other", [("net", "other net")]),
        *((none, []) for none in ("ft", "blend", "said_by_nobody", "orphan", "net", "nowhere", "")),
    ],
)
def test_the_nearest_with_results(unscored_store: Store, model: str, expected: list[tuple[str, str]]) -> None:
    """Any number of hops up, several bases apart; through finetunes and merges nothing comes down."""
    assert found(unscored_store, model) == expected


def test_above_results_that_answer_nothing(unscored_store: Store) -> None:
    """The search goes on where they don't, and ends at those that do."""
    edges = "net>other:quantized other>a:adapter"
    assert found(unscored_store, "a", edges=edges) == [("other", "a other")]
    assert found(unscored_store, "a", edges=edges, silent="other") == [("net", "a other net")]
    assert found(unscored_store, "a", edges=edges, silent="net") == [("other", "a other")]


def test_a_cycle_ends_where_it_closes(unscored_store: Store) -> None:
    """No model is a base of its own, under whatever name."""
    assert found(unscored_store, "a", edges="a>b:quantized b>a:quantized") == []
    declare(unscored_store, "org/net=net")
    assert found(unscored_store, "net", edges="org/net>b:quantized b>net:quantized") == []


def test_results_are_found_by_all_the_names_of_a_model(unscored_store: Store) -> None:
    """By what a record says they are stored under, by a name that the model had, and by both sources."""
    declare(unscored_store, "org/net=net", "org/q4<org/net:quantized", "org/small<org/q4:adapter")
    assert found(unscored_store, "org/q4") == [("net", "org/q4 org/net")]
    assert found(unscored_store, "org/small") == [("net", "org/small org/q4 org/net")]
    assert found(unscored_store, "x", edges="org/q4>x:adapter") == [("net", "x org/q4 org/net")]
    rename_model(unscored_store, "net", "renamed")
    assert found(unscored_store, "q4") == [("renamed", "q4 net")]


def test_a_model_that_was_measured_itself(unscored_store: Store) -> None:
    """It has the names of its results, and that a record declares a base of it is known."""
    declare(unscored_store, "org/net<a:quantized=net")
    with unscored_store.reading() as con:
        assert bases.asked(con, "net") == bases.Asked(frozenset({"net"}), ("net", "org/net"), declares=True)
        assert bases.asked(con, "org/net").results == {"net"}
        assert bases.asked(con, "a") == bases.Asked(frozenset(), ("a",), declares=False)


def test_a_model_whose_results_are_all_retracted(unscored_store: Store) -> None:
    """It has none that count, still knows its names, and takes what its base has."""
    ((number,),) = decisions.query(unscored_store, "SELECT id FROM performance_results WHERE model = 'other'")
    retract(unscored_store, [number], "throttled")
    with unscored_store.reading() as con:
        assert bases.asked(con, "other") == bases.Asked(frozenset(), ("other",), declares=False)
    assert found(unscored_store, "other") == [("net", "other net")]


def test_a_long_line_is_cut(unscored_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a lineage of any size only so many ancestors are looked at."""
    line = "net>m0:quantized " + " ".join(f"m{i}>m{i + 1}:adapter" for i in range(8))
    assert found(unscored_store, "m8", edges=line)[0][0] == "net"
    monkeypatch.setattr(bases, "MOST", 5)
    assert found(unscored_store, "m8", edges=line) == []
