from __future__ import annotations

import dataclasses

import pytest
from fitment.registry.answers import Answer, Evidence, Weights
from fitment.registry.records import Configuration
from fitment.registry.report import wording


@pytest.mark.parametrize(
    ("weights", "formula"),
    [
        (Weights(0.5, 0.3, 0.2), "0.50 T + 0.30 L + 0.20 M"),
        (Weights(0.625, 0.375, 0.0), "0.625 T + 0.375 L (M not counted)"),
        (Weights(1.0, 0.0, 0.0), "1.00 T (L and M not counted)"),
    ],
)
def test_the_formula_shows_the_weights_used(weights: Weights, formula: str) -> None:
    """Each weight with the digits that it was used with; a criterion that doesn't count is named."""
    assert wording.formula(weights) == formula


def labels(answer: Answer) -> list[str]:
    return [line.split(":")[0] for line in wording.recommendation(answer)]


def test_a_toss_up_is_recommended_as_one(freed: Answer) -> None:
    """One sentence says that it is one; each of the group follows, and none is the recommendation."""
    sentence, *members = wording.recommendation(freed)
    assert sentence == "Toss-up of 2, by throughput alone: any of these may be the best"
    assert [member.split(" with ")[0] for member in members] == [row.hardware for row in freed.rows]


def test_a_tie_group_goes_beyond_the_rows(freed: Answer) -> None:
    """What --top-k cuts off is still named as part of the tie group."""
    first, second = freed.rows
    lines = wording.recommendation(dataclasses.replace(freed, rows=(first,)))
    assert lines[0].startswith("Toss-up of 2")
    assert lines[1].startswith(f"{first.hardware} with ")
    assert lines[2:] == (f"{second.hardware}, below --top-k",)


def test_a_tie_group_of_lower_ranks(compared: Answer) -> None:
    """It holds what may be best, not what has rank 1 alone; a word stands beside a lone recommendation."""
    assert labels(compared) == ["Recommended (likely)"]
    tied = tuple(row.hardware for row in compared.rows[:2])
    assert labels(dataclasses.replace(compared, certainty="toss-up", tie_group=tied))[0] == "Toss-up of 2"
    assert labels(dataclasses.replace(compared, certainty="toss-up", tie_group=tied[:1])) == [
        "Recommended (toss-up)"
    ]


def test_equal_scores_are_a_tie(freed: Answer) -> None:
    """Two at rank 1 are named together whatever the word."""
    assert (
        labels(dataclasses.replace(freed, certainty=None, tie_group=()))[0] == "Tie of 2, by throughput alone"
    )


def test_ranks_that_a_row_may_have(compared: Answer) -> None:
    """One rank is a number, several are from and to, and without a rival there are none."""
    assert [wording.rank_interval(row) for row in compared.rows] == ["1–2", "1–2", "3"]
    assert wording.rank_interval(dataclasses.replace(compared.rows[0], rank_low=None)) == ""


def test_noise_is_explained(compared: Answer) -> None:
    """The legend says what spread the draws stand on; without a rival there is no such line."""
    text = " ".join(wording.columns(compared))
    assert "processes differ by 1.1–2% (before their own spread is seen) and machines by 3%" in text
    assert "draws" not in " ".join(wording.columns(dataclasses.replace(compared, certainty=None)))


def test_a_lone_hardware_is_not_recommended(compared: Answer) -> None:
    """Where nothing stands beside it, the first line does not speak of a recommendation."""
    alone = dataclasses.replace(compared.rows[0], flags=("single",))
    (line,) = wording.recommendation(dataclasses.replace(compared, rows=(alone,)))
    assert line.startswith("The only candidate: NVIDIA GeForce RTX 4090, 24 GiB with batch 32")


def test_no_usable_hardware_is_said(compared: Answer) -> None:
    """An answer without rows recommends nothing."""
    assert wording.recommendation(dataclasses.replace(compared, rows=())) == (
        "Nothing that is asked runs on any hardware.",
    )
    said = "Nothing that is asked was measured on any of 2 hardware; …"
    assert wording.heading(dataclasses.replace(compared, rows=(), nothing=said))[0] == said


def test_every_criterion_that_is_dropped_is_named(compared: Answer) -> None:
    """Cost and energy too where they were asked for; where they were not, nothing is said of them."""
    question = dataclasses.replace(compared.question, cost=True, energy=True, latency_sensitive=False)
    used = Weights(0.5, 0.3, 0.2, 0.0, 0.0)
    both = dataclasses.replace(compared, question=question, weights=used)
    assert wording.weighing(both) == "compatibility = 0.50 T + 0.30 L + 0.20 M (C and E not counted)"
    some = dataclasses.replace(both, weights=Weights(0.75, 0.0, 0.0, 0.25, 0.0))
    assert wording.weighing(some) == "compatibility = 0.75 T + 0.25 C (L, M and E not counted)"
    plain = dataclasses.replace(both, question=dataclasses.replace(question, cost=False, energy=False))
    assert wording.weighing(plain) == "compatibility = 0.50 T + 0.30 L + 0.20 M"
    assert "(C and E not counted)" in wording.heading(both)[-2]


def test_the_closest_miss_is_the_answer_where_limits_leave_nothing(compared: Answer) -> None:
    """It is the first line, in place of a recommendation."""
    nothing = dataclasses.replace(compared, rows=(), closest_miss="Nothing meets --max-latency-ms 1: …")
    assert wording.heading(nothing)[0] == "Nothing meets --max-latency-ms 1: …"


def test_what_does_not_run_is_named(compared: Answer) -> None:
    """Coverage names each failure by its own word, and the largest batch below an OOM."""
    row = dataclasses.replace(
        compared.rows[2], not_run="out of memory at 1, the process crashed at 1", max_ok_batch=8
    )
    alone = dataclasses.replace(row, not_run="the process crashed at 2")
    assert wording.coverage(alone) == "runs 67% of the compared configurations: the process crashed at 2"
    assert wording.coverage(row) == (
        "runs 67% of the compared configurations: out of memory at 1, the process crashed at 1"
        " (largest batch that ran: 8)"
    )
    assert wording.coverage(compared.rows[0]) is None


def test_the_front_is_marked_and_the_marks_explained(compared: Answer) -> None:
    """A sign beside the rank, and what the signs in use mean."""
    assert [wording.standing(row) for row in compared.rows] == ["◆", "", "◇"]
    assert "◇ ≈ front: within 1%" in " ".join(wording.columns(compared))
    first = dataclasses.replace(compared, rows=compared.rows[:2])
    assert "◇" not in " ".join(wording.columns(first))


def test_decided_configurations_are_told_by_axis(compared: Answer) -> None:
    """What was compared is one line, however many configurations it is."""
    assert wording.decided(compared.decided).endswith(": batch 1, 8, 32 × bf16, fp32 × eager.")
    assert wording.decided(compared.decided[:1]).endswith(": batch 1 · fp32 · eager.")
    assert wording.decided(()) == "No configuration was tried on all candidate hardware."


def test_decided_does_not_claim_a_cross_product() -> None:
    """Configurations that are not every combination of their axes are not written as one."""
    ragged = (Configuration(1, "fp32", "eager"), Configuration(8, "bf16", "eager"))
    assert "×" not in wording.decided(ragged)


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ((7,), "result 7"),
        ((3, 1, 2), "results 1–3"),
        ((1, 2, 5, 9), "results 1–2, 5, 9"),
        (tuple(range(0, 40, 2)), "20 results, 0 … 38"),
    ],
)
def test_result_ids_are_short(ids: tuple[int, ...], words: str) -> None:
    """Runs of ids become ranges; where that is still long, their number and span."""
    assert wording.result_ids(ids) == words


def test_evidence_names_its_origin() -> None:
    """An import is from a file and line, a measurement was made somewhere."""
    assert wording.evidence(Evidence("imported", "f.csv:3", (1,))) == "imported from f.csv:3 (result 1)"
    assert wording.evidence(Evidence("measured here", "host, torch 2.13.0", ())) == (
        "measured here, host, torch 2.13.0"
    )


def test_coverage_is_said_where_something_does_not_run(compared: Answer) -> None:
    """Full or unknown coverage needs no words."""
    assert [wording.coverage(row) for row in compared.rows] == [
        None,
        None,
        "runs 67% of the compared configurations: out of memory at 2 (largest batch that ran: 1)",
    ]
    assert wording.coverage(dataclasses.replace(compared.rows[0], coverage=None)) is None


def test_columns_explain_only_the_scopes_shown(compared: Answer, freed: Answer) -> None:
    """The legend speaks of what is on the screen."""
    assert "allocator" in wording.columns(compared)[0]
    assert "allocator" not in wording.columns(freed)[0]


def test_flags_on_every_row_are_common(compared: Answer, freed: Answer) -> None:
    """What all rows carry is said once; of a single row nothing is common."""
    assert wording.common_flags(compared.rows) == ()
    assert wording.common_flags(freed.rows) == ("no_common_configuration",)
    assert wording.common_flags(freed.rows[:1]) == ()


def test_a_flag_that_a_note_explains_needs_no_legend(compared: Answer) -> None:
    """The legend holds the other flags only."""
    assert wording.unexplained_flags(compared) == ("assumed", "noisy", "software_mismatch")
    noted = dataclasses.replace(
        compared, notes=("software_mismatch: torch 2.4 and 2.9", "assumed, as it is", "")
    )
    assert wording.unexplained_flags(noted) == ("noisy",)


def test_a_spread_from_inside_one_process_is_marked(compared: Answer) -> None:
    """It has an asterisk, and one line says what that means; spreads of processes have neither."""
    first = compared.rows[0]
    inside = dataclasses.replace(first, n=1, interval_basis="samples")
    assert (wording.spread(first), wording.spread(inside)) == ("±0.61%", "±0.61%*")
    told = [
        [line for line in wording.columns(dataclasses.replace(compared, rows=(row,))) if "±" in line]
        for row in (first, inside, compared.rows[1])
    ]
    assert [len(lines) for lines in told] == [1, 1, 0]
    assert ["inside the one process" in lines[0] for lines in told[:2]] == [False, True]


def test_a_spread_of_a_factor_is_explained(compared: Answer) -> None:
    """Its sign is named in the line on spreads."""
    wide = dataclasses.replace(compared.rows[0], throughput_low=1000.0, throughput_high=9000.0)
    assert wording.spread(wide) == "×÷3"
    lines = wording.columns(dataclasses.replace(compared, rows=(wide,)))
    assert any(line.startswith("±, ×÷: half") for line in lines)
