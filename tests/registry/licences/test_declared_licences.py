from __future__ import annotations

import pytest
from fitment.registry.licences.declared_licences import declared_in, spdx_lines


def test_spdx_lines_stand_alone_behind_the_sign_of_a_comment() -> None:
    """Not in the middle of code that talks about them; the comment's end is no part of them."""
    text = "/* SPDX-License-Identifier: MIT OR Apache-2.0 */\n<!-- SPDX-License-Identifier: MIT -->\n"
    assert spdx_lines(text) == [("MIT OR Apache-2.0", 1), ("MIT", 2)]
    assert spdx_lines('pattern = re.compile("SPDX-License-Identifier: (.*)")') == []


@pytest.mark.parametrize(
    ("name", "content", "declared"),
    [
        ("README.md", b"---\nlicense: mit\n---\n# x", [("mit", 2)]),
        ("README.md", b"---\nlicense:\n- mit\n- gpl-3.0\n---\n", [("mit", 3), ("gpl-3.0", 4)]),
        (
            "README.md",
            b"\xef\xbb\xbf---\r\nlicense: other\r\nlicense_name: qwen\r\n---\r\n",
            [("other", 2), ("qwen", 3)],
        ),
        ("README.md", b"# no front matter", []),
        ("pyproject.toml", b'[project]\nname = "x"\nlicense = "MIT"\n', [("MIT", 3)]),
        ("pyproject.toml", b'[project]\nlicense = {text = "BSD-3-Clause"}\n', [("BSD-3-Clause", 2)]),
        ("pyproject.toml", b'[project]\nlicense = {file = "LICENSE"}\n', []),
        ("Cargo.toml", b'[package]\nlicense = "MIT/Apache-2.0"\n', [("MIT OR Apache-2.0", 2)]),
        ("package.json", b'{"name": "x",\n"license": "ISC"}', [("ISC", 2)]),
        ("package.json", b"[1]", []),
        ("PKG-INFO", b"Name: x\nLicense-Expression: MIT\n\nbody", [("MIT", 2)]),
        ("METADATA", b"Name: x\nLicense: Apache-2.0\n", [("Apache-2.0", 2)]),
        ("setup.py", b"license='MIT'", []),
    ],
)
def test_a_name_is_read_with_its_line(name: str, content: bytes, declared: list[tuple[str, int]]) -> None:
    """From front matter and from package metadata, nothing of which is run."""
    assert declared_in(name, content) == declared


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("README.md", b"---\nlicense: [mit\n---\n"),
        ("pyproject.toml", b"[project\n"),
        ("package.json", b"{"),
        ("package.json", b"[" * 200_000),
        ("Cargo.toml", b"\xff\xfe"),
    ],
)
def test_a_broken_file_is_an_error(name: str, content: bytes) -> None:
    """Not one that declares nothing."""
    with pytest.raises(ValueError, match=r"."):
        declared_in(name, content)
