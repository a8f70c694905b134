from __future__ import annotations

import json

from fitment.registry.checkpoints.facts import LONGEST_SAID, Facts, Weights, as_json, from_json, texts


def test_facts_come_back_from_json_as_they_were() -> None:
    """Weights and what was found included; those of a newer fitment are passed over."""
    weights = Weights(
        name="x",
        format="gguf",
        files=1,
        size_bytes=2,
        tensors=3,
        parameters=None,
        dtypes={"Q4_K": 4},
        quantisation="q",
    )
    facts = Facts(parameters=4, weights=(weights,), licence="mit", not_read=("a: b",), findings=("c",))
    assert from_json(json.loads(json.dumps(as_json(facts)))) == facts
    assert from_json({}) == Facts()
    newer = as_json(facts)
    newer["weights"][0]["colour"] = newer["colour"] = "red"
    assert from_json(newer) == facts


def test_only_texts_are_said_and_no_long_ones() -> None:
    """Files hold anything."""
    assert texts(a=1, b=None, c="", d="x" * 1000, e=["x"]) == {"d": "x" * LONGEST_SAID}
