"""Whether two spellings are the same licence: ``apache-2.0`` and ``Apache-2.0`` are."""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=65_536)
def same_name(licence: str) -> str:
    """What all spellings of a licence have in common: its identifier, else the text in lower case."""
    from ..licences.expressions import ExpressionError, Name, tree
    from ..licences.identifiers import KNOWN, named

    try:
        parsed = tree(licence)
    except ExpressionError:
        return licence.casefold()
    if not isinstance(parsed, Name):
        return str(parsed).casefold()
    found = named(parsed.licence)
    name = found.members[0] if found.state == KNOWN else parsed.licence
    return str(Name(name, parsed.exception)).casefold()
