"""What a question about a mix asks of each of its parts, and by whose weights the whole is scored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..answers import Profile, Question
from ..errors import QuestionError
from ..workloads import Mix, Work
from . import profiles, recommend
from .notes import EVERY

OWN = ("model", "model_version", "task", "batch", "precision", "compile_mode", "memory_format")
BOUNDS = ("max_latency_s", "max_memory_bytes", "min_throughput")


def check(mix: Mix, question: Question) -> None:
    """Raises QuestionError, or UnknownNameError, for what no mix of any store could answer."""
    recommend.check(question)
    scenario = question.profile.scenario if question.profile else None
    for place, work in enumerate(mix.works, 1):
        own = profiles.scenario(work.task) if work.task else scenario
        if question.profile and scenario not in (None, own):
            raise QuestionError(
                f"{mix.name}: work[{place}].task: {work.task} compares {own} results, --profile"
                f" {question.profile.name} those of {scenario}: leave out one of the two"
            )


def asked(work: Work, question: Question) -> Question:
    """The question that one part is, with the flags of ``question`` and its limits, where it has none.

    A profile of the question's own has its weights in place of the task's; the task still says which results
    are compared, where the profile does not. A rate is one of the whole mix, and asked of no part.
    """
    limited: dict[str, Any] = {name: value for name in BOUNDS if (value := getattr(work, name)) is not None}
    own = {name: getattr(work, name) for name in OWN}
    whole: dict[str, Any] = {
        "input_shape": work.input_shape,
        "top_k": EVERY,
        "target_rate": None,
        "target_unit": None,
    }
    part = replace(question, **own, **limited, **whole)
    if question.profile is None:
        return part
    scenario = question.profile.scenario or profiles.scenario(work.task)
    return replace(part, task=None, profile=replace(question.profile, scenario=scenario))


def mix_profile(mix: Mix, question: Question) -> Profile:
    """The one profile of the mix, with cost and energy where they are asked for.

    The question's own and its flags', else the mean of the weights of the parts' tasks and the flags.
    """
    if question.profile is not None:
        return profiles.chosen(question)
    tasks = dict.fromkeys(work.task for work in mix.works if work.task)
    flags = (flag for flag in profiles.FLAGS if getattr(question, flag))
    return profiles.with_spending(profiles.mean((*tasks, *flags)), cost=question.cost, energy=question.energy)
