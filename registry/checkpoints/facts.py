"""What the files of a checkpoint say of themselves; no weight is loaded for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any

from ..errors import NO_USABLE_CELL, FitmentError

NO_TEXTS: Mapping[str, str] = MappingProxyType({})
SAID = ("architecture", "model_type", "name", "licence", "dtype", "quantisation", "base_model", "adapter")
LONGEST_SAID = 500  # characters of a text out of a file


class CheckpointDamagedError(FitmentError):
    """Files of a checkpoint that are not whole: cut off, altered, missing, or contradicting themselves."""

    exit_code = NO_USABLE_CELL


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor as a file's header tells of it."""

    name: str
    dtype: str  # as the format calls it: BF16, Q4_K
    elements: int  # as stored: a quantised file may hold several weights in one
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one file says of itself."""

    tensors: tuple[Tensor, ...] | None = None  # None: it holds none, or nobody looked
    said: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)  # keys: of SAID
    shards: Mapping[str, str] | None = None  # of an index: the file of each tensor
    bits: int | None = None  # of a quantised weight, where a configuration says so
    not_read: str | None = None  # why nobody looked inside
    findings: tuple[str, ...] = ()


NOTHING = Read()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One set of weights of a checkpoint: a file, or the shards of one."""

    name: str  # model.safetensors, text_encoder/model-*-of-00002.safetensors
    format: str
    files: int
    size_bytes: int  # of the files
    tensors: int
    parameters: int | None  # unpacked; None where that does not follow from the header
    dtypes: Mapping[str, int]  # elements as stored, by dtype, the most first
    quantisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a checkpoint's files say; None where none of them does."""

    parameters: int | None = None  # of all components; None where sets of weights differ
    weights: tuple[Weights, ...] = ()
    architecture: str | None = None
    model_type: str | None = None
    name: str | None = None
    licence: str | None = None  # as a GGUF file declares it
    dtype: str | None = None  # as config.json declares it
    quantisation: str | None = None
    base_model: str | None = None  # of an adapter
    adapter: str | None = None  # "LORA, rank 16"
    not_read: tuple[str, ...] = ()  # "pytorch_model.bin: pickle, never opened"
    findings: tuple[str, ...] = ()  # what contradicts, in words


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as an event keeps them."""
    plain = asdict(facts)
    return plain | {"weights": [w | {"dtypes": dict(w["dtypes"])} for w in plain["weights"]]}


def from_json(kept: Mapping[str, Any]) -> Facts:
    """The facts of an event; what only a newer fitment knows is left out."""
    own = _known(Facts, kept)
    own["weights"] = tuple(Weights(**_known(Weights, each)) for each in own.get("weights", ()))
    for name in ("not_read", "findings"):
        own[name] = tuple(own.get(name, ()))
    return Facts(**own)


def _known(kind: type[Facts] | type[Weights], kept: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: kept[each.name] for each in fields(kind) if each.name in kept}


def texts(**said: object) -> dict[str, str]:
    """Those of ``said`` that are texts, cut to what is kept."""
    return {name: value[:LONGEST_SAID] for name, value in said.items() if isinstance(value, str) and value}
