"""What a model card says: the types that travel. Each value carries where it stands and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from ..catalogue.model_record import BaseModel
from ..errors import FitmentError

T = TypeVar("T", covariant=True)


class CardError(FitmentError):
    """A card that can't be read as one; the message starts with file:line."""


class Source(StrEnum):
    """What a value was read from, the most reliable first."""

    FRONT_MATTER = "front_matter"
    MODEL_INDEX = "model_index"
    CONFIG = "config"  # config.json or adapter_config.json beside the card
    TRAINER = "trainer"  # text that a training library wrote
    TEMPLATE = "template"  # a labelled line: "**Hardware Type:** A100"
    TABLE = "table"
    TEXT = "text"
    LLM = "llm"  # an endpoint's answer, whose quote stands in the card


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its evidence."""

    value: T
    source: Source
    quote: str  # the line that says so, shortened
    line: int  # in the file, from 1; 0: in a file beside the card
    confidence: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Fact:
    """One named figure: a hyper-parameter, or a part of the carbon footprint."""

    name: str
    text: str  # as written
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A declared result. ``text`` is as written; ``value`` is None where that is no number."""

    metric: str
    text: str
    value: float | None
    dataset: str | None = None
    task: str | None = None
    verified: bool | None = None  # None: it is not said
    subject: str | None = None  # the model, where the card compares several
    origin: str | None = None  # who says so, as the model-index names it


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of a card that can't both be right."""

    field: str
    text: str


Texts = tuple[Found[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A model card: for each field its candidates, the best first; empty is "the card doesn't say".

    Of ``licence`` and ``parameter_count`` only the first is the answer; the others are kept to be seen.
    """

    file: str
    name: str | None = None
    domain: Texts = ()
    tasks: Texts = ()
    frameworks: Texts = ()
    libraries: Texts = ()
    datasets: Texts = ()
    licence: Texts = ()
    licence_name: Texts = ()  # of a licence that the hub calls "other"
    licence_link: Texts = ()
    github_repo: Texts = ()
    papers: Texts = ()
    base_models: tuple[Found[BaseModel], ...] = ()
    parameter_count: tuple[Found[int], ...] = ()
    hardware: Texts = ()
    carbon: tuple[Found[Fact], ...] = ()  # "emissions" in grams where it has a number
    hyper_parameters: tuple[Found[Fact], ...] = ()
    evaluation: tuple[Found[Score], ...] = ()
    limitation_and_bias: Texts = ()
    demo: Texts = ()
    grant: Texts = ()
    input_format: Texts = ()
    output_format: Texts = ()
    language: Texts = ()
    tags: Texts = ()
    metrics: Texts = ()
    architecture: Texts = ()
    developers: Texts = ()
    inference: Texts = ()
    widget: Texts = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()  # what the reader is to know: no front matter, bytes that are not UTF-8


FIELDS: tuple[str, ...] = tuple(
    field.name for field in fields(Card) if field.name not in ("file", "name", "conflicts", "notes")
)


def candidates(card: Card, field: str) -> tuple[Found[Any], ...]:
    """The candidates of one of FIELDS."""
    found: tuple[Found[Any], ...] = getattr(card, field)
    return found
