"""A record of an analysis as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from ..graph_text import moment
from ..text import script_inert

_NOTHING: Mapping[str, object] = MappingProxyType({})


def record_json(record: Any, head: Mapping[str, object] = _NOTHING) -> str:
    """``head``, then every field of a frozen record by its name, as one object in ASCII, indented.

    Dates are in ISO 8601, times in UTC with a Z; null is what nobody said. Inert in a script element.
    Raises ValueError for NaN and TypeError for what JSON has no word for, which are errors of ours.
    """
    told = {**head, **asdict(record)}
    return script_inert(json.dumps(told, default=_date, indent=2, allow_nan=False)) + "\n"


def _date(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no word in JSON for {type(value).__name__}")
