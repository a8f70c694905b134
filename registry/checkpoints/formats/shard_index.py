"""The index of weights in several files: model.safetensors.index.json, pytorch_model.bin.index.json."""

from __future__ import annotations

from typing import BinaryIO

from ..facts import Read
from .json_text import json_object

WEIGHTS = True


def takes(name: str) -> bool:
    """Whether a file of that name is one."""
    return name.endswith(".index.json")


def read(stream: BinaryIO, size: int) -> Read:
    """The file of each tensor. Raises ValueError where the index is none."""
    found = json_object(stream, size).get("weight_map")
    if found is None:
        return Read(findings=("has no weight_map",))
    if not isinstance(found, dict) or not all(isinstance(shard, str) for shard in found.values()):
        raise ValueError("has a weight_map that does not name a file for each tensor")
    return Read(shards=found)
