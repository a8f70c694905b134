"""What a reader must know beside the numbers of an answer, one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..answers import Estimate, Question
from ..records import Configuration
from . import mismatch
from .certainty import Certainty
from .comparison import Comparison
from .configurations import FIELDS, describe, fixed
from .criteria import STATISTICS, Criteria, has_latency, has_memory, latency, where
from .decided import largest_without
from .gaps import gap_notes
from .limits import is_limited
from .ranking import Ranked
from .scored import Scored
from .stacks import Stack

DEFAULT_K = Question("").top_k
EVERY = 10**12  # a top_k that cuts nothing, and that nobody typed
DISAGREEING = 0.8  # steps at once below which throughput and latency are not of one machine
CLOSED_LOOP = 0.05  # T and L of one batch that agree within this are one figure


def notes(
    question: Question,
    comparison: Comparison,
    criteria: Criteria,
    candidates: Sequence[Scored],
    rows: Sequence[Ranked],
) -> list[str]:
    """The notes of an answer that has rows, in the order of their weight."""
    best = [r.best.estimate for r in rows]
    found = [
        single(comparison, best),
        *no_common_configuration(question, comparison),
        latency_note(question, comparison, criteria),
        memory_note(question, comparison, criteria),
        *gap_notes(question, comparison, criteria),
        latency_flag_idle(question, comparison, criteria, candidates),
        mismatch.in_words(best),
        passed_over(comparison.stacks),
        failed_runs(best),
        passes_disagree(best),
        assumed(best),
        cut_tie(question, rows),
        left_out(question, rows),
        fewer_than_asked(question, rows),
    ]
    return [line for line in found if line]


def single(comparison: Comparison, best: Sequence[Estimate]) -> str | None:
    """Where one hardware stands alone, components say nothing about it."""
    if len(comparison.running) > 1:
        return None
    return (
        f"rank basis: single: only {best[0].hardware} runs what is asked: the scores choose its configuration"
    )


def no_common_configuration(question: Question, comparison: Comparison) -> list[str]:
    """Where K* is empty: within what each row is the best, what else is shared, and who stands in the way."""
    freed = comparison.freed
    if freed is None:
        return []
    idle = [
        f"--{flag.replace('_', '-')}"
        for flag in ("latency_sensitive", "memory_constrained")
        if getattr(question, flag)
    ]
    flags = f"; {' and '.join(idle)} can't act" if idle else ""
    within = describe(comparison.compared[0].configuration, FIELDS[1:4]) if freed.shared else None
    among = f"within {within}, whatever the batch" if within else "over all it has measured"
    best = "best throughput that meets the limits," if is_limited(question) else "best throughput"
    lines = [
        "no_common_configuration: no configuration was tried on all hardware: each row is its"
        f" {best} {among}; latency and memory are not compared{flags}"
    ]
    lines += [_alternative(others, comparison.held.group.throughput_unit) for others in freed.alternatives]
    without = largest_without(comparison.running, fixed(question))
    if without:
        noun = "configuration" if without[1] == 1 else "configurations"
        lines.append(f"without {without[0]}, {without[1]} {noun} would be common to the others")
    return lines


def _alternative(best: Mapping[str, Estimate], unit: str) -> str:
    ordered = sorted(best.values(), key=lambda e: (-(e.throughput or 0.0), e.hardware))
    fields = describe(ordered[0].configuration, FIELDS[1:4])
    listed = "; ".join(
        f"{e.hardware} {e.throughput:.4g} {unit} at batch {e.configuration.batch}" for e in ordered
    )
    return f"within {fields}: {listed}"


def latency_note(question: Question, comparison: Comparison, criteria: Criteria) -> str | None:
    """Which latency was compared, or why none."""
    if comparison.freed is not None:
        return None
    if criteria.latency_statistic is None:
        lacking = where([e for e in comparison.compared if not has_latency(e)], comparison.compared)
        flag = "; --latency-sensitive can't act" if question.latency_sensitive else ""
        what = f"not measured on {lacking}" if lacking else "no statistic of it is known for all"
        return f"latency: {what}, so it is dropped for all and the other weights share its part{flag}"
    if criteria.latency_statistic == STATISTICS[0]:
        return None
    better = STATISTICS[STATISTICS.index(criteria.latency_statistic) - 1]
    known = [e for e in comparison.compared if latency(e, criteria.latency_statistic) is not None]
    without = [e for e in known if latency(e, better) is None]
    whose = f"on {_lacking(without)}" if len(without) < len(known) else "for any"
    return f"latency is compared as {criteria.latency_statistic}: {better} is not known {whose}"


def memory_note(question: Question, comparison: Comparison, criteria: Criteria) -> str | None:
    """How memory was compared where it was not simply the least, or why not at all."""
    if comparison.freed is not None or criteria.memory_mode == "relative":
        return None
    if criteria.memory_mode == "headroom":
        measured = [e for e in comparison.compared if e.memory_bytes is not None]
        scopes = ", ".join(sorted({e.memory_scope or "unknown scope" for e in measured}))
        return f"memory is measured in different scopes ({scopes}): compared as each device's share left free"
    flag = "memory_unknown: " if question.memory_constrained else ""
    lacking = where([e for e in comparison.compared if not has_memory(e)], comparison.compared)
    what = f"not measured on {lacking}" if lacking else "in different scopes, and a capacity is not known"
    return f"{flag}memory: {what}, so it is dropped for all and the other weights share its part"


def latency_flag_idle(
    question: Question, comparison: Comparison, criteria: Criteria, candidates: Sequence[Scored]
) -> str | None:
    """At one batch a closed loop's throughput and latency are one figure: the flag can't act."""
    batches = {e.configuration.batch for e in comparison.compared}
    if not question.latency_sensitive or criteria.latency_statistic is None or len(batches) > 1:
        return None
    if any(abs((c.throughput or 0.0) - (c.latency or 0.0)) > CLOSED_LOOP for c in candidates):
        return None
    return (
        f"only batch {batches.pop()} is compared: there throughput and latency are one figure,"
        " so --latency-sensitive can't act"
    )


def suitability_note(n_moved: int, rank_by: str) -> str | None:
    """How many ranks the other score would change."""
    if rank_by == "suitability":
        return f"ranked by suitability; compatibility would change {n_moved} ranks" if n_moved else None
    if not n_moved:
        return None
    ranks = "1 rank" if n_moved == 1 else f"{n_moved} ranks"
    return f"suitability (compatibility · c(n)) would change {ranks}: --rank-by suitability"


def not_clear(sure: Certainty) -> str | None:
    """Why the word is not "clear" although P(best) would allow it."""
    if not sure.capped:
        return None
    return (
        "likely, not clear: one process alone, on different hosts, does not tell a device from its machine;"
        " more invocations would"
    )


def passed_over(stacks: Mapping[str, Sequence[Stack]]) -> str | None:
    """Stacks that hold more configurations than the one that speaks."""
    found = [
        f"{name}: torch {other.torch} holds {other.size}, torch {used.torch} (used) {used.size}"
        for name, (used, *others) in ((n, s) for n, s in stacks.items() if s)
        for other in others
        if other.size > used.size
    ]
    return f"other software holds more configurations, never pooled: {'; '.join(found)}" if found else None


def failed_runs(best: Sequence[Estimate]) -> str | None:
    """Failures beside ok runs of a recommended configuration."""
    found = [f"{e.n} of {e.n_tried} runs ok on {e.hardware}" for e in best if e.n_tried > e.n]
    return "; ".join(found) or None


def passes_disagree(best: Sequence[Estimate]) -> str | None:
    """Where a step that was waited for took much less than one in a row: the passes saw different machines.

    Throughput · latency / batch is 1 where steps follow one another, and more where they overlap.
    """
    found = [f"{e.hardware} ({ratio:.2g})" for e in best if (ratio := steps_at_once(e) or 1.0) < DISAGREEING]
    if not found:
        return None
    return (
        f"throughput × latency / batch is far below 1 on {' and '.join(found)}: steps that were waited for"
        " took less time than those in a row, so one of the two passes was disturbed: measure it again"
    )


def steps_at_once(e: Estimate) -> float | None:
    """Throughput · median latency / batch, the steps under way at once; None where that is not known."""
    latency_s = e.latency_p50_s if e.latency_p50_s is not None else e.latency_mean_s
    counted = e.group.throughput_unit == "samples/s" and e.configuration.n_devices == 1
    if not counted or latency_s is None or e.throughput is None:
        return None
    return e.throughput * latency_s / e.configuration.batch


def assumed(best: Sequence[Estimate]) -> str | None:
    """The configuration fields that a source does not state."""
    found = {e.assumed for e in best if e.assumed}
    listed = sorted({name for fields in found for name in fields.split(",")})
    return f"assumed, as the sources do not state it: {', '.join(listed)}" if listed else None


def cut_tie(question: Question, rows: Sequence[Ranked]) -> str | None:
    """Where --top-k cuts between hardware of the same rank."""
    k = question.top_k
    if len(rows) <= k or rows[k].rank != rows[k - 1].rank:
        return None
    tied = _lacking([r.best.estimate for r in rows[k:] if r.rank == rows[k].rank])
    return f"--top-k {k} cuts a tie: rank {rows[k].rank} is shared by {tied}"


def left_out(question: Question, rows: Sequence[Ranked]) -> str | None:
    """How much hardware comes after what --top-k shows; the first of it may share the last rank shown."""
    below = len(rows) - question.top_k
    if below < 1:
        return None
    return f"{below} more hardware {'follows' if below == 1 else 'follow'}: --top-k {len(rows)} shows all"


def fewer_than_asked(question: Question, rows: Sequence[Ranked]) -> str | None:
    """Where --top-k asks for more than there is, beyond the default."""
    if not max(len(rows), DEFAULT_K) < question.top_k < EVERY:
        return None
    return f"--top-k {question.top_k}: {len(rows)} hardware can be ranked, all of it is shown"


def _lacking(estimates: Sequence[Estimate]) -> str:
    return " and ".join(sorted({e.hardware for e in estimates}))  # names hold commas


def unknown_axes(question: Question, held: Sequence[Configuration]) -> str | None:
    """What was measured on an axis whose asked value nothing has."""
    missing = [
        name for name, value in fixed(question).items() if all(getattr(k, name) != value for k in held)
    ]
    if not missing:
        return None
    listed = [
        f"{name.replace('_', ' ')} {', '.join(map(str, sorted({getattr(k, name) for k in held})))}"
        for name in missing
    ]
    return f"nothing is measured at what is asked; measured: {'; '.join(listed)}"
