"""Which results a sweep made, and the commands that go on from them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from ...registry.report.text import terminal
from ...registry.storage.apply_decisions import ids_in_words
from ..sweeps.made import Made

MODELS_SHOWN = 6
_TASKS = {"train_step": "training"}  # of scenarios that `recommend` isn't asked for by default


def result_line(made: Sequence[Made]) -> str:
    """``Results: 217–240, 245 of resnet18, 241–244 of resnet50.``; of many models all ids alone."""
    if len(made) > MODELS_SHOWN:
        ids = ids_in_words(number for each in made for number in each.ids)
        return f"Results: {ids}, of {len(made)} models; `fitment export --model MODEL` lists those of one."
    named = (f"{ids_in_words(each.ids)} of {' '.join((each.model, each.version)).rstrip()}" for each in made)
    return terminal(f"Results: {', '.join(named)}.")


def next_steps(made: Sequence[Made], options: Sequence[str] = ()) -> list[str]:
    """Commands for the first model that ran: what its results recommend, and that they are of a version.

    ``options``: words that every command needs, such as the database.
    """
    first = next((each for each in made if each.ok), None)
    if first is None:
        return []
    plain = "forward" in first.scenarios
    task = (
        [] if plain else [word for s in first.scenarios if s in _TASKS for word in ("--task", _TASKS[s])][:2]
    )
    recommend = ["recommend", first.model, *task]
    if first.version:  # they are of that version already
        version = ["add-version", first.model, first.version]
    else:
        version = ["link-tests", first.model, "VERSION", "--result-ids", _argument(first.ids)]
    commands = (shlex.join(["fitment", *words, *options]) for words in (recommend, version))
    return ["Next:", *(terminal(f"  {command}") for command in commands)]


def _argument(ids: Sequence[int]) -> str:
    """``217-240,245``, to be typed."""
    return ids_in_words(ids).replace("–", "-").replace(" ", "")
