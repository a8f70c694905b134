"""What a choice stands on: the store, as it stood, and the results that its rows show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fit.decision import Standing, standing
from .choice import ChoiceAnswer

if TYPE_CHECKING:
    import duckdb


def choice_standing(con: duckdb.DuckDBPyConnection, answer: ChoiceAnswer) -> Standing:
    """The store's id and newest event, and the ids of the results, sorted."""
    ids = {number for row in answer.rows if row.speed for number in row.speed.result_ids}
    return standing(con, tuple(sorted(ids)), ())
