from __future__ import annotations

from dataclasses import replace

from fitment.registry.report import workload_text
from fitment.registry.units import ABSENT

from tests.registry.report.mixes import mixed


def test_the_recommendation_says_how_much_runs() -> None:
    """Rank 1 with the number of parts; several at rank 1 are a tie; none is said."""
    answer = mixed()
    assert workload_text.recommendation(answer) == (
        "Recommended: NVIDIA GeForce RTX 4090, 24 GiB, runs 2 of 2 parts"
    )
    tied = replace(answer, rows=tuple(replace(row, rank=1) for row in answer.rows))
    assert workload_text.recommendation(tied).startswith("Tie of 2: ")
    assert workload_text.recommendation(replace(answer, rows=())) == "No hardware runs any part."


def test_shares_and_what_is_fixed_lead() -> None:
    """Each part is named with its share and what the file fixes of it."""
    line = workload_text.heading(mixed())[1]
    assert "1. resnet50 · forward · 3x224x224 (batch 8): 70%" in line
    assert "2. all-MiniLM-L6-v2 · forward · 128 (bf16): 30%" in line


def test_the_worst_part_needs_two() -> None:
    """Where one part runs there is no worst one."""
    answer = mixed()
    assert workload_text.worst(answer.rows[0], answer) == "2. all-MiniLM-L6-v2: 0.500"
    assert workload_text.worst(answer.rows[1], answer) == ABSENT


def test_each_part_has_its_evidence_or_its_reason() -> None:
    """What ran says its configuration, scores, ids, environment; what did not says why and how to run it."""
    answer = mixed()
    lines = dict(workload_text.parts(answer.rows[1], answer))
    ran, lacking = lines
    assert "batch 8 · bf16 · eager, 21.4 samples/s; T 0.250, L 0.250, M –; compat. 0.250; result 7;" in ran
    assert lacking == "part 2, all-MiniLM-L6-v2: not measured at precision bf16"
    assert lines[lacking] == "fitment sweep --models all-MiniLM-L6-v2"
