"""What a checkpoint's files say together: sets of weights, shards that have to be there, one description."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import unpacked
from .facts import SAID, CheckpointDamagedError, Facts, Read, Tensor, Weights
from .recognised import format_of

_SHARD = re.compile(r"(.*)-(\d{5})-of-(\d{5})(\.\w+)")
_INDEX = ".index.json"
_AGAIN = "get the checkpoint again, whole"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of a checkpoint and what it says."""

    path: str  # relative, with "/"
    size_bytes: int
    read: Read


def gathered(files: Sequence[ReadFile]) -> Facts:
    """The facts of all files together. Raises CheckpointDamagedError where a shard or a tensor is missing."""
    by_path = {file.path: file for file in files}
    findings = [f"{file.path} {finding}" for file in files for finding in file.read.findings]
    for file in files:
        findings += _against_index(file, by_path)
    sets = _sets(files)
    _whole(sets)
    weights = tuple(_weights(name, of, by_path) for name, of in sets.items())
    total, said = _total(weights), _said(files)
    if weights and total is None:
        findings.append("the sets of weights differ in their parameters, or do not say what they unpack to")
    said.setdefault("quantisation", _common([each.quantisation for each in weights]))
    not_read = tuple(f"{file.path}: {file.read.not_read}" for file in files if file.read.not_read)
    return Facts(parameters=total, weights=weights, not_read=not_read, findings=tuple(findings), **said)


def _said(files: Sequence[ReadFile]) -> dict[str, str | None]:
    """Of files at the top, where there are such that say it; what two say differently is left open."""
    top = [file for file in files if "/" not in file.path]
    plain = [file.read.said for file in top if file.read.tensors is None]
    headers = [file.read.said for file in top if file.read.tensors is not None]
    found: dict[str, str | None] = {}
    for name in SAID:
        for group in (plain, headers):
            if values := [said[name] for said in group if name in said]:
                found[name] = _common(values)
                break
    return found


def _common(values: Sequence[str | None]) -> str | None:
    return values[0] if values and len(set(values)) == 1 else None


def _against_index(file: ReadFile, by_path: Mapping[str, ReadFile]) -> list[str]:
    """What an index says otherwise than its shards, in words that don't break it."""
    if file.read.shards is None:
        return []
    folder = file.path[: file.path.rfind("/") + 1]
    named: dict[str, set[str]] = {}
    for tensor, shard in file.read.shards.items():
        named.setdefault(shard, set()).add(tensor)
    if not any(folder + shard in by_path for shard in named):  # left out on purpose, as hubs' tools can
        return [f"{file.path} names {len(named):,} files, none of which is there"]
    findings = []
    for shard, tensors in sorted(named.items()):
        held = by_path.get(folder + shard)
        if held is None or "/" in shard:
            raise CheckpointDamagedError(
                f"{file.path} names {ascii(shard)[:80]}, which is not there: {_AGAIN}"
            )
        if held.read.tensors is None:
            continue
        there = {tensor.name for tensor in held.read.tensors}
        if absent := sorted(tensors - there):
            raise CheckpointDamagedError(
                f"{held.path} lacks {ascii(absent[0])[:80]}, which {file.path} names there: {_AGAIN}"
            )
        if more := len(there - tensors):
            findings.append(f"{held.path} has {more:,} tensors that {file.path} does not name")
    return findings


def _sets(files: Sequence[ReadFile]) -> dict[str, list[ReadFile]]:
    """The files of weights by set: shards of one are together, ``model-*-of-00002.safetensors``."""
    sets: dict[str, list[ReadFile]] = {}
    for file in files:
        if file.read.tensors is not None or (_SHARD.fullmatch(file.path) and file.read.not_read):
            shard = _SHARD.fullmatch(file.path)
            sets.setdefault(f"{shard[1]}-*-of-{shard[3]}{shard[4]}" if shard else file.path, []).append(file)
    return sets


def _whole(sets: dict[str, list[ReadFile]]) -> None:
    """Refuses a set of which a shard is missing, and drops those that nobody looked into."""
    for name, files in list(sets.items()):
        if shard := _SHARD.fullmatch(files[0].path):
            held = {found[2] for file in files if (found := _SHARD.fullmatch(file.path))}
            wanted = (f"{number:05}" for number in range(1, int(shard[3]) + 1))
            if absent := next((number for number in wanted if number not in held), None):
                missing = f"{shard[1]}-{absent}-of-{shard[3]}{shard[4]}"
                raise CheckpointDamagedError(f"{missing} is not there, of {int(shard[3])} shards: {_AGAIN}")
        if files[0].read.tensors is None:
            del sets[name]


def _weights(name: str, files: Sequence[ReadFile], by_path: Mapping[str, ReadFile]) -> Weights:
    tensors: list[Tensor] = [tensor for file in files for tensor in file.read.tensors or ()]
    dtypes: Counter[str] = Counter()
    for tensor in tensors:
        dtypes[tensor.dtype] += tensor.elements
    config = by_path.get(f"{name[: name.rfind('/') + 1]}config.json")
    bits = config.read.bits if config else None
    return Weights(
        name=name,
        format=format_of(files[0].path) or "",
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        tensors=len(tensors),
        parameters=unpacked.parameters(tensors, bits),
        dtypes=dict(sorted(dtypes.items(), key=lambda pair: (-pair[1], pair[0]))),
        quantisation=_common([q for file in files if (q := file.read.said.get("quantisation"))]),
    )


def _total(weights: Sequence[Weights]) -> int | None:
    """The parameters of all folders, each a component; None where the sets of one folder differ."""
    by_folder: dict[str, set[int | None]] = {}
    for each in weights:
        by_folder.setdefault(each.name[: each.name.rfind("/") + 1], set()).add(each.parameters)
    if not by_folder or any(len(found) > 1 or None in found for found in by_folder.values()):
        return None
    return sum(next(iter(found)) or 0 for found in by_folder.values())
