from __future__ import annotations

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_an_alias_is_set_moved_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each answer says what it was before; a repetition that nothing changed."""
    for tag in ("v1", "v2"):
        main(["add-version", "tiny", tag])
    capsys.readouterr()
    steps = [
        (["production", "v1"], "production of tiny is v1\n"),
        (["production", "v2"], "production of tiny is v2 (was v1)\n"),
        (["production", "v2"], "production of tiny is v2 already: nothing changed\n"),
        (["production", "--remove"], "production of tiny is gone (was v2)\n"),
        (["production", "--remove"], "production of tiny is gone already: nothing changed\n"),
        ([], "no aliases of tiny yet: fitment alias tiny production VERSION\n"),
    ]
    for words, expected in steps:
        assert main(["alias", "tiny", *words]) == 0
        assert capsys.readouterr().out == expected
    main(["alias", "--model", "tiny", "--alias", "champion", "--version", "v1"])
    capsys.readouterr()
    assert main(["alias", "tiny"]) == 0
    assert "champion  v1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["tiny", "--version", "v1", "production"],
        ["--version", "v1", "tiny", "production"],
        ["tiny", "production", "--version", "v1"],
        ["--alias", "production", "tiny", "v1"],
    ],
)
def test_words_stand_before_between_and_after_options(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each word takes the next name that no option gave."""
    main(["add-version", "tiny", "v1"])
    capsys.readouterr()
    assert main(["alias", *words]) == 0
    assert capsys.readouterr().out == "production of tiny is v1\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["tiny", "production"], "name the VERSION that it points to, or --remove it"),
        (["tiny", "production", "v1", "--remove"], "name the VERSION that it points to, or --remove it"),
        (["tiny", "--remove"], "--remove of which alias?"),
        (["tiny", "production", "v9"], "no versions of tiny yet"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    assert main(["alias", *words]) == 2
    assert expected in capsys.readouterr().err
