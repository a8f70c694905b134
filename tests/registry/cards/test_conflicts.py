"""Where a card contradicts itself."""

from __future__ import annotations

import pytest

from tests.registry.cards.reading import card_of


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("---\nlicense: mit\n---\n- **License:** MIT License", []),
        ("---\nlicense: mit\n---\n- **License:** our own terms", []),
        ("---\nlicense: other\n---\n- **License:** mit", []),
        ("---\nlicense: other\nlicense_name: x\n---\n- **License:** mit", ["licence"]),
        ("---\nlicense: mit\n---\n- **License:** Apache 2.0", ["licence"]),
        ("- **Parameters:** 6.74B\n\nIt has 7B parameters.", []),
        ("- **Parameters:** 13B\n\nIt has 7B parameters.", ["parameter_count"]),
        ("## Hyperparameters\n- seed: 1\n- seed: 2", ["hyper_parameters"]),
        ("## Hyperparameters\n- lr: 1e-3\n- lr: 0.001", []),
    ],
)
def test_two_places_that_cannot_both_be_right(text: str, fields: list[str]) -> None:
    """Rounding, another spelling and words that name no licence are none."""
    assert [each.field for each in card_of(text).conflicts] == fields
