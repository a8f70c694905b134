"""Values of the fields of a file of models."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from fitment.registry.imports.model_fields import ALSO, FIELDS, base
from fitment.registry.storage import model_columns


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("parameters", 7.0e9, 7_000_000_000),
        ("parameters", "7000000000", 7_000_000_000),
        ("model_size_gb", 13.5, 13_500_000_000),
        ("rating", "4.5", 4.5),
        ("released_on", "2023-07-18", date(2023, 7, 18)),
        ("released_on", "2023-07-18T10:00:00Z", date(2023, 7, 18)),
        ("tags", "chat; code;", ["chat", "code"]),
        ("tags", '["a;b"]', ["a;b"]),
        ("metrics", "mmlu=0.6; arc=1", {"mmlu": 0.6, "arc": 1.0}),
        ("metrics", {"mmlu": 1, "gone": None}, {"mmlu": 1.0}),
        ("metrics", '{"mmlu": 0.6}', {"mmlu": 0.6}),
        ("base_models", "a/b:finetune", [base("a/b", "finetune")]),
        ("base_models", ["a/b", {"model_id": "c"}], [base("a/b", None), base("c", None)]),
        ("commercial_use", "False", False),
    ],
)
def test_a_value_is_read_as_what_it_says(name: str, value: Any, kept: Any) -> None:
    """Of a text as of JSON's own types."""
    assert FIELDS[name].parse(value) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 7),
        ("parameters", "7B"),
        ("parameters", 7.5),
        ("parameters", True),
        ("parameters", 2**63),
        ("parameters", float("inf")),
        ("model_size_gb", float("nan")),
        ("rating", "high"),
        ("rating", True),
        ("released_on", "18.07.2023"),
        ("released_on", "2023-07-18T"),
        ("released_on", 20230718),
        ("tags", {"a": 1}),
        ("tags", ["a", 1]),
        ("metrics", ["a"]),
        ("metrics", "mmlu"),
        ("metrics", {"mmlu": {"score": 1}}),
        ("urls", {"home": 1}),
        ("urls", ["ab", "cd"]),
        ("urls", [["a", "https://b"]]),
        ("tags", "[" * 100_000),
        ("base_models", [{"model": "a"}]),
        ("base_models", [3]),
        ("commercial_use", "yes"),
        ("commercial_use", 1),
    ],
)
def test_a_value_of_another_kind_is_a_reason(name: str, value: Any) -> None:
    """Never a guess, never another error."""
    with pytest.raises((TypeError, ValueError)):
        FIELDS[name].parse(value)


def test_every_field_has_a_column() -> None:
    """But the two that are read into others; each other name leads to one."""
    columns = set(model_columns.models().names) - {"source"}
    assert set(FIELDS) - {"commercial_use", "model_size_gb"} == columns
    assert set(ALSO.values()) <= set(FIELDS)
