"""YAML as texts with their lines, from libyaml's events: nothing is guessed, built or run.

``no`` stays "no", ``1e3`` stays "1e3" and a date stays its letters. A plain ``null``, ``~`` or nothing is
the empty text; quoted, they are what they say. Tags (``!!int``, ``!!python/…``) change nothing. An alias is
what its anchor holds, as long as the whole stays small; ``<<`` is a key like others.
"""

from __future__ import annotations

from typing import NamedTuple

from yaml import YAMLError
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from .card import CardError

DEEPEST = 40
MOST_NODES = 500_000  # with all aliases followed; the largest cards of the hub have some 100,000
NULLS = frozenset({"null", "Null", "NULL", "~"})
AROUND = (StreamStartEvent, DocumentStartEvent, DocumentEndEvent)


class Scalar(NamedTuple):
    """A text and its line, from 1."""

    text: str
    line: int


class Mapping(NamedTuple):
    """Keys in their order."""

    items: dict[str, Node]
    line: int
    lines: dict[str, int]  # of the keys


class Sequence(NamedTuple):
    """Items in their order."""

    items: list[Node]
    line: int


Node = Scalar | Mapping | Sequence


def mapping(text: str, file: str, first_line: int = 1) -> Mapping:
    """The text's one mapping; an empty one where it holds nothing but comments.

    Raises CardError, starting with ``file:line``, for what is no YAML, for a root that is no mapping, a key
    that stands twice or is no text, an alias to nothing or to itself, and what is too deep or too large.
    """
    try:
        root = _Loader(text, file, first_line).document()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark is not None else text.count("\n", 0, getattr(error, "position", 0))
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise CardError(f"{file}:{first_line + line}: not YAML: {problem}") from None
    if isinstance(root, Mapping):
        return root
    if root is None or root == Scalar("", root.line):
        return Mapping({}, first_line, {})
    kind = "a list" if isinstance(root, Sequence) else "a text"
    raise CardError(f"{file}:{root.line}: {kind} where keys such as license: mit are expected")


class _Loader:
    """One document under construction: its anchors, and how many nodes there are with aliases followed."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        self.event = CParser(text).get_event
        self.file = file
        self.first_line = first_line
        self.anchors: dict[str, tuple[Node, int]] = {}  # with how many nodes it is
        self.count = 0

    def document(self) -> Node | None:
        """The root of the one document, None where there is none."""
        root: Node | None = None
        while type(event := self.event()) is not StreamEndEvent:
            if type(event) not in AROUND:
                if root is not None:
                    raise self._error(event, "a second document; the front matter is one")
                root = self._node(event, 0)
        return root

    def _error(self, event: Event, problem: str) -> CardError:
        return CardError(f"{self.file}:{self.first_line + event.start_mark.line}: {problem}")

    def _node(self, event: Event, depth: int) -> Node:
        self.count += 1
        kind = type(event)
        if kind is ScalarEvent:
            text = event.value
            node: Node = Scalar(
                "" if text in NULLS and not event.style else text, event.start_mark.line + self.first_line
            )
            if event.anchor is not None:
                self.anchors[event.anchor] = (node, 1)
            return node
        if kind is AliasEvent:
            return self._alias(event)
        before = self.count
        if depth >= DEEPEST or before > MOST_NODES:
            raise self._too_much(event, depth)
        self.anchors.pop(event.anchor, None)  # it means nothing until it is complete
        node = self._mapping(event, depth + 1) if kind is MappingStartEvent else self._list(event, depth + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.count - before + 1)
        return node

    def _list(self, event: Event, depth: int) -> Sequence:
        items: list[Node] = []
        line = event.start_mark.line + self.first_line
        next_event = self.event
        while type(event := next_event()) is not SequenceEndEvent:
            items.append(self._node(event, depth))
        return Sequence(items, line)

    def _mapping(self, event: Event, depth: int) -> Mapping:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        line = event.start_mark.line + self.first_line
        next_event = self.event
        while type(event := next_event()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                raise self._error(event, "a key that is no text")
            key = event.value
            if key in lines:
                raise self._error(event, f'"{key[:60]}" stands twice, first on line {lines[key]}')
            lines[key] = event.start_mark.line + self.first_line
            items[key] = self._node(next_event(), depth)
        return Mapping(items, line, lines)

    def _alias(self, event: Event) -> Node:
        found = self.anchors.get(event.anchor)
        if found is None:
            raise self._error(event, f'"*{event.anchor[:60]}" names nothing that is complete before it')
        self.count += found[1]
        if self.count > MOST_NODES:
            raise self._too_much(event, 0)
        return found[0]

    def _too_much(self, event: Event, depth: int) -> CardError:
        if depth >= DEEPEST:
            return self._error(event, f"nested deeper than {DEEPEST} levels")
        return self._error(event, f"more than {MOST_NODES:,} values, aliases followed")
