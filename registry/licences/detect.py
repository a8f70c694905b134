"""The licence of a file or folder, from its texts and from what it declares, each piece kept as evidence.

A tag says what somebody chose from a list, a text says what is granted: where they disagree, both hold here,
so that no verdict is laxer than the stricter of the two.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import FitmentError
from ..usage.walk import Skipped, read, walk
from .declared_licences import READERS, SPDX_LINE, declared_in, spdx_lines
from .evidence import Detected, Evidence, Source, Unread
from .identifiers import KNOWN, READINGS, named
from .standing import stood
from .text_match import Match, TextMatch, match_text

LICENCE_FILE = re.compile(
    r"(?:(?:un)?licen[cs]e|copying|copyright|notice)(?:[._-].*)?|.*[._-]licen[cs]e(?:\.(?:txt|md|rst))?",
    re.IGNORECASE,
)
BESIDE = re.compile(r"(?:copyright|notice)(?:[._-].*)?", re.IGNORECASE)  # may hold anything
NOT_A_TEXT = re.compile(r".*\.(?:py|pyc|js|ts|go|rs|java|c|h|cpp|json|ya?ml|toml|csv|png|svg)", re.IGNORECASE)
SOURCE_FILE = re.compile(
    r".*\.(?:py|pyi|pyx|c|cc|cpp|cu|cuh|h|hpp|rs|go|java|kt|js|mjs|ts|tsx|sh|jl|swift|proto|cmake)",
    re.IGNORECASE,
)
TEXT_FOLDERS = frozenset({"license", "licenses", "licence", "licences"})
MOST_BYTES = 1 << 20
HEAD_BYTES = 4096  # within which a source file says its licence
MOST_SOURCES = 20_000
SHORT = 12  # words: such a file names a licence, it is none
COPYRIGHT = re.compile(r"\W*copyright\b", re.IGNORECASE)
FILLING = re.compile(r"^[\s#*=_]*(?:the\s)?|[\s#*=_]*$|,?\s(?:licen[cs]e|version)\b", re.IGNORECASE)
SHOWN = 3


class LicenceFileError(FitmentError):
    """A file or folder whose licence can't be looked for."""


def detect(path: Path) -> Detected:
    """What ``path`` shows of its licence. Raises LicenceFileError for what isn't there or can't be read."""
    if path.is_dir():
        return detect_folder(path)
    if not path.is_file():
        reason = "is neither a file nor a folder" if path.exists() else "doesn't exist"
        raise LicenceFileError(f"{path} {reason}; name a licence file, a source file or a folder")
    content = _bytes(path)
    if isinstance(content, str):
        raise LicenceFileError(f"{path}: {content}; name a licence text or a folder")
    evidence, unread = _in_file(path.name, content, SOURCE_FILE.fullmatch(path.name) is None)
    return stood(path.name, evidence, [], unread)


def detect_folder(folder: Path) -> Detected:
    """What a folder shows: texts and metadata at its top, and the SPDX lines of its source files."""
    walked = walk(folder)
    evidence: list[Evidence] = []
    unread = [_unread(skipped) for skipped in walked.skipped if _matters(skipped.file)]
    below: list[str] = []
    headers: dict[str, list[str]] = {}
    sources = 0
    for file in walked.files:
        name = file.rpartition("/")[2]
        if _is_text(name) or (name in READERS and "/" not in file):
            if not _at_the_top(file):
                below.append(file)
                continue
            found, missed = _read_file(folder, file)
            evidence += found
            unread += missed
        elif SOURCE_FILE.fullmatch(name):
            sources += 1
            if sources <= MOST_SOURCES:
                _head(folder / file, file, headers)
    evidence += _of_headers(headers)
    findings = []
    if below:
        shown = ", ".join(below[:SHOWN]) + (" …" if len(below) > SHOWN else "")
        findings.append(f"{len(below)} more in subfolders, for what lies there: {shown}")
    if sources > MOST_SOURCES:
        findings.append(f"{sources:,} source files: the first {MOST_SOURCES:,} were looked into")
    return stood(str(folder), evidence, findings, unread)


def _at_the_top(file: str) -> bool:
    above = file.split("/")[:-1]
    return not above or (len(above) == 1 and above[0].lower() in TEXT_FOLDERS)


def _matters(file: str) -> bool:
    name = file.rpartition("/")[2]
    return "/" not in file or _is_text(name)


def _is_text(name: str) -> bool:
    return LICENCE_FILE.fullmatch(name) is not None and NOT_A_TEXT.fullmatch(name) is None


def _unread(skipped: Skipped) -> Unread:
    return Unread(skipped.file, skipped.reason)


def _read_file(folder: Path, file: str) -> tuple[list[Evidence], list[Unread]]:
    content = _bytes(folder / file)
    if isinstance(content, str):
        return [], [Unread(file, content)]
    return _in_file(file, content, True)


def _bytes(path: Path) -> bytes | str:
    """The file's bytes; as a text, why they were not read."""
    return read(path, MOST_BYTES)


def _in_file(file: str, content: bytes, whole: bool) -> tuple[list[Evidence], list[Unread]]:
    """The evidence of one file; ``whole`` where the file itself may be a licence text."""
    name = file.rpartition("/")[2]
    if name in READERS:
        try:
            declared = declared_in(name, content)
        except ValueError as error:
            return [], [Unread(file, str(error))]
        return [Evidence(file, line, Source.TAG, said, None, "") for said, line in declared], []
    text = _decoded(content)
    found = [Evidence(file, line, Source.SPDX, said, None, "") for said, line in spdx_lines(text)[:1]]
    if whole:
        match = match_text(text)
        if BESIDE.fullmatch(name) and match.match is not Match.SAME:
            return found, []
        if match.match is not Match.NONE or match.words > SHORT:
            found.append(_of_text(file, match))
        elif not text.strip():
            return found, [Unread(file, "is empty: no licence text")]
        elif (name_in := _only_named(text)) is not None:
            found.append(Evidence(file, 1, Source.TAG, name_in, None, "the file only names it"))
        elif not found:
            found.append(_of_text(file, match))
    return found, []


def _only_named(text: str) -> str | None:
    """The licence that a short file names, such as "MIT License" above whose copyright it is."""
    lines = [line for line in text.splitlines() if not COPYRIGHT.match(line)]
    for said in (" ".join(lines), FILLING.sub("", " ".join(lines))):
        short = " ".join(said.split())
        if short and named(short).state in (KNOWN, READINGS):
            return short
    return None


def _of_text(file: str, match: TextMatch) -> Evidence:
    detail = "" if match.part in ("", "whole") else match.part
    if match.match is Match.MODIFIED:
        said = "; ".join(f'"{phrase}"' for phrase in match.phrases)
        changes = f"{match.added} pairs of words more, {match.missing} less" + (f": {said}" if said else "")
        detail = f"{detail}; {changes}" if detail else changes
    return Evidence(file, 0, Source.TEXT, match.licence, match.match, detail)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _head(path: Path, file: str, headers: dict[str, list[str]]) -> None:
    try:
        with open(path, "rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:
        return
    found = SPDX_LINE.search(head.decode("latin-1")) if b"SPDX-License-Identifier" in head else None
    if found is not None:
        said = spdx_lines(found[0])[0][0]
        headers.setdefault(said, []).append(file)


def _of_headers(headers: dict[str, list[str]]) -> list[Evidence]:
    return [
        Evidence(files[0], 0, Source.SPDX, said, None, f"in {len(files)} source files", len(files))
        for said, files in sorted(headers.items())
    ]
