"""``fitment lineage licence-audit`` on a store of the models that docs/lineage.md shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fitment.harness.cli import lineage_licence_audit
from fitment.harness.cli.main import main
from fitment.registry.lineage.audit.findings import ASKED

SECTION = (
    (Path(__file__).parents[3] / "docs/lineage.md")
    .read_text(encoding="utf-8")
    .partition("\n## Licence audit\n")[2]
)
TABLE = re.findall(r"^```csv\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)[0]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("lineage")
    (folder / "models.csv").write_text(TABLE)
    store = ["--db-path", str(folder / "lineage.duckdb")]
    assert main(["lineage", "build", str(folder / "models.csv"), *store]) == 0
    return ["lineage", "licence-audit", *store]


def test_a_table(audit: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The most downloaded first; the rest is counted."""
    assert main([*audit, "--limit", "1"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "4 models, 3 of them with parents (edges: all)"
    first = "o/small mit limit.field_of_use s.1.b.iv o/base llama2 2 o/tuned"
    assert " ".join(printed[-3].split()) == first
    assert printed[-2] == "5 more: --limit N shows more, --format csv all"


def test_one_group_in_a_view(audit: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them as CSV, in a file; of fine-tunes alone nothing comes to the quantised copy."""
    file = tmp_path / "found.csv"
    words = ["--group", "lost_threshold", "--format", "csv", "--output", str(file)]
    assert main([*audit, *words]) == 0
    assert len(file.read_text().splitlines()) == 3
    assert main([*audit, *words, "--view", "finetune", "--overwrite"]) == 0
    assert [line.split(",")[0] for line in file.read_text().splitlines()] == ["model", "o/tuned"]
    assert main([*audit, "--group", "undeclared", "--format", "json"]) == 0
    assert {row["model"] for row in json.loads(capsys.readouterr().out)["findings"]} == {"o/silent"}


def test_one_model(audit: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Explained as the document shows it; one that isn't there is a mistake that names what comes near."""
    assert main([*audit, "--model", "o/small"]) == 0
    printed = capsys.readouterr().out
    shown = re.findall(
        r"^\$ fitment lineage licence-audit --model o/small\n(.*?)^```$", SECTION, re.M | re.S
    )[0]
    head, _, tail = shown.partition("[…]\n")
    assert printed.startswith(head)
    assert printed.endswith(tail)
    assert main([*audit, "--model", "o/smal"]) == 2
    assert "did you mean o/small" in capsys.readouterr().err


def test_mistakes(audit: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No lineage, no such group, and a model together with a group."""
    assert main(["lineage", "licence-audit", "--db-path", str(tmp_path / "none.duckdb")]) != 0
    assert "fitment lineage build" in capsys.readouterr().err
    for words in (["--group", "nope"], ["--model", "o/small", "--group", "lost_nc"]):
        with pytest.raises(SystemExit):
            main([*audit, *words])
        assert words[-2] in capsys.readouterr().err


def test_the_groups_of_the_help_are_all() -> None:
    """They stand in two places, so that help loads nothing heavy."""
    assert lineage_licence_audit.GROUPS == ASKED
