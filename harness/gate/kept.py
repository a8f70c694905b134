"""Reports and baselines as plain JSON values, and back: what the store's journal and baseline files hold."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from .baseline import Baseline
from .judgement import Change, Judgement, Verdict
from .report import GateReport, Side

Kind = TypeVar("Kind")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def report_body(report: GateReport) -> dict[str, Any]:
    """``report`` as JSON values; a number that is not finite becomes null: it can't be said."""
    return {name: _finite(each) for name, each in asdict(report).items()}


def report_of(body: Mapping[str, Any]) -> GateReport:
    """The report that ``report_body`` gave; fields that a newer fitment added are passed over.

    Raises ValueError, KeyError, TypeError, AttributeError for anything else.
    """
    suite = body.get("suite")
    return _made(
        GateReport,
        {
            **body,
            "base": _made(Side, body["base"]),
            "head": _made(Side, body["head"]),
            "fingerprint": _texts(body["fingerprint"]),
            "judgements": tuple(map(_judgement, body["judgements"])),
            "suite": None if suite is None else _made(Change, suite),
            "processes": _processes(body["processes"]),
            "counters": _counters(body["counters"]),
            "notes": tuple(map(str, body.get("notes", ()))),
        },
    )


def baseline_body(baseline: Baseline) -> dict[str, Any]:
    """``baseline`` as JSON values."""
    return asdict(baseline)


def baseline_of(body: Mapping[str, Any]) -> Baseline:
    """The baseline that ``baseline_body`` gave. Raises as ``report_of``, ValueError for what can't be."""
    found = _made(
        Baseline,
        {
            **body,
            "fingerprint": _texts(body["fingerprint"]),
            "processes": _processes(body["processes"]),
            "counters": _counters(body["counters"]),
        },
    )
    if found.commit is not None and not is_commit(found.commit):
        raise ValueError("commit")
    if not (isinstance(found.label, str) and isinstance(found.at, str) and isinstance(found.dirty, bool)):
        raise ValueError("label, at, dirty")
    return found


def is_commit(text: object) -> bool:
    """Whether ``text`` is the whole hash of a commit."""
    return isinstance(text, str) and _COMMIT.fullmatch(text) is not None


def _judgement(body: Mapping[str, Any]) -> Judgement:
    return _made(Judgement, {**body, "verdict": Verdict(body["verdict"])})


def _made(kind: Callable[..., Kind], body: Mapping[str, Any]) -> Kind:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in body.items() if name in names})


def _texts(body: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in body.items()}


def _processes(body: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    return {str(name): tuple(_number(each, above=0.0) for each in times) for name, times in body.items()}


def _counters(body: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    return {
        str(name): {str(counter): _number(value) for counter, value in counted.items()}
        for name, counted in body.items()
    }


def _number(value: Any, above: float = -math.ulp(0.0)) -> float:
    """A finite number larger than ``above``: 0 is no time, and a fine count."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"no number: {value!r:.40}")
    if not (math.isfinite(value) and value > above):
        raise ValueError(f"no time or count: {value!r:.40}")
    return value


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
