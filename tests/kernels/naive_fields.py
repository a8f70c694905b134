"""The slow obvious twins of the kernels that read files: byte by byte, with Python's own objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

# kernels/csv_records.py


def csv_records(text: Sequence[int], wanted: Sequence[int], last: bool, room: int) -> dict[str, object]:
    raw, at, line = bytes(text), 0, 0
    rows: list[tuple[list[bytes], int, int]] = []
    while at < len(raw) and len(rows) < room:
        if blank := re.compile(rb"\r?\n").match(raw, at):
            at, line = blank.end(), line + 1
            continue
        fields, problem, end, broken = _record(raw, at, last)
        own_line = raw.find(b"\n", broken)
        own_line = len(raw) if own_line < 0 else own_line
        if not last and (problem == 1 or end >= len(raw) or (problem and own_line >= len(raw))):
            break
        first = raw.find(b"\n", at)
        end = (len(raw) if first < 0 else first) if problem else end
        rows.append((fields, problem, line))
        line += 1 + (0 if problem else raw.count(b"\n", at, end))
        at = end + 1
    most = max(wanted, default=-1) + 1
    kept = [
        [row[j] if problem == 0 and len(row) >= most else b"" for row, problem, _ in rows] for j in wanted
    ]
    return {
        "told": list(b"".join(map(b"".join, kept))),
        "lengths": [len(field) for column in kept for field in column],
        "fields": [len(fields) for fields, _, _ in rows],
        "problems": [problem for _, problem, _ in rows],
        "lines": [own for _, _, own in rows],
        "used": min(at, len(raw)),
        "used_lines": line,
    }


def _record(raw: bytes, at: int, last: bool) -> tuple[list[bytes], int, int, int]:
    """Its fields, what is wrong (1 a quote never closes, 2 text behind one), its end, and where it began."""
    begin, fields = at, list[bytes]()
    while True:
        if raw[at : at + 1] == b'"':
            quoted = re.compile(rb'"((?:[^"]|"")*)"(?!")').match(raw, at)
            if quoted is None or (quoted.end() == len(raw) and not last):
                return fields, 1, len(raw), begin
            rest = raw[quoted.end() : quoted.end() + 2]
            if rest == b"\r" and not last:
                return fields, 1, len(raw), begin
            if rest[:1] not in (b"", b",", b"\n") and rest not in (b"\r\n", b"\r"):
                return fields, 2, quoted.end(), begin
            fields.append(quoted[1].replace(b'""', b'"'))
            at = quoted.end() + (rest[:1] == b"\r")
        else:
            plain = re.compile(rb"[^,\n]*").match(raw, at)
            assert plain is not None
            at = plain.end()
            if at == len(raw) and not last:
                return fields, 1, at, begin
            ends = raw[at : at + 1] != b","
            fields.append(plain[0].removesuffix(b"\r") if ends else plain[0])
        if raw[at : at + 1] != b",":
            return fields, 0, at, begin
        at += 1


# kernels/field_texts.py


def gathered_texts(text: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> dict[str, list[int]]:
    told, begins = list[int](), [0]
    for start, end in zip(starts, ends, strict=True):
        told += text[start:end]
        begins.append(len(told))
    return {"text": told, "starts": begins}


def text_codes(text: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> dict[str, list[int]]:
    known: dict[bytes, int] = {}
    codes, firsts = [], []
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        told = bytes(text[start:end])
        if told not in known:
            known[told] = len(known)
            firsts.append(i)
        codes.append(known[told])
    return {"codes": codes, "firsts": firsts}


# kernels/field_values.py


def plain_wholes(text: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> dict[str, list[float]]:
    told = [bytes(text[start:end]) for start, end in zip(starts, ends, strict=True)]
    fits = [re.fullmatch(rb"([0-9]{1,15})(?:\.0)?", each) for each in told]
    values = [float(fit[1]) if fit else float("nan") for fit in fits]
    return {"values": values, "odd": [bool(each) and not fit for each, fit in zip(told, fits, strict=True)]}


def plain_moments(text: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> dict[str, list[int]]:
    values, odd = [], []
    for start, end in zip(starts, ends, strict=True):
        told = bytes(text[start:end])
        found = _moment(told.decode("latin-1"))
        values.append(-(2**63) if found is None else found)
        odd.append(bool(told) and found is None)
    return {"values": values, "odd": odd}


def _moment(text: str) -> int | None:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z", text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
