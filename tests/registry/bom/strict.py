"""What every document of ours has to hold, beside the schema."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from fitment.registry.report.text import terminal


@functools.cache
def _validator() -> JsonStrictValidator:
    return JsonStrictValidator(SchemaVersion.V1_6)


def sound(text: str) -> dict[str, Any]:
    """The document of ``text``, which is strictly valid, refers to what is in it, and shows no control."""
    error = _validator().validate_str(text)
    assert error is None, str(error)
    text.encode()
    read: dict[str, Any] = json.loads(text)
    refs = [node["bom-ref"] for node in nodes(read) if "bom-ref" in node]
    assert len(refs) == len(set(refs))
    graph = {entry["ref"]: set(entry.get("dependsOn", ())) for entry in read.get("dependencies", ())}
    assert set(graph) | set().union(*graph.values()) <= set(refs)
    assert_no_circle(graph)
    texts = [part for node in nodes(read) for part in node.values() if isinstance(part, str)]
    assert [terminal(part) for part in texts] == texts
    return read


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(part, dict):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from nodes(each)


def assert_no_circle(graph: dict[str, set[str]]) -> None:
    """Fails where something depends on itself."""
    left = dict(graph)
    while free := [ref for ref, on in left.items() if not on & set(left)]:
        for ref in free:
            del left[ref]
    assert not left


def said(component: dict[str, Any], name: str) -> list[str]:
    """The values of our property ``name``."""
    told = component.get("properties", [])
    return [each["value"] for each in told if each["name"] == f"fitment:{name}"]
