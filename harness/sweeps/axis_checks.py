"""One check per kind of value in a sweep file: each returns the value, or raises MistakeError in one line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from ...registry.errors import FitmentError
from ...registry.report.text import terminal
from .. import names
from ..memory_formats import MEMORY_FORMATS
from ..models import sources
from ..models.shapes import EXAMPLE, parse_shape
from ..profiles import PROFILES
from .grid import MAX_BATCH

Check = Callable[[Any], Any]

MAX = "max"  # the batch that a ladder finds
PINNINGS = ("none", "close", "spread")
CACHE_STATES = ("warm", "flushed")
MAX_NAME = 256
DEVICE = re.compile(r"all|cpu|cuda(:[0-9]{1,4})?")
FACTORY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*(\.[^\W\d]\w*)*")


class MistakeError(Exception):
    """What is wrong with one value; ``value`` is the one among several, where it was in a list."""

    def __init__(self, message: str, value: object = None) -> None:
        super().__init__(message)
        self.value = value


def listed(check: Check) -> Check:
    """The check of a non-empty list, each entry of which passes ``check``: a tuple comes back."""

    def every(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise MistakeError(_no_list(check, values))
        if not values:
            raise MistakeError("the list is empty: nothing would be measured")
        return tuple(_entry(check, value) for value in values)

    return every


def _no_list(check: Check, value: Any) -> str:
    try:
        check(value)
    except MistakeError as mistake:
        return f"a list in brackets is needed, and in it: {mistake}"
    return f"a list is needed, as in [{_shown(value)}]"


def _entry(check: Check, value: Any) -> Any:
    try:
        return check(value)
    except MistakeError as mistake:
        raise MistakeError(str(mistake), value) from None


def whole(low: int, high: int) -> Check:
    """The check of an integer within [low, high]; no bool, no float."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise MistakeError(f"a whole number from {low} to {high:,} is needed, not {_shown(value)}")
        return value

    return check


def batch(value: Any) -> int:
    """The check of a batch size: a whole number of at least 1, or "max" for the largest that fits."""
    if value == MAX:
        return MAX_BATCH
    try:
        return int(_fixed_batch(value))
    except MistakeError as mistake:
        way_out = f', or "{MAX}" for the largest that fits' if isinstance(value, str) else ""
        raise MistakeError(f"{mistake}{way_out}") from None


def seconds(value: Any) -> float:
    """The check of a duration: a finite number of seconds, above 0 and at most a day."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise MistakeError(f"a number of seconds is needed, not {_shown(value)}")
    if not math.isfinite(value) or not 0 < value <= 86_400:
        raise MistakeError(f"seconds above 0 and at most 86400 are needed, not {_shown(value)}")
    return float(value)


def text(value: Any) -> str:
    """The check of a name: text of 1 to 256 characters, all of which can be seen."""
    if not isinstance(value, str):
        raise MistakeError(f"text in quotes is needed, not {_shown(value)}")
    if not value.strip():
        raise MistakeError("the name is empty")
    if len(value) > MAX_NAME:
        raise MistakeError(f"a name of {len(value)} characters: at most {MAX_NAME} are taken")
    if value != terminal(value):
        raise MistakeError(f'"{terminal(value)}" holds a control or an invisible character')
    return value


def optional_text(value: Any) -> str:
    """The check of text that may be empty."""
    return "" if value == "" else text(value)


def one_of(noun: str, known: Callable[[], Iterable[str]]) -> Check:
    """The check of a name among those that exist; the mistake names the nearest."""

    def check(value: Any) -> str:
        name = text(value)
        choices = tuple(known())
        if name not in choices:
            raise MistakeError(str(names.unknown(noun, name, choices)))
        return name

    return check


def model(value: Any) -> str:
    """The check of a model reference: a zoo name, or ``module:package.mod:factory``."""
    reference = text(value)
    try:
        found = sources.resolve(reference)
    except FitmentError as error:
        raise MistakeError(str(error)) from None
    if found.source == "module" and not FACTORY.fullmatch(found.name):
        raise MistakeError(f'"{reference}" is no model: write module:package.mod:factory, two Python names')
    return reference


def device(value: Any) -> str:
    """The check of how a device is written; whether this machine has it is the plan's question."""
    name = text(value)
    if not DEVICE.fullmatch(name):
        raise MistakeError(f'unknown device "{name}": write all, cpu, cuda, or one GPU as cuda:0')
    return name


def input_shape(value: Any) -> str:
    """The check of a per-sample shape, such as ``3x224x224``."""
    shape = text(value)
    try:
        if shape != EXAMPLE:
            parse_shape(shape)
    except FitmentError as error:
        raise MistakeError(str(error)) from None
    return shape


profile = one_of("profile", lambda: PROFILES)
precision = one_of("precision", lambda: names.available("precisions"))
compile_mode = one_of("compile mode", lambda: names.available("compilers"))
scenario = one_of("scenario", lambda: names.available("scenarios"))
memory_format = one_of("memory format", lambda: MEMORY_FORMATS)
pinning = one_of("pinning", lambda: PINNINGS)
cache_state = one_of("cache state", lambda: CACHE_STATES)
_fixed_batch = whole(1, 1_000_000_000)
threads = whole(0, 4096)
seed = whole(0, 2**63 - 1)
invocations = whole(1, 10)


def _shown(value: Any) -> str:
    word = str(value).lower() if isinstance(value, bool) else str(value)
    shown = terminal(f'"{value}"' if isinstance(value, str) else word)
    return shown if len(shown) <= 60 else shown[:57] + "..."
