"""The fields of a file of models: under which names they go, and what a value of each must be.

Names are those of the seed file, of hubs and our own. A value of another kind is a reason to reject its
record, and never guessed at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from types import NoneType
from typing import Any

from ..catalogue.sound_models import RELATIONS

GB = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``parse`` gives what is kept of a value, or raises ValueError that says what it must be.

    Where all values are ``ordinary``, and what stands in them is as well, they are kept as they are.
    """

    parse: Callable[[Any], Any]
    ordinary: frozenset[type] = frozenset({NoneType})
    inside: frozenset[type] | None = None  # of a list's elements, of an object's values

    def takes(self, values: Sequence[Any]) -> bool:
        """Whether all values are kept as they are."""
        if not self.ordinary.issuperset(map(type, values)):
            return False
        if self.inside is None:
            return True
        there = filter(None, values)
        held = map(dict.values, there) if dict in self.ordinary else there
        return self.inside.issuperset(map(type, chain.from_iterable(held)))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is needed, not {_shown(value)}")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.strip().isascii():
        value = _number(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise ValueError(f"a whole number is needed, not {_shown(value)}")
    if abs(value) >= 2**63:
        raise ValueError(f"a number below 2^63 is needed, not {_shown(value)}")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, str):
        try:
            return int(value) if value.strip().isdigit() else float(value)
        except ValueError:
            pass
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a number is needed, not {_shown(value)}")
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"a number that fits is needed, not {_shown(value)}") from None


def _gigabytes(value: Any) -> int:
    if type(value) is float and 0.0 <= value < 1e9:  # nearly all are
        return round(value * GB)
    return _whole(round(_finite(_number(value)) * GB))


def _finite(value: float) -> float:
    if not abs(value) < float("inf"):
        raise ValueError(f"a finite number is needed, not {value}")
    return value


def _date(value: Any) -> date:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        day, at, time = _text(value).partition("T")
        if not (at and not time):
            return date.fromisoformat(day)
    except ValueError:
        pass
    raise ValueError(f"a date such as 2023-07-18 is needed, not {_shown(value)}")


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        value = _unfolded(value, "[") or [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"a list of texts is needed, not {_shown(value)}")
    return value


def _pairs(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        value = _unfolded(value, "{") or dict(_pair(part) for part in value.split(";") if part.strip())
    if isinstance(value, list) and all(isinstance(entry, tuple) for entry in value):
        value = dict(value)  # a map's entries, as Parquet gives them
    if not isinstance(value, dict):
        raise ValueError(f"an object is needed, not {_shown(value)}")
    return {key: each for key, each in value.items() if each is not None}


def _pair(part: str) -> tuple[str, str]:
    name, sign, value = part.partition("=")
    if not sign:
        raise ValueError(f"name=value is needed, not {_shown(part)}")
    return name.strip(), value.strip()


def _urls(value: Any) -> dict[str, str]:
    return {name: _text(url) for name, url in _pairs(value).items()}


def _metrics(value: Any) -> dict[str, float]:
    return {name: _number(figure) for name, figure in _pairs(value).items()}


def _bases(value: Any) -> list[dict[str, str | None]]:
    return [_base(each) for each in ([value] if isinstance(value, dict) else _any_list(value))]


def _any_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else _texts(value)


def _base(value: Any) -> dict[str, str | None]:
    """``{"model_id": "a/b", "relation": "finetune"}`` of that, of ``a/b:finetune`` or of ``a/b``."""
    if isinstance(value, str):
        name, colon, relation = value.rpartition(":")
        return base(name, relation) if colon and relation in RELATIONS else base(value, None)
    if not isinstance(value, dict) or not {"model_id"} <= value.keys() <= {"model_id", "relation"}:
        raise ValueError(f"a model_id and a relation are needed, not {_shown(value)}")
    how = value.get("relation")
    return base(_text(value["model_id"]), None if how is None else _text(how))


def base(model_id: str, relation: str | None) -> dict[str, str | None]:
    """A base model as a row holds it."""
    return {"model_id": model_id, "relation": relation}


def _truth(value: Any) -> bool:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise ValueError(f"true or false is needed, not {_shown(value)}")
    return value


def _unfolded(text: str, opening: str) -> Any:
    """What a cell of a table says in JSON, where it says that."""
    try:
        return json.loads(text) if text.lstrip().startswith(opening) else None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _shown(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


TEXT = Field(_text, frozenset({str, NoneType}))
WHOLE = Field(_whole, frozenset({int, NoneType}))
TEXTS = Field(_texts, frozenset({list, NoneType}), frozenset({str}))

FIELDS: Mapping[str, Field] = {
    **dict.fromkeys(("model_id", "version", "name", "organisation", "licence"), TEXT),
    **dict.fromkeys(("restrictions", "claims"), TEXTS),
    **dict.fromkeys(("parameters", "size_bytes"), WHOLE),
    "model_size_gb": Field(_gigabytes),
    **dict.fromkeys(("architecture", "task"), TEXT),
    **dict.fromkeys(("tags", "training_data"), TEXTS),
    "base_models": Field(_bases),
    "released_on": Field(_date),
    "urls": Field(_urls, frozenset({dict, NoneType}), frozenset({str})),
    "metrics": Field(_metrics, frozenset({dict, NoneType}), frozenset({float, int})),
    "downloads": WHOLE,
    "rating": Field(_number, frozenset({float, int, NoneType})),
    "measured_as": TEXTS,
    "commercial_use": Field(_truth, frozenset({bool, NoneType})),
}
ALSO: Mapping[str, str] = {  # a file's name for it -> ours
    "id": "model_id",
    "organization": "organisation",
    "author": "organisation",
    "license": "licence",
    "parameter_count": "parameters",
    "pipeline_tag": "task",
    "release_date": "released_on",
    "performance_metrics": "metrics",
    "download_count": "downloads",
    "base_model": "base_models",
    "datasets": "training_data",
}
