"""Where a card contradicts itself: two candidates that can't both be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .card import Conflict, Found

LIKELY = 0.6  # less sure candidates contradict nobody
SAME_COUNT = 0.06  # "7B" of a model with 6.74 billion parameters is no contradiction
GENERIC = frozenset({"other", "unknown"})
SAME_SCORE = 1e-9


def conflicts_of(found: Mapping[str, tuple[Found[Any], ...]]) -> tuple[Conflict, ...]:
    """The contradictions among the settled candidates."""
    return (
        *_licences(found),
        *_counts(found.get("parameter_count", ())),
        *_facts(found.get("hyper_parameters", ())),
        *_scores(found.get("evaluation", ())),
    )


def _told(field: str, first: Found[Any], second: Found[Any], name: str = "") -> Conflict:
    shown = [getattr(each.value, "text", each.value) for each in (first, second)]
    what = f"{name} " if name else ""
    return Conflict(
        field,
        f"{what}{_place(first)} says {str(shown[0])[:80]}, {_place(second)} says {str(shown[1])[:80]}",
    )


def _place(found: Found[Any]) -> str:
    return f"line {found.line} ({found.source})" if found.line else f"{found.source}"


def _licences(found: Mapping[str, tuple[Found[Any], ...]]) -> Iterator[Conflict]:
    said = [each for each in found.get("licence", ()) if each.confidence >= LIKELY]
    named = {_plain(each.value) for each in found.get("licence_name", ())}
    for other in said[1:]:
        first = said[0]
        if _plain(first.value) in GENERIC and (not named or _plain(other.value) in named):
            continue
        if " " in other.value:
            continue  # words that name no licence that is known
        generic = _plain(other.value) in GENERIC or _plain(other.value).startswith(_plain(first.value))
        if not generic and (first.source, first.line) != (other.source, other.line):
            yield _told("licence", first, other)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower().replace("license", "").replace("licence", "")))


def _counts(said: tuple[Found[int], ...]) -> Iterator[Conflict]:
    likely = [each for each in said if each.confidence >= LIKELY]
    for other in likely[1:]:
        if abs(other.value - likely[0].value) > SAME_COUNT * max(other.value, likely[0].value):
            yield _told("parameter_count", likely[0], other)
            return


def _facts(said: tuple[Found[Any], ...]) -> Iterator[Conflict]:
    first: dict[str, Found[Any]] = {}
    for each in said:
        before = first.setdefault(each.value.name, each)
        if before is not each and before.confidence >= LIKELY <= each.confidence:
            yield _told("hyper_parameters", before, each, each.value.name)


def _scores(said: tuple[Found[Any], ...]) -> Iterator[Conflict]:
    """Of one metric on one dataset by the same source of text: two figures. Percent or not is no conflict."""
    first: dict[object, Found[Any]] = {}
    for each in said:
        score = each.value
        if (
            score.subject is not None
            or score.value is None
            or each.confidence < LIKELY
            or score.dataset is None
        ):
            continue
        before = first.setdefault((score.metric.lower(), score.dataset, score.task, score.origin), each)
        if (
            before is not each
            and before.source != each.source
            and not _agree(before.value.value, score.value)
        ):
            yield _told("evaluation", before, each, f"{score.metric} on {score.dataset}:")


def _agree(one: float, two: float) -> bool:
    """Whether they are the same, as fraction or percent, to what four digits hold."""
    return any(abs(one * scale - two) <= 0.005 * max(abs(two), SAME_SCORE) for scale in (1, 100, 0.01))
