"""The hardware that a person has: by exact name or a part that only one has, never by a guess."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from ..errors import UnknownNameError

SHOWN = 5


def resolve(asked: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """The stored hardware behind names, each once, in the order of ``known``.

    Names match in any case, whole or in whole words that one stored name alone holds ("A10" is no "A100").
    One text may list several, separated by commas, which names hold as well: the longest piece that names
    one counts. Raises UnknownNameError for a text that names none, or several.
    """
    found = {name for text in asked for name in _of_text(text, known)}
    return tuple(name for name in known if name in found)


def _of_text(text: str, known: Sequence[str]) -> list[str]:
    parts = text.split(",")
    found = []
    while parts:
        pieces = [(n, ",".join(parts[:n]).strip()) for n in range(len(parts), 0, -1)]
        n, piece = next(((n, p) for n, p in pieces if _matches(p, known)), pieces[-1])
        found.append(_one(piece, known))
        parts = parts[n:]
    return found


def _one(piece: str, known: Sequence[str]) -> str:
    matches = _matches(piece, known)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UnknownNameError(
            f'--available "{piece}" could be {_listed(matches, " or ")}: say more of the name'
        )
    near = _nearest(piece.lower()[:200], known)
    hint = f"did you mean {near}? " if near else ""
    held = f"there are results of {_listed(known, '; ')}" if known else "the store holds no hardware"
    raise UnknownNameError(f'--available "{piece}": unknown hardware: {hint}{held}')


def _nearest(low: str, known: Sequence[str]) -> str | None:
    """The name that is most like ``low``, or holds a word that is."""
    whole = {name.lower(): name for name in known}
    words = {word: name for name in reversed(known) for word in re.findall(r"\w+", name.lower())}
    near = difflib.get_close_matches(low, whole, n=1) or difflib.get_close_matches(
        low, words, n=1, cutoff=0.8
    )
    near = near or difflib.get_close_matches(low, whole, n=1, cutoff=0.4)
    return (whole | words)[near[0]] if near else None


def _matches(piece: str, known: Sequence[str]) -> list[str]:
    """The one name that ``piece`` is, else all that hold it."""
    low = piece.lower()
    exact = [name for name in known if name == piece] or [name for name in known if name.lower() == low]
    if exact:
        return exact
    words = re.compile(rf"(?<![^\W_]){re.escape(low)}(?![^\W_])")
    return [name for name in known if words.search(name.lower())] if low else []


def _listed(names: Sequence[str], between: str) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return between.join(names[:SHOWN]) + more
