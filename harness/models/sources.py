"""What a model's name refers to, without loading it (and without torch)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .. import names
from .shapes import EXAMPLE, parse_shape
from .zoo.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class ModelReference:
    """A model by source and name; ``name`` is what results are kept under, ``input_shape`` its native one."""

    source: str
    name: str
    input_shape: str


def zoo_names() -> tuple[str, ...]:
    """The names of the built-in models, in the catalogue's order."""
    return tuple(CATALOGUE)


def resolve(reference: str) -> ModelReference:
    """What ``resnet50``, ``zoo:resnet50`` or ``module:package.mod:factory`` refers to.

    Raises UnknownNameError that names the nearest model or source.
    """
    source, colon, name = reference.partition(":")
    if not colon:
        source, name = "zoo", reference
    if source == "zoo":
        return _zoo(name)
    if source not in names.available("models"):
        raise names.unknown("model source", source, names.available("models"), _own(reference))
    return ModelReference(source, name, EXAMPLE)


def check_input_shape(reference: ModelReference, input_shape: str) -> None:
    """Raises ModelError where the model can't take inputs of that shape."""
    if reference.source == "zoo":
        CATALOGUE[reference.name].check_input_shape(input_shape)
    elif input_shape != EXAMPLE:
        parse_shape(input_shape)


def _zoo(name: str) -> ModelReference:
    if name not in CATALOGUE:
        raise names.unknown("model", name, CATALOGUE, "; or your own as module:package.mod:factory")
    return ModelReference("zoo", name, CATALOGUE[name].input_shape)


def _own(reference: str) -> str:
    """The way out for the likeliest slip: a factory written without its source."""
    likely = re.fullmatch(r"[\w.]{1,60}:[\w.]{1,60}", reference)
    return f"; a factory of your own is module:{reference}" if likely else ""
