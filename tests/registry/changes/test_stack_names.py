from __future__ import annotations

import pytest
from fitment.registry.changes.stack_names import HeldStack, chosen_stacks
from fitment.registry.errors import NoResultsError, UnknownNameError

HELD = [
    HeldStack("RTX A, 24 GiB", "a113", "1.13", "11.7", None, ("env1",)),
    HeldStack("RTX A, 24 GiB", "a240", "2.4.0", "12.4", None, ("env2", "env3")),
    HeldStack("RTX A, 24 GiB", "a291x", "2.9.1", "12.8", None, ("env4",)),
    HeldStack("RTX A, 24 GiB", "a291y", "2.9.1", "13.0", None, ("env5",)),
    HeldStack("RTX B, 24 GiB", "b240", "2.4.0+cu124", "12.4", None, ("env6",)),
    HeldStack("RTX B, 24 GiB", "b2130", "2.13.0", "13.0", None, ("env7",)),
]


@pytest.mark.parametrize(
    ("first", "second", "hardware", "ids"),
    [
        ("pt113", "pt240", None, ("a113", "a240")),
        ("1.13", "2.4", None, ("a113", "a240")),
        ("pt240-cu124", "2.13", None, ("b240", "b2130")),
        ("torch 2.4.0", "pt2130", "RTX B", ("b240", "b2130")),
        ("env3", "pt291-cu130", None, ("a240", "a291y")),
        ("a291x", "a291y", None, ("a291x", "a291y")),
        ("2.4", "pt240", "rtx a", ("a240", "a240")),
    ],
)
def test_every_way_to_name_one(first: str, second: str, hardware: str | None, ids: tuple[str, str]) -> None:
    """As files are named, by release, by part of it, with CUDA, by the id of stack or environment."""
    one, other = chosen_stacks(HELD, first, second, hardware)
    assert (one.id, other.id) == ids
    assert one.hardware == other.hardware


@pytest.mark.parametrize(
    ("first", "second", "hardware", "said"),
    [
        ("pt999", "pt240", None, 'no stack "pt999": there are torch 1.13, CUDA 11.7; torch 2.4.0, CUDA 12.4'),
        ("2.40", "pt113", None, 'no stack "2.40"'),
        ("nonsense", "pt113", None, 'no stack "nonsense"'),
        (
            "pt291",
            "pt113",
            None,
            '"pt291" could be torch 2.9.1, CUDA 12.8 (a291x); torch 2.9.1, CUDA 13.0 (a291y)',
        ),
        ("2.4", "pt240", None, "both ran on RTX A, 24 GiB; RTX B, 24 GiB: name one with --hardware"),
        ("pt113", "2.13", None, "did not run on one hardware: pt113 on RTX A, 24 GiB; 2.13 on RTX B, 24 GiB"),
        ("2.4", "2.4", "RTX", 'hardware "RTX" could be RTX A, 24 GiB; RTX B, 24 GiB'),
        ("2.4", "2.4", "H100", 'hardware "H100" is unknown: there are RTX A, 24 GiB; RTX B, 24 GiB'),
    ],
)
def test_what_is_not_there_or_not_one(first: str, second: str, hardware: str | None, said: str) -> None:
    """One line that names what there is."""
    with pytest.raises(UnknownNameError) as error:
        chosen_stacks(HELD, first, second, hardware)
    assert said in str(error.value)


def test_an_empty_store() -> None:
    """Nothing to compare yet."""
    with pytest.raises(NoResultsError, match="import"):
        chosen_stacks([], "pt113", "pt240", None)
