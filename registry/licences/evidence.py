"""What a file or folder shows of its licence, and how far the parts agree: the types that travel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .text_match import Match
from .verdicts import Verdict


class Source(StrEnum):
    """Where a licence was read."""

    TEXT = "text"  # a licence text
    SPDX = "spdx"  # a line SPDX-License-Identifier
    TAG = "tag"  # a card's front matter, or a package's metadata


class Standing(StrEnum):
    """How what is declared and what the texts say go together."""

    TAG_ONLY = "tag only"
    TEXT_ONLY = "text only"
    AGREE = "both agree"
    DISAGREE = "both disagree"
    NOTHING = "nothing found"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that says something of the licence."""

    file: str  # relative to what was asked for
    line: int  # from 1; 0 for the whole file
    source: Source
    licence: str | None  # an identifier, tag or expression; None where it is no licence that is known
    match: Match | None  # of a text
    detail: str  # what was added to the text, in how many files a line stands
    files: int = 1  # that say the same


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Detected:
    """The licence of a file or folder, as far as it shows."""

    path: str
    licence: str | None  # an expression to be checked; None where nothing is known
    standing: Standing
    at_best: Verdict  # what a check may answer at best: conditional where a text was changed
    evidence: tuple[Evidence, ...]
    findings: tuple[str, ...]  # what somebody should look at
    unread: tuple[Unread, ...]
