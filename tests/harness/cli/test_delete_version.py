from __future__ import annotations

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_a_version_is_taken_away_once(capsys: pytest.CaptureFixture[str]) -> None:
    """While an alias points to it not at all."""
    main(["link-tests", "tiny", "v1", "--result-ids", "1"])
    main(["alias", "tiny", "production", "v1"])
    assert main(["delete-version", "tiny", "v1"]) == 2
    assert "version v1 of tiny is production: move or remove that first" in capsys.readouterr().err
    main(["alias", "tiny", "production", "--remove"])
    capsys.readouterr()
    assert main(["delete-version", "tiny", "v1"]) == 0
    assert capsys.readouterr().out == "version v1 of tiny is gone, and its results are linked no more\n"
    assert main(["delete-version", "tiny", "v1"]) == 0
    assert "is gone already: nothing changed" in capsys.readouterr().out
    main(["version-history", "tiny"])
    assert "v1 (deleted)" in capsys.readouterr().out
