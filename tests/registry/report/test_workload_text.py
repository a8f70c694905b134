from __future__ import annotations

from dataclasses import replace

from fitment.registry.report import workload_text
from fitment.registry.units import ABSENT

from tests.registry.report.mixes import mixed


def test_the_recommendation_says_how_much_runs() -> None:
    """Rank 1 with the word, its chance, the number of parts; several at rank 1 are a tie; none is said."""
    answer = mixed()
    first, second = (row.hardware for row in answer.rows)
    said = f"{first}, runs 2 of 2 parts, P(best) 0.94"
    assert workload_text.recommendation(answer) == (f"Recommended (likely): {said}",)
    tied = replace(answer, rows=tuple(replace(row, rank=1) for row in answer.rows))
    assert workload_text.recommendation(tied)[0] == "Tie of 2: equal scores"
    open_ = replace(answer, certainty="toss-up", tie_group=(first, second, "Other"))
    assert workload_text.recommendation(open_) == (
        "Toss-up of 3: any of these may be the best",
        said,
        f"{second}, runs 1 of 2 parts, P(best) 0.06",
        "Other, below --top-k",
    )
    nothing = replace(answer, rows=())
    assert workload_text.recommendation(nothing) == ("No hardware runs any part.",)
    missed = replace(nothing, closest_miss="Nothing meets it")
    assert workload_text.recommendation(missed) == ("Nothing meets it",)


def test_shares_and_what_is_fixed_lead() -> None:
    """Each part is named with its share and what the file fixes of it."""
    asked, line = workload_text.heading(mixed())[1:3]
    assert asked == "Asked of each part: latency sensitive, memory of at most 2,000 MB."
    assert "1. resnet50 · forward · 3x224x224 (batch 8): 70%" in line
    assert "2. all-MiniLM-L6-v2 · forward · 128 (bf16, latency of at most 20 ms, throughput of at" in line
    assert "at least 5/s): 30%" in line


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
    assert "batch 8 · bf16 · eager, 21.4 samples/s, p50 374 ms, 1.32 GB allocator; T 0.250," in ran
    assert "L 0.250, M –; compat. 0.250; result 7;" in ran
    assert lacking == "part 2, all-MiniLM-L6-v2: not measured at precision bf16"
    assert lines[lacking] == "fitment sweep --models all-MiniLM-L6-v2"
