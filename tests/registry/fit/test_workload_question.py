"""What is asked of each part of a mix, and the one profile of the whole."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest
from fitment.registry.answers import Profile, Question, Weights
from fitment.registry.errors import ConfigError, QuestionError, UnknownNameError
from fitment.registry.fit.workload_question import asked, check, mix_profile
from fitment.registry.workloads import Mix, Work

from tests.registry.fit.estimates import k, ok
from tests.registry.fit.mixes import ASKED, mix_of, of

MINE = Profile("mine", Weights(0.2, 0.7, 0.1))
TRAINS = Profile("trains", Weights(0.2, 0.7, 0.1), "train_step")


def test_a_part_has_its_own_fields_and_the_flags_of_the_whole() -> None:
    """Its limits go before those of all; a rate is asked of the whole mix alone."""
    whole = replace(ASKED, latency_sensitive=True, missing="require", max_latency_s=1.0, target_rate=9.0)
    part = asked(Work("net", 1.0, task="training", batch=8, max_latency_s=0.5), whole)
    assert (part.model, part.task, part.batch, part.max_latency_s) == ("net", "training", 8, 0.5)
    assert (part.latency_sensitive, part.missing, part.target_rate) == (True, "require", None)


def test_a_profile_weighs_and_a_task_says_which_results() -> None:
    """The profile's weights stand in for the task's in each part and in the whole; scenarios stay."""
    own = replace(ASKED, profile=MINE)
    works = (Work("net", 1.0, task="training"), Work("net", 1.0))
    parts = [asked(work, own) for work in works]
    assert [(p.task, p.profile and p.profile.scenario) for p in parts] == [
        (None, "train_step"),
        (None, "forward"),
    ]
    assert {p.profile.weights for p in parts if p.profile} == {MINE.weights}
    assert mix_profile(Mix("m", works), own) == MINE
    found = mix_of({works[1]: of("net", ok("A", k(1), 2.0), ok("B", k(1), 1.0))}, own)
    assert astuple(found.weights) == astuple(MINE.weights)
    assert mix_profile(Mix("m", works), replace(own, latency_sensitive=True)).name == "mine+latency_sensitive"
    assert asked(works[1], replace(ASKED, profile=TRAINS)).profile == TRAINS


def test_scenarios_that_contradict_are_refused() -> None:
    """A profile of one scenario and a task of another can't both be meant; the same one twice can."""
    mix = Mix("mix.toml", (Work("net", 1.0), Work("net", 1.0, task="inference")))
    with pytest.raises(QuestionError) as caught:
        check(mix, replace(ASKED, profile=TRAINS))
    assert str(caught.value) == (
        "mix.toml: work[2].task: inference compares forward results, --profile trains those of train_step:"
        " leave out one of the two"
    )
    check(Mix("m", (Work("net", 1.0, task="training"),)), replace(ASKED, profile=TRAINS))
    check(mix, replace(ASKED, profile=MINE))


@pytest.mark.parametrize(
    ("question", "error", "said"),
    [
        (Question("", rank_by="speed"), UnknownNameError, 'unknown score "speed"'),
        (Question("", missing="ignore"), UnknownNameError, 'unknown policy "ignore"'),
        (Question("", target_rate=float("inf")), QuestionError, "--target-rate: a finite number"),
        (Question("", profile=Profile("p", Weights(0.5, 0, 0, 0.5))), QuestionError, "needs prices"),
    ],
)
def test_what_no_mix_could_answer(question: Question, error: type[ConfigError], said: str) -> None:
    """Refused before a store is looked at, as for a single model."""
    with pytest.raises(error, match=said):
        check(Mix("m", (Work("net", 1.0),)), question)
