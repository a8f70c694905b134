"""Which input shape a model was made for."""

from __future__ import annotations

import csv
from collections import defaultdict

from fitment import configs
from fitment.harness.models.zoo.catalogue import CATALOGUE
from fitment.registry.catalogue.native_shapes import is_native


def test_of_the_zoo() -> None:
    """Every built-in model is known by the shape that the zoo builds it for."""
    for name, entry in CATALOGUE.items():
        assert is_native((name,), entry.input_shape), name


def test_of_what_was_published_at_several_sizes() -> None:
    """Exactly one of a published model's sizes is native, so that the tie between them is settled."""
    sizes: dict[str, set[str]] = defaultdict(set)
    for file in configs.path("published/timm").glob("*infer*.csv"):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                sizes[row["model"]].add(f"3x{row['infer_img_size']}x{row['infer_img_size']}")
    several = {name: shapes for name, shapes in sizes.items() if len(shapes) > 1}
    assert len(several) > 250
    for name, shapes in several.items():
        assert sum(is_native((name,), shape) for shape in shapes) == 1, name


def test_of_ones_own() -> None:
    """What a factory returns is its model's own shape; a name that a model had speaks for it too."""
    assert is_native(("pkg:make",), "example")
    assert not is_native(("pkg:make",), "3x224x224")
    assert is_native(("ours", "resnet50"), "3x224x224")
    assert not is_native(("ours", "resnet50"), "3x160x160")
