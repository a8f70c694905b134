"""What a unit costs, in money and in energy, as columns of a report: shown only where it was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from .. import units
from ..answers import Answer, Recommendation
from ..workloads import MixRow, WorkloadAnswer


@dataclass(frozen=True, slots=True)
class Spent:
    """One such column; its cells come from a row's fields."""

    name: str
    unit: str
    letter: str  # of its component
    value_field: str
    score_field: str

    def value(self, row: Recommendation | MixRow) -> str:
        """The quantity, three significant digits."""
        return units.number(getattr(row, self.value_field))

    def score(self, row: Recommendation | MixRow) -> float | None:
        """The component in [0, 1]; None where it does not count."""
        component: float | None = getattr(row, self.score_field)
        return component


COST = Spent("cost", "USD/1k", "C", "cost_per_1k_usd", "cost_score")
ENERGY = Spent("energy", "J/unit", "E", "energy_per_unit_j", "energy_score")


def spent(answer: Answer | WorkloadAnswer) -> tuple[Spent, ...]:
    """The columns that were asked for: cost by a price list, energy by weighing it."""
    asked = answer.question.energy or answer.weights.energy > 0
    return (*((COST,) if answer.question.prices else ()), *((ENERGY,) if asked else ()))


def meanings(answer: Answer) -> tuple[str, ...]:
    """How those columns are to be read."""
    unit = answer.group.throughput_unit.removesuffix("/s")
    lines = {
        COST: f"cost: USD for 1,000 {unit} = USD per device-hour × devices / (3.6 × throughput);"
        " C: smallest cost / cost.",
        ENERGY: f"energy: J for one of the {unit}, median over the processes; E: smallest energy / energy.",
    }
    return tuple(lines[column] for column in spent(answer))
