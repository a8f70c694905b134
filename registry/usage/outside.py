"""What a few functions of other packages give back: environment, paths, simple containers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .values import Candidate, Constant, Entries, Folder, Items, Known, Unknown, unknown

if TYPE_CHECKING:
    from .evaluate import Evaluator
    from .scopes import Place

OF_THE_ENVIRONMENT = 0.6
ENVIRONMENT = frozenset({"os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop"})
PATHS = ("pathlib.", "os.path.", "tempfile.", "importlib.resources", "glob.", "os.getcwd", "shutil.")
FIELDS = frozenset(
    [
        "dataclasses.field",
        "pydantic.Field",
        "attr.ib",
        "attrs.field",
        "attr.field",
        "typer.Option",
        "typer.Argument",
        "fastapi.Query",
        "fastapi.Form",
        "fastapi.Body",
    ]
)
NAMESPACES = frozenset(
    [
        "SimpleNamespace",
        "Namespace",
        "EasyDict",
        "edict",
        "ConfigDict",
        "AttrDict",
        "Munch",
        "Box",
        "DotMap",
        "dict",
        "OrderedDict",
        "MappingProxyType",
    ]
)
THROUGH = frozenset(
    [
        "list",
        "tuple",
        "set",
        "sorted",
        "reversed",
        "frozenset",
        "str",
        "iter",
        "deepcopy",
        "copy",
        "create",
        "cast",
        "Final",
    ]
)


def called(evaluator: Evaluator, dotted: str, node: ast.Call, place: Place) -> list[Candidate]:
    """What a call of something imported or built in gives back."""
    last = dotted.rpartition(".")[2]
    if dotted in ENVIRONMENT or (dotted.endswith(("environ.get", "config")) and len(node.args) == 2):
        return _environment(evaluator, node, place)
    if dotted == "os.path.join":
        return _path_join(evaluator, node, place)
    if dotted.startswith(PATHS):
        return [Candidate(Folder())]
    if dotted in FIELDS:
        return _default(evaluator, dotted, node, place)
    if last in NAMESPACES:
        return _namespace(evaluator, node, place)
    if last == "getattr" and len(node.args) >= 2:
        return _getattr(evaluator, node, place)
    if last in ("import_module", "__import__") and node.args:
        found = evaluator.values(node.args[0], place)
        texts = [one.value.value for one in found if isinstance(one.value, Constant)]
        return [Candidate(Known(text)) for text in texts if isinstance(text, str)] or unknown(node)
    if last in THROUGH and node.args:
        return evaluator.values(node.args[-1 if last == "cast" else 0], place)
    if last in ("selectbox", "radio", "choice") and node.args:
        return _chosen(evaluator, node, place)
    return unknown(node)


def _environment(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate]:
    given = {word.arg: word.value for word in node.keywords}
    default = node.args[1] if len(node.args) > 1 else given.get("default")
    if default is None:
        return unknown(node)
    found = evaluator.values(default, place)
    return [Candidate(one.value, one.sure * OF_THE_ENVIRONMENT) for one in found]


def _path_join(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate]:
    """A text where all parts are known, as an id may be put together so; else a folder."""
    if not node.args:
        return unknown(node)
    text, sure = "", 0.8
    for argument in node.args:
        found = evaluator.values(argument, place)
        if len(found) != 1 or not isinstance(found[0].value, Constant):
            return [Candidate(Folder())]
        part = str(found[0].value.value)
        text = part if part.startswith("/") or not text else f"{text.rstrip('/')}/{part}"
        sure *= found[0].sure
    return [Candidate(Constant(text[:500]), sure)]


def _default(evaluator: Evaluator, dotted: str, node: ast.Call, place: Place) -> list[Candidate]:
    given = {word.arg: word.value for word in node.keywords}
    if "default" in given:
        return evaluator.values(given["default"], place)
    match given.get("default_factory", given.get("factory")):
        case ast.Lambda(body=body):
            return evaluator.values(body, place)
    if node.args and dotted not in ("dataclasses.field", "attr.ib", "attrs.field", "attr.field"):
        return evaluator.values(node.args[0], place)
    return unknown(node)


def _namespace(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate]:
    pairs: list[tuple[ast.expr | str | None, ast.expr]] = [(word.arg, word.value) for word in node.keywords]
    if len(node.args) == 1:
        for one in evaluator.values(node.args[0], place):
            if isinstance(one.value, Entries):
                if not pairs:
                    return [one]
                pairs = [(None, node.args[0]), *pairs]
            elif not isinstance(one.value, Items):
                return unknown(node)
    return [Candidate(Entries(tuple(pairs), place))]


def _getattr(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate]:
    found: list[Candidate] = []
    for name in evaluator.values(node.args[1], place):
        if isinstance(name.value, Constant) and isinstance(name.value.value, str):
            attribute = ast.copy_location(ast.Attribute(node.args[0], name.value.value, ast.Load()), node)
            found += evaluator.values(attribute, place)
    known = [one for one in found if not isinstance(one.value, Unknown)]
    if not known and len(node.args) == 3:
        return [Candidate(one.value, one.sure * 0.7) for one in evaluator.values(node.args[2], place)]
    return known or unknown(node)


def _chosen(evaluator: Evaluator, node: ast.Call, place: Place) -> list[Candidate]:
    """One of the choices that a person or chance takes."""
    given = {word.arg: word.value for word in node.keywords}
    options = given.get("options", node.args[-1])
    return [Candidate(one.value, one.sure * 0.6) for one in evaluator.iterated(options, place, ())]
