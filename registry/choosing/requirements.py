"""What excludes a model: each requirement that it misses, and each of which nothing is known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .. import units
from . import licence_terms
from .candidates import Candidate
from .choice import Excluded, Fit, Grounds, Unmet
from .wanted import AskedMetric, Wanted

MOST_NEAREST = 5
_TASK, _SIZE, _HARDWARE = "task {}", "at most {}", "runs on {}"


def unmet(candidate: Candidate, wanted: Wanted, by_licence: tuple[Unmet, ...] = ()) -> tuple[Unmet, ...]:
    """What stands against a model, hardware aside; empty where it meets all. Unknown is never met.

    ``by_licence``: what its licence leaves unmet.
    """
    return (
        *_task(candidate, wanted),
        *_size(candidate, wanted),
        *(each for metric in wanted.metrics for each in _metric(candidate, metric)),
        *by_licence,
    )


def unfit(fit: Fit, hardware: str) -> tuple[Unmet, ...]:
    """Likewise of the hardware."""
    return () if fit.fits else (Unmet(_HARDWARE.format(hardware), fit.fits is False, fit.how),)


def out_of_memory(hardware: str) -> tuple[Unmet, ...]:
    """Of a model that was tried there in vain."""
    reason = "all configurations that were tried there ran out of memory"
    return (Unmet(_HARDWARE.format(hardware), known=True, reason=reason),)


def asked(wanted: Wanted, hardware: str | None) -> Iterator[str]:
    """The requirements in the order in which they are looked at."""
    if wanted.task is not None:
        yield _TASK.format(wanted.task)
    if wanted.max_size_bytes is not None:
        yield _SIZE.format(units.size(wanted.max_size_bytes))
    yield from (metric.in_words() for metric in wanted.metrics if metric.bound is not None)
    yield from licence_terms.requirements(wanted)
    if hardware is not None:
        yield _HARDWARE.format(hardware)


def grounds(names: Iterable[str], excluded: Sequence[Excluded]) -> tuple[Grounds, ...]:
    """Each requirement with how many models it excludes."""
    failing, unknown, first = Counter[str](), Counter[str](), Counter[str]()
    for each in excluded:
        first[each.unmet[0].requirement] += 1
        for one in each.unmet:
            (failing if one.known else unknown)[one.requirement] += 1
    return tuple(Grounds(name, failing[name], unknown[name], first[name]) for name in names)


def nearest(excluded: Sequence[Excluded]) -> tuple[Excluded, ...]:
    """The excluded models that miss the fewest requirements, where that is not all of them."""
    if not excluded:
        return ()
    least = min(len(each.unmet) for each in excluded)
    return tuple(each for each in excluded if len(each.unmet) == least)[:MOST_NEAREST]


def _task(candidate: Candidate, wanted: Wanted) -> Iterator[Unmet]:
    if wanted.task is None or candidate.has_task(wanted.task):
        return
    said = [*([candidate.task] if candidate.task else []), *candidate.tags]
    known = bool(said)
    has = f"it has {', '.join(said[:8])}" if known else "neither a task nor a tag is recorded"
    yield Unmet(_TASK.format(wanted.task), known, has)


def _size(candidate: Candidate, wanted: Wanted) -> Iterator[Unmet]:
    if wanted.max_size_bytes is None:
        return
    requirement = _SIZE.format(units.size(wanted.max_size_bytes))
    if candidate.size_bytes is None:
        yield Unmet(requirement, known=False, reason="its size in bytes is not recorded")
    elif candidate.size_bytes > wanted.max_size_bytes:
        yield Unmet(requirement, known=True, reason=f"it has {units.size(candidate.size_bytes)}")


def _metric(candidate: Candidate, metric: AskedMetric) -> Iterator[Unmet]:
    if metric.bound is None:
        return
    value = candidate.metrics.get(metric.name)
    if value is None:
        yield Unmet(metric.in_words(), known=False, reason=f"no {metric.name} is declared")
    elif not metric.kept_by(value):
        yield Unmet(metric.in_words(), known=True, reason=f"{metric.name} {value:g} is declared")
