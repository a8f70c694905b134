"""The hardware that a person has is named, never guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.errors import NoResultsError, UnknownNameError
from fitment.registry.fit.available import resolve
from fitment.registry.fit.recommend import answer, recommend
from fitment.registry.storage.store import Store

from tests.registry.fit.estimates import QUESTION, k, ok, ranks, reasons, row
from tests.registry.fit.stores import HERE, THERE

KNOWN = (
    "Intel Core i7-12700H, 14 cores",
    "NVIDIA A100, 80 GiB",
    "NVIDIA GeForce RTX 4090 D, 24 GiB",
    "NVIDIA GeForce RTX 4090, 24 GiB",
    "NVIDIA GeForce RTX 5090, 32 GiB",
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["NVIDIA GeForce RTX 4090, 24 GiB"], [3]),
        (["nvidia geforce rtx 4090, 24 gib"], [3]),
        (["5090"], [4]),
        (["rtx 5090", "I7-12700h"], [0, 4]),
        (["5090,A100"], [1, 4]),
        (["NVIDIA GeForce RTX 4090, 24 GiB, 5090"], [3, 4]),
        (["4090, 24 GiB"], [3]),
        (["5090", "NVIDIA GeForce RTX 5090, 32 GiB"], [4]),
        ([], []),
    ],
)
def test_names_and_parts_of_one_name(asked: list[str], found: list[int]) -> None:
    """Whole names, names in another case, and words that one name alone holds; several with commas."""
    assert resolve(asked, KNOWN) == tuple(KNOWN[i] for i in found)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("RTX 4090", "could be NVIDIA GeForce RTX 4090 D, 24 GiB or NVIDIA GeForce RTX 4090, 24 GiB"),
        ("A10", "unknown hardware"),
        ("NVIDIA GeForce RTX 5080", "did you mean NVIDIA GeForce RTX 5090, 32 GiB?"),
        ("4090D", "did you mean NVIDIA GeForce RTX 4090"),
        ("A10", "did you mean NVIDIA A100, 80 GiB?"),
        ("5090, H100", '"H100": unknown hardware'),
        ("", "unknown hardware"),
        (",", "unknown hardware"),
        ("[", "unknown hardware"),
    ],
)
def test_what_is_no_name_of_one_is_refused(asked: str, says: str) -> None:
    """Several that it could be are named; A10 is no A100; a slip of the pen gets a suggestion."""
    with pytest.raises(UnknownNameError) as error:
        resolve([asked], KNOWN)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_available_hardware_defines_the_question() -> None:
    """Candidates, common configurations and references are those of the hardware that there is."""
    held = [
        ok("A", k(1), 100.0),
        ok("B", k(1), 50.0),
        ok("B", k(8), 80.0),
        ok("C", k(8), 40.0),
        ok("C", k(1), 9.0),
    ]
    everyone, owned = answer(QUESTION, held), answer(replace(QUESTION, available=("B", "C")), held)
    assert [len(a.decided) for a in (everyone, owned)] == [1, 2]
    assert row(everyone, "B").throughput_score == 0.5
    assert (ranks(owned), owned.rows[0].throughput_score) == ([(1, "B"), (2, "C")], 50.0 / 80.0)
    assert owned.rejected == ()
    assert owned == answer(replace(QUESTION, available=("B", "C")), [e for e in held if e.hardware != "A"])


def test_available_hardware_without_results_is_named() -> None:
    """It is rejected with the command that would measure it, also where no other has results."""
    held = [ok("A", k(1), 100.0)]
    beside = answer(replace(QUESTION, available=("A", "X")), held)
    assert (ranks(beside), list(reasons(beside))) == ([(1, "A")], ["X"])
    alone = answer(replace(QUESTION, available=("X",)), held)
    assert alone.rows == ()
    assert reasons(alone) == {"X": "no forward results of net at input 3x224x224"}
    assert alone.rejected[0].remedy is not None
    with pytest.raises(NoResultsError):
        answer(replace(QUESTION, available=("X",)), [])


def test_names_are_those_of_the_store(scored: Store) -> None:
    """Also hardware that never ran this model is known, and its absence told."""
    small = recommend(scored, replace(QUESTION, available=("small cpu",)))
    assert [r.hardware for r in small.rows] == [HERE.hardware]
    assert small.question.available == (HERE.hardware,)
    other = recommend(scored, replace(QUESTION, model="other", available=("64", "2 cores")))
    assert ([r.hardware for r in other.rows], list(reasons(other))) == ([THERE.hardware], [HERE.hardware])
    with pytest.raises(UnknownNameError, match="did you mean Large CPU, 64 cores"):
        recommend(scored, replace(QUESTION, available=("Lrge CPU",)))
