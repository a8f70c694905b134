"""A model card's fields with their evidence: as a table, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from .. import units
from ..cards.card import FIELDS, Card, candidates
from ..cards.completeness import Completeness, completeness
from .card_object import value_text
from .document import Document, Section, Table
from .fitted import Fitted
from .listing import shown
from .screen import ruled_table
from .text import terminal

MOST_SHOWN = 5  # of a field's candidates, outside JSON
LONGEST_VALUE = 100
COLUMNS = ("Field", "Value", "From", "Line", "Sure", "Evidence")
SILENT = "The card doesn't say"


def _rows(card: Card) -> Iterator[tuple[str, ...]]:
    for field in FIELDS:
        found = candidates(card, field)
        for n, each in enumerate(found[:MOST_SHOWN]):
            yield (
                field.replace("_", " ") if n == 0 else "",
                _cut(value_text(each.value)),
                each.source.value.replace("_", " "),
                str(each.line) if each.line else units.ABSENT,
                f"{each.confidence:.2f}",
                _cut(each.quote),
            )
        if len(found) > MOST_SHOWN:
            yield ("", f"… and {len(found) - MOST_SHOWN} more: --format json", "", "", "", "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _said_nothing(card: Card) -> str:
    silent = [field.replace("_", " ") for field in FIELDS if not candidates(card, field)]
    return ", ".join(silent) if silent else "nothing is missing"


def card_text(card: Card) -> str:
    """The card for a terminal."""
    lines = [f"{card.file}: {card.name}" if card.name else card.file]
    table = shown(_table(card)) if any(candidates(card, field) for field in FIELDS) else ""
    after = [f"{SILENT}: {_said_nothing(card)}"]
    after += [f"conflict in {each.field.replace('_', ' ')}: {each.text}" for each in card.conflicts]
    after += [f"note: {note}" for note in card.notes]
    after.append(f"complete: {completeness(card).explained()}")
    return "\n".join([*map(terminal, lines), "", *table.splitlines(), "", *map(terminal, after)]) + "\n"


def _table(card: Card) -> RenderableType:
    table = ruled_table()
    for name in COLUMNS:
        table.add_column(Text(name), overflow="fold")
    for row in _rows(card):
        table.add_row(*(Fitted((cell, "")) for cell in row))
    return table


def card_document(card: Card) -> Document:
    """The card as a page."""
    judged: Completeness = completeness(card)
    rows = tuple(_rows(card))
    sections = [
        Section("What it says", table=Table(COLUMNS, rows, right=frozenset({"Line", "Sure"})))
        if rows
        else Section("What it says", ("nothing that the rules know",)),
        Section(SILENT, (_said_nothing(card),)),
    ]
    if card.conflicts:
        sections.append(Section("Conflicts", tuple(f"{each.field}: {each.text}" for each in card.conflicts)))
    if card.notes:
        sections.append(Section("Notes", card.notes))
    sections.append(Section("Completeness", (judged.explained(),)))
    return Document(f"Model card: {card.name or card.file}", tuple(sections))
