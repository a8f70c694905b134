"""The sentences of an answer to "which model"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from .. import units
from ..choosing.choice import Choice, ChoiceAnswer, Speed, Unmet
from ..choosing.fits import MEASURED
from ..choosing.speeds import ESTIMATED
from ..choosing.wanted import Wanted
from ..licences.check import DISCLAIMER

SHOWN = 25  # excluded models; JSON has more
TERMS = {"compatible": "with these duties:", "conditional": "if:"}


def answered(answer: ChoiceAnswer) -> Iterator[str]:
    """Rank 1 in words, or all that share it; where there is none, what comes nearest."""
    if not answer.rows:
        yield f"None of the {answer.models:,} recorded models meets every requirement."
        for each in answer.nearest:
            yield f"{each.model_id} misses {_listed(each.unmet)}."
        return
    if answer.tied:
        resolution = answer.weighting.resolution
        yield f"Tie of {len(answer.tied)}: their scores are not told apart (resolution {resolution:g})."
    for row in answer.rows if answer.tied else answer.rows[:1]:
        if row.rank == 1:
            yield _said(row, "" if answer.tied else "Recommended: ")
    hidden = [name for name in answer.tied if name not in {row.model_id for row in answer.rows}]
    if hidden:
        yield f"{len(hidden):,} more of rank 1 lie below --top-k."


def _said(row: Choice, lead: str) -> str:
    """``Recommended: mistral-7b 0.1 (Mistral AI, Apache-2.0): score 0.899``, and on which terms."""
    of = ", ".join(filter(None, (row.organisation, row.licence)))
    named = f"{row.model_id} {row.version}".rstrip() + (f" ({of})" if of else "")
    terms = f"; {row.terms.verdict}" if row.terms else ""
    bound = bool(row.terms and row.terms.conditions)
    held = f", {TERMS[row.terms.verdict]} {'; '.join(row.terms.conditions)}" if row.terms and bound else ""
    return f"{lead}{named}: score {units.score(row.score)}{terms}{held}."


def asked(answer: ChoiceAnswer) -> Iterator[str]:
    """What was required, what was preferred, and how many are left."""
    required = [each.requirement for each in answer.grounds]
    yield f"Required: {', '.join(required)}." if required else "Nothing was required."
    wanted = answer.wanted
    preferred = [metric.in_words() for metric in wanted.metrics if metric.bound is None]
    if preferred:
        yield f"Preferred: {', '.join(preferred)}."
    if wanted.licence_into is not None:
        yield f"What is done with it: {wanted.relation}."
    if facts := _facts(wanted):
        yield f"Facts: {facts}."
    yield f"{answer.meeting:,} of {answer.models:,} recorded models meet everything that is required."


def _facts(wanted: Wanted) -> str:
    stated = {name: value for name, value in asdict(wanted.facts).items() if value is not None}
    return ", ".join(f"{name.replace('_', ' ')} {_fact(value)}" for name, value in stated.items())


def _fact(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def beside(answer: ChoiceAnswer) -> Iterator[str]:
    """What a row can't hold: by what it has the task, and on which terms."""
    for row in answer.rows:
        said = [f"has the task by its {row.matched}"] if row.matched else []
        if row.terms and row.terms.conditions:
            said.append(f"{TERMS[row.terms.verdict]} {'; '.join(row.terms.conditions)}")
        if said:
            yield f"{row.model_id}: {'. '.join(said)}."


def speed_figure(speed: Speed) -> str:
    """``2,812 samples/s ±1.2%``."""
    return f"{units.number(speed.value)} {speed.unit} {units.spread(speed.low, speed.high)}".rstrip()


def hardware_lines(answer: ChoiceAnswer) -> Iterator[str]:
    """What the figures on the hardware are."""
    if any(row.speed and row.speed.tier == ESTIMATED for row in answer.rows):
        yield (
            "estimated from size: how often the data sheet's memory bandwidth reads all weights in a second;"
            " no step of a dense model is faster, and none was run"
        )
    if any(row.fit and row.fit.tier != MEASURED for row in answer.rows):
        yield "needs: weights at the precision asked for, else bf16, and a fifth more, unless it was measured"
    if any(row.speed and row.speed.p_best is not None for row in answer.rows):
        yield "P(best): that this hardware is the best of those with results of the model"


def formula(answer: ChoiceAnswer) -> tuple[str, ...]:
    """How a score is made."""
    terms = " + ".join(f"{weight:.3g} {name}" for name, weight in answer.weighting.weights if weight)
    return (f"score = {terms or '0'} (weights of {answer.weighting.name}).",) if answer.rows else ()


def excluding(answer: ChoiceAnswer) -> Iterator[str]:
    """How the counts of what excludes are to be read."""
    n = answer.models - answer.meeting
    if n:
        missing = "1 model misses" if n == 1 else f"{n:,} models miss"
        yield f"{missing} something; one that misses several counts at each. What is not known is not met."


def left_out(answer: ChoiceAnswer) -> Iterator[str]:
    """How many excluded models are not shown."""
    n = answer.models - answer.meeting
    if n > SHOWN:
        yield f"The first {SHOWN} of {n:,} by id; --format json has up to 1,000."


def _listed(unmet: tuple[Unmet, ...]) -> str:
    return "; ".join(f"{one.requirement} ({one.reason})" for one in unmet)


def reading(answer: ChoiceAnswer) -> Iterator[str]:
    """How the figures are to be read; and what verdicts are."""
    if answer.rows:
        apart = f"{answer.weighting.resolution:g}"
        yield (
            "Components are relative to the best model that meets everything, 1 is best. Declared figures"
            f" come without an interval; scores nearer than {apart} to the best of a rank"
            " share it, and so do those that measured intervals can't tell apart."
        )
        yield "coverage: the share of the weights whose figure is known of the model; * marks what is not."
    yield DISCLAIMER
