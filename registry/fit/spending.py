"""What the candidates spend: money by the question's prices, energy as it was metered (scoring.md §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ...kernels.costs import cost_per_1k
from ..answers import Estimate, Price, Question, Recommendation, Weights
from ..catalogue.prices import price_of
from ..errors import QuestionError
from . import profiles
from .criteria import Criteria, where
from .scored import Scored

Floats = NDArray[np.float64]
METERS = {"nvml": "the whole GPU (nvml)", "rapl": "the processor's packages (rapl)"}


def check(question: Question) -> None:
    """Raises QuestionError, or UnknownNameError, for cost without prices and for weights of two sources."""
    if question.profile is not None and question.task is not None:
        raise QuestionError("--profile stands in for --task: give one of them")
    if profiles.chosen(question).weights.cost and not question.prices:
        asks = "--cost" if question.cost else "the profile counts cost, which"
        raise QuestionError(f"{asks} needs prices: --prices FILE, with a line for each device")


def price(question: Question, e: Estimate) -> Price | None:
    """The price of a candidate's device, if the question has one."""
    if not question.prices:
        return None
    return price_of(question.prices, e.hardware, None if e.device_kind == "cpu" else e.capacity_bytes)


def costs(question: Question, compared: Sequence[Estimate]) -> Floats:
    """USD for 1,000 units, float64[n]; NaN where there is no price."""
    found = [price(question, e) for e in compared]
    usd = [p.usd_per_device_hour if p else np.nan for p in found]
    devices = [e.configuration.n_devices for e in compared]
    return cost_per_1k(usd, devices, [np.nan if e.throughput is None else e.throughput for e in compared])


def energies(compared: Sequence[Estimate]) -> Floats:
    """J a unit, float64[n]; NaN where it was not metered."""
    return np.array([np.nan if e.energy_per_unit_j is None else e.energy_per_unit_j for e in compared])


def has_energy(e: Estimate) -> bool:
    """Whether an estimate's energy a unit is known."""
    return e.energy_per_unit_j is not None


def with_spending(
    question: Question, weights: Weights, compared: Sequence[Estimate], values: Criteria
) -> Criteria:
    """The criteria with cost and energy, where ``weights`` count them and enough candidates have them."""
    return replace(
        values,
        cost=_counted(costs(question, compared), values) if weights.cost else None,
        energy=_counted(energies(compared), values) if weights.energy else None,
    )


def required(question: Question) -> Mapping[str, Callable[[Estimate], bool]]:
    """What says of a candidate whether it has cost and energy, where the question requires them."""
    if question.missing != "require":
        return {}
    weights = profiles.chosen(question).weights
    has: dict[str, Callable[[Estimate], bool]] = {}
    if weights.cost:
        has["cost"] = partial(_has_price, question)
    if weights.energy:
        has["energy"] = has_energy
    return has


def rows_with_spending(
    question: Question, rows: Iterable[Recommendation], candidates: Sequence[Scored], values: Criteria
) -> tuple[Recommendation, ...]:
    """The rows with their prices, costs and energies, shown whether they count or not."""
    by_place = {(c.estimate.hardware, c.estimate.configuration): c for c in candidates}
    found = []
    for row in rows:
        scored = by_place[row.hardware, row.configuration]
        e, paid = scored.estimate, price(question, scored.estimate)
        cost = float(costs(question, [e])[0])
        shown = replace(
            row,
            usd_per_device_hour=paid.usd_per_device_hour if paid else None,
            cost_per_1k_usd=cost if paid else None,
            cost_score=scored.cost,
            energy_per_unit_j=e.energy_per_unit_j,
            energy_score=scored.energy,
            flags=tuple(sorted({*row.flags, *_flags(paid), *_filled(values, e, paid)})),
        )
        found.append(shown)
    return tuple(found)


def notes(
    question: Question,
    asked: Weights,
    compared: Sequence[Estimate],
    values: Criteria,
    best: Sequence[Estimate],
) -> list[str]:
    """What must be known of prices and energy, one line each; ``asked`` are the profile's weights."""
    lines: list[str | None] = []
    if question.prices:
        lines += [_prices(question, best), _unused(question, compared)]
        lacking = [e for e in compared if price(question, e) is None]
        lines.append(_gap("cost: no price of", asked.cost, values.cost, where(lacking, compared), values))
        if not asked.cost and len(lacking) < len(compared):
            lines.append("cost is shown and changes no rank: --cost makes it count")
    if asked.energy:
        lacking = [e for e in compared if not has_energy(e)]
        lines.append(
            _gap("energy: not metered on", asked.energy, values.energy, where(lacking, compared), values)
        )
        lines.append(_meters(compared) if values.energy is not None else None)
    return [line for line in lines if line]


def _counted(values: Floats, criteria: Criteria) -> Floats | None:
    """``values``, or None where too few are known to count."""
    known = ~np.isnan(values)
    enough = known.any() if criteria.pessimistic else known.all()
    return values if enough else None


def _has_price(question: Question, e: Estimate) -> bool:
    return price(question, e) is not None


def _flags(paid: Price | None) -> tuple[str, ...]:
    if paid is None:
        return ()
    return ("stale_price",) if paid.stale else () if paid.date or paid.owned else ("undated_price",)


def _filled(values: Criteria, e: Estimate, paid: Price | None) -> tuple[str, ...]:
    gap = (values.cost is not None and paid is None) or (values.energy is not None and not has_energy(e))
    return ("pessimistic",) if gap else ()


def _gap(lack: str, weight: float, used: Floats | None, lacking: str, values: Criteria) -> str | None:
    """What becomes of a criterion that some candidates lack."""
    if not lacking:
        return None
    whose = f"{lack} {lacking}"
    if not weight:
        return whose
    if used is not None and values.pessimistic:
        return f"{whose}: counted as the worst of the others'"
    return f"{whose}, so it is dropped for all and the other weights share its part"


def _prices(question: Question, best: Sequence[Estimate]) -> str | None:
    """Each row's price with the line that says it."""
    found = [(e.hardware, p) for e in best if (p := price(question, e))]
    listed = "; ".join(f"{name} {_in_words(p)}" for name, p in found)
    return f"prices: {listed}" if listed else None


def _in_words(p: Price) -> str:
    """``0.69 USD a device-hour (prices.csv:4, 2026-03-01, the page)``."""
    when = f"{p.date}, more than 30 days old" if p.stale else p.date or ("" if p.owned else "undated")
    about = ", ".join(filter(None, (p.place, "own" if p.owned else "", when, p.source)))
    return f"{p.usd_per_device_hour:.4g} USD a device-hour ({about})"


def _unused(question: Question, compared: Sequence[Estimate]) -> str | None:
    """Prices of what is neither compared nor in the catalogue: most likely misspelt."""
    used = {p.place for e in compared if (p := price(question, e))}
    unknown = [p for p in question.prices if p.entry is None and p.place not in used]
    if not unknown:
        return None
    listed = "; ".join(f"{p.place} {p.hardware}" for p in unknown)
    return f"prices of no hardware that is compared or in the catalogue: {listed}"


def _meters(compared: Sequence[Estimate]) -> str | None:
    """Which part of a machine was metered, where that differs."""
    sources = sorted({e.energy_source for e in compared if e.energy_source})
    if len(sources) < 2:
        return None
    listed = " and ".join(METERS.get(source, source) for source in sources)
    return f"energy is metered as that of {listed}: not of the same parts of a machine"
