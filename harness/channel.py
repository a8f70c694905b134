"""The private line from a child to its parent: JSON records under a nonce, raw float64 behind them.

A record is one line, ``{"nonce": …, "kind": "stage" | "result", "body": …, "samples": n, "crc": …}``,
followed by n raw doubles, whose CRC-32 it tells. What a model prints never reaches this line; should it find
the descriptor, a line without the nonce is skipped, and doubles that it wrote into are no result.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

STAGE = "stage"
RESULT = "result"


@dataclass(frozen=True, slots=True)
class Received:
    """What came over the line: the last stage entered, and the last result that was sent whole."""

    stage: str | None = None
    body: Mapping[str, Any] | None = None
    samples: NDArray[np.float64] | None = None


class Sender:
    """The child's end; owns the descriptor."""

    def __init__(self, fd: int, nonce: str) -> None:
        os.set_inheritable(fd, False)
        self._fd = fd
        self._nonce = nonce

    def stage(self, name: str) -> None:
        """Tells the parent what begins now, so that a crash or a timeout can name it."""
        self._send(STAGE, {"stage": name}, b"")

    def result(self, body: Mapping[str, Any], samples: NDArray[np.float64] | None = None) -> None:
        """Sends the result; a later one replaces it."""
        raw = b"" if samples is None else np.ascontiguousarray(samples, dtype=np.float64).tobytes()
        self._send(RESULT, body, raw)

    def _send(self, kind: str, body: Mapping[str, Any], raw: bytes) -> None:
        record = {
            "nonce": self._nonce,
            "kind": kind,
            "body": body,
            "samples": len(raw) // 8,
            "crc": zlib.crc32(raw),
        }
        # on a line of its own, even if a model found the descriptor and left half a line on it
        unsent = memoryview(b"\n" + json.dumps(record).encode() + b"\n" + raw)
        while unsent:
            unsent = unsent[os.write(self._fd, unsent) :]


def receive(data: bytes, nonce: str) -> Received:
    """What the line's bytes say; lines that are no record under this nonce count for nothing."""
    received = Received()
    for record, raw in _records(data, nonce):
        if record["kind"] == STAGE:
            received = replace(received, stage=str(record["body"]["stage"]))
        else:
            samples = np.frombuffer(raw, dtype=np.float64) if raw else None
            received = replace(received, body=record["body"], samples=samples)
    return received


def _records(data: bytes, nonce: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        record = _record(data[start:end], nonce)
        start = end + 1
        if record is not None:
            raw = data[start : start + 8 * record["samples"]]
            if zlib.crc32(raw) == record["crc"]:
                start += len(raw)
                yield record, raw


def _record(line: bytes, nonce: str) -> dict[str, Any] | None:
    if nonce.encode() not in line:  # not even parsed
        return None
    try:
        record = json.loads(line)
    except ValueError:  # not JSON, or not UTF-8
        return None
    ours = isinstance(record, dict) and record.get("nonce") == nonce
    return record if ours else None
