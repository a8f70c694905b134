"""Foreign texts as a document may hold them, and names that occur once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..inert import terminal

Json = dict[str, Any]
LONGEST = 10_000  # characters of one text
LONGEST_VERSION = 1024  # the schema's own bound
NAMESPACE = "fitment:"


def said(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line, with what can't be seen or encoded spelled out, and cut where it is too long."""
    inert = terminal(" ".join(text.split()) if "\n" in text else text)
    return inert if len(inert) <= longest else f"{inert[: longest - 1]}…"


def properties(pairs: Iterable[tuple[str, object]]) -> list[Json]:
    """The pairs that have a value, in order, each name in our namespace; numbers as Python writes them."""
    return [
        {"name": NAMESPACE + name, "value": said(str(value))}
        for name, value in pairs
        if value is not None and value != ""
    ]


def without_nothing(component: Json) -> Json:
    """The component without keys that have nothing to say."""
    return {key: value for key, value in component.items() if value not in (None, "", [], {})}


class Refs:
    """The references of one document: the same name a second time gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, kind: str, name: str) -> str:
        """``model:org/name@v1``, or ``model:org/name@v1#2`` where that is taken."""
        first = said(f"{kind}:{name}")
        ref, number = first, 1
        while ref in self._taken:
            number += 1
            ref = f"{first}#{number}"
        self._taken.add(ref)
        return ref
