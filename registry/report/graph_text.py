"""Names of others inside graph files: what can't be seen is spelled out, and the name can be read back.

XML has no way to write most control characters, and a viewer shows what a name says; so both get the text in
which a backslash is two, and each control, override and invisible character its escape.
"""

from __future__ import annotations

import re
from datetime import datetime

from .text import terminal

_ESCAPE = re.compile(r"\\(\\|t|n|r|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
_SHORT = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
# No XML characters, though neither controls nor invisible: the last two of each plane
_LAST = [chr(plane | low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)]
_NO_CHARACTER = re.compile(f"[{''.join(_LAST)}]")


def visible(name: str) -> str:
    """``name`` as it stands in a graph file; ``name_of`` reads it back."""
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    text = terminal(name.replace("\\", "\\\\"))
    return _NO_CHARACTER.sub(lambda found: f"\\U{ord(found[0]):08x}", text)


def name_of(text: str) -> str:
    """The name that ``visible`` was given."""
    return _ESCAPE.sub(lambda found: _SHORT.get(found[1]) or chr(int(found[1][1:], 16)), text)


def moment(value: datetime) -> str:
    """A time in UTC as files carry it: ``2024-05-01T12:00:00Z``."""
    return f"{value.isoformat()}Z"
