"""The sentences of an answer, shared by the terminal table and the Markdown export."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import fields

from .. import units
from ..answers import Answer, Evidence, Group, Recommendation, Weights
from ..fit import profiles
from ..fit.configurations import label
from ..records import Configuration
from ..workloads import MixRow, WorkloadAnswer
from .asked import asked, devices
from .choice import chosen
from .spending import meanings

SCOPES = {
    "rss": "resident set of the process",
    "allocator": "torch's allocator",
    "nvml_device": "whole device, NVML",
    "nvml_process": "the process on the device, NVML",
}
IDS_SHOWN = 8


def group(g: Group) -> str:
    """``resnet50 · forward · 3x224x224``, with the declared version where there is one."""
    name = f"{g.model} ({g.model_version})" if g.model_version else g.model
    return " · ".join((name, g.scenario, g.input_shape))


def weighing(answer: Answer) -> str:
    """``compatibility = 0.50 T + …`` as it was used; what the profile weighs and no score could is named."""
    return f"compatibility = {formula(answer.weights, profiles.chosen(answer.question).weights)}"


def formula(weights: Weights, asked: Weights | None = None) -> str:
    """``0.50 T + 0.30 L + 0.20 M``; T, L or M with weight 0 is named as not counted.

    So is cost or energy that ``asked`` has a weight for.
    """
    terms = (("T", weights.throughput), ("L", weights.latency), ("M", weights.memory))
    spent = (("C", weights.cost), ("E", weights.energy))
    used = " + ".join(f"{_weight(w)} {letter}" for letter, w in (*terms, *spent) if w > 0)
    wanted = (("C", asked.cost), ("E", asked.energy)) if asked else ()
    dropped = [letter for letter, w in terms if w == 0]
    dropped += [letter for letter, w in wanted if w > 0 and dict(spent)[letter] == 0]
    return f"{used} ({_listed(dropped)} not counted)" if dropped else used


def _listed(words: Sequence[str]) -> str:
    """``L, M and C``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _weight(value: float) -> str:
    """Two decimals, three where two would not be what was used: 0.50, 0.625."""
    return f"{value:.2f}" if abs(round(value, 2) - value) < 1e-9 else f"{value:.3f}"


def recommendation(answer: Answer) -> tuple[str, ...]:
    """The answer in words: rank 1 with its configuration, or one sentence and then each of the tie group."""
    if not answer.rows:
        return (answer.closest_miss or answer.nothing or "Nothing that is asked runs on any hardware.",)
    alone = ", by throughput alone" if answer.weights.throughput == 1 else ""
    single = "single" in answer.rows[0].flags  # its scores say nothing about the hardware
    return chosen(
        answer.rows,
        answer.tie_group,
        lambda row: _choice(row, answer),
        label="The only candidate" if single else "Recommended",
        certainty=None if single else answer.certainty,
        by=alone,
    )


def _choice(row: Recommendation, answer: Answer) -> str:
    """``RTX 5090, 32 GiB with batch 256 · bf16 · eager: 2,812 samples/s, P(best) 0.97``."""
    unit = answer.group.throughput_unit
    chance = f", P(best) {units.probability(row.p_best)}" if row.p_best is not None else ""
    needed = devices(row, answer.question, unit)
    chance += f"; {needed}" if needed else ""
    what = f"{row.hardware} with {label(row.configuration)}"
    return f"{what}: {units.number(row.throughput)} {unit}{chance}"


def rank_interval(row: Recommendation | MixRow) -> str:
    """``1–3``: the ranks that it may have; empty without a rival."""
    if row.rank_low is None or row.rank_high is None:
        return ""
    return f"{row.rank_low}" if row.rank_low == row.rank_high else f"{row.rank_low}–{row.rank_high}"


def heading(answer: Answer) -> tuple[str, ...]:
    """What leads a report: the recommendation, what was asked, the weights, what was compared."""
    question = asked(answer.question)
    return (
        *recommendation(answer),
        *((f"Asked: {question}.",) if question else ()),
        f"Profile {answer.profile}: {weighing(answer)}.",
        *((decided(answer.decided),) if answer.rows else ()),
    )


def coverage(row: Recommendation) -> str | None:
    """How much of what was compared runs on this hardware, where that is known and not all."""
    if row.coverage is None or row.coverage >= 1:
        return None
    failed = f": {row.not_run}" if row.not_run else ""
    if row.max_ok_batch is not None and "out of memory" in failed:
        failed += f" (largest batch that ran: {row.max_ok_batch})"
    return f"runs {row.coverage:.0%} of the compared configurations{failed}"


def standing(row: Recommendation) -> str:
    """A sign beside the rank: ``◆`` on the Pareto front, ``◇`` within 1 % of it, or nothing."""
    return {"front": "◆", "≈ front": "◇"}.get(row.front or "", "")


def decided(configurations: Sequence[Configuration]) -> str:
    """What was compared, axis by axis: K* of scoring.md in one line."""
    if not configurations:
        return "No configuration was tried on all candidate hardware."
    if len(configurations) == 1:
        return f"Compared at the one configuration tried on all hardware: {label(configurations[0])}."
    n = len(configurations)
    axes = [sorted({getattr(k, field.name) for k in configurations}) for field in fields(Configuration)]
    batches, precisions, compile_modes, formats = axes[:4]
    parts = ["batch " + ", ".join(map(str, batches)), ", ".join(precisions), ", ".join(compile_modes)]
    if formats != ["contiguous"]:
        parts.append(", ".join(formats))
    every_combination = math.prod(map(len, axes)) == n
    named = " × ".join(parts) if every_combination else f"{'; '.join(parts)}; not in every combination"
    return f"Compared over the {n} configurations tried on all candidate hardware: {named}."


def evidence(e: Evidence) -> str:
    """``imported from file.csv:12 (result 345)`` or ``measured here, host, torch 2.13.0 (results 1–5)``."""
    origin = f"{e.tier} from {e.source}" if e.tier == "imported" else f"{e.tier}, {e.source}"
    return f"{origin} ({result_ids(e.result_ids)})" if e.result_ids else origin


def spread(row: Recommendation) -> str:
    """``±1.2%``: half the interval of the throughput; ``±1.2%*`` from inside one process; or empty."""
    return marked_spread(row.throughput_low, row.throughput_high, row.interval_basis)


def marked_spread(low: float | None, high: float | None, basis: str | None) -> str:
    """Half an interval in percent, with an asterisk where it comes from inside one process."""
    text = units.spread(low, high)
    return f"{text}*" if text and basis == "samples" else text


def spreads(shown: Iterable[str], whose: str) -> tuple[str, ...]:
    """How the spreads that are shown are to be read, where there are any."""
    texts = [text for text in shown if text]
    if not texts:
        return ()
    signs = "±, ×÷" if any(text.startswith("×") for text in texts) else "±"
    inside = "; * from readings inside the one process, which know nothing of the next process"
    return (
        f"{signs}: half of {whose} 95% interval, from the medians of the processes"
        + (inside if any(text.endswith("*") for text in texts) else "")
        + ".",
    )


def columns(answer: Answer) -> tuple[str, ...]:
    """How the columns of the ranking are to be read, one line each."""
    scopes = sorted({row.memory_scope for row in answer.rows if row.memory_scope})
    meant = [f"{scope} = {SCOPES[scope]}" for scope in scopes if scope in SCOPES]
    return (
        "throughput, latency, memory: medians over the n processes that ran ok; latency is that of one step"
        " of the whole batch" + (f"; memory: {', '.join(meant)}." if meant else "."),
        *spreads(map(spread, answer.rows), "the throughput's"),
        "T, L, M: throughput, latency, memory relative to the best candidate compared; 1 is best."
        " M is the free share of the device's memory where scopes differ.",
        *meanings(answer),
        *ranks(answer),
        *_fronts(answer),
        "c(n) = min(1, 0.5 + 0.1 n); suitability = compatibility × c(n); ranked by"
        f" {answer.question.rank_by}.",
    )


def _fronts(answer: Answer) -> tuple[str, ...]:
    """What the signs beside the ranks mean, where there are any."""
    if not any(row.front for row in answer.rows):
        return ()
    some_near = any(row.front == "≈ front" for row in answer.rows)
    near = "; ◇ ≈ front: within 1% of such a one in each" if some_near else ""
    return (
        "◆ front: no compared configuration is at least as good in every criterion that counts and better in"
        f" one (Pareto){near}.",
    )


def ranks(answer: Answer | WorkloadAnswer) -> tuple[str, ...]:
    """What P(best) and the ranks under it stand on, where there is a rival."""
    if answer.certainty is None:
        return ()
    sds = sorted({noise.sd for noise in answer.noise})
    between = sorted({noise.between_sd for noise in answer.noise})
    return (
        "P(best): share of 1,000 draws in which it has rank 1; ranks such as 1–2: those in 90% of the draws."
        f" Draws let processes differ by {_percents(sds)} (before their own spread is seen) and machines by"
        f" {_percents(between)}. clear: P(best) of rank 1 is 0.95 or more, likely: 0.80, toss-up: less;"
        " then all with 0.05 or more are named.",
    )


def _percents(sds: Sequence[float]) -> str:
    """``2%``, or from the least to the most: ``0.3–2%``."""
    texts = [f"{100 * sd:.2g}" for sd in sds]
    return f"{texts[0]}%" if len(set(texts)) == 1 else f"{texts[0]}–{texts[-1]}%"


def common_flags(rows: Sequence[Recommendation]) -> tuple[str, ...]:
    """The flags that every row carries, where there are several rows."""
    if len(rows) < 2:
        return ()
    return tuple(sorted(set.intersection(*(set(row.flags) for row in rows))))


def unexplained_flags(answer: Answer) -> tuple[str, ...]:
    """The flags on the rows that no note begins with, and so need a legend."""
    return tuple(sorted({flag for row in answer.rows for flag in row.flags} - explained(answer.notes)))


def explained(notes: Iterable[str]) -> set[str]:
    """The words that notes begin with: flags among them need no legend."""
    return {note.split(maxsplit=1)[0].rstrip(":,") for note in notes if note}


def result_ids(ids: Sequence[int]) -> str:
    """``results 4–6, 9``; where runs of ids are many, the first and last and how many there are."""
    if len(ids) == 1:
        return f"result {ids[0]}"
    if len(_runs(sorted(ids))) > IDS_SHOWN:
        return f"{len(ids)} results, {min(ids)} … {max(ids)}"
    return f"results {id_runs(ids)}"


def id_runs(ids: Iterable[int]) -> str:
    """``4–6, 9``: all of them."""
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in _runs(sorted(ids)))


def _runs(ids: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i in ids:
        if runs and i == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def shared(values: Iterable[str | None]) -> str | None:
    """The one value that all that have one share, or None where they differ or none has one."""
    distinct = {value for value in values if value is not None}
    return distinct.pop() if len(distinct) == 1 else None
