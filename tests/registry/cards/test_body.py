"""A card's Markdown as sections, labelled lines, bullets, tables and code."""

from __future__ import annotations

from fitment.registry.cards.body import Body, body, without_marks
from hypothesis import given
from hypothesis import strategies as st

TEXT = """\
# Title #

Under
=====
- **Label:** value
- **Empty:**
  - first
  - second
- plain

**No colon** text

| a | b |
|---|--:|
| 1 | x\\|y |
| 2 | **3** |

~~~python
# no heading
- **Not:** a label
~~~
<!-- # no heading
either --> after
"""


def read(text: str) -> Body:
    return body(text, 1)


def test_the_parts_are_found_with_their_lines() -> None:
    """Headings of both kinds, labels with what follows them, bullets, tables, and code apart."""
    found = read(TEXT)
    assert [(s.title, s.level, s.line) for s in found.sections if s.level] == [
        ("title", 1, 1),
        ("under", 1, 3),
    ]
    assert [(x.label, x.value, x.line, x.has_colon) for x in found.labelled] == [
        ("label", "value", 5, True),
        ("empty", "first, second", 6, True),
        ("no colon", "text", 11, False),
    ]
    assert [x.text for x in found.bullets] == ["**Label:** value", "**Empty:**", "first", "second", "plain"]
    assert [t.rows for t in found.tables] == [((15, ("1", "x|y")), (16, ("2", "3")))]
    assert [(c.text, c.line) for c in found.code] == [("# no heading\n- **Not:** a label", 18)]
    assert found.sections[-1].lines[-1] == (23, "after")


def test_a_fence_is_closed_by_as_many_marks_of_its_kind() -> None:
    """A shorter fence, or one with words behind it, is code; so is a comment within."""
    found = read("````\n```\n<!-- x\n# a\n~~~~\n````\n# b\n")
    assert [s.title for s in found.sections if s.level] == ["b"]
    assert found.code[0].text == "```\n<!-- x\n# a\n~~~~"
    assert found.notes == ()


def test_code_in_a_comment_opens_nothing() -> None:
    """And comments may stand several on a line."""
    found = read("<!-- ```\n --> a <!-- b --> c <!-- d\n-->\n# e\n")
    assert found.text.split() == ["a", "c", "#", "e"]


def test_what_is_never_closed_reaches_to_the_end_and_is_noted() -> None:
    """For code and comments alike."""
    for text in ("a\n```\n# b\n", "a\n<!--\n# b\n"):
        found = read(text)
        assert found.text.split() == ["a"]
        assert found.notes == ("line 2: code or a comment that is never closed reaches to the end",)


def test_words_without_their_marks() -> None:
    """Links by their words, without emphasis, code marks and tags."""
    assert without_marks("**The** [`x`](https://y_(z)) <br> __b__ *") == "The x  b"
    assert without_marks("[a](b) ![c](d) [e][f]") == "a c e"


@given(
    st.lists(
        st.sampled_from(["# h", "```", "~~~", "<!--", "-->", "- **a:** b", "|a|b|", "|-|-|", "", "x", "---"])
    )
)
def test_any_mixture_keeps_the_number_of_lines(lines: list[str]) -> None:
    """Whatever opens and never closes, positions in the text stay lines of the file."""
    text = "\n".join(lines)
    found = read(text)
    assert found.text.count("\n") == text.count("\n")
    assert len(found.lower) == len(found.text)
    shown = found.text.split("\n")
    for section in found.sections:
        assert all(line in shown[n - 1] for n, line in section.lines)


def test_lines_are_found_by_their_words() -> None:
    """Each once, also where small letters are more than the capital."""
    found = read("\u0130 Under Grant\nx\nunder under")
    assert list(found.lines_with("under", "grant")) == [(0, "\u0130 Under Grant"), (16, "under under")]
