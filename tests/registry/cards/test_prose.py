"""What a card's running text says."""

from __future__ import annotations

import pytest

from tests.registry.cards.reading import card_of, values


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("## License\n\nApache 2.0", "licence", ["apache-2.0"]),
        ("## License\n\nOur own terms", "licence", ["Our own terms"]),
        ("It is released under the MIT license.", "licence", ["mit"]),
        ("The code is under MIT, the weights under CC BY-NC 4.0.", "licence", ["cc-by-nc-4.0"]),
        ("under the hood", "licence", []),
        ("The model under test is MIT's.", "licence", []),
        ("## Limitations\n\n[More Information Needed]", "limitation_and_bias", []),
        ("## Limitations\n\nIt **fails**.\nOften.", "limitation_and_bias", ["It fails. Often."]),
        ("We trained on 2 x H100.", "hardware", ["2 x H100"]),
        ("It runs on 2 x H100.", "hardware", []),
        ("This work was supported by the Moss Fund.", "grant", ["This work was supported by the Moss Fund."]),
        ("All formats are supported by the tool.", "grant", []),
        ("A translation model.", "tasks", ["translation"]),
        ("Implemented in PyTorch.", "frameworks", ["pytorch"]),
        ("## Input\n\nText of 512 tokens.\n\nMore.", "input_format", ["Text of 512 tokens."]),
        ("## Languages\n\n- German", "language", ["de"]),
        ("```python\nimport torch\nfrom peft import x\n```", "libraries", ["peft"]),
        ("```python\nimport torch\n```", "frameworks", ["pytorch"]),
    ],
)
def test_what_a_text_says(text: str, field: str, expected: list[str]) -> None:
    """And what only sounds like it."""
    assert values(getattr(card_of(text), field)) == expected
