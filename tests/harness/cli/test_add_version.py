from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.storage import database
from fitment.registry.storage.store import Store

pytestmark = pytest.mark.usefixtures("filled")


@pytest.mark.parametrize(
    "words", [["tiny", "v1"], ["--model", "tiny", "--version", "v1"], ["tiny", "--version", "v1"]]
)
def test_a_version_is_added_once(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """However the words are given; the same again says that nothing changed."""
    options = ["--hash", "1f3a", "--metadata", '{"commit": "1f3a"}']
    assert main(["add-version", *words, *options]) == 0
    assert capsys.readouterr().out == "version v1 of tiny has id 5\n"
    assert main(["add-version", *words, *options]) == 0
    assert capsys.readouterr().out == "version v1 of tiny is there already: nothing changed\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "MODEL is missing"),
        (["tiny"], "VERSION is missing: its tag, such as v2; give it in its place or as --version"),
        (["tiny", "v1", "v2"], '"v2" is one word too many'),
        (["tinny", "v1"], "no results of tinny: did you mean tiny?"),
        (["tiny", "v1", "--metadata", "[1]"], "metadata must be a JSON object"),
        (["tiny", "v\x1b[31m"], "can't be printed"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    assert main(["add-version", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, expected in err, err.count("\n")) == ("", True, 1)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "", "{'a': 1}"])
def test_what_is_no_json_is_a_usage_error(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the store is opened."""
    with pytest.raises(SystemExit) as end:
        main(["add-version", "tiny", "v1", "--metadata", text])
    assert end.value.code == 2
    assert "not JSON" in capsys.readouterr().err


def test_a_held_database_is_busy(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 75 after the wait (here none), with who holds it; nothing is journalled."""
    monkeypatch.setattr(Store, "open", partial(Store.open, wait_s=0))
    events = len(list(Store.open(filled).events()))
    with database.connect(filled, read_only=True):
        assert main(["add-version", "tiny", "v1"]) == 75
    assert "is in use by this process (waited 0 s)" in capsys.readouterr().err
    assert len(list(Store.open(filled).events())) == events
