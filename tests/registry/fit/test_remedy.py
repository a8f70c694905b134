"""The command that measures what is missing is one that the command line takes."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace

from fitment.harness.cli.sweep import add_arguments
from fitment.registry.answers import Estimate, Group, Question
from fitment.registry.fit.comparison import compare, hold
from fitment.registry.fit.remedy import HAD, Measurable, measure_again, remedy

from tests.registry.fit.estimates import GROUP, QUESTION, k, ok


def command(
    question: Question, *estimates: Estimate, group: Group = GROUP, can: Measurable | None = None
) -> str | None:
    return remedy(question, compare(question, hold(group, estimates)), can or {})


def test_parsed_by_the_sweep_verb() -> None:
    """`fitment sweep` understands the command, quoting included."""
    group = replace(GROUP, model="my net;.mod:make it", scenario="train_step")
    estimate = ok("A", k(8, "bf16", "inductor", memory_format="channels_last"), 1.0, group=group)
    found = command(replace(QUESTION, batch=64), estimate, group=group) or ""
    fixed_alone = command(replace(QUESTION, batch=8), estimate, group=group) or ""
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    words = shlex.split(fixed_alone)
    assert words[:2] == ["fitment", "sweep"]
    args = parser.parse_args(words[2:])
    assert list(args.models) == ["module:my net;.mod:make it"]
    assert (list(args.batches), list(args.precisions)) == ([8], ["bf16"])
    assert list(args.compile_modes) == ["inductor"]
    assert list(args.scenarios) == ["train_step"]
    assert list(parser.parse_args(shlex.split(found)[2:]).batches) == [64]


def test_open_axes_are_those_of_the_others() -> None:
    """An axis that the question leaves open takes what the other hardware has measured there."""
    found = command(
        replace(QUESTION, precision="bf16"), ok("A", k(1, "bf16"), 1.0), ok("A", k(8, "bf16"), 1.0)
    )
    assert found == "fitment sweep --models net --batches 1,8 --precisions bf16 --input-shapes 3x224x224"


def test_what_can_not_be_measured() -> None:
    """No command is offered for a model or a fixed precision that no sweep can measure."""
    amp = ok("A", k(8, "amp_fp16"), 1.0)
    can = {"model": ["net"], "precision": ["fp32"]}
    assert command(replace(QUESTION, precision="amp_fp16"), amp, can=can) is None
    assert command(QUESTION, amp, can={"model": ["other"]}) is None
    assert (
        command(replace(QUESTION, batch=8), amp, can=can)
        == "fitment sweep --models net --batches 8 --input-shapes 3x224x224"
    )


def test_a_renamed_model_is_measured_under_the_name_that_it_had() -> None:
    """A sweep knows the zoo's name, or the factory; what it stores under that goes to the renamed model."""
    ran = ok("A", k(8), 1.0)
    for had, named in (("resnet18", "resnet18"), ("mine.nets:make", "module:mine.nets:make")):
        can = {"model": ["other", "resnet18"], HAD: ["old", had]}
        assert f"--models {named} " in (command(replace(QUESTION, batch=8), ran, can=can) or "")
        assert f"--models {named} " in (measure_again(ran, can) or "")
