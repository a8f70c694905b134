"""Bulk payloads beside the log: immutable Parquet files named by the SHA-256 of their bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import os
import zlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import StoreDamagedError
from .files import guarded, read_state, sync_folder, write_durably

if TYPE_CHECKING:
    import pyarrow as pa

INLINE_SAMPLES = 4096  # more go into a segment


class SegmentDamagedError(StoreDamagedError):
    """A segment that is missing or whose bytes are not those that its name promises."""


def encode(table: pa.Table) -> bytes:
    """The Parquet bytes of ``table``."""
    import pyarrow.parquet as pq  # here and below where it is needed: a question to the store needs none

    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def decode(content: bytes) -> pa.Table:
    """The table in Parquet bytes (already checked against their name)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pq.read_table(pa.BufferReader(content))


def name_of(content: bytes) -> str:
    """The segment's name: the SHA-256 of its bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def path_of(folder: Path, name: str) -> Path:
    """Where segment ``name`` lies in the state folder."""
    return folder / "segments" / f"{name}.parquet"


def write(folder: Path, content: bytes) -> str:
    """The name under which ``content`` is durable in the state folder."""
    name = name_of(content)
    path = path_of(folder, name)
    with guarded(path):
        with suppress(FileExistsError):
            os.mkdir(path.parent)
            sync_folder(folder)
        if not sound(folder, name):
            write_durably(path, content)
    return name


def read(folder: Path, name: str) -> bytes:
    """The bytes of segment ``name``. Raises ``SegmentDamagedError`` where they are not its own."""
    path = path_of(folder, name)
    try:
        content = read_state(path)
    except OSError as error:
        raise SegmentDamagedError(f"{path}: {error.strerror}; run `fitment doctor`") from error
    if name_of(content) != name:
        raise SegmentDamagedError(f"{path} is damaged; run `fitment doctor`")
    return content


def sound(folder: Path, name: str) -> bool:
    """True where segment ``name`` is there with the bytes that its name promises."""
    try:
        read(folder, name)
    except SegmentDamagedError:
        return False
    return True


def named_in(body: dict[str, Any]) -> str | None:
    """The segment that an event's body names, if it names one."""
    holder = body.get("samples") or body
    name: str | None = holder.get("segment")
    return name


def remove_orphans(folder: Path, named: Collection[str]) -> int:
    """The number of files removed because no event names them. The caller holds the journal's lock."""
    keep = {path_of(folder, name).name for name in named}
    with suppress(FileNotFoundError):
        orphans = [entry for entry in (folder / "segments").iterdir() if entry.name not in keep]
        for orphan in orphans:
            with guarded(orphan):
                os.unlink(orphan)
        return len(orphans)
    return 0


def pack_samples(samples: NDArray[np.float64]) -> tuple[dict[str, Any], bytes | None]:
    """The event's part for ``samples``, and the segment's content where they are too many for the event."""
    if len(samples) > INLINE_SAMPLES:
        import pyarrow as pa

        content = encode(pa.table({"latency_s": samples}))
        return {"n": len(samples), "segment": name_of(content)}, content
    raw = samples.astype("<f8").tobytes()
    return {"n": len(samples), "zlib": base64.b64encode(zlib.compress(raw, 6)).decode()}, None


def unpack_samples(folder: Path, packed: dict[str, Any]) -> NDArray[np.float64]:
    """The samples of an event, float64[n]. Raises ``ValueError`` where they are not n numbers."""
    if "segment" in packed:
        column = decode(read(folder, packed["segment"])).column("latency_s")
        return np.asarray(column.to_numpy(), np.float64)
    size = 8 * int(packed["n"])
    try:
        raw = zlib.decompressobj().decompress(base64.b64decode(packed["zlib"], validate=True), size + 1)
    except (zlib.error, binascii.Error) as error:
        raise ValueError(f"samples can't be decompressed: {error}") from error
    if len(raw) != size:
        raise ValueError(f"samples are not {size // 8} numbers")
    return np.frombuffer(raw, "<f8").astype(np.float64)
