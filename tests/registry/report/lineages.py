"""Parts of lineages with names that could do harm, and readers of what is written of them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

from fitment.registry.lineage.questions.part import Subgraph, subgraph
from fitment.registry.report.graph_text import name_of

from tests.registry.lineage.small import ecosystem

EVIL = [
    'org/say "hi"; x -> y [label="no"]',
    "org/back\\slash\\",
    "org/<script>alert(1)</script>",
    "org/a&amp;b",
    "org/]]></data><!--",
    "org/two\nlines\r\ttab",
    "org/\x1b[31mred\x00\x7f\u202e",
    "org/'=cmd|' /C calc'!A0",
    "=1+1",
    "",
    "graph",
    "模型/ü",
]


def evil_part() -> Subgraph:
    """A cycle through all of EVIL, each of which is also its own licence, and a self-loop of the first."""
    letters = "abcdefghijkl"
    around = " ".join(f"{one}>{other}:quantized" for one, other in pairwise(letters))
    made = ecosystem(f"a>a:merge+finetune {around} l>a", {"a": {"likes": 3.0, "created": "2024-01-02"}})
    return replace(subgraph(made, letters), names=tuple(EVIL), licences=tuple((name,) for name in EVIL))


_STRING = r'"(?:[^"\\\n]|\\["\\])*"'
_ATTRIBUTES = rf"\[(?:[a-z_]+=(?:{_STRING}|-?[0-9.e+-]+)(?:, )?)*\]"
_LINE = re.compile(rf"  (?:n\d+(?: -> n\d+)? {_ATTRIBUTES}|node \[shape=box\]);")


def dot_names(text: str) -> list[str]:
    """The names of the nodes of a DOT file of the narrow grammar that we write; fails on any other line."""
    first, *lines, last = text.splitlines()
    assert (first, last) == ("digraph lineage {", "}")
    for line in lines:
        assert _LINE.fullmatch(line), line
    labels = [found[1] for line in lines if (found := re.match(rf"  n\d+ \[label=({_STRING})", line))]
    return [name_of(unescape(re.sub(r'\\(["\\])', r"\1", label[1:-1]))) for label in labels]
