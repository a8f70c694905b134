"""Many cards as a table, a line each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..cards.card import Card, CardError, candidates
from ..cards.completeness import completeness
from ..cards.read import read_card_file
from .card_object import value_text
from .listing import Columns, shown, table


@dataclass(frozen=True, slots=True)
class CardLine:
    """What a list of cards shows of one."""

    file: str
    name: str | None
    licence: str | None
    tasks: str
    base_models: str
    complete: float | None  # 0 to 1; None: it could not be read


COLUMNS: Columns = {
    "card": lambda row: row.file,
    "name": lambda row: row.name,
    "licence": lambda row: row.licence,
    "tasks": lambda row: row.tasks,
    "built on": lambda row: row.base_models,
    "complete": lambda row: None if row.complete is None else f"{row.complete:.0%}",
}


def card_line(path: Path) -> CardLine:
    """The card's row. Raises CardError."""
    card = read_card_file(path)
    return CardLine(
        card.file,
        card.name,
        _first(card, "licence") or None,
        _first(card, "tasks"),
        _first(card, "base_models"),
        completeness(card).share,
    )


def _first(card: Card, field: str) -> str:
    found = candidates(card, field)
    return value_text(found[0].value) if found else ""


def refused_row(path: Path, _: CardError) -> CardLine:
    """The row of a card that could not be read; why is said elsewhere."""
    return CardLine(str(path), "could not be read", None, "", "", None)


def card_rows(rows: list[CardLine]) -> str:
    """The rows as a table."""
    return shown(table(rows, COLUMNS))
