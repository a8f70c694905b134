"""The corpus: hand-written snippets with the uses that a reader expects of each, and the score against them.

Each text of ``corpus/`` holds snippets under "=== FILE". "#-> ID, ID" behind a line says which models it
uses, "#-> ?" that it uses one that can't be known. NAME.expected holds "LINE ID" for a NAME with no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fitment.registry.usage.hit import UnreadableError
from fitment.registry.usage.readers import reader_of

CORPUS = Path(__file__).parent / "corpus"
PARTS = ("python", "false_friends", "other_files", "second")  # known while the scan was written
HELD_OUT = ("held_out",)  # written afterwards, and nothing was changed for it
UNRESOLVED = "?"

Expected = frozenset[tuple[int, str]]  # line, model id


@dataclass(frozen=True, slots=True)
class Snippet:
    """One file, and the uses that it has."""

    part: str
    name: str
    source: bytes
    expected: Expected


@dataclass(frozen=True, slots=True)
class Score:
    """How the uses that were found agree with those expected; open ones are counted apart."""

    snippets: int
    right: int
    found: int
    expected: int
    unresolved_right: int
    unresolved_expected: int

    @property
    def precision(self) -> float:
        """The share of what was found that is so."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is so that was found."""
        return self.right / self.expected if self.expected else 1.0


def snippets(parts: Iterable[str] = (*PARTS, *HELD_OUT)) -> Iterator[Snippet]:
    """The snippets of the parts, in their order."""
    for part in parts:
        pieces = re.split(
            r"^=== (\S+)\n", (CORPUS / f"{part}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        files = dict(zip(pieces[1::2], pieces[2::2], strict=True))
        for name, source in files.items():
            if not name.endswith(".expected"):
                yield _snippet(part, name, source, files.get(f"{name}.expected", ""))


def _snippet(part: str, name: str, text: str, apart: str) -> Snippet:
    expected: set[tuple[int, str]] = set()
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        body, _, marked = line.partition("#->")
        lines.append(body.rstrip())
        expected |= {(number, model.strip()) for model in marked.split(",") if model.strip()}
    for line in apart.splitlines():
        number_, model = line.split()
        expected.add((int(number_), model))
    encoding = "latin-1" if "coding: latin-1" in text else "utf-8"
    return Snippet(part, name, ("\n".join(lines) + "\n").encode(encoding), frozenset(expected))


def found_in(snippet: Snippet) -> Expected:
    """What the scan finds in a snippet."""
    reader = reader_of(snippet.name)
    if reader is None:
        return frozenset()
    try:
        return frozenset((hit.line, hit.model_id or UNRESOLVED) for hit in reader[0](snippet.source))
    except UnreadableError:
        return frozenset()


def score(many: Iterable[tuple[Snippet, Expected]]) -> Score:
    """The score of what was found in each snippet."""
    pairs = list(many)
    named = [
        ({e for e in s.expected if e[1] != UNRESOLVED}, {f for f in fs if f[1] != UNRESOLVED})
        for s, fs in pairs
    ]
    open_ = [({e for e in s.expected if e[1] == UNRESOLVED}, fs) for s, fs in pairs]
    return Score(
        len(pairs),
        sum(len(e & f) for e, f in named),
        sum(len(f) for _, f in named),
        sum(len(e) for e, _ in named),
        sum(len(e & f) for e, f in open_),
        sum(len(e) for e, _ in open_),
    )


def _known(uses: Expected) -> Expected:
    return frozenset(use for use in uses if use[1] != UNRESOLVED)
