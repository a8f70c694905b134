from __future__ import annotations

import pytest
from fitment.registry.licences.text_words import words_of


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2020 Ada Lovelace",
        "Copyright 2019-2024 The Example Authors. All rights reserved.",
        "© 2021, 2022 Example Holdings, Inc.",
        "(c) 2020 ada <ada@example.org>",
        "copyright (C) 2015-present, facebook, inc.",
        "Copyright [yyyy] [name of copyright owner]",
        "Copyright (c) <year> <copyright holders>",
        "Copyright (c) 2020 Ada Lovelace,\n   Charles Babbage and\n   others",
    ],
)
def test_a_statement_is_no_part_of_the_text(line: str) -> None:
    """Years, holders, addresses and placeholders, over several lines too."""
    assert words_of(f"{line}\n\nPermission is granted").words == ("permission", "is", "granted")


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2020 Ada Lovelace. Non-commercial use only.",
        "Copyright (c) 2020 Ada [not for sale]",
        "Copyright (c) 2020 Ada Lovelace, who may revoke this",
        "(c) 2020 you may not sell it",
    ],
)
@pytest.mark.parametrize("flat", [False, True])
def test_a_term_does_not_hide_in_a_statement(line: str, flat: bool) -> None:
    """Words that a term needs end the statement, and stay."""
    assert len(words_of(f"{line}\n\nPermission is granted", flat=flat).words) > 3


def test_other_uses_of_the_word_stay() -> None:
    """A copyright notice or owner is talked about, not named."""
    assert words_of("the above copyright notice and the copyright owner").words[2] == "copyright"
