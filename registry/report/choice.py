"""What leads an answer: rank 1 in words, or all that share it or may have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..answers import Recommendation
from ..workloads import MixRow

Row = TypeVar("Row", Recommendation, MixRow)


def chosen(
    rows: Sequence[Row],
    tie_group: Sequence[str],
    say: Callable[[Row], str],
    *,
    label: str = "Recommended",
    certainty: str | None = None,
    by: str = "",
) -> tuple[str, ...]:
    """Rank 1 in a line, or one sentence and then a line for each of those that share it or may have it.

    ``say`` puts a row in words, ``label`` names a lone best one, ``by`` says what it is best by. ``rows`` may
    be cut: whoever of the tie group lies below is named.
    """
    best: list[Row] = [row for row in rows if row.rank == 1 or row.hardware in tie_group]
    hidden: list[str] = [name for name in tie_group if name not in {row.hardware for row in best}]
    if len(best) + len(hidden) == 1:
        word = f" ({certainty})" if certainty else ""
        return (f"{label}{word}{by}: {say(best[0])}",)
    name, why = ("Toss-up", "any of these may be the best") if tie_group else ("Tie", "equal scores")
    return (
        f"{name} of {len(best) + len(hidden)}{by}: {why}",
        *map(say, best),
        *(f"{other}, below --top-k" for other in hidden),
    )
