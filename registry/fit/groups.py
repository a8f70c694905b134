"""Which group of results answers a question: only results of one group are ever compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from ..answers import Estimate, Group, Question
from ..catalogue.native_shapes import is_native
from ..errors import NoResultsError
from . import configurations, profiles
from .outcomes import runs

Groups = dict[Group, list[Estimate]]


def by_group(estimates: Iterable[Estimate]) -> Groups:
    """The estimates of each group."""
    groups: Groups = defaultdict(list)
    for e in estimates:
        groups[e.group].append(e)
    return dict(groups)


def eligible(question: Question, groups: Groups) -> Groups:
    """The groups that a question's task, input shape, version and environment leave.

    Raises NoResultsError where none is left.
    """
    scenario = profiles.scenario_of(question)
    of_task = {g: es for g, es in groups.items() if g.scenario == scenario}
    if not of_task:
        raise NoResultsError(_no_scenario(question, scenario, groups))
    found = {g: es for g, es in of_task.items() if is_asked(question, g)}
    if not found:
        raise NoResultsError(_no_shape(question, of_task))
    if question.env_id is None:
        return found
    of_env = {g: es for g, es in found.items() if any(e.env_id == question.env_id for e in es)}
    if not of_env:
        raise NoResultsError(_no_environment(question, groups))
    return of_env


def on(available: Sequence[str], groups: Groups) -> Groups:
    """The groups with the estimates of the available hardware alone, without those that have none.

    All as they are where no hardware is named.
    """
    if not available:
        return groups
    found = {g: [e for e in es if e.hardware in available] for g, es in groups.items()}
    return {g: es for g, es in found.items() if es}


def is_asked(question: Question, group: Group) -> bool:
    """Whether a group has the question's input shape and model version."""
    shape_agrees = question.input_shape in (None, group.input_shape, side(group.input_shape))
    return shape_agrees and question.model_version in (None, group.model_version)


def side(input_shape: str) -> str | None:
    """``3x224x224`` as 224, as people say it; None where the image is not square."""
    sides = input_shape.split("x")[1:]
    return sides[0] if len(sides) == 2 and sides[0] == sides[1] else None


def choose(
    question: Question,
    groups: Groups,
    whole: Groups | None = None,
    had: Collection[str] = (),
    tags: Iterable[str] = (),
) -> Group:
    """The group with the most hardware that runs what is asked, then the most candidates.

    Then, where the question fixes what none has measured, the same without the fixed axes; then the model's
    native input shape, where that is known of it or of a name that it ``had``; then the most runs; then as in
    ``whole``, the groups before they were cut to the available hardware; then the newest version, by
    ``tags`` in the order in which they were added, before what is none of them; then the smallest name.
    """
    if len(groups) == 1:
        return next(iter(groups))
    axes = configurations.fixed(question)

    def extents(group: Group, estimates: Sequence[Estimate]) -> tuple[int, ...]:
        ok = [e for e in estimates if runs(e)]
        asked = [e for e in ok if configurations.agrees(e.configuration, axes)]
        native = is_native((group.model, *had), group.input_shape)
        return (*_extent(asked), *_extent(ok), native, sum(e.n for e in ok))

    ages = {tag: place for place, tag in enumerate(tags, 1)}

    def standing(group: Group) -> tuple[int, ...]:
        before = extents(group, whole[group]) if whole else ()
        return (*extents(group, groups[group]), *before, ages.get(group.model_version, 0))

    return max(sorted(groups, key=name), key=standing)  # the first of equals


def _extent(candidates: Sequence[Estimate]) -> tuple[int, int]:
    return len({e.hardware for e in candidates}), len({(e.hardware, e.configuration) for e in candidates})


def name(group: Group) -> tuple[str, str, str, str, str]:
    """The key that sorts groups."""
    return (group.model, group.model_version, group.scenario, group.input_shape, group.throughput_unit)


def others_in_words(chosen: Group, groups: Groups) -> str | None:
    """One line on the groups that the answer is not about, or None."""
    others = sorted((g for g in groups if g != chosen), key=name)
    if not others:
        return None
    listed = ", ".join(
        f"{_label(g, chosen)} ({len({e.hardware for e in groups[g]})} hardware)" for g in others
    )
    return f"also measured, not compared here: {listed}{_way(chosen, others)}"


def _way(chosen: Group, others: Sequence[Group]) -> str:
    """Which options ask for another; empty where none tells them apart."""
    options = {"task": "scenario", "input": "input_shape", "model-version": "model_version"}
    differing = [
        f"--{option}"
        for option, field in options.items()
        if any(getattr(g, field) != getattr(chosen, field) for g in others)
    ]
    return f"; {' or '.join(differing)} asks for another" if differing else ""


def _label(group: Group, chosen: Group) -> str:
    parts = [group.input_shape]
    if group.scenario != chosen.scenario:
        parts.insert(0, group.scenario)
    if group.model_version != chosen.model_version:
        parts.append(f"version {group.model_version or '(none)'}")
    if group.throughput_unit != chosen.throughput_unit:
        parts.append(f"in {group.throughput_unit}")
    return " ".join(parts)


def _no_scenario(question: Question, scenario: str, groups: Groups) -> str:
    if not groups:
        return f"no results of {question.model}: sweep it, or import published ones"
    held = ", ".join(sorted({g.scenario for g in groups}))
    task = next((p.name for p in profiles.shipped().values() if p.scenario and p.scenario in held), None)
    way_out = f"; ask --task {task}, or sweep it" if task else "; sweep it"
    return f'{question.model} has no {scenario} results, only {held}{way_out} with scenarios = ["{scenario}"]'


def _no_environment(question: Question, groups: Groups) -> str:
    held = sorted(
        f"{g.scenario} {g.input_shape}"
        for g, es in groups.items()
        if any(e.env_id == question.env_id for e in es)
    )
    return f"environment {question.env_id} has no such results of {question.model}, only {', '.join(held)}"


def _no_shape(question: Question, groups: Groups) -> str:
    shapes = ", ".join(sorted({g.input_shape for g in groups}))
    asked = f" at input {question.input_shape}" if question.input_shape else ""
    version = f" of version {question.model_version}" if question.model_version is not None else ""
    versions = ", ".join(sorted({g.model_version or "(none)" for g in groups}))
    held = f"input {shapes}" + (f"; versions {versions}" if version else "")
    return f"{question.model} has no {next(iter(groups)).scenario} results{asked}{version}: it has {held}"
