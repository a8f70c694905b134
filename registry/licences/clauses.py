"""The clauses of licences as data: what each grants, obliges, limits and flows down, with section and source.

They are read from ``configs/licences/clauses/*.toml``, one file a licence or a family. They are
paraphrases by engineers, not legal advice.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ...configs import path

Value = str | int | bool | tuple[str, ...]

# What a clause may say; a key that isn't here is a mistake in a file.
KEYS = frozenset(
    {
        "grant.use",
        "grant.modify",
        "grant.redistribute",
        "grant.sublicense",
        "grant.commercial",
        "grant.patent",
    }
    | {"grant.own_terms", "grant.serve"}
    | {"obligation.copy_of_licence", "obligation.notice", "obligation.state_changes", "obligation.source"}
    | {"obligation.name_prefix", "obligation.built_with", "obligation.register", "obligation.documentation"}
    | {"limit.mau", "limit.revenue", "limit.territory", "limit.field_of_use", "limit.no_improve_other_models"}
    | {"limit.nd", "limit.nc", "limit.no_further_restrictions", "limit.guardrails", "limit.hosting"}
    | {"flow_down", "flow_down.into", "scope.outputs", "scope.hosted_service", "scope.dataset", "revocable"}
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One term of one licence."""

    licence: str
    key: str  # of KEYS
    value: Value
    section: str  # "s.1.b.i"; "" for texts without sections
    text: str  # a short paraphrase
    source: str
    reach: tuple[str, ...]  # what it reaches beyond copies: "derivatives", "outputs", "hosted_service"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence and its clauses, in the file's order."""

    identifier: str  # an SPDX identifier, or the tag of a model licence
    name: str
    spdx: str  # an SPDX identifier or LicenseRef-*
    kind: str  # "code" | "content" | "data" | "model"
    family: str  # the file that it stands in
    aliases: tuple[str, ...]
    source: str
    clauses: tuple[Clause, ...]

    def clause(self, key: str) -> Clause | None:
        """The clause with that key, if the licence has one."""
        return next((clause for clause in self.clauses if clause.key == key), None)

    def value(self, key: str) -> Value | None:
        """What the clause with that key says; None where there is none."""
        found = self.clause(key)
        return None if found is None else found.value


@functools.cache
def licences() -> Mapping[str, Licence]:
    """Every licence that has clauses, by identifier. Raises ValueError where a file is wrong."""
    found: dict[str, Licence] = {}
    for file in _files():
        for licence in _licences(file):
            if licence.identifier in found:
                raise ValueError(f"{file.name}: {licence.identifier} stands in another file too")
            found[licence.identifier] = licence
    return MappingProxyType(found)


@functools.cache
def version() -> str:
    """The first 12 digits of the clauses' SHA-256: what a verdict was made from."""
    digest = hashlib.sha256()
    for file in _files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files() -> list[Path]:
    return sorted(path("licences/clauses").glob("*.toml"))


def _licences(file: Path) -> Iterator[Licence]:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    for entry in told["licence"]:
        identifier = entry["id"]
        source = entry.get("source", told.get("source", "")).replace("{id}", identifier)
        shared = [clause for clause in told.get("clause", ()) if _applies(clause, identifier)]
        clauses = [
            _clause(clause, identifier, source, file) for clause in (*entry.get("clause", ()), *shared)
        ]
        keys = [clause.key for clause in clauses]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{file.name}: {identifier} has two clauses of one key: {sorted(keys)}")
        yield Licence(
            identifier=identifier,
            name=entry.get("name", identifier),
            spdx=entry.get("spdx", identifier),
            kind=entry.get("kind", told["kind"]),
            family=file.stem,
            aliases=tuple(entry.get("aliases", ())),
            source=source,
            clauses=tuple(clauses),
        )


def _applies(clause: Mapping[str, Any], identifier: str) -> bool:
    only, besides = clause.get("only"), clause.get("besides", ())
    return (only is None or identifier in only) and identifier not in besides


def _clause(told: Mapping[str, Any], identifier: str, source: str, file: Path) -> Clause:
    if told["key"] not in KEYS:
        raise ValueError(f"{file.name}: {told['key']!r} is no key of a clause")
    value = told.get("value", True)
    return Clause(
        licence=identifier,
        key=told["key"],
        value=tuple(value) if isinstance(value, list) else value,
        section=told.get("section", ""),
        text=told["text"],
        source=told.get("source", source).replace("{id}", identifier),
        reach=tuple(told.get("reach", ())),
    )
