from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.cli.notices import pass_on
from fitment.registry.storage.store import Store


def test_each_notice_is_told_once_and_inert(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, beside an answer that may be piped."""
    store = Store.open(filled)
    store.notices += ["twice", "twice", "a\x1b[31m"]
    pass_on(store)
    assert capsys.readouterr() == ("", "note: twice\nnote: a\\x1b[31m\n")
