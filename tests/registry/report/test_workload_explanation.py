"""How a mix's rows were made, from the parts to the score, in lines that can be calculated again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fitment.registry.answers import Price
from fitment.registry.fit.decision import Standing
from fitment.registry.fit.workload_decision import WorkloadRecord
from fitment.registry.report import workload_explanation, workload_record
from fitment.registry.report.workload_export import to_markdown
from fitment.registry.workloads import Work, WorkloadAnswer

from tests.registry.fit.estimates import failed, k, ok
from tests.registry.fit.mixes import ASKED, mix_of, of, row
from tests.registry.report.test_workload_table import shown

PRICES = (Price("A", 3.6, "p.csv:2"), Price("B", 1.8, "p.csv:3"))
ASKING = replace(ASKED, explain=True, prices=PRICES, cost=True, target_rate=90.0)


@pytest.fixture(scope="module")
def answer() -> WorkloadAnswer:
    """Three parts, the last of which B was out of memory in."""
    ends = {"throughput_low": 90.0, "throughput_high": 110.0, "interval_basis": "processes"}
    works = {
        Work("one", 3.0): of("one", ok("A", k(1), 100.0, **ends), ok("B", k(1), 25.0)),
        Work("two", 1.0): of("two", ok("A", k(1), 10.0), ok("B", k(1), 40.0)),
        Work("three", 4.0): of("three", ok("A", k(2), 50.0), failed("B", k(2), "oom_device")),
    }
    return mix_of(works, ASKING)


def worth(text: str) -> float:
    """The value of a printed sum of products and powers."""
    return float(eval(text.replace("^", "**").replace("×", "*"), {"__builtins__": {}}))


def test_the_sums_can_be_calculated_again(answer: WorkloadAnswer) -> None:
    """Each mean, cost, score and rate is what its printed terms come to, within six digits."""
    found = workload_explanation.lines(row(answer, "A"), answer)
    checked = 0
    for line in found:
        if match := re.match(
            r"(?:[A-Z]|cost|compatibility|rate of the mix) = ([\d.^× +/()]+) = ([\d.]+)", line
        ):
            assert worth(match[1]) == pytest.approx(float(match[2]), rel=2e-5), line
            checked += 1
    assert checked == 6  # T, L, M, cost, compatibility, rate
    assert "T = 1^0.75 × 0.25^0.25 = 0.707107" in found
    assert "cost = 0.75 × 0.01 + 0.25 × 0.1 = 0.0325 USD/1k" in found
    assert any(line.startswith("C = 0.010625 (each part where it takes least) / 0.0325 = ") for line in found)
    assert "rate of the mix = 1 / (0.375 / 100 + 0.125 / 10 + 0.5 / 50) = 38.0952 samples/s" in found
    assert "90 / 38.0952, rounded up: 3 devices for 90 samples/s of the mix" in found
    assert any(
        line.startswith("rank 1 by the parts that run, then by compatibility; P(best)") for line in found
    )


def test_a_part_says_what_it_brings(answer: WorkloadAnswer) -> None:
    """Its share, configuration, powers, time, then its own numbers with result ids and where to repeat it."""
    name, found, command = workload_explanation.of_part(row(answer, "A"), 1, answer)
    assert name == "2. two · forward · 3x224x224: 12.5% of the mix"
    assert found[:3] == (
        "chosen: batch 1 · fp32 · eager",
        "brings to the means: T 0.25^0.25 = 0.707107, L 0.25^0.25 = 0.707107, M 1^0.25 = 1",
        "takes 12.5 ms of the 26.2 ms of a unit of the mix (47.6%)",
    )
    text = "\n".join(found)
    assert "T = t / max t = 10 / 40 = 0.25; max t: B, batch 1 · fp32 · eager (result 1)" in text
    assert "among the hardware of this part: rank 2 by compatibility" in text
    assert "evidence: measured elsewhere, host, torch 2.13.0 (result 1); environment env of A" in text
    assert command is not None
    assert command.startswith("fitment sweep --models two --devices cpu")
    alone = workload_explanation.of_part(row(answer, "A"), 2, answer)[1]
    assert alone[1] == "in no mean, as it does not run on all: it counts as one of the parts that run"


def test_a_part_that_does_not_run_says_why(answer: WorkloadAnswer) -> None:
    """And no rate of the mix is made of the others."""
    _, found, _ = workload_explanation.of_part(row(answer, "B"), 2, answer)
    assert found == ("does not run: out of device memory at batch 2, fp32, eager",)
    assert not any(
        line.startswith("rate of the mix") for line in workload_explanation.lines(row(answer, "B"), answer)
    )


def test_flags_have_their_meaning(answer: WorkloadAnswer) -> None:
    """Those that a note of the part does not begin with."""
    flagged = replace(row(answer, "A").parts[0], flags=("assumed", "noisy"))
    rows = (replace(row(answer, "A"), parts=(flagged, *row(answer, "A").parts[1:])),)
    marked = replace(answer, rows=rows, part_notes=(("assumed, as the sources do not state it: x",), (), ()))
    found = workload_explanation.of_part(marked.rows[0], 0, marked)[1]
    assert found[-1] == "noisy: repeated timings spread more than the stop rule accepts"
    assert not any(line.startswith("assumed") for line in found)


def test_notes_of_the_parts_are_said_once(answer: WorkloadAnswer) -> None:
    """With their parts, or of each where all say so; none without --explain."""
    found = workload_explanation.beside(answer)
    assert "each part: latency is compared as p50: p95 is not known for any" in found
    assert any(line.startswith("part 3: rank basis: single: only A") for line in found)
    plain = replace(answer, rows=tuple(replace(r, parts=tuple(replace(p, alone=None) for p in r.parts))
                                       for r in answer.rows))  # fmt: skip
    assert workload_explanation.beside(plain) == ()
    assert "Why A has rank 1" not in shown(plain, 100)


def test_every_form_shows_it(answer: WorkloadAnswer) -> None:
    """The terminal, Markdown and the decision record hold the sums, and the commands whole."""
    standing = Standing("c0ffee", 1, "0.1.0", (1,), None, ())
    record = WorkloadRecord(answer, "fitment recommend --workload mix.toml", standing)
    command = workload_explanation.of_part(row(answer, "A"), 0, answer)[2] or "no command"
    for text in (shown(answer, 100), to_markdown(answer), workload_record.to_html(record)):
        for needed in ("0.707107", "12.5% of the mix", "3 devices for 90 samples/s", command, "26.2 ms"):
            assert needed in text, needed
    assert "no number of devices reaches 90 samples/s of the mix: part 3 can't run" in to_markdown(answer)


def test_suitability_has_its_column() -> None:
    """Where it ranks, and only there."""
    works = {Work("one", 1.0): of("one", ok("A", k(1), 100.0), ok("B", k(1), 25.0))}
    assert "| suitability |" not in to_markdown(mix_of(works))
    sure = mix_of(works, replace(ASKED, rank_by="suitability"))
    assert "| compatibility | suitability |" in to_markdown(sure)
    assert "suitab." in shown(sure, 100)
