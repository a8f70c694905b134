"""An explanation in lines that a pocket calculator can follow: six digits, milliseconds, megabytes.

Each component stands as the division that made it, the score as the sum that made it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .. import units
from ..answers import Answer, Recommendation, Term
from ..fit.configurations import label
from ..workloads import MixRow
from . import wording

DIGITS = 6
LETTERS = {
    "throughput": ("t", "T"),
    "latency": ("l", "L"),
    "memory": ("m", "M"),
    "cost": ("k", "C"),
    "energy": ("e", "E"),
}
SCALES = {"latency": (1e3, "ms"), "memory": (1e-6, "MB"), "cost": (1.0, "USD/1k"), "energy": (1.0, "J/unit")}


def lines(row: Recommendation, answer: Answer) -> tuple[str, ...]:
    """The numbers that made a row, one fact a line; empty where it carries no Explanation."""
    return of_row(row, answer.group.throughput_unit, answer.question.rank_by)


def of_row(row: Recommendation, unit: str, rank_by: str, where: str = "") -> tuple[str, ...]:
    """Likewise, of throughput in ``unit``; ``where`` stands before the rank."""
    if row.explanation is None:
        return ()
    terms = row.explanation.terms
    return (
        *(line for term in terms for line in _term(term, unit)),
        *_price(row),
        _compatibility(row, terms),
        f"c({row.n}) = min(1, 0.5 + 0.1 × {row.n}) = {exact(row.confidence)};"
        f" suitability = {exact(row.compatibility)} × {exact(row.confidence)} = {exact(row.suitability)}",
        f"{where}{ranks(row, f'rank {row.rank} by {rank_by}')}",
        f"evidence: {wording.evidence(row.evidence)}; environment {row.env_id}",
        f"to measure it again: {row.explanation.where}",
    )


def exact(value: float) -> str:
    """``value`` with six significant digits and no exponent: 1320, 0.00759, 0.416667, 1."""
    text = f"{Decimal(f'{value:.{DIGITS}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _term(term: Term, unit: str) -> Iterator[str]:
    small, letter = LETTERS[term.criterion]
    if term.value is None:
        yield f"{term.criterion} {small}: not measured"
    else:
        kind = f"{term.kind}; " if term.kind else ""
        yield f"{term.criterion} {small} = {_quantity(term, term.value, unit)} ({kind}{_interval(term)})"
    yield f"{letter} {_component(term, small)}"


def _component(term: Term, small: str) -> str:
    if term.component is None:
        return "is not counted: dropped for all"
    result = exact(term.component)
    if term.reference is None or term.value is None or term.rule is None:
        return f"= {result}, the lowest of those that have it"
    value, reference = _number(term, term.value), _number(term, term.reference)
    if term.set_by is None:
        return f"= 1 − {small} / capacity = 1 − {value} / {reference} = {result}"
    who = f"{term.set_by.hardware}, {label(term.set_by.configuration)}"
    source = f"{who} ({wording.result_ids(term.set_by.result_ids)})" if term.set_by.result_ids else who
    if term.rule == "value / reference":
        return f"= {small} / max {small} = {value} / {reference} = {result}; max {small}: {source}"
    return f"= min {small} / {small} = {reference} / {value} = {result}; min {small}: {source}"


def _price(row: Recommendation) -> Iterator[str]:
    """How a price became a cost."""
    if row.usd_per_device_hour is None or row.cost_per_1k_usd is None:
        return
    n, price = row.configuration.n_devices, exact(row.usd_per_device_hour)
    yield (
        f"cost of 1,000 = USD per device and hour × devices / (3.6 t) = {price} × {n} /"
        f" (3.6 × {exact(row.throughput)}) = {exact(row.cost_per_1k_usd)} USD"
    )


def _compatibility(row: Recommendation, terms: tuple[Term, ...]) -> str:
    counted = [term for term in terms if term.component is not None and term.weight > 0]
    products = " + ".join(f"{exact(term.weight)} × {exact(term.component or 0.0)}" for term in counted)
    return f"compatibility = {products} = {exact(row.compatibility)}"


def ranks(row: Recommendation | MixRow, ranked: str) -> str:
    """``ranked``, with how sure that is where there is a rival."""
    if row.p_best is None or row.expected_rank is None:
        return ranked
    return (
        f"{ranked}; P(best) {units.probability(row.p_best)}, expected rank {row.expected_rank:.2f},"
        f" ranks {wording.rank_interval(row)} in 90% of 1,000 draws"
    )


def _interval(term: Term) -> str:
    if term.low is None or term.high is None:
        return "no interval known"
    inside = "inside the one process" if term.basis == "samples" else "over the processes"
    return f"95% interval {_number(term, term.low)} … {_number(term, term.high)}, {inside}"


def _quantity(term: Term, value: float, unit: str) -> str:
    return f"{_number(term, value)} {SCALES[term.criterion][1] if term.criterion in SCALES else unit}"


def _number(term: Term, value: float) -> str:
    return exact(value * SCALES[term.criterion][0] if term.criterion in SCALES else value)
