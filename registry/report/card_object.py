"""A model card's fields with their evidence, as JSON; imports little, for the processes of a batch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from ..cards.card import FIELDS, Card, CardError, Fact, Found, Score, candidates
from ..cards.completeness import completeness
from ..cards.read import read_card_file
from ..catalogue.model_record import BaseModel


def card_object(card: Card) -> dict[str, Any]:
    """All that is known of the card, as JSON's objects, lists, texts and numbers."""
    judged = completeness(card)
    return {
        "file": card.file,
        "name": card.name,
        "fields": {field: [_found_object(each) for each in found] for field, found in _held(card)},
        "conflicts": [{"field": each.field, "text": each.text} for each in card.conflicts],
        "notes": list(card.notes),
        "completeness": {
            "share": round(judged.share, 4),
            "said": judged.said,
            "missing": judged.missing,
            "not_asked": judged.not_asked,
            "explained": judged.explained(),
        },
    }


def _held(card: Card) -> Iterator[tuple[str, tuple[Found[Any], ...]]]:
    """The fields that have candidates."""
    for field in FIELDS:
        if found := candidates(card, field):
            yield field, found


def _found_object(found: Found[Any]) -> dict[str, Any]:
    value = found.value
    if is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in fields(value)}
        value = {name: part for name, part in value.items() if part is not None}
    return {
        "value": value,
        "source": found.source.value,
        "line": found.line or None,
        "confidence": found.confidence,
        "evidence": found.quote,
    }


def value_text(value: object) -> str:
    """A candidate's value as a person reads it."""
    if isinstance(value, BaseModel):
        return value.model_id if value.relation is None else f"{value.model_id} ({value.relation})"
    if isinstance(value, Fact):
        return f"{value.name}: {value.text}"
    if isinstance(value, Score):
        of = f" on {value.dataset}" if value.dataset else ""
        whose = f" of {value.subject}" if value.subject else ""
        verified = ", verified" if value.verified else ""
        return f"{value.metric}{of}{whose}: {value.text}{verified}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def json_line(path: Path) -> str:
    """The card as one line of JSON, without its line end. Raises CardError."""
    return json.dumps(card_object(read_card_file(path)), allow_nan=False)


def refused_line(path: Path, error: CardError) -> str:
    """The line of a card that could not be read."""
    return json.dumps({"file": str(path), "error": str(error)})
