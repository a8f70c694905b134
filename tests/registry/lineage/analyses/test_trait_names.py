"""Traits by the names that people type."""

from __future__ import annotations

import pytest
from fitment.registry.errors import UnknownNameError
from fitment.registry.lineage.analyses.trait_names import SINGULAR, trait_named
from fitment.registry.lineage.ecosystem import TRAITS


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("licence", "licences"),
        ("license", "licences"),
        ("Licenses", "licences"),
        ("languages", "languages"),
        ("task", "tasks"),
        ("library", "libraries"),
    ],
)
def test_spellings(said: str, meant: str) -> None:
    """Singular and plural, British and American, in any case."""
    assert trait_named(said) == meant


def test_there_are_no_others() -> None:
    """Every trait has a singular; what is none is refused with those there are."""
    assert tuple(SINGULAR) == TRAITS
    with pytest.raises(UnknownNameError, match='unknown trait "size": one of licence, language, task, lib'):
        trait_named("size")
