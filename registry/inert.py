"""Foreign text on one line, with everything that can't be seen spelled out.

Model names, file names and logs come from files that others wrote. They are stored as they are, and made
inert where they are shown or written for others.
"""

from __future__ import annotations

import unicodedata

# Controls, invisible format characters (which hold the right-to-left overrides), surrogates, and the
# line and paragraph separators: none of them may reach a terminal or change where a line ends.
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def terminal(text: str) -> str:
    """``text`` on one line with every control, override and invisible character made visible.

    ``"\\x1b[31m"`` becomes the eight characters ``\\x1b[31m``. Rich markup is not touched: give the
    result to ``print`` or ``rich.text.Text``, which show ``[red]`` as it stands, never to a markup string.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(c) if unicodedata.category(c) in HIDDEN_CATEGORIES else c for c in text)


def _visible(character: str) -> str:
    code = ord(character)
    if character in SHORT_ESCAPES:
        return SHORT_ESCAPES[character]
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
