"""Columns of what a unit costs: shown where it was asked for, in every export always."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from fitment.registry.answers import Answer, Price, Weights
from fitment.registry.report.export import to_csv, to_json
from fitment.registry.report.markdown import to_markdown
from fitment.registry.report.screen import show
from fitment.registry.report.spending import COST, ENERGY, meanings, spent
from fitment.registry.report.tables import answer_table


@pytest.fixture
def priced(compared: Answer) -> Answer:
    """The answer with a price for the first row, energies for two, and both as criteria."""
    a, b, c = compared.rows
    rows = (
        replace(
            a, usd_per_device_hour=0.69, cost_per_1k_usd=4.549e-5, cost_score=1.0, energy_per_unit_j=0.0712,
            energy_score=0.5,
        ),
        replace(b, energy_per_unit_j=0.0356, energy_score=1.0),
        c,
    )  # fmt: skip
    question = replace(
        compared.question, prices=(Price("RTX 4090", 0.69, "p.csv:2"),), cost=True, energy=True
    )
    return replace(compared, rows=rows, question=question, weights=Weights(0.18, 0.36, 0.06, 0.2, 0.2))


def text(answer: Answer, width: int) -> str:
    out = io.StringIO()
    show(answer_table(answer), file=out, width=width)
    return out.getvalue()


def test_only_where_asked(compared: Answer, priced: Answer) -> None:
    """Without prices and without weighing energy there is no column of either."""
    assert spent(compared) == ()
    assert spent(priced) == (COST, ENERGY)
    assert spent(
        replace(priced, question=replace(priced.question, energy=False), weights=compared.weights)
    ) == (COST,)
    assert "USD" not in text(compared, 160)
    assert meanings(compared) == ()


@pytest.mark.parametrize("width", [80, 120, 160])
def test_the_table_holds_both(priced: Answer, width: int) -> None:
    """Quantities with three digits, components, and a dash for what is not known; never a 0."""
    shown = text(priced, width)
    for figure in ("USD/1k", "J/unit", "0.0000455", "0.0712", "0.0356", "0.500", "USD per device-hour"):
        assert figure in " ".join(shown.split()), figure
    assert "0.18 T + 0.36 L + 0.06 M + 0.20 C + 0.20 E" in " ".join(shown.split())


def test_exports_hold_them_always(compared: Answer, priced: Answer) -> None:
    """JSON null, an empty cell or a dash where nothing is known; the weights of both beside the others."""
    rows = json.loads(to_json(priced))["rows"]
    assert [row["cost_per_1k_usd"] for row in rows] == [4.549e-5, None, None]
    assert json.loads(to_json(compared))["rows"][0]["cost_score"] is None
    first = next(csv.DictReader(io.StringIO(to_csv(priced))))
    assert (first["energy_per_unit_j"], first["weight_cost"]) == ("0.0712", "0.2")
    assert next(csv.DictReader(io.StringIO(to_csv(compared))))["cost_per_1k_usd"] == ""
    assert "| USD/1k | J/unit |" in to_markdown(compared)
    assert "| 0.0000455 | 0.0712 |" in to_markdown(priced)
