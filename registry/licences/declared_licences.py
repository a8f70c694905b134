"""Licences that files declare by a name: front matter, package metadata, SPDX lines. No code is run."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from email.parser import HeaderParser
from typing import Any

SPDX_LINE = re.compile(  # behind nothing but the sign of a comment
    r"^[^\w\r\n]{0,20}(?:dnl |rem )?SPDX-License-Identifier:[ \t]*([\w.+: ()-]{1,500})",
    re.MULTILINE | re.IGNORECASE,
)
LONGEST = 200  # characters of a declared name; what is longer is a text

Declared = tuple[str, int]  # the name, and its line from 1


def spdx_lines(text: str) -> list[Declared]:
    """The expressions behind ``SPDX-License-Identifier:`` with their lines."""
    return [
        (found[1].strip(" -"), text.count("\n", 0, found.start()) + 1) for found in SPDX_LINE.finditer(text)
    ]


def declared_in(name: str, content: bytes) -> list[Declared]:
    """The licences that the file called ``name`` declares; none for a file that declares none.

    Raises ValueError for a file that is not what its name says.
    """
    reader = READERS.get(name)
    return [] if reader is None else [(said, line) for said, line in reader(content) if said]


def _front_matter(content: bytes) -> list[Declared]:
    from ..cards.card import CardError
    from ..cards.front_matter import parts, text_of
    from ..cards.strict_yaml import Scalar, Sequence

    try:
        keys = parts(text_of(content, "README.md")[0], "README.md").keys
    except CardError as error:
        raise ValueError(str(error)) from None
    found: list[Declared] = []
    for key in ("license", "license_name"):
        value = keys.items.get(key)
        items = value.items if isinstance(value, Sequence) else [value]
        found += [(item.text.strip(), item.line) for item in items if isinstance(item, Scalar)]
    return found


def _pyproject(content: bytes) -> list[Declared]:
    text = content.decode("utf-8")
    project = _table(tomllib.loads(text).get("project"))
    said = project.get("license")
    if isinstance(said, Mapping):
        said = said.get("text")
    return _short(said, text, "license")


def _cargo(content: bytes) -> list[Declared]:
    text = content.decode("utf-8")
    said = _table(tomllib.loads(text).get("package")).get("license")
    return [(name.replace("/", " OR "), line) for name, line in _short(said, text, "license")]


def _package_json(content: bytes) -> list[Declared]:
    text = content.decode("utf-8-sig")
    try:
        said = _table(json.loads(text)).get("license")
    except RecursionError:
        raise ValueError("nested too deep") from None
    if isinstance(said, Mapping):
        said = said.get("type")
    return _short(said, text, '"license"')


def _core_metadata(content: bytes) -> list[Declared]:
    text = content.decode("utf-8", "replace")
    headers = HeaderParser().parsestr(text[:100_000])
    for key in ("License-Expression", "License"):
        found = _short(headers.get(key), text, key)
        if found:
            return found
    return []


READERS: Mapping[str, Callable[[bytes], list[Declared]]] = {
    "README.md": _front_matter,
    "pyproject.toml": _pyproject,
    "Cargo.toml": _cargo,
    "package.json": _package_json,
    "PKG-INFO": _core_metadata,
    "METADATA": _core_metadata,
}


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _short(said: object, text: str, key: str) -> list[Declared]:
    """The name with the line of its key, where it is a name and no whole text."""
    if not isinstance(said, str) or len(said) > LONGEST or "\n" in said.strip():
        return []
    found = re.search(rf"^[ \t]*{re.escape(key)}(?!\w)", text, re.MULTILINE)
    return [(said.strip(), text.count("\n", 0, found.start()) + 1 if found else 1)]
