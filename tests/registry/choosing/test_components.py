from __future__ import annotations

import pytest
from fitment.registry.choosing.components import figures, speed_is_measured
from fitment.registry.choosing.wanted import AskedMetric

from tests.registry.choosing.models import fit, meeting, speed


def column(name: str, *models: object, metrics: tuple[AskedMetric, ...] = ()) -> list[float | None]:
    return [figure.component for figure in figures(list(models), metrics)[name]]  # type: ignore[arg-type]


def test_quality_is_relative_to_the_best() -> None:
    """value / largest, least / value where less is better; of several the mean; a gap is not known."""
    a = meeting(metrics={"up": 0.4, "down": 10.0})
    b = meeting(metrics={"up": 0.8, "down": 20.0})
    c = meeting(metrics={"up": 0.8})
    up, down = AskedMetric("up"), AskedMetric("down", "<=", 99.0)
    assert column("quality", a, b, c, metrics=(up,)) == [0.5, 1.0, 1.0]
    assert column("quality", a, b, c, metrics=(up, down)) == [0.75, 0.75, None]
    assert column("quality", a, b) == [None, None]


def test_figures_that_are_not_above_zero() -> None:
    """Lie in their range; all alike are all best."""
    models = [meeting(metrics={"x": value}) for value in (-1.0, 0.0, 3.0)]
    assert column("quality", *models, metrics=(AskedMetric("x"),)) == [0.0, 0.25, 1.0]
    assert column("quality", *models, metrics=(AskedMetric("x", "<", 9.0),)) == [1.0, 0.75, 0.0]
    assert column("quality", models[0], models[0], metrics=(AskedMetric("x"),)) == [1.0, 1.0]


def test_declared_and_derived() -> None:
    """Downloads by their logarithm, ratings out of five, verdicts in steps; else nothing is known."""
    a, b = (
        meeting(downloads=99, rating=4.0, verdict="compatible"),
        meeting(downloads=0, verdict="conditional"),
    )
    assert column("popularity", a, b, meeting()) == [1.0, 0.0, None]
    assert column("popularity", b, b) == [0.0, 0.0]
    assert column("rating", a, b) == [0.8, None]
    assert column("licence", a, b, meeting()) == [1.0, 0.5, None]


def test_measured_is_never_held_against_estimated() -> None:
    """Speeds count as measured where all are, in one unit; else the estimates of all do. Likewise room."""
    a = meeting(speed=speed(50.0, 48.0, 52.0), estimated=speed(8.0, unit="reads"), fit=fit(50, estimated=40))
    b = meeting(speed=speed(100.0), estimated=speed(4.0, unit="reads"), fit=fit(25, estimated=20))
    bare = meeting(estimated=speed(2.0, unit="reads"), fit=fit(60, tier="estimated from parameters"))
    other_unit = meeting(speed=speed(1.0, unit="tokens/s"))
    assert column("speed", a, b) == [0.5, 1.0]
    assert figures([a, b], ())["speed"][0].half_width == pytest.approx(0.02)
    assert column("speed", a, b, bare) == [1.0, 0.5, 0.25]
    assert column("fit", a, b) == [0.5, 0.75]
    assert column("fit", a, b, bare) == [0.6, 0.8, 0.4]
    assert speed_is_measured([a, b])
    assert not speed_is_measured([a, other_unit])
    assert not speed_is_measured([bare])
    assert column("speed", meeting()) == [None]
