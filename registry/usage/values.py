"""What an expression may be when a program runs, as far as its text tells."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from .scopes import Place, Scope

MOST = 12  # candidates of one expression; more are not followed


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, number, True, False or None."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Items:
    """A list, tuple or set that is written out."""

    nodes: tuple[ast.expr, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """A dictionary, or an object with attributes, that is written out; a key of None is **other."""

    pairs: tuple[tuple[ast.expr | str | None, ast.expr], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Known:
    """Something imported, by its dotted name; ``sure`` is less than 1 behind a star import."""

    dotted: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Class:
    """A class of the module."""

    scope: Scope


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class of the module; ``call`` made it, where that is known."""

    scope: Scope
    call: ast.Call | None = None
    caller: Place | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the module; ``bound``: its first parameter is ``of``, an object or a class."""

    scope: Scope
    bound: bool = False
    of: Instance | Class | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A path, or what is made from one: never an id."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that a call of the table has loaded: it is that call's."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything else; ``text`` is the expression where the trail ends."""

    text: str


Value = Constant | Items | Entries | Known | Class | Instance | Function | Folder | Loaded | Unknown


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that an expression may have, and how sure that is."""

    value: Value
    sure: float = 1.0


def merged(many: Iterable[Candidate]) -> list[Candidate]:
    """Each value once, the surest of its kind, at most MOST."""
    found: dict[Value, float] = {}
    for each in many:
        if each.value in found or len(found) < MOST:
            found[each.value] = max(found.get(each.value, 0.0), each.sure)
    return [Candidate(value, sure) for value, sure in found.items()]


def unknown(node: ast.AST) -> list[Candidate]:
    """That the expression's value is not known."""
    return [Candidate(Unknown(shown(node)))]


def shown(node: ast.AST) -> str:
    """The expression as text, cut where it is long."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute(value=ast.Name(id=name)):
            return f"{name}.{node.attr}"
    if sum(1 for _, _n in zip(range(60), ast.walk(node), strict=False)) >= 60:
        return "a long expression"
    text = ast.unparse(node)
    return text if len(text) <= 80 else text[:79] + "…"
