"""Mixes of models from hand-made estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fitment.registry.answers import Estimate, Question
from fitment.registry.fit.recommend import answered
from fitment.registry.fit.workload_mix import mixed
from fitment.registry.fit.workload_parts import Part, parts_of
from fitment.registry.fit.workload_question import asked
from fitment.registry.workloads import Mix, MixRow, Work, WorkloadAnswer

from tests.registry.fit.estimates import GROUP

ASKED = Question("", top_k=99)


def of(model: str, *estimates: Estimate, unit: str = "samples/s") -> list[Estimate]:
    """The estimates as another model's."""
    return [replace(e, group=replace(GROUP, model=model, throughput_unit=unit)) for e in estimates]


def mix_of(works: Mapping[Work, Sequence[Estimate]], question: Question = ASKED) -> WorkloadAnswer:
    """The answer for parts with these estimates."""
    found = [answered(asked(work, question), estimates) for work, estimates in works.items()]
    return mixed(Mix("mix.toml", tuple(works)), question, found).answer


def parts(works: Mapping[Work, Sequence[Estimate]], question: Question = ASKED) -> list[Part]:
    """Those parts, each answered."""
    found = [answered(asked(work, question), estimates) for work, estimates in works.items()]
    return parts_of(Mix("mix.toml", tuple(works)), found)


def row(found: WorkloadAnswer, hardware: str) -> MixRow:
    """The row of a hardware."""
    return next(r for r in found.rows if r.hardware == hardware)
