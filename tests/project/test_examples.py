"""Examples of the documents, run as they stand: what they show is what is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from fitment.harness.cli.main import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if "```console\n" in path.read_text(encoding="utf-8")
]
LEFT_OUT = "[…]"


def examples(text: str) -> list[tuple[str, list[str]]]:
    """Each command of the console blocks, with the lines that are shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def plain(lines: list[str]) -> list[str]:
    """The lines without what differs from run to run: times, people, and the widths of columns."""
    masked = (re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "TIME", line) for line in lines)
    return [re.sub(r"[ ─]+", " ", re.sub(r"\S+@\S+", "WHO", line)).strip() for line in masked]


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same where none are left out."""
    if not shown:
        return not printed
    if shown[0] == LEFT_OUT:
        return any(agrees(shown[1:], printed[n:]) for n in range(len(printed) + 1))
    return bool(printed) and shown[0] == printed[0] and agrees(shown[1:], printed[1:])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a new user has it, with the files that ship with the project."""
    (tmp_path / "configs").symlink_to(ROOT / "configs")
    monkeypatch.chdir(tmp_path)
    for name in ("FITMENT_DB", "BENCHMARK_DB_PATH", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
@pytest.mark.usefixtures("folder")
def test_every_example_prints_what_is_shown(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The console blocks of a document run one after another on one store; its Python runs after them.

    A CSV block that has a name is that file.
    """
    text = document.read_text(encoding="utf-8")
    for name, content in re.findall(r"^```csv (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        Path(name).write_text(content, encoding="utf-8")
    for command, shown in examples(text):
        name, *words = shlex.split(command)
        assert name == "fitment", command
        main(words)
        printed = plain("".join(capsys.readouterr()).splitlines())
        assert agrees(plain(shown), printed), "\n".join([command, *printed])
    for block in re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        exec(compile(block, document.name, "exec"), {})


def test_what_is_left_out_stands_for_any_lines() -> None:
    """Also for none, and only where it is said."""
    assert agrees(["a", LEFT_OUT, "d"], ["a", "b", "c", "d"])
    assert agrees([LEFT_OUT, "a", LEFT_OUT], ["a"])
    assert not agrees(["a", LEFT_OUT], ["b", "a"])
    assert not agrees(["a"], ["a", "b"])
    assert plain(["x  ada@lab  2026-01-02 03:04:05 "]) == ["x WHO TIME"]
