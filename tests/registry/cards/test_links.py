"""Links of a card: source code, papers, demos, datasets."""

from __future__ import annotations

import pytest
from fitment.registry.cards.links import papers_in

from tests.registry.cards.reading import card_of, values


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("https://arxiv.org/pdf/2307.09288v2.pdf", ["arxiv:2307.09288"]),
        ("arXiv: 1810.04805", ["arxiv:1810.04805"]),
        ("https://huggingface.co/papers/2402.00001", ["arxiv:2402.00001"]),
        ("(https://doi.org/10.1145/3442188.3445922).", ["doi:10.1145/3442188.3445922"]),
        ("https://aclanthology.org/2020.acl-main.1.pdf", ["acl:2020.acl-main.1"]),
        ("arxiv is a site", []),
    ],
)
def test_papers_by_their_number(text: str, papers: list[str]) -> None:
    """From addresses and from plain mentions."""
    assert list(papers_in(text)) == papers


def test_tools_and_the_templates_own_links_are_not_the_models() -> None:
    """A tool's repository comes last, the carbon calculator's paper not at all; data and demos are found."""
    card = card_of(
        "See https://github.com/huggingface/transformers, https://github.com/a/b.git and arxiv:1910.09700;"
        " https://huggingface.co/datasets/c/d. Try https://huggingface.co/spaces/e/f."
    )
    assert values(card.github_repo) == [
        "https://github.com/a/b",
        "https://github.com/huggingface/transformers",
    ]
    assert card.github_repo[1].confidence < 0.5
    assert card.papers == ()
    assert values(card.datasets) == ["c/d"]
    assert values(card.demo) == ["https://huggingface.co/spaces/e/f"]


def test_a_bibliography_in_a_block_counts() -> None:
    """With the line in the file."""
    (found,) = card_of("# x\n```bibtex\n@misc{a,\n  eprint={2001.00001}}\n```\n").papers
    assert (found.value, found.line) == ("arxiv:2001.00001", 4)
