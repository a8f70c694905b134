from __future__ import annotations

import math
from pathlib import Path

import pytest
from fitment.registry.choosing.choice import CRITERIA
from fitment.registry.choosing.weighting import default, dropping, read
from fitment.registry.errors import ConfigError


def test_what_ships() -> None:
    """Every criterion has a weight, and they sum to 1."""
    found = default()
    assert [name for name, _ in found.weights] == list(CRITERIA)
    assert math.fsum(weight for _, weight in found.weights) == pytest.approx(1)
    assert all(weight > 0 for _, weight in found.weights)
    assert 0 < found.resolution < 0.1


def test_dropping_gives_to_the_others() -> None:
    """In proportion; of nothing nothing is left."""
    weights = dict(dropping(default(), {"quality"}).weights)
    assert weights["quality"] == 0
    assert weights["popularity"] == pytest.approx(0.25)
    assert set(dict(dropping(default(), set(CRITERIA)).weights).values()) == {0.0}


@pytest.mark.parametrize(
    "text",
    ["quality = -1", "quality = nan", "qualty = 1", "quality = true", "quality = 'a'", "resolution = 0.1",
     "quality = 1\nresolution = 1", "=", "quality = inf"],
)  # fmt: skip
def test_files_that_are_none(text: str, tmp_path: Path) -> None:
    """The file is named."""
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=r"own\.toml"):
        read(file)


def test_own_weights(tmp_path: Path) -> None:
    """Are divided by their sum, under the file's name; what is not said weighs nothing."""
    file = tmp_path / "own.toml"
    file.write_text("quality = 3\nspeed = 1\n")
    found = read(file)
    assert (found.name, found.resolution) == ("own", 0.0)
    assert dict(found.weights)["quality"] == 0.75
