"""Classes, objects and dictionaries of a module: what their parts may be."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from . import parameters
from .scopes import Frame, Place, Scope, Store, first_parameter, name_of
from .values import (
    MOST,
    Candidate,
    Class,
    Constant,
    Entries,
    Folder,
    Function,
    Instance,
    Items,
    Known,
    Loaded,
    Value,
    shown,
    unknown,
)

if TYPE_CHECKING:
    from .evaluate import Evaluator

MOST_SITES = 40
DEEPEST = 8  # dictionaries taken in with **, one in another


def attribute(evaluator: Evaluator, value: Value, node: ast.Attribute, place: Place) -> list[Candidate]:
    """``value.attr``."""
    name = node.attr
    match value:
        case Known(dotted, sure):
            return [Candidate(Known(f"{dotted}.{name}", sure))]
        case Class(scope):
            return (
                of_class(evaluator, scope, name, value) or _inherited(evaluator, scope, name) or unknown(node)
            )
        case Instance():
            return of_instance(evaluator, value, name) or unknown(node)
        case Entries():
            return [*entry(evaluator, value, name)] or unknown(node)
        case Constant() if name == "value":  # of an enumeration's member
            return [Candidate(value)]
        case Folder():
            return [Candidate(Folder())]
        case Loaded():
            return [Candidate(Loaded())] if name in ("to", "eval", "cuda", "half") else unknown(node)
    return unknown(node)


def of_class(evaluator: Evaluator, scope: Scope, name: str, of: Class | Instance) -> list[Candidate]:
    """What a class, or one that it is made from, binds to the name."""
    for each in (scope, *bases(evaluator, scope)):
        bound = each.bindings.get(name)
        if bound:
            found = evaluator.binding(bound[-1], ast.Name(name, ast.Load()), Place(each, 1 << 60, ()))
            return [Candidate(_method(one.value, of), one.sure) for one in found]
    return []


def of_instance(evaluator: Evaluator, of: Instance, name: str) -> list[Candidate]:
    """What an object's attribute may be: set on self, given to its class, or the class's."""
    family = [of.scope, *bases(evaluator, of.scope)]
    found: list[Candidate] = []
    for scope in family:
        for method, store in _set_on_self(evaluator, scope, name):
            frame = None
            if of.call is not None and of.caller is not None and name_of(method) == "__init__":
                frame = Frame(method, of.call, of.caller, True)
            at = Place(store.place.scope, store.place.order, store.place.path, frame)
            found += evaluator.values(store.value, at)
        if found:
            return [one for one in found if one.value != Constant(None)] or found
    found = _field(evaluator, of, name)
    if found and of.call is not None:
        return found
    found += of_class(evaluator, of.scope, name, of)
    for scope in [] if found or of.call is not None else _made_from(evaluator, of.scope):
        found += of_class(evaluator, scope, name, of)
    return [each for one in found for each in _property(evaluator, one, name)]


def _property(evaluator: Evaluator, one: Candidate, name: str) -> list[Candidate]:
    node = one.value.scope.node if isinstance(one.value, Function) else None
    if isinstance(one.value, Function) and isinstance(node, ast.FunctionDef) and node.name == name:
        for decorator in node.decorator_list:
            match decorator:
                case ast.Name(id="property" | "cached_property") | ast.Attribute(attr="cached_property"):
                    return evaluator.returned(one.value.scope, None)
    return [one]


def _field(evaluator: Evaluator, of: Instance, name: str) -> list[Candidate]:
    """What calls of a class without __init__, as dataclasses are, give for a field."""
    if "__init__" in of.scope.bindings:
        return []
    fields = [
        each.target.id
        for each in getattr(of.scope.node, "body", ())
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]
    if name not in fields:
        return []
    calls = [(of.call, of.caller)] if of.call and of.caller else [s[:2] for s in evaluator.sites(of.scope)]
    found: list[Candidate] = []
    for call, caller in calls[:MOST_SITES]:
        given = parameters.argument(evaluator, call, fields.index(name), (name,), caller)
        if given is not None:
            found += evaluator.values(*given)
    return found


def _inherited(evaluator: Evaluator, scope: Scope, name: str) -> list[Candidate]:
    """An attribute that comes from a base outside the module: the base's."""
    for each in (scope, *bases(evaluator, scope)):
        for node in getattr(each.node, "bases", ()):
            for one in evaluator.values(node, Place(each.parent or each, 1 << 60, ())):
                if isinstance(one.value, Known) and not one.value.dotted.startswith(
                    ("builtins.", "abc.", "typing.")
                ):
                    return [Candidate(Known(f"{one.value.dotted}.{name}", one.value.sure))]
    return []


def bases(evaluator: Evaluator, scope: Scope) -> list[Scope]:
    """The classes of the module that a class is made from, the nearest first."""
    if scope in evaluator.bases:
        return evaluator.bases[scope]
    found: list[Scope] = []
    evaluator.bases[scope] = found
    todo = [scope]
    while todo and len(found) < MOST:
        each = todo.pop(0)
        for node in getattr(each.node, "bases", ()):
            for one in evaluator.values(node, Place(each.parent or each, 1 << 60, ())):
                if isinstance(one.value, Class) and one.value.scope not in (scope, *found):
                    found.append(one.value.scope)
                    todo.append(one.value.scope)
    return found


def _made_from(evaluator: Evaluator, scope: Scope) -> list[Scope]:
    return [each for each in evaluator.module.classes if scope in bases(evaluator, each)][:MOST]


def _set_on_self(evaluator: Evaluator, scope: Scope, name: str) -> list[tuple[Scope, Store]]:
    """Where a class's methods set an attribute of their object, each with the method."""
    if scope not in evaluator.set_on_self:
        found: dict[str, list[tuple[Scope, Store]]] = {}
        evaluator.set_on_self[scope] = found
        for bound in scope.bindings.values():
            for method in [
                each.scope for each in bound if each.kind == "function" and each.scope is not None
            ]:
                for store in method.stores.get(first_parameter(method), ()):
                    found.setdefault(store.key, []).append((method, store))
    return evaluator.set_on_self[scope].get(name, [])


def members(evaluator: Evaluator, scope: Scope) -> Iterator[Candidate]:
    """The values of an enumeration's members."""
    for name, bound in list(scope.bindings.items())[: 2 * MOST]:
        if bound[-1].kind == "value":
            yield from evaluator.binding(bound[-1], ast.Name(name, ast.Load()), Place(scope, 1 << 60, ()))


def keys(entries: Entries) -> Iterator[Candidate]:
    """The keys that are written out."""
    for key, _ in entries.pairs:
        if isinstance(key, str):
            yield Candidate(Constant(key))
        elif isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield Candidate(Constant(key.value))


def entry(
    evaluator: Evaluator, entries: Entries, name: str | int | float | None, within: int = 0
) -> Iterator[Candidate]:
    """What is under a key, the last that was said; also of a dictionary that is taken in with **."""
    for key, value in reversed(entries.pairs):
        plain = key.value if isinstance(key, ast.Constant) else key
        if key is not None and plain == name:
            yield from evaluator.values(value, entries.place)
            return
        if key is None and within < DEEPEST:
            for one in evaluator.values(value, entries.place):
                if isinstance(one.value, Entries):
                    inner = list(entry(evaluator, one.value, name, within + 1))
                    if inner:
                        yield from inner
                        return


def item(
    evaluator: Evaluator, value: Value, indexes: Iterable[Candidate], node: ast.Subscript
) -> list[Candidate]:
    """``value[index]``; every entry where the index is not known."""
    found: list[Candidate] = []
    for index in indexes:
        at = index.value.value if isinstance(index.value, Constant) else None
        match value:
            case Entries() if isinstance(index.value, Constant):
                found += [*entry(evaluator, value, at)]
            case Entries(pairs, place):
                many = [each for _, part in pairs[: 2 * MOST] for each in evaluator.values(part, place)]
                found += [Candidate(one.value, one.sure * (0.7 if len(many) > 1 else 1.0)) for one in many]
            case Items(nodes, place) if isinstance(at, int):
                if -len(nodes) <= at < len(nodes):
                    found += evaluator.values(nodes[at], place)
            case Items(nodes, place) if not isinstance(index.value, Constant):
                many = [each for part in nodes[: 2 * MOST] for each in evaluator.values(part, place)]
                found += [Candidate(one.value, one.sure * 0.7) for one in many]
            case Class(scope) if isinstance(at, str):
                found += of_class(evaluator, scope, at, value)
            case Instance() if isinstance(at, str):
                found += of_instance(evaluator, value, at)
    return found or unknown(node)


def callees(value: Value) -> Iterator[tuple[Scope, bool]]:
    """The functions that a call of the value enters, with whether the first parameter is bound."""
    if isinstance(value, Function):
        yield value.scope, value.bound
    elif isinstance(value, Class):
        yield value.scope, True
        for binding in value.scope.bindings.get("__init__", ()):
            if binding.scope is not None:
                yield binding.scope, True
    elif isinstance(value, Instance):
        for binding in value.scope.bindings.get("__call__", ()):
            if binding.scope is not None:
                yield binding.scope, True


def _method(value: Value, of: Class | Instance) -> Value:
    """A function found in a class, bound as Python would."""
    if not isinstance(value, Function):
        return value
    kinds = {shown(each) for each in getattr(value.scope.node, "decorator_list", ())}
    if "staticmethod" in kinds:
        return value
    return Function(value.scope, isinstance(of, Instance) or "classmethod" in kinds, of)
