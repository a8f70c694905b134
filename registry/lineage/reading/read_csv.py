"""A CSV file of models, read once, a few megabytes at a time: what is parsed is what its sha256 covers."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ....kernels.csv_records import OPEN, SOUND, CsvRecords, csv_records
from ...errors import ImportFileError
from .cards import card_facts
from .collected import Collected, Part, numbered
from .columns import LISTS, MOST_TEXT, WHOLES, WORDS, Rows, chosen
from .field_text import Texts, moments_of, wholes_of

_BLOCK = 1 << 22  # bytes
_HEADER = 1 << 20  # bytes of the first line
MOST_RECORD = 1 << 26  # bytes; a longer one is a quote that never closes
_TOO_LONG = 3  # a problem beside those of kernels/csv_records.py
_NOT_UTF8 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class _Blocks:
    """The file in blocks of whole records, and where it stands."""

    path: Path
    stream: BinaryIO
    line: int = 1
    sha256: hashlib._Hash = field(default_factory=hashlib.sha256)
    held: bytes = b""  # read and not yet used
    ended: bool = False

    def read(self, size: int = _BLOCK) -> None:
        new = self.stream.read(size)
        self.sha256.update(new)
        self.ended = not new
        self.held += new

    def use(self, count: int, lines: int) -> None:
        self.held = self.held[count:]
        self.line += lines


def read_csv(path: Path) -> tuple[Rows, str]:
    """The rows of ``path`` and its sha256.

    A row that can't be told apart is a problem of its line. Raises ImportFileError where the whole file is
    none: empty, not UTF-8, without a header of the columns that are needed.
    """
    try:
        with path.open("rb", buffering=0) as stream:
            blocks = _Blocks(path, stream)
            header = _header(blocks)
            known = chosen(path, header)
            rows = Collected()
            for records, first_line in _records(blocks, sorted(known.values())):
                rows.add(_part(records, first_line, known, header))
    except OSError as error:
        raise ImportFileError(f"{path}: can't be read ({error.strerror}); check the path") from error
    return rows.whole(), blocks.sha256.hexdigest()


def _header(blocks: _Blocks) -> list[str]:
    """The names of the columns; the first line is used up."""
    while b"\n" not in blocks.held and not blocks.ended and len(blocks.held) < _HEADER:
        blocks.read()
    first, end, _ = blocks.held.partition(b"\n")
    where = f"{blocks.path}:1"
    if not end and not blocks.ended:
        raise ImportFileError(f"{where}: no header: its first line is longer than {_HEADER:,} bytes")
    if not first.strip():
        raise ImportFileError(f"{where}: no header; the file is empty, or starts with an empty line")
    if first.startswith(_NOT_UTF8) or b"\0" in first:
        raise ImportFileError(f"{where}: not UTF-8 text; save the file as UTF-8")
    if b"\r" in first.rstrip(b"\r"):
        raise ImportFileError(f"{where}: lines end in CR alone; save the file with line ends of LF or CR LF")
    blocks.use(len(first) + len(end), 1)
    try:
        (names,) = csv.reader([first.decode("utf-8-sig").rstrip("\r")], strict=True)
    except UnicodeDecodeError:
        raise ImportFileError(f"{where}: not UTF-8 text; save the file as UTF-8") from None
    except (csv.Error, ValueError) as error:
        raise ImportFileError(f"{where}: no header of a CSV file ({str(error)[:100]})") from None
    return names


def _records(blocks: _Blocks, wanted: list[int]) -> Iterator[tuple[CsvRecords, int]]:
    """Whole records, many at a time, and the line that theirs count from."""
    room = 1000
    while not (blocks.ended and not blocks.held):
        if len(blocks.held) < _BLOCK:
            blocks.read()
        found = csv_records(np.frombuffer(blocks.held, np.uint8), wanted, blocks.ended, room)
        if found.used == 0 and not blocks.ended:
            if len(blocks.held) < MOST_RECORD:
                blocks.read(len(blocks.held))
                continue
            found = _too_long(blocks, len(wanted))
        yield found, blocks.line
        room = max(1000, found.lines.size * 2 * _BLOCK // max(found.used, 1))
        blocks.use(found.used, found.used_lines)


def _too_long(blocks: _Blocks, columns: int) -> CsvRecords:
    """The line on which such a record starts, as one that is not sound."""
    while (end := blocks.held.find(b"\n")) < 0 and not blocks.ended:
        blocks.held = b""
        blocks.read()
    used = len(blocks.held) if end < 0 else end + 1
    none, zeros = np.zeros(1, np.int32), np.zeros((columns, 1), np.int64)
    text = np.zeros(0, np.uint8)
    return CsvRecords(
        text, zeros, zeros, none, np.array([_TOO_LONG], np.int32), np.zeros(1, np.int64), used, 1
    )


def _part(records: CsvRecords, first_line: int, known: Mapping[str, int], header: list[str]) -> Part:
    """The columns of some records."""
    problems = _problems(records, len(header))
    order = sorted(known.values())
    fields: dict[str, Texts] = {}
    for ours, at in known.items():
        starts, ends = records.starts[order.index(at)], records.ends[order.index(at)]
        fields[ours] = records.text, starts, np.minimum(ends, starts + MOST_TEXT)
    said = [name for name in WHOLES if name in known]
    wholes = {name: wholes_of(fields[name], header[known[name]], problems) for name in said}
    if "card" in known:
        wholes |= _cards(records, order.index(known["card"]), problems)
    created = np.full(records.lines.size, "NaT", "datetime64[us]")
    if "created" in known:
        created = moments_of(fields["created"], header[known["created"]], problems)
    texts = {name: numbered(fields[name]) for name in (*WORDS, *LISTS) if name in known}
    return Part(records.lines + first_line, fields["model_id"], wholes, created, texts, problems)


def _problems(records: CsvRecords, width: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in np.flatnonzero((records.problems != SOUND) | (records.fields != width)).tolist():
        if records.problems[row] == OPEN:
            found[row] = "a quote is never closed"
        elif records.problems[row] == _TOO_LONG:
            found[row] = "a quote is never closed, or its record is too long"
        elif records.problems[row] != SOUND:
            found[row] = "something follows a closing quote, or the quotes don't match"
        else:
            found[row] = f"not as many fields as the header: {records.fields[row]:,}, not {width}"
    return found


def _cards(records: CsvRecords, slot: int, problems: dict[int, str]) -> dict[str, NDArray[np.float64]]:
    places = zip(records.starts[slot].tolist(), records.ends[slot].tolist(), strict=True)
    found = np.full((2, records.lines.size), np.nan)
    for row, (start, end) in enumerate(places):
        try:
            found[:, row] = card_facts(records.text[start:end].tobytes().decode())
        except UnicodeDecodeError:
            problems.setdefault(row, "its card is not UTF-8")
    return {"card_characters": found[0], "card_generated": found[1]}
