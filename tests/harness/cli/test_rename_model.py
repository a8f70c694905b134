from __future__ import annotations

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_a_model_answers_to_both_names_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    """The rename says what becomes of later results; the same again that nothing changed."""
    assert main(["rename-model", "tiny", "small"]) == 0
    assert capsys.readouterr().out == (
        "tiny is called small now; what is measured as tiny will belong to it\n"
    )
    assert main(["rename-model", "--model", "tiny", "--to", "small"]) == 0
    assert capsys.readouterr().out == "it is called small already: nothing changed\n"
    for name in ("tiny", "small"):
        assert main(["recommend", name]) == 0
        assert capsys.readouterr().out.startswith("small · forward")


def test_without_a_new_name_nothing_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    """The missing word is named."""
    assert main(["rename-model", "tiny"]) == 2
    assert "TO is missing: the new name" in capsys.readouterr().err
