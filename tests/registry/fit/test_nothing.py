"""fitment.registry.fit.nothing: what is said where nothing runs, and the ways out."""

from __future__ import annotations

from dataclasses import replace

from fitment.registry.answers import Estimate, Question
from fitment.registry.fit.recommend import answer

from tests.registry.fit.estimates import QUESTION, failed, k, ok


def said(question: Question, *estimates: Estimate) -> str:
    """The sentence of an answer without rows."""
    found = answer(question, estimates)
    assert found.rows == ()
    assert found.nothing is not None
    assert "\n" not in found.nothing
    return found.nothing


def test_what_was_tried_and_how_it_ended_is_counted() -> None:
    """By status in words, the most frequent first; without a way out, where the reasons are."""
    estimates = [failed("A", k(batch), "timeout") for batch in (8, 16)]
    assert said(QUESTION, *estimates, failed("B", k(8), "crashed")) == (
        "Nothing that is asked runs on any of 2 hardware (3 configurations tried: 2 no result before the"
        " deadline, 1 the process crashed); each reason stands with its hardware"
    )


def test_a_word_that_is_not_known_here_stands_as_it_is() -> None:
    """A newer harness may have more outcomes than this release has words for."""
    assert "(1 configuration tried: 1 no_such_word)" in said(QUESTION, failed("A", k(8), "no_such_word"))


def test_out_of_memory_leads_to_the_batch_that_fits() -> None:
    """On the one hardware that there is, by its name."""
    assert said(QUESTION, failed("A", k(8), "oom_host")) == (
        "Nothing that is asked runs on A (1 configuration tried: 1 out of memory);"
        " `fitment sweep --batches max` finds the largest batch that fits"
    )


def test_what_ran_otherwise_is_a_way_out() -> None:
    """Without the options that rule it out; what is missing has its command."""
    asked = replace(QUESTION, batch=64, precision="bf16")
    held = (ok("A", k(1), 1.0), ok("B", k(1), 1.0), ok("B", k(8), 1.0))
    assert said(asked, *held) == (
        "Nothing that is asked was measured on any of 2 hardware; 3 other configurations ran: ask without"
        " --batch-size and --precision; what is missing is measured by the commands that are given"
    )
    impossible = replace(ok("A", k(64, "bf16"), 1.0), throughput=None)
    assert "(1 configuration tried: 1 without a possible throughput); 1 other configuration ran" in said(
        asked, held[0], impossible
    )


def test_what_ran_with_other_software_is_a_way_out() -> None:
    """The newest torch speaks for its hardware, also where it runs nothing: another has to be asked for."""
    older = ok("A", k(8), 1.0, env_id="older")
    newest = failed("A", k(8), "compile_error", env_id="new", stack="new", torch="2.14.0")
    assert said(replace(QUESTION, batch=8), older, newest) == (
        "Nothing that is asked runs on A (2 configurations tried: 1 compilation failed, 1 ran with other"
        " software than the one that speaks for its hardware); what ran is answered from with --env older"
    )
    assert answer(replace(QUESTION, batch=8, env_id="older"), [older, newest]).rows


def test_an_answer_with_rows_says_nothing_of_it() -> None:
    """Nor one whose limits leave nothing: that has its closest miss."""
    assert answer(QUESTION, [ok("A", k(1), 1.0)]).nothing is None
    missed = answer(replace(QUESTION, min_throughput=9.0), [ok("A", k(1), 1.0)])
    assert (missed.nothing, missed.closest_miss is None) == (None, False)
