from __future__ import annotations

import json

import pytest
from fitment.harness.cli.history import _utc
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_changes_are_shown_newest_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Who, when, what, from and to; of one model, at most as many as asked for, since a time."""
    assert main(["history"]) == 0
    assert capsys.readouterr().out.startswith("no such changes: only versions, aliases")
    main(["add-version", "tiny", "v1"])
    main(["alias", "tiny", "production", "v1"])
    capsys.readouterr()
    assert main(["history", "tiny", "--since", "2026-01-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["when", "(UTC)", "who", "model", "what", "from", "to"]
    assert [line.split("  ")[3].strip() for line in lines[2:]] == [
        "alias production added",
        "version v1 added",
    ]
    assert main(["history", "--model", "tiny", "--limit", "1", "--format", "json"]) == 0
    (newest,) = json.loads(capsys.readouterr().out)
    assert (newest["subject"], newest["to_value"]) == ("alias production", "v1")
    assert main(["history", "--since", "9999-01-01"]) == 0
    assert capsys.readouterr().out.startswith("no such changes")


def test_a_time_with_an_offset_is_the_same_moment() -> None:
    """It is compared in UTC."""
    assert _utc("2026-01-02T03:04:05+02:00") == _utc("2026-01-02T01:04:05")


@pytest.mark.parametrize("text", ["yesterday", "", "2026-13-01", "0001-01-01T00:00+23:00"])
def test_what_is_no_time_is_a_usage_error(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the store is opened."""
    with pytest.raises(SystemExit):
        main(["history", "--since", text])
    assert "a time such as 2026-01-31 is needed" in capsys.readouterr().err
