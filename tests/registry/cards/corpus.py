"""The hand-written cards, and how what is read of them compares with what a person reads."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fitment.registry.cards.card import Card, Fact, Score, candidates
from fitment.registry.cards.completeness import LEAST_SURE, WEIGHTS
from fitment.registry.cards.read import read_card_file
from fitment.registry.report.card_page import value_text

DATA = Path(__file__).parent / "data"
ONE_ANSWER = ("licence", "parameter_count")
BEGINNINGS = ("limitation_and_bias", "grant")


@dataclass
class Tally:
    """Of one field over all cards."""

    right: int = 0
    wrong: int = 0  # read, and no person would
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def expected() -> Mapping[str, Mapping[str, list[str]]]:
    """By card and field the values that a person reads."""
    return tomllib.loads((DATA / "expected.toml").read_text(encoding="utf-8"))


def read_values(card: Card, field: str) -> list[str]:
    """The values that the rules are sure enough of, written as in expected.toml."""
    found = [each for each in candidates(card, field) if each.confidence >= LEAST_SURE]
    return [_text(each.value) for each in (found[:1] if field in ONE_ANSWER else found)]


def _text(value: Any) -> str:
    if isinstance(value, Fact):
        return f"{value.name} = {value.text}"
    if isinstance(value, Score):
        return f"{value.metric} = {value.text}"
    return str(value) if isinstance(value, int) else value_text(value)


def compared() -> tuple[dict[str, Tally], list[str]]:
    """By field the tally over all cards, and each difference as a line."""
    tallies = {field: Tally() for field in WEIGHTS}
    differences = []
    for name, fields in expected().items():
        card = read_card_file(DATA / f"{name}.md")
        for field, tally in tallies.items():
            wanted = list(fields.get(field, ()))
            for value in read_values(card, field):
                hit = next((each for each in wanted if _same(field, each, value)), None)
                if hit is None:
                    tally.wrong += 1
                    differences.append(f"{name}: {field}: nobody would read {value!r}")
                else:
                    tally.right += 1
                    wanted.remove(hit)
            tally.missed += len(wanted)
            differences += [f"{name}: {field}: {value!r} was not read" for value in wanted]
    return tallies, differences


def _same(field: str, wanted: str, value: str) -> bool:
    return value.startswith(wanted) if field in BEGINNINGS else value == wanted
