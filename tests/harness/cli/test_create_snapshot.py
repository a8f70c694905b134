from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.catalogue.versions import add_version
from fitment.registry.results.link import link_results
from fitment.registry.storage.store import Store


@pytest.fixture(scope="module")
def stored(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version v1 with two results, and v2 without."""
    folder = tmp_path_factory.mktemp("snapshots")
    shutil.copytree(made_once, folder, dirs_exist_ok=True)
    store = Store.open(folder / "filled.duckdb")
    link_results(store, "tiny", "v1", [1, 2])
    add_version(store, "tiny", "v2")
    return store.path


@pytest.fixture
def linked(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That store as ``$FITMENT_DB``."""
    monkeypatch.setenv("FITMENT_DB", str(stored))


@pytest.mark.usefixtures("linked")
def test_made_once(capsys: pytest.CaptureFixture[str]) -> None:
    """One line of what was kept; the same again changes nothing and is no error."""
    assert main(["create-snapshot", "tiny", "v1", "--metadata", '{"release": "1"}']) == 0
    said = (
        "of version v1 of tiny: keeps 2 results, in 1 entry: one for each hardware, scenario and input shape"
    )
    assert said in capsys.readouterr().out
    assert main(["create-snapshot", "--model", "tiny", "--version", "v1"]) == 0
    assert "stands on the same results already: nothing changed" in capsys.readouterr().out


@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tinny", "v1"], "did you mean tiny"),
        (["tiny", "v9"], "no version v9 of tiny"),
        (["tiny", "v2"], "version v2 of tiny has no results"),
        (["tiny"], "VERSION is missing"),
        (["tiny", "v1", "--metadata", "[1]"], "JSON object"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the way out; nothing is made; exit code 2."""
    assert main(["create-snapshot", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
