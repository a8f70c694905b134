"""What an endpoint answered, as candidates: only of asked fields, of the right types, with real quotes."""

from __future__ import annotations

import json
import math
from typing import Any

from ..catalogue.model_record import BaseModel
from .card import Fact, Found, Score, Source
from .collected import LONGEST_QUOTE, LONGEST_TEXT
from .declared import RELATIONS
from .markdown_tables import number
from .missing import is_missing

MOST_SURE = 0.4  # below what completes a card: an answer is a hint, its quote the evidence
MOST_VALUES = 20  # of a field
SHORTEST_QUOTE = 3
MOST_PARAMETERS = 10**15
ASKED = [
    "domain",
    "tasks",
    "frameworks",
    "libraries",
    "datasets",
    "licence",
    "github_repo",
    "papers",
    "base_models",
    "parameter_count",
    "hardware",
    "carbon",
    "hyper_parameters",
    "evaluation",
    "limitation_and_bias",
    "demo",
    "grant",
    "input_format",
    "output_format",
    "language",
]


class AnswerError(Exception):
    """An answer that can't be used; the message is a part of a line."""


def founds_of(
    content: str, fields: tuple[str, ...], text: str
) -> tuple[dict[str, tuple[Found[Any], ...]], int]:
    """By field the answers that hold, and how many were dropped. Raises AnswerError where it is no object."""
    answered = _object(content)
    lines, positions = _words(text)
    found: dict[str, tuple[Found[Any], ...]] = {}
    dropped = sum(1 for field in answered if field not in fields)
    for field in fields:
        said = answered.get(field, [])
        kept = []
        for claim in (said if isinstance(said, list) else [said])[:MOST_VALUES]:
            each = _claim(field, claim, lines, positions)
            if each is None:
                dropped += 1
            else:
                kept.append(each)
        if kept:
            found[field] = tuple(kept)
    return found, dropped


def _object(content: str) -> dict[str, Any]:
    content = content.strip()
    if content.startswith("```"):
        content = content.strip("`").removeprefix("json").strip()
    try:
        answered = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise AnswerError("the answer is not JSON") from None
    if not isinstance(answered, dict):
        raise AnswerError("the answer is no JSON object")
    inner = answered.get("fields")
    return inner if isinstance(inner, dict) else answered


def _no_number(text: str) -> float:
    raise ValueError(text)


def _words(text: str) -> tuple[str, list[int]]:
    """The text with single blanks, and for each of its words' starts … the line of every character's word."""
    parts, lines = [], []
    for n, line in enumerate(text.split("\n"), 1):
        plain = " ".join(line.split())
        if plain:
            parts.append(plain)
            lines += [n] * (len(plain) + 1)
    return " ".join(parts), lines


def _claim(field: str, claim: object, text: str, lines: list[int]) -> Found[Any] | None:
    if not isinstance(claim, dict) or not isinstance(quote := claim.get("quote"), str):
        return None
    quote = " ".join(quote.split())
    position = text.find(quote) if len(quote) >= SHORTEST_QUOTE else -1
    value = _value(field, claim.get("value"))
    if position < 0 or value is None:
        return None
    shown = quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
    return Found(value, Source.LLM, shown, lines[position], MOST_SURE)


def _value(field: str, value: object) -> object | None:
    """The value in the field's type, None where it is not of it."""
    if field == "parameter_count":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and 0 < int(str(value)) < MOST_PARAMETERS else None
    if field == "base_models":
        return _base_model(value)
    if field == "evaluation":
        return _score(value)
    if field in ("carbon", "hyper_parameters"):
        if not isinstance(value, dict) or not (_text(value.get("name")) and _text(value.get("text"))):
            return None
        return Fact(value["name"].strip(), value["text"].strip(), number(value["text"]))
    return _text(value)


def _text(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT or is_missing(value):
        return None
    return value.strip()


def _base_model(value: object) -> BaseModel | None:
    if isinstance(value, str):
        value = {"model_id": value}
    if not isinstance(value, dict):
        return None
    name, relation = _text(value.get("model_id")), value.get("relation")
    if name is None or any(c.isspace() for c in name) or relation not in (*RELATIONS, None):
        return None
    return BaseModel(name, relation)


def _score(value: object) -> Score | None:
    if not isinstance(value, dict):
        return None
    metric, figure, dataset = _text(value.get("metric")), value.get("value"), value.get("dataset")
    if metric is None or isinstance(figure, bool) or not isinstance(figure, int | float):
        return None
    if not math.isfinite(figure) or not (dataset is None or isinstance(dataset, str)):
        return None
    return Score(metric, str(figure), float(figure), dataset)
