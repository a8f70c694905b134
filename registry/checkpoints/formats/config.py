"""config.json of transformers: architecture, the type that weights were saved in, how they are quantised."""

from __future__ import annotations

from typing import Any, BinaryIO

from ..facts import Read, texts
from .json_text import json_object

WEIGHTS = False


def takes(name: str) -> bool:
    """Whether a file of that name is one."""
    return name == "config.json"


def read(stream: BinaryIO, size: int) -> Read:
    """What it says. Raises ValueError where it is no JSON object."""
    config = json_object(stream, size)
    architectures = config.get("architectures")
    first = architectures[0] if isinstance(architectures, list) and architectures else None
    quantised = config.get("quantization_config")
    method, bits = _quantisation(quantised) if isinstance(quantised, dict) else (None, None)
    said = texts(
        architecture=first or config.get("_class_name"),
        model_type=config.get("model_type"),
        dtype=config.get("dtype") or config.get("torch_dtype"),
        quantisation=method and (f"{method}, {bits} bits" if bits else method),
    )
    return Read(said=said, bits=bits)


def _quantisation(config: dict[str, Any]) -> tuple[str | None, int | None]:
    """The method and the bits of a weight, each where it is said."""
    method = config.get("quant_method")
    bits = config.get("bits") or config.get("w_bit") or _group_bits(config.get("config_groups"))
    if config.get("load_in_4bit") is True or config.get("_load_in_4bit") is True:
        method, bits = method or "bitsandbytes", 4
    elif config.get("load_in_8bit") is True or config.get("_load_in_8bit") is True:
        method, bits = method or "bitsandbytes", 8
    return (
        method if isinstance(method, str) else None,
        bits if type(bits) is int and 1 <= bits <= 16 else None,
    )


def _group_bits(groups: object) -> object:
    """Of compressed-tensors, where all groups have the same."""
    if not isinstance(groups, dict):
        return None
    weights = [group.get("weights") for group in groups.values() if isinstance(group, dict)]
    bits = {
        each.get("num_bits")
        for each in weights
        if isinstance(each, dict) and type(each.get("num_bits")) is int
    }
    return bits.pop() if len(bits) == 1 else None
