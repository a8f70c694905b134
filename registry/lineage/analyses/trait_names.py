"""The traits of models, by the names that people type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ...errors import UnknownNameError

SINGULAR: Mapping[str, str] = MappingProxyType(
    {"licences": "licence", "languages": "language", "tasks": "task", "libraries": "library"}
)
_AMERICAN = {"license": "licences", "licenses": "licences"}
_MEANT = {
    **{name: name for name in SINGULAR},
    **{one: name for name, one in SINGULAR.items()},
    **_AMERICAN,
}


def trait_named(text: str) -> str:
    """One of ``ecosystem.TRAITS``, in the singular or plural, in British or American spelling.

    Raises UnknownNameError.
    """
    found = _MEANT.get(text.lower())
    if found is None:
        known = ", ".join(SINGULAR.values())
        raise UnknownNameError(f'unknown trait "{text[:40]}": one of {known} is needed')
    return found
