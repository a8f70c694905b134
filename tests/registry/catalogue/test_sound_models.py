"""What of a model can't be kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fitment.registry.catalogue.model_record import BaseModel
from fitment.registry.catalogue.record_models import as_table
from fitment.registry.catalogue.sound_models import LONGEST_TEXT, MOST, unsound

from tests.registry.catalogue.model_examples import WHOLE, small

BAD: list[tuple[dict[str, Any], str]] = [
    ({"model_id": ""}, "it has no model_id"),
    ({"model_id": "x" * 257}, "its model_id has more than 256 characters"),
    ({"model_id": " x"}, "its model_id ' x' has blanks around it"),
    ({"version": "v\n1"}, "its version 'v\\n1' holds characters that can't be printed"),
    ({"name": "a\x1b[31m"}, "its name 'a\\x1b[31m' holds characters that can't be printed"),
    ({"organisation": "\u202egro"}, "its organisation '\\u202egro' holds characters that can't be printed"),
    ({"licence": ""}, "its licence is empty; leave it out where it is not known"),
    ({"task": "t" * (LONGEST_TEXT + 1)}, "its task has more than 512 characters"),
    ({"parameters": 0}, "its parameters is 0: it must be at least 1"),
    ({"size_bytes": -1}, "its size_bytes is -1: it must be at least 1"),
    ({"downloads": -1}, "its downloads is -1: it must be at least 0"),
    ({"rating": 5.01}, "its rating is 5.01: it must be from 0 to 5"),
    ({"rating": -0.1}, "its rating is -0.1: it must be from 0 to 5"),
    ({"rating": float("nan")}, "its rating is nan: it must be from 0 to 5"),
    ({"metrics": {"mmlu": float("inf")}}, "its metric mmlu is no finite number"),
    ({"metrics": {"mmlu": float("nan")}}, "its metric mmlu is no finite number"),
    ({"metrics": {"mmlu": None}}, "its metrics mmlu is null"),
    ({"metrics": {"": 1.0}}, "one of its metrics' names is empty"),
    ({"metrics": {f"m{n}": 1.0 for n in range(MOST + 1)}}, "it has more than 1,000 metrics"),
    ({"urls": {"home": "javascript:alert(1)"}}, "its url home does not start with https:// or http://"),
    ({"urls": {"home": "https://" + "x" * 2048}}, "its url has more than 2,048 characters"),
    ({"tags": ("",)}, "one of its tags is empty"),
    ({"tags": ("a", "b\x00")}, "its tags 'b\\x00' holds characters that can't be printed"),
    ({"tags": tuple(map(str, range(MOST + 1)))}, "it has more than 1,000 tags"),
    ({"training_data": ("t" * 513,)}, "its training_data has more than 512 characters"),
    ({"base_models": (BaseModel("", None),)}, "one of its base model is empty"),
    (
        {"base_models": (BaseModel("b", "cousin"),)},
        "a base model's relation is cousin: it is one of finetune, quantized, adapter, merge",
    ),
]


def test_each_fault_is_named_by_its_row() -> None:
    """Every bound, in one table among sound records: the row's number and the first reason."""
    records = [
        each
        for number, (bad, _) in enumerate(BAD)
        for each in (replace(WHOLE, **{"model_id": f"m{number}"} | bad), small(f"sound{number}"))
    ]
    assert unsound(as_table(records)) == {2 * number: reason for number, (_, reason) in enumerate(BAD)}


@pytest.mark.parametrize("name", ["Qwen2.5–7B", "千问", "Modèle à l'essai", "a/b_c.d-e+f"])
def test_names_of_any_script_are_sound(name: str) -> None:
    """What can be printed can be kept."""
    assert unsound(as_table([small(name, name=name, tags=(name,)), WHOLE])) == {}


def test_the_second_of_two_records_of_a_version_is_named() -> None:
    """One id and version is one record."""
    found = unsound(as_table([WHOLE, small("a"), WHOLE, small("a", version="2"), small("a")]))
    assert found == {2: "lab/net-7b version 1.0 stands twice", 4: "a stands twice"}
