"""What Python calls are given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fitment.registry import arguments
from fitment.registry.errors import ArgumentError


def test_what_is_asked_for_comes_back_as_pythons_own() -> None:
    """NumPy's text, integers and truth values among it."""
    for found, expected in (
        (arguments.text("a", np.str_("x"), "y"), "x"),
        (arguments.text_or_none("a", None, "y"), None),
        (arguments.whole("a", np.int64(7)), 7),
        (arguments.whole_or_none("a", None), None),
        (arguments.flag("a", np.True_), True),
        (arguments.flag("a", 0), False),
        (arguments.listed("a", range(2)), [0, 1]),
        (arguments.path("a", "x.duckdb"), Path("x.duckdb")),
        (arguments.path("a", Path("x")), Path("x")),
    ):
        assert found == expected
        assert type(found) is type(expected)
    assert arguments.listed("a", np.array([3])) == [3]


@pytest.mark.parametrize(
    ("check", "values"),
    [
        (
            lambda value: arguments.text("arg", value, "v2"),
            (1, None, b"x", 1.5, True, ["x"], "\ud800", Path(), ["x" * 999], np.zeros((9, 9))),
        ),
        (lambda value: arguments.text_or_none("arg", value, "v2"), (1, b"x")),
        (
            lambda value: arguments.whole("arg", value),
            (None, True, np.True_, 1.0, np.float64(1), "1", b"1", np.array([1.5]), np.array([1, 2]), 2**63),
        ),
        (lambda value: arguments.whole_or_none("arg", value), (False, "1", float("nan"))),
        (lambda value: arguments.flag("arg", value), (None, 2, "", "no", 1.0, [], np.array([1]))),
        (lambda value: arguments.listed("arg", value), (1, None, "1,2", b"12", np.array(1), object())),
        (lambda value: arguments.path("arg", value), (1, b"x", None, ["x"])),
    ],
)
def test_anything_else_is_named_in_one_short_line(
    check: Callable[[Any], object], values: tuple[object, ...]
) -> None:
    """With the argument's name and what it takes, however long what was given is."""
    for value in values:
        with pytest.raises(ArgumentError, match=r"^arg: .* is needed, not .+$") as error:
            check(value)
        assert len(str(error.value)) < 150
