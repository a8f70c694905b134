"""All verbs of ``fitment checkpoint`` as a person uses them, one after another."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fitment.harness.cli.main import main
from fitment.registry.checkpoints.blobs import folder_beside, name_of

from tests.registry.checkpoints.models import write_gguf, write_model
from tests.registry.empty_stores import empty_store


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store's database, which ``$FITMENT_DB`` names, beside the folder ``model``."""
    path = empty_store(tmp_path / "x.duckdb").path
    monkeypatch.setenv("FITMENT_DB", str(path))
    monkeypatch.delenv("FITMENT_CHECKPOINTS", raising=False)
    monkeypatch.chdir(tmp_path)
    write_model(tmp_path / "model")
    return path


class Spoken:
    """Runs ``fitment checkpoint`` and gives back exit code, output and errors."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, line: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main(["checkpoint", *line.split()])
        return code, *self._capsys.readouterr()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Spoken:
    """The verbs, by one line each."""
    return Spoken(capsys)


def test_a_checkpoint_is_added_looked_at_fetched_and_removed(
    database: Path, say: Spoken, tmp_path: Path
) -> None:
    """Each step says what it did; a repetition that nothing changed."""
    assert (
        say("list")[1] == "no checkpoints yet: fitment checkpoint add PATH --model MODEL --version VERSION\n"
    )
    code, out, _ = say("add model --model org/tiny --version v1")
    assert (code, out.splitlines()[0].split(" in ")[0]) == (0, "org/tiny v1 is kept: 6 files, 726 B")
    assert "model-*-of-00002.safetensors: 3 tensors, 60 parameters, F32" in out
    assert "optimizer/state.pt: pickle: not read" in out
    assert "nothing changed" in say("add model --model org/tiny --version v1")[1]
    assert "org/tiny  v1       6" in say("list")[1]
    code, out, _ = say("show org/tiny")
    assert "architecture: LlamaForCausalLM" in out
    assert say("verify")[:2] == (0, "6 files of 1 checkpoint, 726 B read: all are what was added\n")
    assert say("fetch org/tiny v1 --output out")[0] == 0
    assert sorted(os.listdir("out")) == sorted(os.listdir("model"))
    assert "is gone; its files stay until: fitment checkpoint gc" in say("remove org/tiny v1")[1]
    assert "6 blobs that no checkpoint names (726 B) would be removed; 0 stay" in say("gc --dry-run")[1]
    assert say("gc --format json")[0] == 0
    assert "0 blobs" in say("gc")[1]


def test_damage_ends_with_exit_code_3(database: Path, say: Spoken) -> None:
    """From verify and fetch, and from adding weights that are cut off; each names the file."""
    say("add model --model m --version v1")
    shown = json.loads(say("show m --format json")[1])
    assert shown["facts"]["parameters"] == 60
    file = shown["files"][0]
    blob = folder_beside(database) / name_of(file["sha256"])
    blob.chmod(0o644)
    blob.write_bytes(b"x")
    code, out, _ = say("verify")
    assert (code, out.splitlines()[-1]) == (3, "6 files of 1 checkpoint, 698 B read: 1 damaged")
    assert f"damaged: {file['path']} of m v1 is cut off: expected 28 bytes, there are 1; take " in out
    code, out, _ = say("verify m v1 --format csv")
    assert (code, out.splitlines()[1].split(",")[:4]) == (3, ["m", "v1", "README.md", "cut off"])
    code, _, error = say("fetch m v1 --output out")
    assert (code, Path("out").exists()) == (3, False)
    assert "README.md of m v1 is cut off" in error
    Path("model/model-00001-of-00002.safetensors").write_bytes(b"x")
    code, _, error = say("add model --model n --version v1")
    assert code == 3
    assert error == (
        "fitment: model-00001-of-00002.safetensors is cut off: 1 bytes, and a header's length alone takes 8\n"
    )


def test_mistakes_are_one_line_with_exit_code_2(database: Path, say: Spoken) -> None:
    """Of words, names and places."""
    assert say("show m")[::2] == (
        2,
        "fitment: no checkpoint of m: none is kept yet, `fitment checkpoint add` keeps one\n",
    )
    for line, expected in (
        ("add missing --model m --version v1", "can't read missing: No such file"),
        ("add model --model m --version v1 --store nothing://x", "Protocol not known: nothing"),
        ("add model --model m --version v1 --store ftp://a:b@c/", "must hold no password"),
        ("add model --model m --version v1 --store memory://x", "is gone when this command ends"),
        ("remove m v1", "no checkpoint of m"),
        ("fetch m --output model", "no checkpoint of m"),
    ):
        code, _, error = say(line)
        assert (code, error.count("\n")) == (2, 1)
        assert expected in error


def test_hostile_texts_of_a_file_are_inert(database: Path, say: Spoken) -> None:
    """A GGUF file may call itself anything."""
    write_gguf(Path("x.gguf"), name="\x1b[31mred‮")
    for line in ("add x.gguf --model m --version v1", "show m"):
        code, out, _ = say(line)
        assert code == 0
        assert "name: \\x1b[31mred\\u202e" in out
        assert "\x1b" not in out
    assert "quantisation: Q8_0" in out
