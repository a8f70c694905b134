"""``fitment sweep --dry-run``: the runs in their order, and how long they would take."""

from __future__ import annotations

from collections.abc import Sequence

from ...registry.records import OK
from ..display.eta import RUNGS, Eta, duration
from ..display.lines import name_width, run_name
from ..sweeps.expected import budgeted_s
from ..sweeps.plan import PASSES, Run
from ..sweeps.standing import Standing


def dry_run_lines(start: Standing, profile: str) -> list[str]:
    """One line for each run that is left, their number, and the time that they would take."""
    runs = list(start.queue())
    width = name_width(runs)
    before = len(start.before)
    ladders = len({(run.ladder, run.env_id) for run in runs if run.unresolved})
    climbing = f", after {ladders} ladder{'s' if ladders > 1 else ''} to a batch that fits" if ladders else ""
    return [
        *(f"{run_name(run):<{width}}{_reason(run)}".rstrip() for run in runs),
        f"{len(runs)} run{'s' if len(runs) != 1 else ''}, {before} finished before{climbing}",
        *_time(runs, learned(start, profile), profile),
    ]


def learned(start: Standing, profile: str) -> Eta:
    """What earlier sweeps of the profile tell of how long runs take.

    A run that took longer than its budgets has something else in its time: the rungs of a ladder, a pause.
    """
    eta = Eta()
    _, most = budgeted_s(profile)
    for run in start.earlier:
        if run.status != OK or run.profile != profile or run.took_s is None:
            continue
        # a compiler's time is no part of a budget, nor is what slow steps overrun it by
        if run.took_s <= most + PASSES * (run.first_call_s or 0.0):
            eta.learn(run, run.took_s)
    return eta


def _reason(run: Run) -> str:
    return f"  {run.unsupported[0]}: {run.unsupported[1]}" if run.unsupported else ""


def _time(runs: Sequence[Run], eta: Eta, profile: str) -> list[str]:
    """One line, where anything would run: about how long, or between what and what, and who says so."""
    made = [run for run in runs if not run.unsupported]
    if not made:
        return []
    expected = [eta.expected_s(run) for run in made]
    told = [seconds for seconds in expected if seconds is not None]
    if len(told) == len(made):
        return [f"eta about {duration(sum(told))}, as earlier runs took"]
    least, most = budgeted_s(profile)
    rest = sum(
        1 + RUNGS * (run.unresolved and not run.invocation)
        for run, seconds in zip(made, expected, strict=True)
        if seconds is None
    )
    between = f"eta {duration(sum(told) + rest * least)} to {duration(sum(told) + rest * most)}"
    known = f"; {len(told)} of {len(made)} runs by what earlier ones took" if told else ""
    return [f"{between}, by the budgets of profile {profile}{known}"]
