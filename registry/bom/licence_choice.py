"""A declared licence as CycloneDX lists it: an identifier, an expression of identifiers, or a name."""

from __future__ import annotations

import functools
import re

from ..licences.clauses import licences
from ..licences.expressions import Both, ExpressionError, Name, Tree, tree
from ..licences.identifiers import READINGS, named, spdx_form
from .references import web_address
from .texts import Json, properties, said

DECLARED = "declared"  # by the makers; nobody concluded it from a text
CONCLUDED = "concluded"  # from licence texts and metadata
_NOT_IN_A_REFERENCE = re.compile(r"[^A-Za-z0-9.-]+")


def licence_choice(declared: str | None, acknowledgement: str = DECLARED) -> list[Json]:
    """The value of ``licenses``; empty where nothing was declared, or else concluded.

    A single SPDX licence is an ``id``; a model licence is named by its ``LicenseRef-`` with title and source;
    what is neither stands under the name that was declared, ``other`` included. Several are one expression,
    in which SPDX's syntax makes a ``LicenseRef-`` of every part that it doesn't list.
    """
    if declared is None or not declared.strip():
        return []
    try:
        found = tree(declared)
    except ExpressionError:
        return [_named(declared, acknowledgement)]
    if isinstance(found, Name) and found.exception is None:
        return [_single(found.licence, acknowledgement)]
    return [{"expression": _expression(found), "acknowledgement": acknowledgement}]


def _single(licence: str, acknowledgement: str) -> Json:
    form = _listed(licence)
    if form is None:
        return _named(licence, acknowledgement)
    if not form.startswith("LicenseRef-"):
        return {"license": {"id": form, "acknowledgement": acknowledgement}}
    known = licences().get(named(licence).members[0])
    if known is None:
        return _named(form, acknowledgement)
    address = web_address(known.source)
    more: Json = {"properties": properties([("title", known.name), ("source", known.source)])}
    return {
        "license": _named(form, acknowledgement)["license"] | more | ({"url": address} if address else {})
    }


def _named(text: str, acknowledgement: str) -> Json:
    return {"license": {"name": said(text), "acknowledgement": acknowledgement}}


def _listed(licence: str) -> str | None:
    """As SPDX writes it, or ``LicenseRef-…`` of a licence that we know; bare ``gpl-3.0`` as GPL-3.0."""
    found = named(licence)
    return found.members[0].removesuffix("-only") if found.state == READINGS else spdx_form(licence)


def _expression(part: Tree) -> str:
    if isinstance(part, Name):
        return _reference(part.licence) + (f" WITH {_exception(part.exception)}" if part.exception else "")
    inner = [_expression(each) if isinstance(each, Name) else f"({_expression(each)})" for each in part.parts]
    return (" AND " if isinstance(part, Both) else " OR ").join(inner)


def _reference(licence: str) -> str:
    return _listed(licence) or f"LicenseRef-{_word(licence.removeprefix('LicenseRef-'))}"


def _exception(text: str) -> str:
    """As SPDX writes it, where that is one of its exceptions."""
    return _exceptions().get(text.casefold(), _word(text))


@functools.cache
def _exceptions() -> dict[str, str]:
    from license_expression import get_spdx_licensing

    known = get_spdx_licensing().known_symbols.items()
    return {key.casefold(): key for key, symbol in known if symbol.is_exception}


def _word(text: str) -> str:
    return _NOT_IN_A_REFERENCE.sub("-", text).strip("-") or "unnamed"
