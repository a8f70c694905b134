"""What an expression of a module may be, by following its constants: nothing is ever run.

Names are followed through assignments, branches, loops over what is written out, classes, dictionaries,
parameters with their defaults and the module's own calls. What can't be followed is said to be unknown.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator

from . import objects, outside, parameters, texts
from .scopes import Binding, Frame, Module, Place, Scope, Store, reaching
from .table import find_load
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
    Unknown,
    Value,
    merged,
    shown,
    unknown,
)

MOST_STEPS = 1_500  # of one question
DEEPEST = 40
MOST_SITES = 60  # calls of one function; more are not looked at
OF_SEVERAL = 0.85
BUILT_IN = frozenset(dir(builtins))


class Evaluator:
    """One module's answers. Ask ``values``; each question has a budget of steps of its own."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.bases: dict[Scope, list[Scope]] = {}  # of the module's classes
        self.set_on_self: dict[Scope, dict[str, list[tuple[Scope, Store]]]] = {}
        self._steps = 0
        self._depth = 0
        self._known: dict[tuple[int, Place], tuple[ast.expr, list[Candidate]]] = {}
        self._open: set[tuple[int, Place]] = set()  # questions that are being answered
        self._calls: dict[str, list[tuple[ast.Call, Place]]] | None = None
        self._sites: dict[Scope, list[tuple[ast.Call, Place, bool]]] = {}

    def ask(self, node: ast.expr, place: Place) -> list[Candidate]:
        """What the expression may be, each value once; never empty."""
        self._steps = 0
        return self.values(node, place)

    def values(self, node: ast.expr, place: Place) -> list[Candidate]:
        """As ``ask``, within the budget of the question that is being answered."""
        key = (id(node), place)
        if key in self._known:
            return self._known[key][1]
        self._steps += 1
        if self._steps > MOST_STEPS or self._depth >= DEEPEST or key in self._open:
            return unknown(node)
        self._depth += 1
        self._open.add(key)
        try:
            found = merged(self._values(node, place)) or unknown(node)
        finally:
            self._depth -= 1
            self._open.discard(key)
        if self._steps <= MOST_STEPS:  # the node is kept, so that its id stays its own
            self._known[key] = (node, found)
        return found

    def _values(self, node: ast.expr, place: Place) -> Iterable[Candidate]:
        match node:
            case ast.Constant(value=str() | int() | float() | bool() | None as value):
                return [Candidate(Constant(value))]
            case ast.Name():
                return self.name(node, place)
            case ast.Attribute():
                return self.attribute(node, place)
            case ast.Call():
                return self.call(node, place)
            case ast.Subscript():
                return self.subscript(node, place)
            case ast.JoinedStr():
                return texts.joined(self, node, place)
            case ast.BinOp():
                return texts.operated(self, node, place)
            case ast.IfExp():
                return less_sure([*self.values(node.body, place), *self.values(node.orelse, place)])
            case ast.BoolOp():
                found = self._either(node, place)
                found = [each for each in found if not _is_nothing(each.value)]
                return [each for each in found if not isinstance(each.value, Unknown)] or found
            case ast.List() | ast.Tuple() | ast.Set():
                return [Candidate(Items(tuple(node.elts), place))]
            case ast.Dict():
                return [Candidate(Entries(tuple(zip(node.keys, node.values, strict=True)), place))]
            case ast.NamedExpr() | ast.Await() | ast.Starred():
                return self.values(node.value, place)
            case ast.Lambda():
                return self.lambda_(node)
        return unknown(node)

    def _either(self, node: ast.BoolOp, place: Place) -> list[Candidate]:
        """What each part may be; behind one that is surely a text, "or" looks at none."""
        found: list[Candidate] = []
        for part in node.values:
            here = self.values(part, place)
            found += here
            if isinstance(node.op, ast.Or) and here and all(map(_is_surely_text, here)):
                break
        return found

    def lambda_(self, node: ast.Lambda) -> list[Candidate]:
        """The function that a lambda is."""
        scope = self.module.lambdas.get(node)
        return unknown(node) if scope is None else [Candidate(Function(scope))]

    # Names

    def name(self, node: ast.Name, place: Place) -> list[Candidate]:
        """What a name may stand for."""
        scope: Scope | None = place.scope
        while scope is not None:
            home = scope.elsewhere.get(node.id, scope)
            if node.id in home.bindings and (scope.kind != "class" or scope is place.scope):
                return self.bound(node, home, place, here=home is place.scope)
            scope = scope.parent
        if node.id not in BUILT_IN:
            for package in self.module.stars:
                if not package.startswith(".") and find_load(f"{package}.{node.id}"):
                    return [Candidate(Known(f"{package}.{node.id}", 0.7))]
        elif not node.id.startswith("_"):
            return [Candidate(Known(f"builtins.{node.id}"))]
        return unknown(node)

    def bound(self, node: ast.Name, scope: Scope, place: Place, *, here: bool) -> list[Candidate]:
        """What the bindings of a name that may hold at the place give it."""
        found: list[Candidate] = []
        holding = list(reaching(scope.bindings[node.id], place, here=here)) or scope.bindings[node.id]
        for binding in holding[:MOST]:
            found += self.binding(binding, node, place)
        found = [each for each in found if not _is_nothing(each.value)] or found
        stores = self.stores(node.id, scope, place)
        if stores:
            found = [self.with_stores(each, stores) for each in found]
        return less_sure(found) if len(holding) > 1 else found

    def binding(self, binding: Binding, node: ast.AST, place: Place) -> list[Candidate]:
        """What one binding gives."""
        match binding.kind:
            case "import":
                return [Candidate(Known(binding.dotted))]
            case "function" if binding.scope is not None:
                return [Candidate(Function(binding.scope))]
            case "class" if binding.scope is not None:
                return [Candidate(Class(binding.scope))]
            case "parameter" if isinstance(node, ast.Name):
                return parameters.parameter(self, binding.place.scope, node.id, place)
            case "value" if isinstance(binding.node, ast.expr):
                at = binding.place
                if at.scope is place.scope and place.frame is not None:
                    at = Place(at.scope, at.order, at.path, place.frame)
                return list(self.picked(binding.node, at, binding.pick, each=binding.each))
        return unknown(node)

    def stores(self, name: str, scope: Scope, place: Place) -> list[tuple[str, ast.expr, Place]]:
        """What is set into the thing of that name: in its own scope, or in the place's."""
        scopes = {id(each): each for each in (scope, place.scope)}.values()
        if name == "self":
            return []
        return [(s.key, s.value, s.place) for each in scopes for s in each.stores.get(name, ())]

    def with_stores(self, one: Candidate, stores: list[tuple[str, ast.expr, Place]]) -> Candidate:
        """The candidate, with what was set into it where it is a dictionary or is not known."""
        last = {key: (value, at) for key, value, at in stores}
        pairs = tuple((key, value) for key, (value, _) in last.items())
        at = stores[-1][2]
        if isinstance(one.value, Entries):
            return Candidate(Entries((*one.value.pairs, *pairs), at), one.sure)
        if isinstance(one.value, Unknown):
            return Candidate(Entries(pairs, at), one.sure)
        return one

    def picked(
        self, node: ast.expr, place: Place, pick: tuple[int, ...], *, each: bool
    ) -> Iterator[Candidate]:
        """The part of an expression's value that an unpacking or a loop takes."""
        if each:
            yield from self.iterated(node, place, pick)
            return
        if not pick:
            yield from self.values(node, place)
            return
        for one in self.values(node, place):
            if isinstance(one.value, Items) and pick[0] < len(one.value.nodes):
                part = one.value.nodes[pick[0]]
                yield from scaled(self.picked(part, one.value.place, pick[1:], each=False), one.sure)
            else:
                yield Candidate(Unknown(shown(node)))

    def iterated(self, node: ast.expr, place: Place, pick: tuple[int, ...]) -> Iterator[Candidate]:
        """What a loop over the expression takes, one after another."""
        match node:
            case ast.Call(func=ast.Name(id="enumerate"), args=[ast.expr() as inner, *_]) if pick:
                yield from self.iterated(inner, place, pick[1:]) if pick[0] == 1 else unknown(node)
                return
            case ast.Call(func=ast.Name(id="zip")) if pick and pick[0] < len(node.args):
                yield from self.iterated(node.args[pick[0]], place, pick[1:])
                return
            case ast.Call(
                func=ast.Attribute(value=mapping, attr="items" | "values" | "keys" as what), args=[]
            ):
                yield from self.of_mapping(mapping, place, what, pick)
                return
        for one in self.values(node, place):
            if isinstance(one.value, Items):
                for part in one.value.nodes[: 4 * MOST]:
                    yield from self.picked(part, one.value.place, pick, each=False)
            elif isinstance(one.value, Entries):
                yield from objects.keys(one.value)
            elif isinstance(one.value, Class):
                yield from objects.members(self, one.value.scope)
            else:
                yield Candidate(Unknown(shown(node)))

    def of_mapping(
        self, mapping: ast.expr, place: Place, what: str, pick: tuple[int, ...]
    ) -> Iterator[Candidate]:
        """The keys or values that a loop over a dictionary takes."""
        wanted, rest = (pick[0], pick[1:]) if what == "items" and pick else (0 if what == "keys" else 1, pick)
        for one in self.values(mapping, place):
            if not isinstance(one.value, Entries):
                yield Candidate(Unknown(shown(mapping)))
            elif wanted == 0:
                yield from objects.keys(one.value)
            else:
                for _, value in one.value.pairs[: 4 * MOST]:
                    yield from self.picked(value, one.value.place, rest, each=False)

    # Parts of things

    def attribute(self, node: ast.Attribute, place: Place) -> list[Candidate]:
        """``base.attr``."""
        found: list[Candidate] = []
        for one in self.values(node.value, place):
            found += scaled(objects.attribute(self, one.value, node, place), one.sure)
        if all(isinstance(each.value, Unknown) for each in found):
            return parameters.option(self, node.attr, node) or found
        return found

    def subscript(self, node: ast.Subscript, place: Place) -> list[Candidate]:
        """``base[key]``."""
        keys = self.values(node.slice, place)
        found: list[Candidate] = []
        for one in self.values(node.value, place):
            found += scaled(objects.item(self, one.value, keys, node), one.sure)
        if all(isinstance(each.value, Unknown) for each in found):
            named = [key.value.value for key in keys if isinstance(key.value, Constant)]
            if len(named) == 1 and isinstance(named[0], str):
                return parameters.option(self, named[0], node) or found
        return found

    # Calls

    def call(self, node: ast.Call, place: Place) -> list[Candidate]:
        """What a call gives back."""
        method = texts.method(self, node, place)
        if method is not None:
            return method
        found: list[Candidate] = []
        for one in self.values(node.func, place):
            found += scaled(self.called(one.value, node, place), one.sure)
        return found

    def called(self, value: Value, node: ast.Call, place: Place) -> list[Candidate]:
        """What a call of that function or class gives back."""
        match value:
            case Known(dotted):
                if find_load(dotted):
                    return [Candidate(Loaded())]
                return outside.called(self, dotted, node, place)
            case Class(scope):
                return [Candidate(Instance(scope, node, place))]
            case Function(scope, bound):
                frame = Frame(scope, node, place, bound)
                return self.returned(scope, frame)
            case Folder():
                return [Candidate(Folder())]
        return unknown(node)

    def returned(self, scope: Scope, frame: Frame | None) -> list[Candidate]:
        """What a function of the module gives back."""
        found: list[Candidate] = []
        for value, at in scope.returns[:MOST]:
            found += self.values(value, Place(at.scope, at.order, at.path, frame))
        return less_sure(found) if len(scope.returns) > 1 else found

    def sites(self, scope: Scope) -> list[tuple[ast.Call, Place, bool]]:
        """The module's own calls of a function, each with whether its first parameter is bound."""
        if scope not in self._sites:
            self._sites[scope] = []  # for who asks again meanwhile
            found = [
                (call, place, bound)
                for name in self._names_of(scope)
                for call, place in self._calls_by_name().get(name, ())[:MOST_SITES]
                for one in self.values(call.func, place)
                for entered, bound in objects.callees(one.value)
                if entered is scope
            ]
            self._sites[scope] = found
        return self._sites[scope]

    def _names_of(self, scope: Scope) -> list[str]:
        """The names under which a function or class may be called."""
        if isinstance(scope.node, ast.Lambda):
            return self.module.names.get(scope.node, [])
        name = str(getattr(scope.node, "name", ""))
        owner = scope.parent
        if owner is not None and owner.kind == "class" and name in ("__init__", "__call__"):
            family = [owner, *(each for each in self.module.classes if owner in objects.bases(self, each))]
            names = [str(getattr(each.node, "name", "")) for each in family]
            return [*names, "cls"] if name == "__init__" else names
        return [name, *self.module.aliases.get(name, ())]

    def _calls_by_name(self) -> dict[str, list[tuple[ast.Call, Place]]]:
        if self._calls is None:
            self._calls = {}
            for call, place in self.module.calls:
                match call.func:
                    case ast.Name(id=name) | ast.Attribute(attr=name):
                        self._calls.setdefault(name, []).append((call, place))
        return self._calls


def less_sure(many: Iterable[Candidate]) -> list[Candidate]:
    """The candidates, each less sure where there are several."""
    found = merged(many)
    several = len([each for each in found if not _is_nothing(each.value)]) > 1
    return [Candidate(each.value, each.sure * (OF_SEVERAL if several else 1.0)) for each in found]


def scaled(many: Iterable[Candidate], sure: float) -> Iterator[Candidate]:
    """The candidates, each as sure as that on top."""
    for each in many:
        yield each if sure == 1.0 else Candidate(each.value, each.sure * sure)


def _is_surely_text(one: Candidate) -> bool:
    return one.sure >= 1.0 and isinstance(one.value, Constant) and bool(one.value.value)


def _is_nothing(value: Value) -> bool:
    return isinstance(value, Constant) and value.value in (None, "", False)
