from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.licences.identifiers import KNOWN, READINGS, named
from fitment.registry.licences.reference_texts import references
from fitment.registry.licences.text_match import Match, match_text

from tests.registry.licences.changed_texts import changed, same_text

TEXTS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent / "data" / "texts").glob("*.txt"))
}
SLOTS = ("ORGANIZATION", "University")  # a name may stand there


@pytest.mark.parametrize("licence", TEXTS)
def test_a_text_in_other_clothes_is_the_same(licence: str) -> None:
    """Wrapping, title, holder, Markdown, HTML, comments, quotes and line ends change nothing."""
    for how, text in same_text(TEXTS[licence]):
        found = match_text(text)
        assert (found.match, found.licence) == (Match.SAME, licence), (how, found)


@pytest.mark.parametrize("licence", TEXTS)
def test_a_changed_text_is_called_changed(licence: str) -> None:
    """A sentence more, a paragraph less, one word or number another, "not" come or gone."""
    text = TEXTS[licence]
    for how, other in changed(text, seed=7, times=4 if len(text) < 2_000 else 1):
        found = match_text(other)
        assert found.match is not Match.SAME or found.licence != licence or how.startswith(SLOTS), how


def test_an_added_sentence_is_shown() -> None:
    """With the licence that it was added to; the words are those of the text."""
    found = match_text(TEXTS["Apache-2.0"] + "\nYou may not use it for any commercial purpose.\n")
    assert (found.match, found.licence, found.missing) == (Match.MODIFIED, "Apache-2.0", 0)
    assert found.phrases == ("you may not use it for any commercial purpose",)


def test_only_a_word_doubled_is_a_change() -> None:
    """Pairs are counted, not only looked up."""
    text = TEXTS["Apache-2.0"].replace("do not pertain", "do not not pertain", 1)
    assert match_text(text).match is Match.MODIFIED


def test_a_file_of_several_texts_holds_all_of_them() -> None:
    """Joined by AND; a choice between them is a sentence more, and so a change."""
    both = f"{TEXTS['MIT']}\n\nBSD 3-Clause License\n\n{TEXTS['BSD-3-Clause']}"
    assert match_text(both).licence == "BSD-3-Clause AND MIT"
    choice = f"You may choose either of these:\n\n{both}"
    assert match_text(choice).match is Match.MODIFIED


def test_an_appendix_may_be_left_out() -> None:
    """The terms end before it."""
    terms = TEXTS["Apache-2.0"].partition("APPENDIX")[0]
    assert match_text(terms).part == "without appendix"


def test_a_notice_names_its_licence() -> None:
    """What stands at the head of source files; or-later is only said there."""
    notice = """
    This program is free software: you can redistribute it and/or modify it under the terms of the GNU General
    Public License as published by the Free Software Foundation, either version 3 of the License, or (at your
    option) any later version.

    This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the
    implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public
    License for more details.
    """
    found = match_text(notice)
    assert (found.match, found.licence) == (Match.SAME, "GPL-3.0-or-later")
    assert match_text(notice.replace("version 3", "version 9")).match is Match.MODIFIED


def test_a_title_is_taken_where_the_text_is_another() -> None:
    """It is no more than a name; nothing at all stays nothing."""
    found = match_text("META LLAMA 3 COMMUNITY LICENSE AGREEMENT\n\nThe terms are these and no others.")
    assert (found.match, found.licence) == (Match.TITLE, "llama3")
    assert match_text("Dear reader, this is a letter about the weather.").match is Match.NONE
    assert match_text("").match is match_text("one").match is Match.NONE


def test_half_a_text_is_not_the_text() -> None:
    """What was cut off is missing."""
    text = TEXTS["MPL-2.0"]
    found = match_text(text[: len(text) * 2 // 3])
    assert (found.match, found.licence) == (Match.MODIFIED, "MPL-2.0")
    assert found.missing > 500


def test_references_have_names_that_are_known() -> None:
    """A check can be asked about nearly all of them."""
    names = {text.licence for text in references().texts}
    unknown = {name for name in names if named(name).state not in (KNOWN, READINGS)}
    assert unknown <= {"kimi-k2-modified-mit", "gpl-1.0", "lgpl-2.0"}
    assert len(names) >= 80
