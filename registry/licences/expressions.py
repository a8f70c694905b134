"""Licence expressions: AND asks for every part, OR leaves the choice, WITH adds an exception."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .combine import Answer, either, every
from .identifiers import UNMAPPED, named

LONGEST = 2_000  # characters; a longer text is no expression that somebody declared
DEEPEST = 40  # brackets
_OPERATOR = re.compile(r"[()]|\b(?:and|or|with)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """One licence, with the exception that widens it where there is one."""

    licence: str
    exception: str | None = None

    def __str__(self) -> str:
        return self.licence if self.exception is None else f"{self.licence} WITH {self.exception}"


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold."""

    parts: tuple[Tree, ...]

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """The licensee chooses."""

    parts: tuple[Tree, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Tree = Name | Both | Either


class ExpressionError(ValueError):
    """A text that has operators and can't be read."""


@functools.lru_cache(maxsize=4096)
def tree(text: str) -> Tree:
    """The expression as a tree; a text without operators is one name. Raises ExpressionError."""
    if not _OPERATOR.search(text) or named(text).state != UNMAPPED:
        return Name(text.strip())
    if len(text) > LONGEST or text.count("(") > DEEPEST:
        raise ExpressionError(f"too long for a licence expression ({len(text):,} characters)")
    from license_expression import ExpressionError as Unreadable
    from license_expression import Licensing

    try:
        parsed = Licensing().parse(text)
    except Unreadable as error:
        raise ExpressionError(f'"{text}" is no licence expression: {error}') from None
    return _tree(parsed)


def evaluate(asked: Tree, single: Callable[[Name], Answer]) -> Answer:
    """What the expression answers where ``single`` answers for each licence in it."""
    if isinstance(asked, Name):
        return single(asked)
    answers = [evaluate(part, single) for part in asked.parts]
    if isinstance(asked, Both):
        return every(answers)
    return either([(str(part), found) for part, found in zip(asked.parts, answers, strict=True)])


def names(asked: Tree) -> tuple[str, ...]:
    """The licences in the expression, each once, in their order; without exceptions."""
    if isinstance(asked, Name):
        return (asked.licence,)
    return tuple(dict.fromkeys(name for part in asked.parts for name in names(part)))


def _tree(parsed: Any) -> Tree:
    operator = getattr(parsed, "operator", "")
    if operator.strip() in ("AND", "OR"):
        kind = Both if operator.strip() == "AND" else Either
        return kind(tuple(_tree(part) for part in parsed.args))
    if hasattr(parsed, "exception_symbol"):
        return Name(parsed.license_symbol.key, parsed.exception_symbol.key)
    return Name(parsed.key)
