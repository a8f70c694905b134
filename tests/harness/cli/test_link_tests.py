from __future__ import annotations

import pytest
from fitment.harness.cli.main import main

pytestmark = pytest.mark.usefixtures("filled")


def test_results_are_linked_moved_and_left(capsys: pytest.CaptureFixture[str]) -> None:
    """Each line says what became of which results."""
    assert main(["link-tests", "--model", "tiny", "--version", "v1", "--result-ids", "1, 2,3"]) == 0
    assert (
        capsys.readouterr().out == "version v1 of tiny was made\nlinked to version v1 of tiny: result 1–3\n"
    )
    assert main(["link-tests", "tiny", "v2", "--result-ids", "3,4"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "version v2 of tiny was made",
        "linked to version v2 of tiny: result 4",
        "moved from v1 to version v2 of tiny: result 3",
    ]
    assert main(["link-tests", "tiny", "v2", "--result-ids", "3"]) == 0
    assert capsys.readouterr().out == "linked to version v2 of tiny before: result 3\nnothing changed\n"


def test_half_wrong_ids_leave_nothing_behind(capsys: pytest.CaptureFixture[str]) -> None:
    """Every wrong id is named, and there is no version afterwards."""
    assert main(["link-tests", "tiny", "v1", "--result-ids", "1,98,99"]) == 2
    assert "nothing was linked to version v1 of tiny: there is no result 98–99" in capsys.readouterr().err
    assert main(["version-history", "tiny"]) == 0
    assert capsys.readouterr().out == "no versions of tiny yet: fitment add-version\n"


@pytest.mark.parametrize("ids", ["", "1,,2", "3-1", "0", "x", "²", "9" * 19])
def test_what_can_be_no_id_is_a_usage_error(ids: str) -> None:
    """Before the store is opened."""
    with pytest.raises(SystemExit) as end:
        main(["link-tests", "tiny", "v1", "--result-ids", ids])
    assert end.value.code == 2
