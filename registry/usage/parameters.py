"""Parameters of functions and options of command lines: what they may be, by who gives them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .scopes import Place, Scope, first_parameter, name_of
from .values import Candidate, Class, Constant, Entries, Instance, Items, Unknown, Value, shown

if TYPE_CHECKING:
    from .evaluate import Evaluator

OF_A_DEFAULT = 0.75  # of a parameter that nobody in the module gives
OF_AN_OPTION = 0.6
OF_A_FIELD_ELSEWHERE = 0.4  # an object that is not known has an attribute that some class here has
MOST_SITES = 40


def parameter(evaluator: Evaluator, scope: Scope, name: str, place: Place) -> list[Candidate]:
    """What a function's parameter may be: given by the call at hand, the module's calls, or its default."""
    arguments = _arguments(scope)
    if arguments is None:
        return [Candidate(Unknown(name))]
    itself = _itself(scope, name)
    if itself is not None:
        return [Candidate(itself)]
    default = _default(evaluator, arguments, scope, name)
    frame = place.frame
    if frame is not None and frame.function is scope:
        return (
            _given(evaluator, scope, name, frame.call, frame.caller, frame.bound)
            or default
            or [Candidate(Unknown(name))]
        )
    found: list[Candidate] = []
    sites = evaluator.sites(scope)
    lacking = False
    for call, caller, bound in sites[:MOST_SITES]:
        given = _given(evaluator, scope, name, call, caller, bound)
        lacking |= not given
        found += given
    if (lacking or not sites) and default:
        found += default if sites else [Candidate(one.value, one.sure * OF_A_DEFAULT) for one in default]
    known = [one for one in found if not isinstance(one.value, Unknown) and one.value != Constant(None)]
    return (
        known
        or _option_of(evaluator, scope, name)
        or _annotated(evaluator, arguments, scope, name)
        or [Candidate(Unknown(f"{name}, a parameter of {name_of(scope)}"))]
    )


def _given(
    evaluator: Evaluator, scope: Scope, name: str, call: ast.Call, caller: Place, bound: bool
) -> list[Candidate]:
    arguments = _arguments(scope)
    if arguments is None:
        return []
    positional = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    at = positional.index(name) - bound if name in positional else None
    found = argument(evaluator, call, at, (name,), caller)
    return [] if found is None else evaluator.values(*found)


def argument(
    evaluator: Evaluator, call: ast.Call, position: int | None, keywords: tuple[str, ...], place: Place
) -> tuple[ast.expr, Place] | None:
    """The argument of a call, by keyword, in **words or by position, with its place; None: not given."""
    for word in call.keywords:
        if word.arg in keywords:
            return word.value, place
    for word in call.keywords:
        if word.arg is None:
            for one in evaluator.values(word.value, place):
                for key, value in one.value.pairs if isinstance(one.value, Entries) else ():
                    plain = key.value if isinstance(key, ast.Constant) else key
                    if plain in keywords and isinstance(one.value, Entries):
                        return value, one.value.place
    if position is not None and 0 <= position < len(call.args):
        if any(isinstance(each, ast.Starred) for each in call.args[: position + 1]):
            return _starred(evaluator, call, position, place)
        return call.args[position], place
    return None


def _starred(
    evaluator: Evaluator, call: ast.Call, position: int, place: Place
) -> tuple[ast.expr, Place] | None:
    many: list[tuple[ast.expr, Place]] = []
    for each in call.args:
        if not isinstance(each, ast.Starred):
            many.append((each, place))
            continue
        found = evaluator.values(each.value, place)
        if len(found) != 1 or not isinstance(found[0].value, Items):
            return (each.value, place) if len(many) <= position else many[position]
        many += [(node, found[0].value.place) for node in found[0].value.nodes]
    return many[position] if position < len(many) else None


def _default(evaluator: Evaluator, arguments: ast.arguments, scope: Scope, name: str) -> list[Candidate]:
    positional = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    defaults: dict[str, ast.expr | None] = dict(
        zip(reversed(positional), reversed(arguments.defaults), strict=False)
    )
    defaults |= {
        each.arg: default for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    }
    node = defaults.get(name)
    return [] if node is None else evaluator.values(node, Place(scope.parent or scope, 1 << 60, ()))


def _option_of(evaluator: Evaluator, scope: Scope, name: str) -> list[Candidate]:
    """The default of a click option of that name."""
    for node in getattr(scope.node, "decorator_list", ()):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("option", "argument")
        ):
            names = [each.value for each in node.args if isinstance(each, ast.Constant)]
            plain = {str(each).lstrip("-").replace("-", "_") for each in names}
            for word in node.keywords:
                if word.arg == "default" and name in plain:
                    found = evaluator.values(word.value, Place(scope.parent or scope, 1 << 60, ()))
                    return [Candidate(one.value, one.sure * OF_AN_OPTION) for one in found]
    return []


def _annotated(evaluator: Evaluator, arguments: ast.arguments, scope: Scope, name: str) -> list[Candidate]:
    """An object of the module's class that the parameter is annotated with."""
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if each.arg == name and isinstance(each.annotation, ast.Name | ast.Constant):
            note = each.annotation
            node = (
                ast.Name(note.value, ast.Load())
                if isinstance(note, ast.Constant) and isinstance(note.value, str)
                else note
            )
            for one in evaluator.values(node, Place(scope.parent or scope, 1 << 60, ())):
                if isinstance(one.value, Class):
                    made = ast.Call(node, [], [])  # as its class is when nothing is said
                    return [Candidate(Instance(one.value.scope, made, Place(scope, 0, ())))]
    return []


def option(evaluator: Evaluator, name: str, node: ast.AST) -> list[Candidate]:
    """The default of a command line option of that name, or of the one class here with such a field."""
    found: list[Candidate] = []
    for default, place in evaluator.module.defaults.get(name, ()):
        if default is not None:
            found += evaluator.values(default, place)
    if found:
        return [Candidate(one.value, one.sure * OF_AN_OPTION) for one in found]
    if name in evaluator.module.defaults:
        return []
    for scope in evaluator.module.classes:
        bound = scope.bindings.get(name)
        if bound and bound[-1].kind == "value" and isinstance(node, ast.Attribute):
            found += evaluator.binding(bound[-1], node, Place(scope, 1 << 60, ()))
    texts = [one for one in found if isinstance(one.value, Constant) and isinstance(one.value.value, str)]
    return [Candidate(one.value, one.sure * OF_A_FIELD_ELSEWHERE) for one in texts]


def _itself(scope: Scope, name: str) -> Value | None:
    """The object or class that a method's first parameter is."""
    owner = scope.parent
    if owner is None or owner.kind != "class" or first_parameter(scope) != name:
        return None
    kinds = {shown(each) for each in getattr(scope.node, "decorator_list", ())}
    if "staticmethod" in kinds:
        return None
    return Class(owner) if "classmethod" in kinds else Instance(owner)


def _arguments(scope: Scope) -> ast.arguments | None:
    found = getattr(scope.node, "args", None)
    return found if isinstance(found, ast.arguments) else None
