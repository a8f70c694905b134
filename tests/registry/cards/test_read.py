"""A card from its bytes, its file or its folder; hostile ones included."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fitment.registry.cards.card import FIELDS, Card, CardError, Source, candidates
from fitment.registry.cards.collected import MOST_CANDIDATES
from fitment.registry.cards.read import CardFile, read_card, read_card_file
from fitment.registry.catalogue.model_record import BaseModel
from hypothesis import given
from hypothesis import strategies as st

UNITS = (
    *(
        "x",
        "[",
        "**",
        "<",
        "-",
        "|",
        "\n",
        "# h\n",
        "- **a:** b\n",
        "![a](",
        "<!-- -->",
        "<!--",
        "```\n",
        "~~~\n```\n",
    ),
    *(
        "trained on ",
        "7B ",
        "param ",
        " under",
        "grant agreement ",
        "https://github.com/",
        "arxiv: ",
        "license ",
    ),
    *(
        "fine-tuned version of [",
        "emissions 1 ",
        "8 x A100 ",
        "* * ",
        "a@b/c ",
        "1,000,000 ",
        "a|b\n-|-\n",
        "> ",
    ),
    "this model is a fine-tuned version of [a](b) on the a ",
)


@pytest.mark.parametrize("unit", UNITS)
def test_much_of_anything_is_read(unit: str) -> None:
    """100 kB of it: no pattern takes more than its time in proportion, and nothing recurses."""
    for start in ("", "| a |\n|---|\n"):
        text = start + unit * (100_000 // len(unit))
        assert read_card(CardFile(text.encode(), "card")).file == "card"


def test_a_megabyte_is_read() -> None:
    """Front matter and text, each of them large, keep all that they hold."""
    tags = "".join(f"- tag{n}\n" for n in range(40_000))
    found = read_card(CardFile(f"---\nlicense: mit\ntags:\n{tags}---\n{'word ' * 120_000}".encode(), "card"))
    assert found.licence[0].value == "mit"
    assert len(found.tags) == MOST_CANDIDATES
    assert found.notes == ("tags: 40,000 candidates, of which the first 200 are kept",)


@given(st.text(st.sampled_from("#-*|`~<>[]()!:_ \n\tab1B7%{}&\"'\u202e\x1b"), max_size=200))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    """With file and line in the refusal; each candidate has its place and a confidence."""
    try:
        found = read_card(CardFile(text.encode(), "card"))
    except CardError as refusal:
        told = str(refusal)
        found = Card(file="card")
    else:
        told = "card:1: nothing"
    assert re.fullmatch(r"card:\d+: .+", told)
    for field in FIELDS:
        for each in candidates(found, field):
            assert 1 <= each.line <= text.count("\n") + 1
            assert 0 < each.confidence <= 1
            assert len(each.quote) <= 160


def test_a_folder_gives_its_readme_and_what_lies_beside(tmp_path: Path) -> None:
    """Facts of config.json and adapter_config.json are further candidates; broken ones are noted."""
    (tmp_path / "README.md").write_text("# A")
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["BertForMaskedLM"]}))
    (tmp_path / "adapter_config.json").write_text('{"base_model_name_or_path": "a/b", "peft_type": "LORA"}')
    found = read_card_file(tmp_path)
    assert [each.value for each in found.architecture] == ["BertForMaskedLM"]
    assert [(each.value, each.source) for each in found.base_models] == [
        (BaseModel("a/b", "adapter"), Source.CONFIG)
    ]
    for content, reason in (
        (b'{"a": 1, "a": 2}', "a key stands twice"),
        (b"[1]", "no object"),
        (b"\xff", "not JSON"),
    ):
        (tmp_path / "config.json").write_bytes(content)
        notes = read_card_file(tmp_path).notes
        assert any("config.json was not read" in note and reason in note for note in notes), notes


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A missing file, and a folder without a card."""
    for path, expected in ((tmp_path / "no.md", "no such card"), (tmp_path, "the folder has no README.md")):
        with pytest.raises(CardError, match=expected):
            read_card_file(path)


def test_the_relation_may_be_said_elsewhere_than_the_name() -> None:
    """The front matter names the base model, the template says what was done with it."""
    text = "---\nbase_model: a/b\n---\n# x\n- **Finetuned from model:** a/b\n"
    (base,) = read_card(CardFile(text.encode(), "card")).base_models
    assert base.value == BaseModel("a/b", "finetune")
    assert base.source == Source.FRONT_MATTER
