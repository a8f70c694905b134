from __future__ import annotations

from pathlib import Path

import pytest
from fitment.harness.sweeps.toml_document import MAX_BYTES, parse, read
from fitment.registry.errors import ConfigError

TEXT = """seed = 1
[[grid]]
models = ["a"]
batches = [
  1,
  8,
]
[[grid]]
models = [
  "a",
  "b\\u0041",
]
batches = [8]
"""


@pytest.mark.parametrize(
    ("key", "index", "value", "line"),
    [
        ("models", 0, None, 3),
        ("models", 1, None, 9),
        ("models", 1, "a", 10),
        ("models", 1, "nowhere", 9),
        ("batches", 0, 8, 6),
        ("batches", 1, 8, 13),
        ("nowhere", 1, None, 8),
    ],
)
def test_at_finds_the_line_again(key: str, index: int, value: object, line: int) -> None:
    """A key is found in its own table, a value in its own list; what can't be found is its table's header."""
    assert parse("f", TEXT).at(key, table="grid", index=index, value=value) == f"f:{line}"


def test_at_names_no_line_where_there_is_no_file() -> None:
    """Arguments of the command line have no lines to look up."""
    assert parse("command line", TEXT, numbered=False).at("seed") == "command line"


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 100_000, ".".join("a" * 100_000) + " = 1", "[" + ".".join("a" * 100_000) + "]"],
    ids=["lists", "dotted key", "dotted header"],
)
def test_B02_deep_nesting_is_refused(text: str) -> None:
    """Depth on which a TOML parser would spend its stack, or time with its square, is one error line."""
    with pytest.raises(ConfigError, match="nested too deeply"):
        parse("f", text)


def test_B02_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    """Of 100 MB no more than the bound is read."""
    file = tmp_path / "large.toml"
    with file.open("wb") as out:
        out.truncate(100_000_000)
    with pytest.raises(ConfigError, match=rf"more than {MAX_BYTES // 1024} KiB"):
        read(file)


def test_dots_in_values_are_no_depth() -> None:
    """A line full of dotted model names is fine."""
    names = ", ".join(['"module:a.b.c:make"'] * 50)
    assert len(parse("f", f"models = [\n{names},\n{names}]").data["models"]) == 100


def test_windows_line_ends_and_a_mark_at_the_start_are_read(tmp_path: Path) -> None:
    """A file from another editor means the same."""
    file = tmp_path / "crlf.toml"
    file.write_bytes(b"\xef\xbb\xbfseed = 1\r\n")
    assert read(file).data == {"seed": 1}
