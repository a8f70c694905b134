"""What can be asked of a mix's parts together, and what comes closest to the limits in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..answers import Profile, Question
from ..errors import QuestionError
from . import limits
from .target import check_unit
from .workload_parts import Part, same_units, shortfall


def check_units(parts: Sequence[Part], question: Question, profile: Profile) -> None:
    """Raises QuestionError where one figure is asked of parts that count different things.

    Or where the target rate counts what none of them counts.
    """
    if same_units(parts):
        check_unit(replace(question, model="this mix"), parts[0].answer.group.throughput_unit)
        return
    counted = [part.answer.group.throughput_unit for part in parts]
    listed = " and ".join(f"{unit} (work[{counted.index(unit) + 1}])" for unit in dict.fromkeys(counted))
    if question.target_rate is not None:
        raise QuestionError(
            f"--target-rate: parts of this mix count {listed}, and no one rate counts both; ask it of each"
            " model: fitment recommend MODEL --target-rate RATE"
        )
    if profile.weights.cost or profile.weights.energy:
        way = "; --prices without it shows each part's own" if profile.weights.cost else ""
        raise QuestionError(
            f"{_counting(question, profile)}: parts of this mix count {listed}, and what a unit of each takes"
            f" does not add up; ask it of each model: fitment recommend MODEL{way}"
        )
    if question.min_throughput is not None and any(part.work.min_throughput is None for part in parts):
        raise QuestionError(
            f"--min-throughput: parts of this mix count {listed}, and no one number limits both: write"
            " min_throughput = … in each [[work]]"
        )


def _counting(question: Question, profile: Profile) -> str:
    """The option that makes cost or energy count."""
    if question.cost or question.energy:
        return "--cost" if question.cost else "--energy"
    return f"--profile {profile.name}, which counts {'cost' if profile.weights.cost else 'energy'}"


def closest_miss(parts: Sequence[Part], names: Sequence[str], question: Question) -> str | None:
    """Which hardware comes closest to the limits in every part, in words; None where one meets them.

    None, too, without limits, and where only something else stands against each hardware that runs a part.
    """
    limited = [part for part in parts if limits.is_limited(part.answer.question)]
    if not limited or any(all(name in part.rows for part in parts) for name in names):
        return None
    asked = _in_words(limited, question)
    away = {name: factor for name in names if (factor := shortfall(parts, name)) is not None}
    if away:
        best = min(away, key=lambda name: (away[name], name))
        return f"Nothing meets {asked} in every part: closest is {best}: {_reasons(parts, best)}"
    if any(part.rows for part in parts):
        return None
    return f"Nothing is known to meet {asked} in every part"


def _in_words(limited: Sequence[Part], question: Question) -> str:
    """The limits, where all parts have the same ones."""
    asked = {limits.in_words(part.answer.question) for part in limited}
    return asked.pop() if len(asked) == 1 and limits.is_limited(question) else "the limits"


def _reasons(parts: Sequence[Part], name: str) -> str:
    """``part 1, resnet50: p95 31.2 ms at batch 1 …``, of each part that it does not run."""
    return "; ".join(
        f"part {place}, {part.answer.group.model}: {part.rejected[name].reason}"
        for place, part in enumerate(parts, 1)
        if name not in part.rows
    )
