"""What people may call a version, an alias or a model."""

from __future__ import annotations

from ..errors import RefusedError

LONGEST = 128  # characters
LONGEST_MODEL = 256


def label(noun: str, text: str, longest: int = LONGEST) -> str:
    """``text`` without blanks around it. Raises RefusedError where it is no name."""
    name = text.strip()
    if not name:
        raise RefusedError(f"an empty {noun} names nothing: give it at least one character")
    if not name.isprintable():
        raise RefusedError(f"{noun} {ascii(name)[:80]} holds characters that can't be printed")
    if len(name) > longest:
        raise RefusedError(f"{noun} {name[:40]}… has {len(name)} characters: at most {longest} are kept")
    return name


def is_text(word: str) -> bool:
    """Whether a database can hold it: stray bytes of a command line are half a surrogate pair each."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True
