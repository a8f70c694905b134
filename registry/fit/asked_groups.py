"""Which group answers each question of each task: those of ``groups.choose`` for all models at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...kernels.decided_configurations import RAN
from ..catalogue.native_shapes import is_native
from .candidate_levels import Candidates, Columns

Whole = NDArray[np.int64]
Names = Mapping[str, Sequence[str]]  # by model


@dataclass(frozen=True, slots=True)
class Questions:
    """A question for each batch that a model ran in a scenario, and one for any; int64[q] each."""

    scenario: Whole  # its place in the scenarios that are asked for
    batch: Whole  # 0: any
    group: Whole  # that answers


def asked_groups(known: Candidates, scenarios: Sequence[str], had: Names, tags: Names) -> Questions:
    """All questions of those scenarios. ``had``: names that models had before; ``tags``: their versions."""
    places = {name: i for i, name in enumerate(scenarios)}
    scenario = np.array([places.get(name, -1) for name in known.groups["scenario"].tolist()], np.int64)
    _, model = np.unique(known.groups["model_id"], return_inverse=True)
    subject = np.where(scenario < 0, -1, model * len(places) + scenario)  # a model in a scenario
    rival, question, batches = _rivals(known, subject)
    several = np.unique(rival[np.bincount(question, minlength=batches.size)[question] > 1])
    native, age = _standing_by_name(known, several, had, tags)
    ran = _ran(known)
    runs = np.bincount(ran["group"], ran["n"], scenario.size)
    figures = [
        *_extents(ran, rival, batches[question]),
        *_extents(ran, rival, np.zeros_like(rival)),
        *(native[rival], runs[rival], age[rival]),
    ]
    order = np.lexsort((rival, *(-figure for figure in reversed(figures)), question))
    chosen = rival[order[np.searchsorted(question[order], np.arange(batches.size))]]
    return Questions(scenario[chosen], batches, chosen)


def _ran(known: Candidates) -> Columns:
    """The columns of all candidates."""
    ran = known.known["state"] == RAN
    return {name: known.known[name][ran] for name in ("group", "hardware", "place", "batch", "n")}


def _rivals(known: Candidates, subject: Whole) -> tuple[Whole, Whole, Whole]:
    """Each group that may answer a question, int64[r], and which question; the batch of each question."""
    ran = _ran(known)
    batches = np.stack([subject[ran["group"]], ran["batch"]], axis=1)
    any_batch = np.stack([subject, np.zeros_like(subject)], axis=1)
    questions = np.unique(np.concatenate([batches, any_batch]), axis=0)
    questions = questions[questions[:, 0] >= 0]
    by_subject = np.argsort(subject, kind="stable")
    of_subject = subject[by_subject]
    first, end = (np.searchsorted(of_subject, questions[:, 0], side) for side in ("left", "right"))
    question = np.repeat(np.arange(len(questions)), end - first)
    within = np.arange(question.size) - np.repeat(np.cumsum(end - first) - (end - first), end - first)
    return by_subject[first[question] + within], question, questions[:, 1]


def _extents(ran: Columns, groups: Whole, batches: Whole) -> tuple[Whole, Whole]:
    """How much hardware runs each group's batch (0: any), and how many candidates that is."""
    values = np.unique(np.append(ran["batch"], 0))
    asked = groups * values.size + np.searchsorted(values, batches)
    hardware, places = (int(ran[name].max(initial=0)) + 1 for name in ("hardware", "place"))
    found = [np.zeros(groups.size, np.int64) for _ in range(2)]
    for batch in (ran["batch"], np.zeros_like(ran["batch"])):
        key = (ran["group"] * values.size + np.searchsorted(values, batch)) * hardware + ran["hardware"]
        for count, distinct in zip(
            found,
            (np.unique(key) // hardware, np.unique(key * places + ran["place"]) // places // hardware),
            strict=True,
        ):
            first, end = (np.searchsorted(distinct, asked, side) for side in ("left", "right"))
            count += end - first
    return found[0], found[1]


def _standing_by_name(known: Candidates, among: Whole, had: Names, tags: Names) -> tuple[Whole, Whole]:
    """Whether each of those groups is of its model's native shape, and the age of its version from 1."""
    native, age = np.zeros((2, len(known.groups["model"])), np.int64)
    for g in among.tolist():
        model, version, shape = (str(known.groups[x][g]) for x in ("model", "model_version", "input_shape"))
        native[g] = is_native((model, *had.get(model, ())), shape)
        added = list(tags.get(model, ()))
        age[g] = len(added) - added[::-1].index(version) if version in added else 0
    return native, age
