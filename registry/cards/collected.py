"""The candidates of one card while its sources are read: each value once, under its best evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..catalogue.model_record import BaseModel
from .card import Fact, Found, Score, Source
from .missing import is_missing

GRAMS = "emissions"  # the fact of the carbon footprint; told to more or fewer digits in one card
LONGEST_QUOTE = 160
LONGEST_TEXT = 2_000
MOST_CANDIDATES = 200  # of a field; MTEB's cards declare thousands of scores
MOST_SCORES = 5_000


class Collected:
    """What was found so far, by field, in the order of reading."""

    def __init__(self) -> None:
        self.found: dict[str, list[Found[Any]]] = {}
        self.notes: list[str] = []

    def add(self, field: str, value: Any, source: Source, quote: str, line: int, confidence: float) -> None:
        """Adds a candidate that says something."""
        if isinstance(value, str):
            value = value.strip()
            if is_missing(value):
                return
            if len(value) > LONGEST_TEXT:
                value = value[:LONGEST_TEXT].rstrip() + "…"
        found = Found(value, source, quote, line, confidence)
        try:
            self.found[field].append(found)
        except KeyError:
            self.found[field] = [found]

    def has(self, field: str) -> bool:
        """Whether there is any candidate."""
        return field in self.found

    def settled(self) -> Mapping[str, tuple[Found[Any], ...]]:
        """By field, the candidates in their order: the surest first, each value once."""
        return {field: self._settled(field, found) for field, found in self.found.items()}

    def _settled(self, field: str, found: list[Found[Any]]) -> tuple[Found[Any], ...]:
        if len(found) == 1:
            return (_short(found[0]),)
        ordered = sorted(_each_once(found), key=_doubt)
        most = MOST_SCORES if field == "evaluation" else MOST_CANDIDATES
        if len(ordered) > most:
            self.notes.append(f"{field}: {len(ordered):,} candidates, of which the first {most:,} are kept")
        return tuple([_short(each) for each in ordered[:most]])


def _each_once(found: list[Found[Any]]) -> Iterable[Found[Any]]:
    """Each value once, with its surest evidence."""
    best: dict[object, Found[Any]] = {}
    for each in found:
        value = each.value
        key = value.casefold() if type(value) is str else identity(value)
        other = best.get(key)
        if other is None or each.confidence > other.confidence:
            best[key] = each if other is None else _with_relation(each, other)
        elif other.value.__class__ is BaseModel:
            best[key] = _with_relation(other, each)
    return best.values()


def _with_relation(found: Found[Any], other: Found[Any]) -> Found[Any]:
    """The better candidate; a base model's relation may be said elsewhere than its name is."""
    value, relation = found.value, getattr(other.value, "relation", None)
    if not isinstance(value, BaseModel) or value.relation is not None or relation is None:
        return found
    return replace(found, value=BaseModel(value.model_id, relation))


def _doubt(found: Found[Any]) -> float:
    return -found.confidence


def _short(found: Found[Any]) -> Found[Any]:
    if len(found.quote) <= LONGEST_QUOTE:
        return found
    cut = " ".join(found.quote[: 4 * LONGEST_QUOTE].split())
    cut = cut if len(cut) <= LONGEST_QUOTE else cut[: LONGEST_QUOTE - 1] + "…"
    return Found(found.value, found.source, cut, found.line, found.confidence)


def identity(value: Any) -> object:
    """What makes two candidates the same value."""
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, Fact):
        if value.number is None:
            return value.name, value.text
        return value.name, float(f"{value.number:.3g}") if value.name == GRAMS else value.number
    if isinstance(value, Score):
        return value.metric.casefold(), value.dataset, value.subject, value.value, value.text
    if isinstance(value, BaseModel):
        return value.model_id.casefold()
    return value
