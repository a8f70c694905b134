"""What is known of a model beside its measurements: the type that travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

NO_METRICS: Mapping[str, float] = MappingProxyType({})
NO_URLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BaseModel:
    """A model that another one was made from."""

    model_id: str
    relation: str | None  # finetune | quantized | adapter | merge; None: it is not said


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """One version of a model as its makers declare it; None and empty are "nobody said".

    What it may be used for is never a field: it follows from the licence, which ``restrictions`` only narrow.
    """

    model_id: str  # "meta-llama/Llama-2-7b-hf", "llama-2-7b"
    version: str = ""
    name: str | None = None
    organisation: str | None = None
    licence: str | None = None  # as declared: SPDX expression, hub tag, or anything
    restrictions: tuple[str, ...] = ()  # how the makers restrict use beyond it: "non-commercial"
    claims: tuple[str, ...] = ()  # what its source says it may be used for: "commercial use"; widens nothing
    parameters: int | None = None
    size_bytes: int | None = None
    architecture: str | None = None
    task: str | None = None  # "text-generation"
    tags: tuple[str, ...] = ()
    training_data: tuple[str, ...] = ()
    base_models: tuple[BaseModel, ...] = ()
    released_on: date | None = None
    urls: Mapping[str, str] = field(default_factory=lambda: NO_URLS)  # by kind: home, paper, repository …
    metrics: Mapping[str, float] = field(default_factory=lambda: NO_METRICS)  # as declared, by name
    downloads: int | None = None
    rating: float | None = None  # 0 to 5
    measured_as: tuple[str, ...] = ()  # the names under which results of it are stored, beside model_id
    source: str = ""  # the file or hub that it was read from; "" = said by hand
