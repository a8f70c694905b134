"""The ranking of the models that meet every requirement, as an answer."""

from __future__ import annotations

from . import requirements
from .choice import MOST_EXCLUDED, Choice, ChoiceAnswer, Component, Weighting
from .components import figures
from .found import Found
from .notes import notes
from .scoring import Score, components, order, ranks, scored


def ranked(found: Found, weighting: Weighting) -> ChoiceAnswer:
    """The answer; without rows where no model is left."""
    rows: list[Choice] = []
    firsts: list[str] = []
    said: tuple[str, ...] = ()
    hardware = found.hardware.target.name if found.hardware else None
    if found.meeting:
        known = figures(found.meeting, found.wanted.metrics)
        result = scored(known, weighting, found.wanted.missing)
        places = order(result.scores, [m.candidate.model_id for m in found.meeting])
        by_rank = ranks([result.scores[i] for i in places], weighting.resolution)
        both = list(zip(places, by_rank, strict=True))
        firsts = [found.meeting[i].candidate.model_id for i, rank in both if rank == 1]
        shown = both[: found.wanted.top_k]
        rows = [_choice(rank, found, i, result.scores[i], components(known, result, i)) for i, rank in shown]
        said = tuple(notes(found, result, weighting, by_rank))
        weighting = result.weighting
    return ChoiceAnswer(
        wanted=found.wanted,
        weighting=weighting,
        models=found.models,
        meeting=len(found.meeting),
        rows=tuple(rows),
        tied=tuple(firsts) if len(firsts) > 1 else (),
        excluded=found.excluded[:MOST_EXCLUDED],
        grounds=requirements.grounds(requirements.asked(found.wanted, hardware), found.excluded),
        nearest=requirements.nearest(found.excluded),
        notes=said,
    )


def _choice(rank: int, found: Found, i: int, score: Score, parts: tuple[Component, ...]) -> Choice:
    meeting, wanted = found.meeting[i], found.wanted
    c = meeting.candidate
    return Choice(
        rank=rank,
        model_id=c.model_id,
        version=c.version,
        name=c.name,
        organisation=c.organisation,
        licence=c.licence,
        size_bytes=c.size_bytes,
        parameters=c.parameters,
        score=score.score,
        coverage=score.coverage,
        components=parts,
        matched=c.has_task(wanted.task) if wanted.task is not None else None,
        terms=meeting.terms,
        fit=meeting.fit,
        speed=meeting.speed or meeting.estimated,
        metrics=tuple((m.name, c.metrics[m.name]) for m in wanted.metrics if m.name in c.metrics),
    )
