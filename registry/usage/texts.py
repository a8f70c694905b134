"""Texts that a module puts together: f-strings, +, %, format, join, and what methods make of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import TYPE_CHECKING

from . import objects
from .values import MOST, Candidate, Constant, Entries, Folder, Items, Unknown, shown, unknown

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .scopes import Place

OF_A_DEFAULT = 0.5  # of what a dictionary that is not known may lack
LONGEST = 500  # characters; longer texts are no ids
SIMPLE = frozenset(
    [
        "lower",
        "upper",
        "strip",
        "lstrip",
        "rstrip",
        "removeprefix",
        "removesuffix",
        "replace",
        "title",
        "capitalize",
    ]
)


def joined(evaluator: Evaluator, node: ast.JoinedStr, place: Place) -> list[Candidate]:
    """What an f-string may be."""
    parts: list[list[Candidate]] = []
    for each in node.values:
        if isinstance(each, ast.FormattedValue):
            if each.format_spec is not None or each.conversion not in (-1, 115):
                return unknown(node)
            parts.append(evaluator.values(each.value, place))
        else:
            parts.append(evaluator.values(each, place))
    return list(together(parts, node))


def operated(evaluator: Evaluator, node: ast.BinOp, place: Place) -> list[Candidate]:
    """What +, / of paths, and % of a text may be."""
    left, right = evaluator.values(node.left, place), evaluator.values(node.right, place)
    if isinstance(node.op, ast.Add):
        if any(isinstance(one.value, Items) for one in (*left, *right)):
            return _lists(left, right) or unknown(node)
        return list(together([left, right], node, texts_only=True))
    if isinstance(node.op, ast.Div) and any(isinstance(each.value, Folder) for each in (*left, *right)):
        return [Candidate(Folder())]
    if isinstance(node.op, ast.Mod):
        return _percent(evaluator, left, node, place)
    if isinstance(node.op, ast.BitOr):  # {**a} | {**b}
        return right if any(not isinstance(each.value, Unknown) for each in right) else left
    return unknown(node)


def together(
    parts: Iterable[list[Candidate]], node: ast.AST, *, texts_only: bool = False
) -> Iterator[Candidate]:
    """The texts that the parts make, one after another, in every combination."""
    for chosen in islice(product(*parts), MOST):
        sure = 1.0
        text = ""
        for one in chosen:
            sure *= one.sure
            if isinstance(one.value, Folder):
                yield Candidate(Folder())
                break
            if not isinstance(one.value, Constant) or (texts_only and not isinstance(one.value.value, str)):
                yield Candidate(Unknown(shown(node)))
                break
            text += str(one.value.value)
        else:
            yield Candidate(Constant(text), sure) if len(text) <= LONGEST else Candidate(Unknown(shown(node)))


def method(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate] | None:
    """What a method of a text gives; None where it is none."""
    if not isinstance(node.func, ast.Attribute):
        return None
    name = node.func.attr
    if name == "get":
        return _get(evaluator, node, place)
    if name not in SIMPLE and name not in ("format", "join", "split"):
        return None
    bases = evaluator.values(node.func.value, place)
    if not any(isinstance(base.value, Constant) and isinstance(base.value.value, str) for base in bases):
        return None
    found: list[Candidate] = []
    for base in bases:
        if isinstance(base.value, Constant) and isinstance(base.value.value, str):
            found += _of_text(evaluator, name, base.value.value, node, place)
    return found


def _get(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate] | None:
    """``dictionary.get(key, default)``; None where it is no dictionary that is written out."""
    if not node.args or not isinstance(node.func, ast.Attribute):
        return None
    found: list[Candidate] = []
    for base in evaluator.values(node.func.value, place):
        if isinstance(base.value, Unknown) and len(node.args) == 2:  # a file's, or a person's
            found += [
                Candidate(one.value, one.sure * OF_A_DEFAULT) for one in evaluator.values(node.args[1], place)
            ]
            continue
        if not isinstance(base.value, Entries):
            return None
        for key in evaluator.values(node.args[0], place):
            item = ast.copy_location(ast.Subscript(node.func.value, node.args[0], ast.Load()), node)
            if isinstance(key.value, Constant):
                found += objects.entry(evaluator, base.value, key.value.value)
            else:
                found += objects.item(evaluator, base.value, [key], item)
    if len(node.args) > 1 and (not found or len(found) > 1):
        found += evaluator.values(node.args[1], place)
    return found


def _of_text(evaluator: Evaluator, name: str, text: str, node: ast.Call, place: Place) -> list[Candidate]:
    if name == "format":
        return _formatted(evaluator, text, node, place)
    if name == "join" and len(node.args) == 1:
        return _joined_by(evaluator, text, node, place)
    if name == "split":
        return _split(evaluator, text, node, place)
    arguments = [evaluator.values(argument, place) for argument in node.args]
    if name not in SIMPLE or any(len(each) != 1 for each in arguments):
        return unknown(node)
    plain = [each[0].value.value for each in arguments if isinstance(each[0].value, Constant)]
    if (
        len(plain) != len(arguments)
        or not all(isinstance(each, str) for each in plain)
        or len(text) > LONGEST
    ):
        return unknown(node)
    try:
        return [Candidate(Constant(str(getattr(text, name)(*plain))[:LONGEST]))]
    except TypeError:
        return unknown(node)


def _formatted(evaluator: Evaluator, text: str, node: ast.Call, place: Place) -> list[Candidate]:
    """``"{}/{name}".format(…)``; only whole fields without conversions are followed."""
    words = {word.arg: word.value for word in node.keywords if word.arg}
    parts: list[list[Candidate]] = []
    count = 0
    for piece in re.split(r"(\{\w*\})", text[:LONGEST]):
        if not re.fullmatch(r"\{\w*\}", piece):
            parts.append([Candidate(Constant(piece))])
            continue
        field = piece[1:-1] or str(count)
        count += 1
        at = int(field[:4]) if field.isdigit() else -1
        given = words.get(field) if at < 0 else (node.args[at] if at < len(node.args) else None)
        parts.append(unknown(node) if given is None else evaluator.values(given, place))
    return list(together(parts, node))


def _percent(evaluator: Evaluator, left: list[Candidate], node: ast.BinOp, place: Place) -> list[Candidate]:
    if len(left) != 1 or not isinstance(left[0].value, Constant) or not isinstance(left[0].value.value, str):
        return unknown(node)
    given = list(node.right.elts) if isinstance(node.right, ast.Tuple) else [node.right]
    parts: list[list[Candidate]] = []
    for piece in re.split(r"(%[sd])", left[0].value.value[:LONGEST]):
        if piece in ("%s", "%d"):
            parts.append(evaluator.values(given.pop(0), place) if given else unknown(node))
        else:
            parts.append([Candidate(Constant(piece))])
    return list(together(parts, node))


def _joined_by(evaluator: Evaluator, text: str, node: ast.Call, place: Place) -> list[Candidate]:
    found: list[Candidate] = []
    for many in evaluator.values(node.args[0], place):
        if not isinstance(many.value, Items):
            found += unknown(node)
            continue
        parts: list[list[Candidate]] = []
        for item in many.value.nodes[:MOST]:
            parts += [[Candidate(Constant(text))]] if parts else []
            parts.append(evaluator.values(item, many.value.place))
        found += together(parts, node)
    return found


def _split(evaluator: Evaluator, text: str, node: ast.Call, place: Place) -> list[Candidate]:
    match node.args:
        case [ast.Constant(value=str(mark))] if mark:
            parts = text.split(mark)
            return [Candidate(Items(tuple(ast.Constant(part) for part in parts[:MOST]), place))]
    return unknown(node)


def _lists(left: list[Candidate], right: list[Candidate]) -> list[Candidate]:
    found: list[Candidate] = []
    for one, other in islice(product(left, right), MOST):
        if isinstance(one.value, Items) and isinstance(other.value, Items):
            if one.value.place == other.value.place or all(
                isinstance(node, ast.Constant) for node in other.value.nodes
            ):
                found.append(Candidate(Items((*one.value.nodes, *other.value.nodes), one.value.place)))
            else:
                found += [one, other]
    return found
