from __future__ import annotations

from pathlib import Path

import pytest
from fitment.registry.errors import ImportFileError
from fitment.registry.lineage.questions.model_file import listed

from tests.registry.lineage.small import ecosystem

MADE = ecosystem("org/a>org/b org/a>org/ü")


def test_ids_with_a_mark_blank_lines_and_windows_ends(tmp_path: Path) -> None:
    """A byte-order mark, CRLF, blanks around and blank lines are all passed over; each model counts once."""
    path = tmp_path / "ids.txt"
    path.write_bytes("\ufefforg/b\r\n\r\n  org/a \n\norg/b\norg/ü".encode())
    assert MADE.names.of(listed(MADE, path).models) == ["org/b", "org/a", "org/ü"]


def test_unknown_models_have_their_line(tmp_path: Path) -> None:
    """The rest is answered; near names are looked for a few times only."""
    path = tmp_path / "ids.txt"
    path.write_text("org/a\nORG/B\n" + "z" * 500 + "\n" + "nobody\n" * 3)
    found = listed(MADE, path)
    assert MADE.names.of(found.models) == ["org/a"]
    assert len(found.unknown) == 5
    assert found.unknown[0].startswith(f'{path}:2: no model "ORG/B"')
    assert "did you mean org/b" in found.unknown[0]
    assert found.unknown[4] == f'{path}:6: no model "nobody"'
    assert max(map(len, found.unknown)) < len(str(path)) + 400


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n \n", "names no model"),
        (b"org/a\n\xff\xfe", ":2: not UTF-8"),
        (b"org/a\n\norg\0/b", ":3: a NUL byte"),
    ],
)
def test_what_is_no_list_of_ids(content: bytes, why: str, tmp_path: Path) -> None:
    """One line that names the file, and the line where there is one."""
    path = tmp_path / "ids.bin"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=why):
        listed(MADE, path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Nor is a folder one."""
    for path in (tmp_path, tmp_path / "none", Path("a\0b")):
        with pytest.raises(ImportFileError, match=r"not a regular file|no such file|can't be read"):
            listed(MADE, path)


def test_a_device_is_no_file() -> None:
    """One that never ends is not read."""
    with pytest.raises(ImportFileError, match="not a regular file"):
        listed(MADE, Path("/dev/zero"))
