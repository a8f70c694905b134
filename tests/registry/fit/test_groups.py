"""Which group answers a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitment.registry.answers import Estimate, Question
from fitment.registry.errors import NoResultsError
from fitment.registry.fit import groups
from fitment.registry.fit.recommend import answer
from fitment.registry.fit.remedy import HAD, TAGS

from tests.registry.fit.estimates import GROUP, QUESTION, failed, k, ok

SMALL = replace(GROUP, input_shape="3x160x160")
TRAIN = replace(GROUP, scenario="train_step")


def choose(question: Question, *estimates: Estimate) -> str:
    held = groups.eligible(question, groups.by_group(estimates))
    return groups.choose(question, held).input_shape


def test_most_hardware_wins() -> None:
    """The shape that most hardware has measured is compared, whatever its number of candidates."""
    many = [ok("A", k(batch), 1.0, group=SMALL) for batch in (1, 2, 4, 8)]
    assert choose(QUESTION, *many, ok("A", k(1), 1.0), ok("B", k(1), 1.0)) == "3x224x224"


def test_then_most_candidates() -> None:
    """With as much hardware, the shape with more candidates is compared."""
    assert (
        choose(QUESTION, ok("A", k(1), 1.0), ok("A", k(1), 1.0, group=SMALL), ok("A", k(2), 1.0, group=SMALL))
        == "3x160x160"
    )


def test_then_the_native_size() -> None:
    """Of equal groups the one that the model was made for answers, whatever was run more often."""
    small = replace(SMALL, model="resnet50")
    native = replace(GROUP, model="resnet50")
    asked = replace(QUESTION, model="resnet50")
    pair = [ok("A", k(1), 1.0, group=native), ok("A", k(1), 1.0, group=small, n=3)]
    assert choose(asked, *pair) == choose(asked, *reversed(pair)) == "3x224x224"
    assert choose(asked, *pair, ok("A", k(2), 1.0, group=small)) == "3x160x160"


def test_a_renamed_model_keeps_its_native_size() -> None:
    """What a model was called says for which size it was made, so that another name changes no answer."""
    pair = [ok("A", k(1), 1.0), ok("A", k(1), 1.0, group=SMALL)]
    assert answer(QUESTION, pair, {HAD: ["resnet50"]}).group == GROUP
    assert answer(QUESTION, pair).group == SMALL


def test_then_the_version_that_was_added_last() -> None:
    """Of versions that are tied the newest answers, whatever its name; what is no version comes after all."""
    tagged = [ok("A", k(1), 1.0, group=replace(GROUP, model_version=tag)) for tag in ("", "v10", "v9", "rc")]
    for estimates in (tagged, tagged[::-1]):
        held = groups.by_group(estimates)
        assert groups.choose(QUESTION, held, tags=["v9", "v10"]).model_version == "v10"
        assert groups.choose(QUESTION, held, tags=["v10", "v9"]).model_version == "v9"
        assert groups.choose(QUESTION, held).model_version == ""
        more = groups.by_group([*estimates, ok("A", k(2), 1.0, group=replace(GROUP, model_version="v9"))])
        assert groups.choose(QUESTION, more, tags=["v9", "v10"]).model_version == "v9"
    assert answer(QUESTION, tagged, {TAGS: ["v9", "v10"]}).group.model_version == "v10"


def test_then_the_smallest_name() -> None:
    """Equal groups are settled by name, not by their order in the store."""
    pair = [ok("A", k(1), 1.0), ok("A", k(1), 1.0, group=SMALL)]
    assert choose(QUESTION, *pair) == choose(QUESTION, *reversed(pair)) == "3x160x160"


def test_fixed_axes_count_first() -> None:
    """The shape that holds what is asked is chosen before one with more hardware that doesn't."""
    estimates = [ok("A", k(64), 1.0), ok("B", k(64), 1.0), ok("A", k(8), 1.0, group=SMALL)]
    assert choose(replace(QUESTION, batch=8), *estimates) == "3x160x160"


@pytest.mark.parametrize("asked", ["224", "3x224x224"])
def test_input_shape_by_its_side(asked: str) -> None:
    """A square image's side names its shape."""
    estimates = [ok("A", k(), 1.0), ok("A", k(), 1.0, group=SMALL), ok("B", k(), 1.0, group=SMALL)]
    assert choose(replace(QUESTION, input_shape=asked), *estimates) == "3x224x224"


def test_failures_do_not_count_as_candidates() -> None:
    """A shape on which nothing ran has no candidates."""
    oom = [failed(h, k(), "oom_host", group=SMALL) for h in "AB"]
    assert choose(QUESTION, *oom, ok("A", k(), 1.0)) == "3x224x224"


def test_training_asks_of_train_steps() -> None:
    """A task answers from its own scenario, and says which scenarios there are where it has none."""
    held = groups.by_group([ok("A", k(), 1.0), ok("A", k(), 1.0, group=TRAIN)])
    assert set(groups.eligible(replace(QUESTION, task="training"), held)) == {TRAIN}
    with pytest.raises(NoResultsError, match=r"net has no train_step results, only forward.*train_step"):
        groups.eligible(replace(QUESTION, task="training"), {GROUP: held[GROUP]})
    with pytest.raises(NoResultsError, match="ask --task training"):
        groups.eligible(QUESTION, {TRAIN: held[TRAIN]})


def test_unknown_shape_and_version_name_what_is_there() -> None:
    """A shape or version that nothing has is answered with those that are stored."""
    held = groups.by_group([ok("A", k(), 1.0), ok("A", k(), 1.0, group=replace(SMALL, model_version="v2"))])
    with pytest.raises(NoResultsError, match="at input 300: it has input 3x160x160, 3x224x224"):
        groups.eligible(replace(QUESTION, input_shape="300"), held)
    with pytest.raises(NoResultsError, match=r"of version v9.*versions \(none\), v2"):
        groups.eligible(replace(QUESTION, model_version="v9"), held)


def test_others_are_named_in_one_line() -> None:
    """The groups that are not compared are named with how much hardware they hold."""
    held = groups.by_group(
        [
            ok("A", k(), 1.0),
            ok("A", k(), 1.0, group=SMALL),
            ok("B", k(), 1.0, group=SMALL),
            ok("A", k(), 1.0, group=TRAIN),
        ]
    )
    found = groups.others_in_words(GROUP, held)
    assert found == (
        "also measured, not compared here: 3x160x160 (2 hardware), train_step 3x224x224 (1 hardware);"
        " --task or --input asks for another"
    )
    second = replace(GROUP, model_version="v2")
    assert groups.others_in_words(GROUP, {GROUP: held[GROUP], second: held[GROUP]}) == (
        "also measured, not compared here: 3x224x224 version v2 (1 hardware);"
        " --model-version asks for another"
    )
    in_tokens = replace(GROUP, throughput_unit="tokens/s")
    assert groups.others_in_words(GROUP, {GROUP: held[GROUP], in_tokens: held[GROUP]}) == (
        "also measured, not compared here: 3x224x224 in tokens/s (1 hardware)"
    )
    assert groups.others_in_words(GROUP, {GROUP: held[GROUP]}) is None


def test_an_environment_leaves_only_its_groups() -> None:
    """An asked environment chooses among the groups that it has; with none of the asked shape it is said."""
    here = ok("A", k(1), 1.0, group=SMALL, env_id="here")
    many = [ok(name, k(1), 1.0) for name in "BCD"]
    asked = replace(QUESTION, env_id="here")
    assert choose(asked, here, *many) == "3x160x160"
    with pytest.raises(NoResultsError, match="environment here has no such results"):
        choose(replace(asked, input_shape="224"), here, *many)


def test_available_hardware_is_asked_at_the_shape_that_all_are() -> None:
    """Where it has measured each shape alike, it is compared at the one that the whole store would be."""
    everyone = [ok(name, k(), 1.0) for name in "AB"] + [ok("A", k(), 2.0, group=SMALL)]
    held = groups.by_group(everyone)
    assert groups.choose(QUESTION, groups.on(("A",), held)) == SMALL
    assert groups.choose(QUESTION, groups.on(("A",), held), held) == GROUP
    assert answer(replace(QUESTION, available=("A",)), everyone).group == GROUP
