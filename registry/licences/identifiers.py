"""What a licence's name refers to: an SPDX identifier, a Hugging Face tag, a model licence, a family or none.

``other``, ``unknown`` and a missing name are three facts, and none of them is a licence. Names that leave the
version open (``bsd``, ``gpl``, bare ``gpl-3.0``) have several readings: what is asked of them is known only
where all readings agree.
"""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ...configs import path
from .clauses import licences

LONGEST_NAME = 80
KNOWN, READINGS, FAMILY = "known", "readings", "family"
UNMAPPED, UNREAD, OTHER, UNKNOWN, MISSING = "unmapped", "unread", "other", "unknown", "missing"


@dataclass(frozen=True, slots=True)
class Named:
    """What one name refers to."""

    asked: str
    state: str  # of the constants above
    members: tuple[str, ...]  # identifiers that it may stand for; one where it is known
    why: str  # where it isn't known: one sentence


@functools.lru_cache(maxsize=4096)
def named(asked: str) -> Named:
    """What a single name (no expression) refers to; case doesn't matter."""
    key = _key(asked)
    fact = _FACTS.get(key)
    if fact is not None:
        return Named(asked, fact[0], (), fact[1])
    told = _told()
    if key in told["readings"]:
        return Named(asked, READINGS, told["readings"][key], f"{asked} doesn't say -only or -or-later")
    if key in told["families"]:
        return Named(asked, FAMILY, told["families"][key], f"{asked} is a family and names no version")
    found = _index().get(told["aliases"].get(key, key)) or _spdx(asked)
    if found is not None:
        return Named(asked, KNOWN, (found,), "")
    if key in told["unread"]:
        return Named(
            asked, UNREAD, (), f"{asked} is a licence whose text wasn't read: none of its clauses is known"
        )
    return Named(asked, UNMAPPED, (), f'"{asked}" is no SPDX identifier and no tag that fitment knows')


def near(asked: str) -> tuple[str, ...]:
    """Known names that a name resembles, the nearest first; none for what is too long to be one."""
    key = _key(asked)
    return tuple(difflib.get_close_matches(key, tags(), n=3, cutoff=0.75)) if len(key) <= LONGEST_NAME else ()


@functools.cache
def tags() -> tuple[str, ...]:
    """Every name that is known without SPDX's list: identifiers, aliases, families, readings; lower case."""
    told = _told()
    names = {*_index(), *told["aliases"], *told["families"], *told["readings"], *told["unread"]}
    return tuple(sorted(names))


@functools.cache
def hub_tags() -> tuple[str, ...]:
    """The licence tags of the Hugging Face hub."""
    return tuple(_told()["hub_tags"])


def spdx_form(asked: str) -> str | None:
    """The name as SPDX writes it, ``LicenseRef-…`` for what SPDX doesn't list; None where it isn't known."""
    found = named(asked)
    if found.state != KNOWN:
        return None
    licence = licences().get(found.members[0])
    return found.members[0] if licence is None else licence.spdx


_FACTS: Mapping[str, tuple[str, str]] = {
    "": (MISSING, "no licence is declared"),
    "none": (MISSING, "no licence is declared, so nothing is granted that could be read"),
    "other": (OTHER, '"other" says that a licence text goes with the model: read that text'),
    "unknown": (UNKNOWN, '"unknown" was declared: nobody says what is granted'),
    "noassertion": (UNKNOWN, "NOASSERTION was declared: nobody says what is granted"),
}


def _key(text: str) -> str:
    return re.sub(r"[\s_]+", "-", text.strip().casefold())


@functools.cache
def _told() -> Mapping[str, Any]:
    told = tomllib.loads(path("licences/identifiers.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            "aliases": {_key(alias): _key(name) for alias, name in told["aliases"].items()},
            "families": {_key(name): tuple(members) for name, members in told["families"].items()},
            "readings": {
                _key(name): (f"{name}-only", f"{name}-or-later") for name in told["without_only_or_later"]
            },
            "unread": frozenset(map(_key, told["unread"])),
            "hub_tags": tuple(told["hub_tags"]),
        }
    )


@functools.cache
def _index() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for licence in licences().values():
        written = (licence.identifier, licence.spdx, *licence.aliases)
        bare = (name.removeprefix("LicenseRef-").removeprefix("scancode-") for name in written)
        for name in (*written, *bare):
            if names.setdefault(_key(name), licence.identifier) != licence.identifier:
                raise ValueError(f"{name} is a name of {names[_key(name)]} and of {licence.identifier}")
    return MappingProxyType(names)


def _spdx(asked: str) -> str | None:
    from license_expression import get_spdx_licensing

    licensing = _licensing(get_spdx_licensing)
    return licensing.get(asked.strip().casefold())


@functools.cache
def _licensing(source: Any) -> Mapping[str, str]:
    symbols = source().known_symbols
    names = {key.casefold(): key for key, symbol in symbols.items() if not symbol.is_exception}
    for key, symbol in symbols.items():
        if not symbol.is_exception:
            for alias in symbol.aliases:
                names.setdefault(alias.casefold(), key)
    return MappingProxyType(names)
