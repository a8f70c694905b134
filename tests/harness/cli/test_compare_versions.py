from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.catalogue.versions import add_version
from fitment.registry.changes.snapshots import create_snapshot
from fitment.registry.results.append import append_environment, append_measurement
from fitment.registry.results.link import link_results
from fitment.registry.storage.store import Store

from tests.harness.cli.conftest import HERE, measurement

SIDES = ["tiny", "v1", "--version2", "v2"]


@pytest.fixture(scope="module")
def stored(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """v1 kept as a snapshot of two results, then run under another torch; v2 half as fast at batch 32."""
    folder = tmp_path_factory.mktemp("versions")
    shutil.copytree(made_once, folder, dirs_exist_ok=True)
    store = Store.open(folder / "filled.duckdb")
    link_results(store, "tiny", "v1", [1, 2])
    create_snapshot(store, "tiny", "v1")
    newer = replace(HERE, torch="2.14.0")
    append_environment(store, newer)
    slow = append_measurement(store, measurement(32, "fp32", 400.0, 0.08))
    runs = [measurement(batch, "fp32", t, batch / t) for batch, t in ((1, 220.0), (32, 880.0))]
    later = [append_measurement(store, replace(run, env_id=newer.id)) for run in runs]
    link_results(store, "tiny", "v1", later)
    link_results(store, "tiny", "v2", [slow])
    add_version(store, "tiny", "v3")
    return store.path


@pytest.fixture
def versions(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of two versions as ``$FITMENT_DB``; it is only read."""
    monkeypatch.setenv("FITMENT_DB", str(stored))


@pytest.mark.usefixtures("versions")
def test_each_format_says_what_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A table and Markdown to read, JSON and CSV with everything; --output keeps any of them."""
    outputs = {}
    for form in ("table", "json", "csv", "markdown"):
        assert main(["compare-versions", *SIDES, "--format", form]) == 0
        outputs[form] = capsys.readouterr().out
        assert main(["compare-versions", *SIDES, "--format", form, "--output", str(tmp_path / form)]) == 0
        kept = (tmp_path / form).read_bytes().decode()
        assert kept.replace("\r\n", "\n").split() == outputs[form].replace("\r\n", "\n").split()
    for form in ("table", "markdown"):
        assert "tiny: from v1 to v2" in outputs[form]
        assert "v1: snapshot" in outputs[form]
        assert "slower" in outputs[form]
    body = json.loads(outputs["json"])
    assert (body["format"], body["first"]["tag"], body["first"]["results"]) == (
        "fitment.version_comparison",
        "v1",
        2,
    )
    (row,) = body["rows"]
    assert row["throughput"]["value"] == 0.5
    lines = list(csv.DictReader(io.StringIO(outputs["csv"])))
    assert [(line["batch"], line["judgement"]) for line in lines] == [("1", "only in v1"), ("32", "slower")]
    assert all(line["env_id_1"] and line["result_ids_1"] for line in lines)


@pytest.mark.usefixtures("versions")
def test_live_takes_the_results_as_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    """The snapshot is then not looked at."""
    assert main(["compare-versions", *SIDES, "--live"]) == 0
    assert "v1: its 4 results as they stand" in capsys.readouterr().out


@pytest.mark.usefixtures("versions")
def test_two_stacks(capsys: pytest.CaptureFixture[str]) -> None:
    """By torch release, over what ran under both; every format."""
    for form in ("table", "markdown", "csv", "json"):
        assert main(["compare-versions", "--stack", "2.13", "--stack", "2.14", "--format", form]) == 0
        out = capsys.readouterr().out
        if form == "json":
            body = json.loads(out)
            assert (body["format"], len(body["rows"])) == ("fitment.stack_comparison", 2)
        elif form == "csv":
            assert [line["batch"] for line in csv.DictReader(io.StringIO(out))] == ["1", "32"]
        else:
            assert "from torch 2.13.0 to torch 2.14.0" in out
            assert "2 common keys" not in out
            assert "1 common keys" in out


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tiny"], "MODEL VERSION1 VERSION2"),
        (["tiny", "--version1", "v1"], "MODEL VERSION1 VERSION2"),
        (["--version1", "v1", "--version2", "v2"], "MODEL is missing"),
        (["tiny", "--version1", "v1", "--version2", "v9"], "no version v9 of tiny"),
        (["tiny", "--version1", "v1", "--version2", "v3"], "version v3 of tiny has no results"),
        (["--stack", "2.13"], "--stack A --stack B"),
        (["tiny", "--stack", "2.13", "--stack", "2.14"], "over all models"),
        (["--stack", "2.13", "--stack", "pt999"], 'no stack "pt999"'),
        ([*SIDES, "--hardware", "x"], "go with --stack"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the way out, with exit code 2."""
    assert main(["compare-versions", *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
