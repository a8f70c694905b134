"""Head's processes held against recorded ones: judged, and a change asked for once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...kernels.threshold import Threshold
from .judgement import TIME, Judgement
from .recorded import judge_recorded
from .roster import unmeasured
from .schedule import Pairs, run_alone
from .session import Session
from .timed import candidates, confirmed

Recorded = Mapping[str, Sequence[float]]  # the process medians of each benchmark, seconds


def judge_processes(
    session: Session,
    recorded: Recorded,
    found: Mapping[str, Pairs],
    thresholds: Mapping[str, Threshold],
    metric: str = TIME,
) -> list[Judgement]:
    """A judgement of each benchmark that has a recorded time and a threshold.

    ``found``: head's processes. A change has to be there again in as many fresh ones, of the candidates.
    """
    names = [name for name in found if name in recorded and name in thresholds]
    first = _judged(session, names, recorded, found, thresholds, metric)
    chosen = candidates(first)
    again = run_alone(session.passes, chosen, "confirmation", session.options.pairs)
    second = {each.benchmark: each for each in _judged(session, chosen, recorded, again, thresholds, metric)}
    return [
        confirmed(each, second[each.benchmark], len(names)) if each.benchmark in second else each
        for each in first
    ]


def _judged(
    session: Session,
    names: Sequence[str],
    recorded: Recorded,
    found: Mapping[str, Pairs],
    thresholds: Mapping[str, Threshold],
    metric: str,
) -> list[Judgement]:
    judgements = []
    for name in names:
        failure = found[name].failure()
        if failure is not None:
            judgements.append(unmeasured(*failure))
            continue
        spread = session.history.session_spread(name, session.machine_class)
        times = found[name].times("head")
        judgements.append(judge_recorded(name, recorded[name], times, spread, thresholds[name], metric))
    return judgements
