"""How a mix's rows were made, in lines that a pocket calculator can follow: from the parts to the score.

Each part's own numbers stand as those of a single model do; here they become means, score and rate.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from .. import units
from ..fit.configurations import label
from ..workloads import MixPart, MixRow, WorkloadAnswer
from . import explanation, wording, workload_text
from .asked import devices
from .explanation import exact
from .flags import meaning

MEANS = (("T", "throughput"), ("L", "latency"), ("M", "memory"))
SPENT = (("C", "cost", "cost_per_1k_usd", "USD/1k"), ("E", "energy", "energy_per_unit_j", "J/unit"))


def is_explained(row: MixRow) -> bool:
    """Whether its parts carry what explains them."""
    return any(part.alone for part in row.parts)


def lines(row: MixRow, answer: WorkloadAnswer) -> tuple[str, ...]:
    """How the parts of a row became its means, score, rank and rate, one fact a line."""
    rank = f"rank {row.rank} by the parts that run, then by {answer.question.rank_by}"
    return (
        *_means(row, answer),
        *_spent(row, answer),
        *_score(row, answer),
        explanation.ranks(row, rank),
        *rate(row, answer),
    )


def of_part(row: MixRow, place: int, answer: WorkloadAnswer) -> tuple[str, tuple[str, ...], str | None]:
    """A part's name with its share, how it was scored alone, and the command that measures it (again)."""
    part, group = row.parts[place], answer.groups[place]
    name = f"{workload_text.listed(answer)[place]} of the mix"
    if part.alone is None or part.configuration is None:
        why = f"does not run: {part.reason}" if part.reason else "not measured"
        return name, (why,), part.remedy
    alone = explanation.of_row(
        part.alone, group.throughput_unit, answer.question.rank_by, "among the hardware of this part: "
    )
    notes = answer.part_notes[place] if answer.part_notes else ()
    again = part.alone.explanation.measure_again if part.alone.explanation else None
    chosen = f"chosen: {label(part.configuration)}"
    return name, (chosen, *_contribution(row, place, answer), *alone, *_flags(part, notes)), again


def _flags(part: MixPart, notes: tuple[str, ...]) -> Iterator[str]:
    """What a part is flagged with and no note of it begins with, with its meaning."""
    explained = wording.explained(notes)
    yield from (f"{flag}: {meaning(flag)}" for flag in part.flags if flag not in explained)


def beside(answer: WorkloadAnswer) -> tuple[str, ...]:
    """What the parts' own answers say beside their numbers, and the mix does not; once where all say it."""
    if not any(map(is_explained, answer.rows)):
        return ()
    whose: dict[str, list[int]] = {}
    for place, notes in enumerate(answer.part_notes, 1):
        for note in notes:
            whose.setdefault(note, []).append(place)
    of_all = len(answer.part_notes)
    return tuple(
        f"{_places(places, of_all)}: {note}" for note, places in whose.items() if note not in answer.notes
    )


def _places(places: list[int], of_all: int) -> str:
    """``part 2``, ``parts 1, 3`` or ``each part``."""
    if 1 < len(places) == of_all:
        return "each part"
    return f"part{'s' if len(places) > 1 else ''} {', '.join(map(str, places))}"


def rate(row: MixRow, answer: WorkloadAnswer) -> Iterator[str]:
    """How fast the whole mix is, and how many devices reach the rate that is asked for."""
    unit = answer.groups[0].throughput_unit
    if row.throughput is None:
        return
    terms = " + ".join(
        f"{exact(share)} / {exact(t)}" for share, t in zip(answer.shares, _rates(row), strict=True)
    )
    interval = ""
    if row.throughput_low is not None and row.throughput_high is not None:
        interval = (
            f" ({exact(row.throughput_low)} … {exact(row.throughput_high)}, of the parts' 95% intervals)"
        )
    yield f"rate of the mix = 1 / ({terms}) = {exact(row.throughput)} {unit}{interval}"
    needed = devices(row, answer.question, f"{unit} of the mix")
    if needed and answer.question.target_rate:
        yield f"{exact(answer.question.target_rate)} / {exact(row.throughput)}, rounded up: {needed}"


def _rates(row: MixRow) -> list[float]:
    """The throughput of each part on as many devices as the mix is counted in."""
    sets = math.lcm(*(part.configuration.n_devices for part in row.parts if part.configuration))
    return [
        (part.throughput or 0.0) * sets / part.configuration.n_devices
        for part in row.parts
        if part.configuration
    ]


def _means(row: MixRow, answer: WorkloadAnswer) -> Iterator[str]:
    """T, L and M of the mix from those of its parts, where they count."""
    for letter, name in MEANS:
        mean = getattr(row, f"{name}_score")
        if mean is not None and getattr(answer.weights, name):
            of_parts = [
                f"{exact(getattr(row.parts[i], f'{name}_score'))}^{share:.3g}"
                for i, share in _common(answer).items()
            ]
            yield f"{letter} = {' × '.join(of_parts)} = {exact(mean)}"


def _spent(row: MixRow, answer: WorkloadAnswer) -> Iterator[str]:
    """What a unit of the mix takes, and C and E, where they count."""
    for letter, name, field, unit in SPENT:
        value, component = getattr(row, field), getattr(row, f"{name}_score")
        if value is not None:
            terms = [
                f"{share:.3g} × {exact(getattr(row.parts[i], field))}" for i, share in _common(answer).items()
            ]
            yield f"{name} = {' + '.join(terms)} = {exact(value)} {unit}"
        if component is not None and value is not None:
            least = exact(component * value)
            yield f"{letter} = {least} (each part where it takes least) / {exact(value)} = {exact(component)}"
        elif component is not None:
            yield f"{letter} = {exact(component)}, with what is not known at the most that another takes"


def _score(row: MixRow, answer: WorkloadAnswer) -> Iterator[str]:
    """The weighted sum, and what makes it the suitability."""
    if row.compatibility is None:
        yield "no score: no part runs on all of this hardware"
        return
    names = ("throughput", "latency", "memory", "cost", "energy")
    counted = [(w, getattr(row, f"{n}_score")) for n in names if (w := getattr(answer.weights, n))]
    terms = " + ".join(f"{exact(w)} × {exact(x)}" for w, x in counted if x is not None)
    yield f"compatibility = {terms} = {exact(row.compatibility)}"
    if row.confidence is None or row.suitability is None:
        return
    sure = " × ".join(
        f"c({row.parts[i].n})^{share:.3g}" for i, share in _common(answer).items() if row.parts[i].n
    )
    yield (
        f"c = {sure} = {exact(row.confidence)}; suitability = {exact(row.compatibility)} ×"
        f" {exact(row.confidence)} = {exact(row.suitability)}"
    )


def _contribution(row: MixRow, place: int, answer: WorkloadAnswer) -> Iterator[str]:
    """What a part brings to the means, and how much of the time a unit of the mix spends in it."""
    share = _common(answer).get(place)
    if share is None:
        yield "in no mean, as it does not run on all: it counts as one of the parts that run"
    else:
        brought = [
            f"{letter} {exact(x)}^{share:.3g} = {exact(x**share)}"
            for letter, name in MEANS
            if getattr(answer.weights, name) and (x := getattr(row.parts[place], f"{name}_score")) is not None
        ]
        yield f"brings to the means: {', '.join(brought)}"
    if row.throughput is None:
        return
    seconds = answer.shares[place] / _rates(row)[place]
    yield (
        f"takes {units.seconds(seconds)} of the {units.seconds(1.0 / row.throughput)} of a unit of the mix"
        f" ({100 * seconds * row.throughput:.3g}%)"
    )


def _common(answer: WorkloadAnswer) -> dict[int, float]:
    """The parts in the means, by place, with their shares of those."""
    found = {i: answer.shares[i] for i, everywhere in enumerate(answer.everywhere) if everywhere}
    total = math.fsum(found.values())
    return {i: share / total for i, share in found.items()}
