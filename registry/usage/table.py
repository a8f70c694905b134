"""What loads a model, as data: the rows of configs/usage/calls.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Any

from ...configs import path

NOTHING: Mapping[str, tuple[object, ...]] = MappingProxyType({})
ANY_PACKAGE = "*"


@dataclass(frozen=True, slots=True)
class Load:
    """One call that loads a model; what the fields mean is said at the head of the file."""

    package: str
    calls: tuple[str, ...]
    within: tuple[str, ...] = ()
    position: int | None = None
    keywords: tuple[str, ...] = ()
    namespace: str = "hf"
    method: bool = False
    pair: tuple[str, int] | None = None
    unless: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: NOTHING)
    only_if: tuple[str, ...] = ()
    missing: str = ""

    def matches(self, dotted: str) -> bool:
        """Whether a call by that dotted name is this one."""
        root, *rest = dotted.split(".")
        if self.package != ANY_PACKAGE and not fnmatchcase(root, self.package):
            return False
        if not set(self.within) <= set(rest[:-1]):
            return False
        return any(_ends(rest, call.split(".")) for call in self.calls)

    @property
    def tails(self) -> tuple[str, ...]:
        """The last parts of its names, "*" in them where anything does."""
        return tuple(call.rpartition(".")[2] for call in self.calls)

    @property
    def needed(self) -> tuple[bytes, tuple[bytes, ...]]:
        """A text that each file with it holds, and texts of which it holds at least one."""
        package = "" if self.package == ANY_PACKAGE else self.package.rstrip("*")
        within = [part for part in self.within if part.isidentifier()]
        firsts = [next((part for part in call.split(".") if part.isidentifier()), "") for call in self.calls]
        return package.encode(), tuple(part.encode() for part in within or firsts)


@dataclass(frozen=True, slots=True)
class Command:
    """One command line that loads a model."""

    words: tuple[str, ...]
    argument: int | None = None
    options: tuple[str, ...] = ()
    namespace: str = "hf"
    serves: bool = False
    unless: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: NOTHING)


@cache
def loads() -> tuple[Load, ...]:
    """The calls, in the file's order: the first that matches counts."""
    return tuple(Load(**_frozen(row)) for row in _rows("call"))


@cache
def commands() -> tuple[Command, ...]:
    """The command lines, in the file's order."""
    return tuple(Command(**_frozen(row)) for row in _rows("command"))


@cache
def tokens() -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """For each package, its name and what finds a part of one of its calls: no file has a call without."""
    found: dict[bytes, set[bytes]] = {}
    for load in loads():
        package, tails = load.needed
        found.setdefault(package, set()).update(tails)
    return tuple(
        (name, re.compile(rb"\b(?:" + b"|".join(map(re.escape, sorted(t))) + rb")\b"))
        for name, t in found.items()
    )


def find_load(dotted: str) -> Load | None:
    """The row of a call by its dotted name, such as ``transformers.AutoModel.from_pretrained``."""
    return next((load for load in loads() if not load.method and load.matches(dotted)), None)


def _ends(parts: list[str], end: list[str]) -> bool:
    return len(parts) >= len(end) and all(
        fnmatchcase(part, wanted) for part, wanted in zip(parts[-len(end) :], end, strict=True)
    )


def _rows(kind: str) -> list[dict[str, object]]:
    found = tomllib.loads(path("usage/calls.toml").read_text(encoding="utf-8"))[kind]
    return list(found)


def _frozen(row: Mapping[str, object]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in row.items()}


def _tuple(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return MappingProxyType({key: tuple(each) for key, each in value.items()})
    return value
