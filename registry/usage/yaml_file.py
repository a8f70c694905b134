"""YAML of compose, Kubernetes, workflows and training: commands, environments, keys; never built, only read.

libyaml's events are followed one by one: no object is made, no alias expanded, nothing recurses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from .commands import of_words
from .hit import Hit
from .settings import of_pair, of_settings
from .shell import of_shell

COMMANDS = ("entrypoint", "command", "args")
SCRIPTS = frozenset({"run", "script", "before_script", "after_script", "commands", "setup", "cmd", "cmds"})
MOST_NODES = 200_000
DEEPEST = 100  # libyaml's time grows with the square of it
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class _Scalar:
    value: str
    line: int  # of its text, from 1


@dataclass(slots=True)
class _Node:
    """A mapping, whose items alternate between key and value, or a sequence."""

    mapping: bool
    items: list[_Scalar | _Node | None] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple[str, _Scalar | _Node | None]]:
        if self.mapping:
            for key, value in zip(self.items[::2], self.items[1::2], strict=False):
                if isinstance(key, _Scalar):
                    yield key.value, value


def of_yaml(text: str) -> list[Hit]:
    """The uses in a YAML file; line by line where it is a template or broken."""
    try:
        nodes = _mappings(text)
    except yaml.YAMLError:
        return of_settings(text)
    found: list[Hit] = []
    for node in nodes:
        found += _of_mapping(node)
    return sorted(dict.fromkeys(found), key=lambda hit: (hit.line, hit.call, hit.model_id or ""))


def _mappings(text: str) -> list[_Node]:
    """Every mapping of the documents, outermost first. Raises yaml.YAMLError."""
    found: list[_Node] = []
    open_: list[_Node] = []
    anchors: dict[str, _Scalar] = {}
    for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
        if count > MOST_NODES or len(open_) > DEEPEST:
            raise yaml.YAMLError("too many nodes, or too deep")
        made: _Scalar | _Node | None = None
        match event:
            case yaml.ScalarEvent():
                below = event.style in ("|", ">")
                made = _Scalar(event.value, event.start_mark.line + 1 + below)
                if event.anchor:
                    anchors[event.anchor] = made
            case yaml.AliasEvent():
                made = anchors.get(event.anchor)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                made = _Node(isinstance(event, yaml.MappingStartEvent))
                if made.mapping:
                    found.append(made)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                open_.pop()
                continue
            case _:
                continue
        if open_:
            open_[-1].items.append(made)
        if isinstance(made, _Node):
            open_.append(made)
    return found


def _of_mapping(node: _Node) -> Iterator[Hit]:
    pairs = dict(node.pairs())
    yield from _of_commands(pairs)
    yield from _of_environment(pairs)
    for key, value in pairs.items():
        if isinstance(value, _Scalar):
            if key in SCRIPTS:
                yield from _script(value)
            elif key not in COMMANDS:
                yield from of_pair(key, value.value, value.line)
        elif key in SCRIPTS and isinstance(value, _Node):
            for item in value.items:
                if isinstance(item, _Scalar):
                    yield from _script(item)


def _script(value: _Scalar, context: str = "") -> Iterator[Hit]:
    for hit in of_shell(value.value, context=context):
        yield replace(hit, line=hit.line + value.line - 1)


def _of_commands(pairs: dict[str, _Scalar | _Node | None]) -> Iterator[Hit]:
    """entrypoint, command and args of a container, one command line together."""
    image = pairs.get("image")
    context = image.value.partition(":")[0] if isinstance(image, _Scalar) else ""
    words: list[_Scalar] = []
    for key in COMMANDS:
        value = pairs.get(key)
        if isinstance(value, _Scalar):
            yield from _script(value, context)
        elif isinstance(value, _Node) and not value.mapping:
            words += [item for item in value.items if isinstance(item, _Scalar)]
    for word in words:
        if " " in word.value.strip():
            yield from _script(word, context)
    for hit in of_words([word.value for word in words], context):
        sought = hit.model_id or hit.detail
        line = next((word.line for word in words if sought in word.value), words[0].line)
        yield replace(hit, line=line)


def _of_environment(pairs: dict[str, _Scalar | _Node | None]) -> Iterator[Hit]:
    """``- name: MODEL_ID, value: X`` and ``- MODEL_ID=X``."""
    name, value = pairs.get("name"), pairs.get("value")
    if isinstance(name, _Scalar) and isinstance(value, _Scalar):
        yield from of_pair(name.value, value.value, value.line)
    listed = pairs.get("environment")
    if isinstance(listed, _Node) and not listed.mapping:
        for item in listed.items:
            if isinstance(item, _Scalar) and "=" in item.value:
                key, _, text = item.value.partition("=")
                yield from of_pair(key, text, item.line)
