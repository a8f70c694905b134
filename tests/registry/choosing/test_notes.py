from __future__ import annotations

from fitment.registry.choosing.components import figures
from fitment.registry.choosing.found import Found
from fitment.registry.choosing.notes import notes
from fitment.registry.choosing.scoring import scored
from fitment.registry.choosing.wanted import Wanted
from fitment.registry.choosing.weighting import default

from tests.registry.choosing.models import meeting

MODELS = (meeting("a", rating=3.0, downloads=5), meeting("b", rating=4.0), meeting("c", rating=4.0))


def said(missing: str, ranks: list[int], top_k: int = 9) -> list[str]:
    found = Found(Wanted(missing=missing, top_k=top_k), 3, MODELS, (), None)
    return list(notes(found, scored(figures(MODELS, ()), default(), missing), default(), ranks))


def test_gaps_are_said() -> None:
    """Whether they count with the lowest, or the criterion for nobody; what nobody has needs no words."""
    assert said("pessimistic", [1, 2, 2]) == [
        "popularity: not known of 2 of 3, which count with the others' lowest"
    ]
    assert said("renormalise", [1, 2, 2]) == ["popularity: known of 1 of 3: not counted for any of them"]


def test_a_tie_that_is_cut() -> None:
    """Only where it is."""
    assert said("renormalise", [1, 2, 2], top_k=2)[1:] == ["--top-k 2 cuts a tie: 1 more have rank 2"]
    assert said("renormalise", [1, 2, 3], top_k=2)[1:] == []
