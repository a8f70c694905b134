"""Checkpoints as a terminal shows them: lists, what their files say, what is damaged, what was removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import units
from ..checkpoints.add import Added
from ..checkpoints.blobs import BESIDE
from ..checkpoints.collect import Collected
from ..checkpoints.facts import Facts, Weights
from ..checkpoints.kept import ListedCheckpoint
from .listing import Columns

_NAMED = (
    ("architecture", "architecture"),
    ("model_type", "model type"),
    ("name", "name"),
    ("licence", "licence, as the file declares it"),
    ("dtype", "saved as"),
    ("quantisation", "quantisation"),
    ("adapter", "adapter"),
    ("base_model", "base model"),
)

CHECKPOINTS: Columns = {
    "model": lambda each: each.model_id,
    "version": lambda each: each.version,
    "files": lambda each: f"{each.files:,}",
    "size": lambda each: size(each.size_bytes),
    "parameters": lambda each: units.count(each.parameters),
    "formats": lambda each: ", ".join(each.formats),
    "quantised": lambda each: each.quantisation,
    "known in": lambda each: each.known or "neither",
    "added (UTC)": lambda each: each.recorded_at,
    "store": lambda each: _store(each),
}

FILES: Columns = {
    "file": lambda each: each.path,
    "size": lambda each: size(each.size_bytes),
    "SHA-256": lambda each: each.sha256,
}

WEIGHTS: Columns = {
    "weights": lambda each: each.name,
    "format": lambda each: each.format,
    "size": lambda each: size(each.size_bytes),
    "tensors": lambda each: f"{each.tensors:,}",
    "parameters": lambda each: units.count(each.parameters),
    "types": lambda each: types(each.dtypes),
    "quantised": lambda each: each.quantisation,
}

DAMAGES: Columns = {
    "model": lambda each: each.model_id,
    "version": lambda each: each.version,
    "file": lambda each: each.path,
    "is": lambda each: each.what,
    "expected": lambda each: each.expected,
    "but": lambda each: each.actual,
}


def size(count: int) -> str:
    """Bytes; few of them as they are."""
    return f"{count} B" if count < 1000 else units.size(count)


def types(dtypes: Mapping[str, int]) -> str:
    """``BF16 97%, F32 2.7%``: of the elements as they are stored."""
    total = sum(dtypes.values()) or 1
    if len(dtypes) == 1:
        return next(iter(dtypes))
    return ", ".join(f"{name} {units.share(min(count / total, 0.9999))}" for name, count in dtypes.items())


def facts_lines(facts: Facts) -> Iterator[str]:
    """What the files say, a line each."""
    if facts.parameters is not None:
        yield f"parameters: {facts.parameters:,}"
    for name, words in _NAMED:
        if (value := getattr(facts, name)) is not None:
            yield f"{words}: {value}"
    yield from facts.not_read
    for finding in facts.findings:
        yield f"finding: {finding}"


def added_lines(added: Added) -> Iterator[str]:
    """What adding did, a line each."""
    total = sum(file.size_bytes for file in added.files)
    files = f"{len(added.files):,} file{'s'[: len(added.files) != 1]}, {size(total)}"
    if not added.changed:
        done = (
            f"{size(added.bytes_written)} were gone and put back"
            if added.bytes_written
            else "nothing changed"
        )
        yield f"{added.model_id} {added.version} is kept already: {done} ({files})"
        return
    old = total - added.bytes_written
    there = f" ({size(old)} were there already)" if old else ""
    yield f"{added.model_id} {added.version} is kept: {files} in {added.place}{there}"
    for weights in added.facts.weights:
        yield _weights(weights)
    yield from facts_lines(added.facts)
    if added.left_out:
        yield f"left out: {', '.join(added.left_out)}"


def collected_line(collected: Collected, *, dry_run: bool) -> str:
    """What was removed, or would be, in one line."""
    what = f"{collected.blobs:,} blob{'s'[: collected.blobs != 1]} that no checkpoint names"
    done = "would be removed" if dry_run else "removed"
    leftover = collected.leftover_bytes
    left = f", and {size(leftover)} of interrupted writing" if leftover else ""
    freed = f" ({size(collected.size_bytes)})" if collected.blobs else ""
    return f"{collected.place}: {what}{freed} {done}{left}; {collected.kept:,} stay"


def _weights(weights: Weights) -> str:
    known = "unknown" if weights.parameters is None else f"{weights.parameters:,}"
    return f"{weights.name}: {weights.tensors:,} tensors, {known} parameters, {types(weights.dtypes)}"


def _store(each: ListedCheckpoint) -> str:
    return "beside the database" if each.store == BESIDE else each.store
