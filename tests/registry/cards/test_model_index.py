"""The front matter's model-index: declared results."""

from __future__ import annotations

from fitment.registry.cards.card import Score, Source

from tests.registry.cards.reading import front, values

INDEX = """\
model-index:
- name: stork
  results:
  - task: {type: text-classification}
    dataset: {name: GLUE, type: glue}
    metrics:
    - {type: accuracy, value: 0.9, verified: TRUE}
    - {type: f1, value: n/a}
    - {value: 3}
    - {type: note, value: good}
    source: {name: Board, url: https://b}
  - metrics: {type: loss, value: .5}
"""


def test_results_come_with_task_dataset_and_who_says_so() -> None:
    """What names no metric or no value is none; a value that is no figure keeps its words."""
    card = front(INDEX)
    assert card.name == "stork"
    assert values(card.evaluation) == [
        Score("accuracy", "0.9", 0.9, "GLUE", "text-classification", True, origin="Board"),
        Score("note", "good", None, "GLUE", "text-classification", None, origin="Board"),
        Score("loss", ".5", 0.5),
    ]
    assert {found.source for found in card.evaluation} == {Source.MODEL_INDEX}
    assert [found.line for found in card.evaluation] == [8, 11, 13]
    assert values(card.tasks) == ["text-classification"]
    assert [found.confidence for found in card.datasets] == [0.6]


def test_another_shape_is_no_result() -> None:
    """Texts where lists of mappings are expected."""
    for keys in (
        "model-index: x",
        "model-index:\n- x",
        "model-index:\n- results: x\n",
        "model-index:\n- results:\n  - x",
    ):
        assert front(keys).evaluation == ()


def test_an_index_that_is_a_text_is_noted() -> None:
    """Nothing is read from it, and that is said."""
    (note,) = front("model-index: broken").notes
    assert note == "line 2: model-index is a text, not a list of models; it is not read"
    assert front("model-index:").notes == ()
