"""adapter_config.json of peft: which model an adapter belongs to, and what kind it is."""

from __future__ import annotations

from typing import BinaryIO

from ..facts import Read, texts
from .json_text import json_object

WEIGHTS = False


def takes(name: str) -> bool:
    """Whether a file of that name is one."""
    return name == "adapter_config.json"


def read(stream: BinaryIO, size: int) -> Read:
    """What it says. Raises ValueError where it is no JSON object."""
    config = json_object(stream, size)
    kind, rank = config.get("peft_type"), config.get("r")
    if isinstance(kind, str) and type(rank) is int:
        kind = f"{kind}, rank {rank}"
    return Read(said=texts(adapter=kind, base_model=config.get("base_model_name_or_path")))
