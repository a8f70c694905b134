"""Which model to choose, as a page: the answer, the ranking, and what stands against the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from .. import units
from ..choosing.choice import Choice, ChoiceAnswer, Component, Excluded, Fit, Speed
from ..choosing.speeds import ESTIMATED
from ..fit.decision import Standing
from ..licences.check import DISCLAIMER
from .charts import Axis, Bars
from .choice_words import (
    SHOWN,
    answered,
    asked,
    beside,
    excluding,
    formula,
    hardware_lines,
    left_out,
    reading,
    speed_figure,
)
from .document import Document, Section
from .export import json_text
from .record_page import provenance
from .text_table import Table
from .wording import result_ids

JSON_FORMAT = "fitment.choice"
JSON_VERSION = 1
MEASURED = ("P(best)", "configuration", "results")  # columns that only what was measured fills
COLUMNS = ("#", "model", "organisation", "licence", "size", "score", "coverage")


def to_json(answer: ChoiceAnswer) -> str:
    """The whole answer as one JSON object: every component, weight, verdict and result id by its name."""
    said = {"format": JSON_FORMAT, "version": JSON_VERSION, "disclaimer": DISCLAIMER}
    return json_text(said | asdict(answer))


def choice_document(answer: ChoiceAnswer, *, explain: bool = False) -> Document:
    """The sections of an answer; with ``explain`` each row's components too."""
    found = (
        Section("Answer", tuple(answered(answer)), is_answer=True),
        Section("Asked", tuple(asked(answer))),
        Section("Ranking", tuple(beside(answer)), _ranking(answer)),
        Section("On the hardware", tuple(hardware_lines(answer)), _on_hardware(answer)),
        *((Section("How each was scored", formula(answer), _components(answer)),) if explain else ()),
        Section("What excludes", tuple(excluding(answer)), _grounds(answer)),
        Section("Excluded", tuple(left_out(answer)), _excluded(answer)),
        Section("To be known beside the numbers", answer.notes),
        Section("How the numbers are to be read", tuple(reading(answer))),
    )
    return Document("Which model?", tuple(section for section in found if section.lines or section.table))


def choice_record(answer: ChoiceAnswer, standing: Standing, command: str) -> Document:
    """The same for a file that outlives the question: with a chart, and where its numbers lie."""
    page = choice_document(answer, explain=True)
    scores = tuple((row.model_id, row.score) for row in answer.rows)
    chart = Bars(f"Scores of the first {len(scores)}", Axis("score"), scores, adds=False)
    charts = (Section("Scores", charts=(chart,)),) if scores else ()
    again = Section("How to ask again", tuple(provenance(standing)), commands=(command,))
    return Document(page.title, (*page.sections[:-1], *charts, again, page.sections[-1]))


def _ranking(answer: ChoiceAnswer) -> Table | None:
    if not answer.rows:
        return None
    counted = [name for name, weight in answer.weighting.weights if weight]
    rows = tuple(
        (
            str(row.rank),
            f"{row.model_id} {row.version}".rstrip(),
            row.organisation or units.ABSENT,
            row.licence or units.ABSENT,
            units.size(row.size_bytes),
            units.score(row.score),
            f"{row.coverage:.0%}",
            *(_counted(component) for component in row.components if component.criterion in counted),
        )
        for row in answer.rows
    )
    columns = (*COLUMNS, *counted)
    return Table(columns, rows, frozenset(columns) - {"model", "organisation", "licence"})


def _on_hardware(answer: ChoiceAnswer) -> Table | None:
    """What each needs there and how fast it is; where something was measured, with what that stands on."""
    measured = any(row.speed and row.speed.tier != ESTIMATED for row in answer.rows)
    columns = ("model", "needs", "has", "by", "speed", "evidence", *(MEASURED if measured else ()))
    rows = tuple(
        (*_room(row, row.fit), *_speed(row.speed), *(_stands_on(row.speed) if measured else ()))
        for row in answer.rows
        if row.fit
    )
    return Table(columns, rows, frozenset({"needs", "has", "P(best)"})) if rows else None


def _room(row: Choice, fit: Fit) -> tuple[str, ...]:
    return row.model_id, units.size(fit.needed_bytes), units.size(fit.available_bytes), fit.tier


def _speed(speed: Speed | None) -> tuple[str, ...]:
    return (speed_figure(speed), speed.tier) if speed else (units.ABSENT, units.ABSENT)


def _stands_on(speed: Speed | None) -> tuple[str, ...]:
    """P(best), configuration and results of what was measured."""
    if speed is None or speed.tier == ESTIMATED:
        return (units.ABSENT,) * len(MEASURED)
    configured = f"{speed.configuration}, {speed.hardware}"
    return units.probability(speed.p_best), configured, result_ids(speed.result_ids)


def _counted(component: Component) -> str:
    """What counted; marked where it is the lowest of the others', as nothing is known of this one."""
    return units.score(component.used) + ("*" if component.component is None else "")


def _components(answer: ChoiceAnswer) -> Table | None:
    rows = tuple(
        (
            row.model_id,
            c.criterion,
            c.text,
            c.tier,
            _counted(c),
            f"{c.weight:.3g}",
            units.score(c.weight * (c.used or 0.0)),
        )
        for row in answer.rows
        for c in row.components
        if c.weight
    )
    columns = ("model", "criterion", "figure", "evidence", "component", "weight", "part")
    return Table(columns, rows, frozenset(columns[4:])) if rows else None


def _grounds(answer: ChoiceAnswer) -> Table | None:
    rows = tuple(
        (each.requirement, f"{each.failing:,}", f"{each.not_known:,}", f"{each.first:,}")
        for each in answer.grounds
    )
    columns = ("requirement", "missed by", "not known of", "first missed by")
    return Table(columns, rows, frozenset(columns[1:])) if rows else None


def _excluded(answer: ChoiceAnswer) -> Table | None:
    rows = tuple(row for each in answer.excluded[:SHOWN] for row in _misses(each))
    return Table(("model", "requirement", "why"), rows) if rows else None


def _misses(each: Excluded) -> Iterator[tuple[str, str, str]]:
    for i, one in enumerate(each.unmet):
        name = f"{each.model_id} {each.version}".rstrip() if i == 0 else ""
        yield name, one.requirement, one.reason if one.known else f"not known: {one.reason}"
