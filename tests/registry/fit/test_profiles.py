"""Weights by profile: shipped as data, refused where they mean nothing."""

from __future__ import annotations

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
