"""Weights by profile: shipped as data, refused where they mean nothing."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest
from fitment.registry.answers import Question, Weights
from fitment.registry.errors import ConfigError, UnknownNameError
from fitment.registry.fit import profiles


def test_default_is_exact() -> None:
    """Without a task or a flag the weights are .5, .3, .2 to the bit."""
    assert profiles.chosen(Question("net")) == profiles.Profile("default", Weights(0.5, 0.3, 0.2))


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("latency_sensitive", (0.3, 0.6, 0.1)),
        ("memory_constrained", (0.3, 0.2, 0.5)),
        ("inference", (0.45, 0.40, 0.15)),
        ("training", (0.60, 0.10, 0.30)),
    ],
)
def test_shipped_weights(name: str, weights: tuple[float, ...]) -> None:
    """Each shipped profile has the weights of the design."""
    found = profiles.shipped()[name].weights
    assert (found.throughput, found.latency, found.memory) == pytest.approx(weights)


def test_several_profiles_are_averaged() -> None:
    """A task and a flag together give the mean of their vectors; the default takes no part."""
    found = profiles.chosen(Question("net", task="inference", latency_sensitive=True))
    assert found.name == "inference+latency_sensitive"
    assert found.weights.latency == pytest.approx((0.40 + 0.60) / 2)


def test_task_names_its_scenario() -> None:
    """Training asks of train_step results, everything else of forward."""
    assert [profiles.scenario(task) for task in (None, "inference", "training")] == [
        "forward",
        "forward",
        "train_step",
    ]


def test_unknown_task_names_the_nearest() -> None:
    """A misspelt task is answered with the nearest; a flag's profile is no task."""
    with pytest.raises(UnknownNameError, match="did you mean training"):
        profiles.scenario("trainin")
    with pytest.raises(UnknownNameError):
        profiles.scenario("latency_sensitive")


@pytest.mark.parametrize(
    "text",
    [
        "throughput = -1",
        "throughput = nan",
        "throughput = inf",
        "throughput = 0\nlatency = 1",
        'throughput = "much"',
        "throughput = true",
        "speed = 1",
        "throughput = 1\nscenario = 3",
        "throughput = ",
    ],
)
def test_unsound_file_is_refused(tmp_path: Path, text: str) -> None:
    """A profile file with weights that can't be, an unknown key or broken TOML is refused by its name."""
    file = tmp_path / "mine.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"mine\.toml: "):
        profiles.read(file)


def test_weights_are_normalised(tmp_path: Path) -> None:
    """Weights that don't sum to 1 are divided by their sum; an absent one is 0."""
    file = tmp_path / "mine.toml"
    file.write_text("throughput = 3\nlatency = 1\n")
    assert profiles.read(file) == profiles.Profile("mine", Weights(0.75, 0.25, 0.0))


def test_cost_and_energy_take_their_shares() -> None:
    """.25 of the final weight, both .20 each; what a profile weighs itself keeps its weight."""
    found = profiles.chosen(Question("net", task="inference", cost=True))
    assert found.name == "inference+cost"
    assert astuple(found.weights) == pytest.approx((0.3375, 0.30, 0.1125, 0.25, 0.0))
    both = profiles.chosen(Question("net", cost=True, energy=True)).weights
    assert astuple(both) == pytest.approx((0.3, 0.18, 0.12, 0.2, 0.2))
    own = profiles.Profile("mine", Weights(0.4, 0.2, 0.0, 0.4, 0.0), "train_step")
    assert profiles.chosen(Question("net", profile=own, cost=True)) == own
    assert profiles.scenario_of(Question("net", profile=own)) == "train_step"
    with_energy = profiles.chosen(Question("net", profile=own, energy=True)).weights
    assert astuple(with_energy) == pytest.approx((0.3, 0.15, 0.0, 0.3, 0.25))


def test_a_file_may_weigh_cost_and_energy(tmp_path: Path) -> None:
    """As any other criterion; with a flag the mean is taken of all five, however large they are written."""
    file = tmp_path / "mine.toml"
    file.write_text("throughput = 1e308\ncost = 1e308\n")
    mine = profiles.read(file)
    assert mine.weights == Weights(0.5, 0.0, 0.0, 0.5, 0.0)
    found = profiles.chosen(Question("net", profile=mine, latency_sensitive=True))
    assert found.name == "mine+latency_sensitive"
    assert astuple(found.weights) == pytest.approx((0.4, 0.3, 0.05, 0.25, 0.0))
