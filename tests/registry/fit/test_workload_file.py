"""A mix of models from a file, and what can be wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import ConfigError
from fitment.registry.fit.workload_file import MAX_BYTES, read_mix
from fitment.registry.workloads import Work


def written(folder: Path, text: str) -> Path:
    file = folder / "mix.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_key(tmp_path: Path) -> None:
    """A file holds models with shares and what is fixed of each; what it leaves out is free."""
    text = """
        [[work]]
        model = "resnet50"
        task = "inference"
        share = 0.7
        batch = 8
        precision = "bf16"
        compile_mode = "eager"
        memory_format = "contiguous"
        input = "3x224x224"
        model_version = "v2"
        [[work]]
        model = "mlp"
    """
    mix = read_mix(written(tmp_path, text))
    assert mix.name == "mix.toml"
    assert mix.works == (
        Work("resnet50", 0.7, "inference", 8, "bf16", "eager", "contiguous", "3x224x224", "v2"),
        Work("mlp", 1.0),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "work: write at least one"),
        ("work = 3", "work: write at least one"),
        ("[[works]]\nmodel = 'a'", "works: unknown key: did you mean work?"),
        ("[[work]]\nshare = 1", "work[1].model: missing"),
        ("[[work]]\nmodel = ''", "work[1].model: must be a text"),
        (
            "[[work]]\nmodel = 'a'\n[[work]]\nmodel = 'b'\nshares = 1",
            "work[2].shares: unknown key: did you mean share?",
        ),
        ("[[work]]\nmodel = 'a'\nshare = 0", "work[1].share: must be a number above 0, not 0"),
        ("[[work]]\nmodel = 'a'\nshare = nan", "work[1].share: must be a number above 0"),
        ("[[work]]\nmodel = 'a'\nshare = true", "work[1].share: must be a number above 0"),
        ("[[work]]\nmodel = 'a'\nbatch = 0", "work[1].batch: must be a whole number"),
        ("[[work]]\nmodel = 'a'\nbatch = 2.5", "work[1].batch: must be a whole number"),
        ("[[work]]\nmodel = 'a'\ntask = 'trainin'", 'unknown task "trainin": did you mean training?'),
        ("[[work]]\nmodel = 'a'\nprecision = 16", "work[1].precision: must be a text, not 16"),
        ("[[work\n", "can't read this workload"),
        ("[[work]]\nmodel = 'a'\n" * 201, "201 of them; at most 200"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    """One line that starts with the file and says the key, the mistake and the way out."""
    file = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_mix(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = '" + b"x" * MAX_BYTES + b"'", None])
def test_what_is_no_text_file(tmp_path: Path, content: bytes | None) -> None:
    """A binary, a giant and a missing file are one line each."""
    file = tmp_path / "mix.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"mix\.toml: "):
        read_mix(file)
    with pytest.raises(ConfigError, match="can't read this workload: Is a directory"):
        read_mix(tmp_path)
