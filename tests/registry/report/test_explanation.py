"""A colleague with a pocket calculator gets the scores from the printed explanation alone."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from fitment.registry.answers import Answer, Estimate, Price
from fitment.registry.fit.recommend import answer
from fitment.registry.report.explanation import exact, lines
from fitment.registry.report.export import to_markdown
from fitment.registry.report.screen import show
from fitment.registry.report.tables import answer_table

from tests.registry.fit.estimates import QUESTION, k, ok, stated

NUMBER = r"\d+(?:\.\d+)?"
LETTERS = {"t": "throughput_score", "l": "latency_score", "m": "memory_score"}


def explained(*estimates: Estimate, **asked: object) -> Answer:
    return answer(replace(QUESTION, explain=True, top_k=99, **asked), estimates)  # type: ignore[arg-type]


def mixed() -> Answer:
    """Two scopes of memory (headroom), weights that are no round numbers, several batches."""
    return explained(
        ok("A", k(1), 123.4567, memory_bytes=1_234_567_890),
        ok("A", k(8), 456.789, memory_bytes=2_345_678_901),
        ok("B", k(1), 77.77, memory_scope="allocator", capacity_bytes=24 * 2**30, n=3),
        ok("B", k(8), 1_234_567.8, memory_scope="allocator", capacity_bytes=24 * 2**30),
        task="inference",
        latency_sensitive=True,
    )


def dropped() -> Answer:
    """Published figures without memory."""
    return explained(stated("A", k(1), 0.0123), stated("B", k(1), 0.0777, n=7))


def plain() -> Answer:
    """One scope, the default weights."""
    return explained(ok("A", k(1), 10.0), ok("A", k(8), 30.0), ok("B", k(1), 20.0), ok("B", k(8), 21.0))


def printed(found: Answer, width: int) -> dict[str, list[str]]:
    """The explanation of each hardware as the terminal shows it, folded lines joined again."""
    out = io.StringIO()
    show(answer_table(found), file=out, width=width)
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in out.getvalue().splitlines():
        if title := re.fullmatch(r"Why (.+) has rank \d+", line):
            current = sections.setdefault(title[1], [])
        elif line and not line.startswith(" "):
            current = []
        elif line.startswith("    ") and current:
            current[-1] += f" {line.strip()}"
        elif line.strip():
            current.append(line.strip())
    return sections


def quotient(line: str) -> tuple[float, float]:
    """What a component's line divides, and what it says comes out."""
    one_minus, above, below, result = re.search(  # type: ignore[union-attr]
        rf"= (1 − )?({NUMBER}) / ({NUMBER}) = ({NUMBER})", line
    ).groups()
    share = float(above) / float(below)
    return (1 - share if one_minus else share), float(result)


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("made", [mixed, dropped, plain])
def test_a_pocket_calculator_gets_the_score(made, width: int) -> None:  # type: ignore[no-untyped-def]
    """Dividing, multiplying and adding the printed figures gives the printed and the stored scores."""
    found = made()
    sections = printed(found, width)
    assert sections.keys() == {row.hardware for row in found.rows}
    for row in found.rows:
        told = sections[row.hardware]
        components = {}
        for line in told:
            if re.match(r"[TLM] = ", line):
                value, result = quotient(line)
                assert value == pytest.approx(result, rel=2e-5)
                components[line[0].lower()] = value
        stored = {letter for letter, name in LETTERS.items() if getattr(row, name) is not None}
        assert components.keys() == stored
        sum_line = next(line for line in told if line.startswith("compatibility = "))
        products = re.findall(rf"({NUMBER}) × ({NUMBER})", sum_line)
        assert len(products) == len(stored)
        total = sum(float(w) * c for (w, _), c in zip(products, components.values(), strict=True))
        assert total == pytest.approx(row.compatibility, rel=5e-5)
        assert float(sum_line.rsplit("= ", 1)[1]) == pytest.approx(row.compatibility, rel=5e-6)
        c_line = next(line for line in told if line.startswith(f"c({row.n}) = "))
        c = min(1, 0.5 + 0.1 * row.n)
        assert c * total == pytest.approx(row.suitability, rel=5e-5)
        assert float(c_line.rsplit("= ", 1)[1]) == pytest.approx(row.suitability, rel=5e-6)


def test_what_is_missing_is_said() -> None:
    """A dropped criterion is named as such and takes no part in the sum."""
    found = dropped()
    told = lines(found.rows[0], found)
    assert "memory m: not measured" in told
    assert "M is not counted: dropped for all" in told
    assert any(line.startswith("throughput t = 0.0777 samples/s (no interval known)") for line in told)


def test_a_price_becomes_a_cost_by_hand() -> None:
    """Where there are prices the cost's own division stands beside what it is held against."""
    prices = (Price("A", 0.36, "p.csv:2"), Price("B", 0.72, "p.csv:3"))
    found = explained(ok("A", k(8), 100.0), ok("B", k(8), 120.0), prices=prices, cost=True)
    dear = next(row for row in found.rows if row.hardware == "B")
    told = lines(dear, found)
    made = next(line for line in told if line.startswith("cost of 1,000 = "))
    assert "= 0.72 × 1 / (3.6 × 120) = 0.00166667 USD" in made
    assert pytest.approx(dear.cost_per_1k_usd) == 0.72 / (3.6 * 120)
    divided = next(line for line in told if line.startswith("C = "))
    assert quotient(divided)[0] == pytest.approx(dear.cost_score, rel=1e-5)


def test_evidence_stands_in_each(compared: Answer) -> None:
    """Tier, environment and result ids are there; without an explanation nothing is."""
    found = plain()
    told = "\n".join(lines(found.rows[0], found))
    assert "evidence: measured elsewhere, host, torch 2.13.0 (result 1); environment env of" in told
    assert all(lines(row, compared) == () for row in compared.rows)


def test_markdown_carries_it() -> None:
    """The Markdown of an answer holds the same lines and the command."""
    text = to_markdown(plain())
    assert "## Why B has rank" in text
    assert "fitment sweep --models net --devices cpu --batches" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"), (0.5, "0.5"), (1320.0, "1320"), (1_234_567.8, "1234570"), (1e-9, "0.000000001"),
        (5 / 12, "0.416667"), (0.0, "0"), (123.4567, "123.457"), (100.0, "100"),
    ],
)  # fmt: skip
def test_six_digits_without_an_exponent(value: float, text: str) -> None:
    """Numbers can be typed as they stand."""
    assert exact(value) == text
