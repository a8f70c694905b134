"""What the rules read in hand-written cards, beside what a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.cards.read import read_card_file

from tests.registry.cards.corpus import DATA, Tally, compared, expected


def test_precision_and_recall_of_each_field() -> None:
    """Both at least 0.9 for each field and 0.97 over all; printed by ``pytest -s``."""
    tallies, differences = compared()
    total = Tally(
        *(sum(getattr(each, name) for each in tallies.values()) for name in ("right", "wrong", "missed"))
    )
    print(f"\n{'field':<22} {'precision':>9} {'recall':>7} {'values':>7}")
    for field, tally in [*tallies.items(), ("all", total)]:
        values = tally.right + tally.missed
        print(f"{field:<22} {tally.precision:>9.3f} {tally.recall:>7.3f} {values:>7}")
        assert min(tally.precision, tally.recall) >= (0.97 if field == "all" else 0.9), differences
    print(*differences, sep="\n")


def test_every_card_is_expected() -> None:
    """At least 25 of them, each with what a person reads in it."""
    cards = {path.stem for path in DATA.glob("*.md")}
    assert cards == set(expected())
    assert len(cards) >= 25


@pytest.mark.parametrize("path", sorted(DATA.glob("*.md")), ids=lambda path: path.stem)
def test_every_value_stands_on_its_line(path: Path) -> None:
    """The evidence of what is read from the text is on the line that it names."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    card = read_card_file(path)
    for found in (*card.hardware, *card.licence, *card.evaluation, *card.hyper_parameters, *card.papers):
        shown = found.quote.rstrip("…").split()[-1].strip("|*`_")
        assert shown in lines[found.line - 1] or shown in "".join(lines[found.line - 1 : found.line + 12]), (
            found
        )


def test_contradictions_are_named() -> None:
    """Licence and size of one card, both places named."""
    told = {each.field: each.text for each in read_card_file(DATA / "contradiction.md").conflicts}
    assert told["licence"] == "line 2 (front_matter) says mit, line 8 (template) says cc-by-nc-4.0"
    assert told["parameter_count"] == "line 9 (template) says 248000000, line 11 (text) says 220000000"
    agreeing = [path for path in DATA.glob("*.md") if path.stem != "contradiction"]
    assert [path.stem for path in agreeing if read_card_file(path).conflicts] == []
