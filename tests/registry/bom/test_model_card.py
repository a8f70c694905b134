"""The model card says what a card, a record and a checkpoint say, and nothing where nobody does."""

from __future__ import annotations

from pathlib import Path

from fitment.registry.bom.known import Known
from fitment.registry.bom.model_card import model_card
from fitment.registry.cards.read import read_card_file
from fitment.registry.catalogue.model_record import ModelRecord

from tests.registry.bom.strict import sound
from tests.registry.bom.test_component import written

CARD = """---
license: mit
pipeline_tag: text-classification
model-index:
- name: m
  results:
  - task: {type: text-classification}
    dataset: {name: SST-2, type: glue}
    metrics:
    - {type: accuracy, value: 0.91, verified: true}
---
# m

## Bias, Risks, and Limitations

It knows English only.

## Environmental Impact

- **Hardware Type:** A100
- **Carbon Emitted:** 12 kg
"""


def test_a_card_gives_considerations_and_scores(tmp_path: Path) -> None:
    """Limitations, carbon and declared results of a card reach their places, and the document is valid."""
    (tmp_path / "README.md").write_text(CARD)
    known = Known(model_id="m", record=ModelRecord(model_id="m"), card=read_card_file(tmp_path / "README.md"))
    card = model_card(known, [])
    assert card["modelParameters"]["task"] == "text-classification"
    assert card["considerations"]["technicalLimitations"] == ["It knows English only."]
    (score,) = card["quantitativeAnalysis"]["performanceMetrics"]
    assert (score["type"], score["value"]) == ("accuracy", "0.91")
    assert score["slice"].startswith("declared; dataset=SST-2")
    assert score["slice"].endswith("verified")
    assert any(
        each["name"].startswith("fitment:carbon")
        for each in card["considerations"]["environmentalConsiderations"]["properties"]
    )
    sound(written(known))


def test_a_family_is_no_architecture() -> None:
    """ "Transformer" names a family, "BertForMaskedLM" an architecture; of nothing there is no card."""
    for declared, key in (("Transformer", "architectureFamily"), ("BertForMaskedLM", "modelArchitecture")):
        known = Known(model_id="m", record=ModelRecord(model_id="m", architecture=declared))
        assert model_card(known, [])["modelParameters"] == {key: declared}
    assert model_card(Known(model_id="m"), []) == {}
