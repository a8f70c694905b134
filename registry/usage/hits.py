"""The places of a Python module that load a model, each with the models that it may be."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from . import parameters
from .evaluate import BUILT_IN, Evaluator
from .hit import Hit
from .ids import HUB_URL, OF_A_KNOWN_ID, Named, named, of_url
from .scopes import Module, Place
from .table import ANY_PACKAGE, Load, loads
from .texts import together
from .values import Candidate, Class, Constant, Folder, Function, Instance, Items, Known, Unknown, shown

OF_ANY_CLASS = 0.75  # from_pretrained of something that is not known
OF_A_URL = 0.5
OF_A_REFERENCE = 0.3  # an address without a file, which may be there for people


def hits(module: Module) -> list[Hit]:
    """All of a module, in the order of their lines; each model once for a line and call."""
    evaluator = Evaluator(module)
    active = _active(module)
    saved = _saved(module, evaluator)
    found: dict[tuple[int, str, str | None, object], Hit] = {}
    for call, place in module.calls:
        if not active.may_be(call):
            continue
        for hit in _of_call(evaluator, call, place, active, saved):
            key = (hit.line, hit.call, hit.model_id, hit.if_known and hit.if_known[0])
            if key not in found or found[key].confidence < hit.confidence:
                found[key] = hit
    ids = {hit.model_id for hit in found.values()}
    for hit in _of_texts(module):
        if hit.model_id not in ids:
            found[hit.line, hit.call, hit.model_id, None] = hit
    return sorted(found.values(), key=lambda hit: (hit.line, hit.call, hit.model_id or ""))


@dataclass(frozen=True, slots=True)
class _Active:
    """The rows that a module's imports leave possible, and the names that a call of one may have there."""

    rows: tuple[Load, ...]
    methods: tuple[Load, ...]
    names: frozenset[str]
    patterns: tuple[tuple[str, tuple[str, ...]], ...]  # of names of rows that take many, with options

    def may_be(self, call: ast.Call) -> bool:
        """Whether a call may be one of the rows; cheap."""
        match call.func:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name in self.names or (bool(self.patterns) and self._may_be_one_of_many(name, call))
        return True

    def _may_be_one_of_many(self, name: str, call: ast.Call) -> bool:
        given = {word.arg for word in call.keywords}
        if call.args and isinstance(call.args[0], ast.Constant):  # resnet50(True)
            given.add(None)
        return any(
            None in given or not given.isdisjoint(options) or "*" in options
            for pattern, options in self.patterns
            if fnmatchcase(name, pattern)
        )


def _active(module: Module) -> _Active:
    dynamic = any(_tail(call.func) in ("import_module", "__import__") for call, _ in module.calls)
    rows = tuple(
        load
        for load in loads()
        if load.package == ANY_PACKAGE
        or dynamic
        or any(fnmatchcase(root, load.package) for root in module.imported)
    )
    tails = {tail for row in rows for tail in row.tails}
    names = {tail for tail in tails if tail.isidentifier()} | module.values | {"partial", "load"}
    aliases = {
        name
        for scope in (module.scope, *module.functions)
        for name, bound in scope.bindings.items()
        for binding in bound
        if binding.kind == "import" and name != binding.dotted.rpartition(".")[2]
    }
    return _Active(
        tuple(row for row in rows if not row.method),
        tuple(row for row in rows if row.method),
        frozenset(names | aliases) - BUILT_IN,
        tuple((tail, row.only_if) for row in rows for tail in row.tails if not tail.isidentifier()),
    )


def _tail(func: ast.expr) -> str:
    match func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _of_call(
    evaluator: Evaluator, call: ast.Call, place: Place, active: _Active, saved: set[str]
) -> Iterator[Hit]:
    partial = _partial(evaluator, call, place)
    if partial is not None:
        call = partial
    row, label, sure = _row(evaluator, call, place, active)
    if row is None:
        yield from _package(evaluator, call, place)
        return
    if _ruled_out(evaluator, row, call, place):
        return
    ids = _ids(evaluator, row, call, place, label)
    found = [hit for one in ids for hit in _hit(one, row, call, label, sure, saved)]
    yield from [hit for hit in found if hit.model_id or hit.if_known] or found[:1]


def _row(
    evaluator: Evaluator, call: ast.Call, place: Place, active: _Active
) -> tuple[Load | None, str, float]:
    """The row of the call, what to call it, and how sure that is."""
    for one in evaluator.ask(call.func, place):
        if isinstance(one.value, Known):
            for row in active.rows:
                if row.matches(one.value.dotted) and not (
                    row.package == ANY_PACKAGE and one.value.dotted.startswith("builtins.")
                ):
                    certain = row.package != ANY_PACKAGE or one.value.dotted.startswith(_HUB_PACKAGES)
                    return (
                        row,
                        _label(one.value.dotted, row),
                        one.value.sure * (1.0 if certain else OF_ANY_CLASS),
                    )
    match call.func:
        case ast.Attribute(value=base, attr="from_pretrained") if not _own(evaluator, base, place):
            anyone = next((row for row in active.rows if row.package == ANY_PACKAGE), None)
            return anyone, f"{shown(base)}.from_pretrained", OF_ANY_CLASS
        case ast.Attribute(attr=name):
            for row in active.methods:
                if name in row.tails:
                    return row, name, OF_ANY_CLASS
    return None, "", 0.0


_HUB_PACKAGES = ("transformers.", "diffusers.", "optimum.", "peft.", "huggingface_hub.", "trl.", "setfit.")


def _own(evaluator: Evaluator, base: ast.expr, place: Place) -> bool:
    """Whether it is a class of the module whose from_pretrained is not the hub's."""
    for one in evaluator.ask(base, place):
        if isinstance(one.value, Class | Instance | Function | Folder | Constant):
            return True
    return False


def _label(dotted: str, row: Load) -> str:
    """What a reader calls it: the class and its method, a package's function, or the class alone."""
    *front, last = dotted.split(".")
    if not front:
        return last
    if row.package == ANY_PACKAGE or front[-1][:1].isupper():
        return f"{front[-1]}.{last}"
    if last[:1].isupper() or front[0] == "transformers":
        return last
    return f"{front[0]}.{last}" if row.package != "torch" else "torch.hub.load"


def _partial(evaluator: Evaluator, call: ast.Call, place: Place) -> ast.Call | None:
    """The call that functools.partial prepares."""
    match call.func:
        case ast.Name(id="partial") | ast.Attribute(attr="partial") if call.args:
            first = evaluator.ask(call.func, place)[0].value
            if isinstance(first, Known) and first.dotted == "functools.partial":
                return ast.copy_location(ast.Call(call.args[0], call.args[1:], call.keywords), call)
    return None


def _ruled_out(evaluator: Evaluator, row: Load, call: ast.Call, place: Place) -> bool:
    """Whether its arguments say that nothing is loaded, or no model."""
    given = {word.arg: word.value for word in call.keywords if word.arg}
    for name, values in row.unless.items():
        if name in given:
            found = evaluator.ask(given[name], place)
            if all(
                isinstance(one.value, Constant) and (one.value.value or "") in _empty(values) for one in found
            ):
                return True
    positional = row.position is None and bool(call.args)
    if row.only_if and "*" not in row.only_if and not positional:
        splat = any(word.arg is None for word in call.keywords)
        further = row.position is not None and len(call.args) > row.position + 1
        return not (splat or further or set(row.only_if) & set(given))
    return False


def _empty(values: Iterable[object]) -> list[object]:
    """The values of a row, in which "" and false stand for None as well."""
    return ["" if each is False else each for each in values]


def _ids(evaluator: Evaluator, row: Load, call: ast.Call, place: Place, label: str) -> list[Candidate]:
    """What the call's id may be. Empty where it was not given and that means no use."""
    if row.position is None and not row.keywords:
        return [Candidate(Constant(label.rpartition(".")[2]))]
    given = parameters.argument(evaluator, call, row.position, row.keywords, place)
    if given is None:
        if any(word.arg is None for word in call.keywords):
            return [Candidate(Unknown("**" + next(shown(w.value) for w in call.keywords if w.arg is None)))]
        task = parameters.argument(evaluator, call, 0, ("task",), place) if row.missing else None
        of = f": {shown(task[0])}" if task and "task" in row.missing else ""
        return [Candidate(Unknown(row.missing + of))] if row.missing else []
    found = evaluator.ask(*given)
    if row.pair is not None:
        other = parameters.argument(evaluator, call, row.pair[1], (row.pair[0],), place)
        if other is not None:
            colon = [Candidate(Constant(":"))]
            return list(together([found, colon, evaluator.ask(*other)], given[0]))
    return [each for one in found for each in _flat(evaluator, one)]


def _flat(evaluator: Evaluator, one: Candidate) -> list[Candidate]:
    """The candidates of a list that is given in an id's place."""
    if isinstance(one.value, Items):
        place = one.value.place
        return [each for node in one.value.nodes for each in evaluator.values(node, place)]
    return [one]


def _hit(
    one: Candidate, row: Load, call: ast.Call, label: str, sure: float, saved: set[str]
) -> Iterator[Hit]:
    match one.value:
        case Constant(value=str(text)) if text not in saved:
            model = named(text, row.namespace)
            if isinstance(model, Named):
                confidence = round(one.sure * sure * model.certainty, 2)
                yield Hit(call.lineno, label, model.model_id, confidence, model.detail, row.namespace)
            elif model is not None:
                known = (text.strip(), round(one.sure * sure * OF_A_KNOWN_ID, 2))
                yield Hit(
                    call.lineno, label, None, round(0.3 * sure, 2), model, row.namespace, if_known=known
                )
        case Unknown(text):
            yield Hit(call.lineno, label, None, round(0.6 * sure, 2), text, row.namespace)
        case Known(dotted) if "." in dotted and not dotted.startswith("builtins."):
            yield Hit(call.lineno, label, None, round(0.6 * sure, 2), dotted, row.namespace)


def _package(evaluator: Evaluator, call: ast.Call, place: Place) -> Iterator[Hit]:
    """``en_core_web_sm.load()``: spaCy's models are packages."""
    match call.func:
        case ast.Attribute(value=ast.Name(), attr="load"):
            for one in evaluator.ask(call.func, place):
                if isinstance(one.value, Known):
                    package = one.value.dotted.partition(".")[0]
                    model = named(package, "spacy")
                    if isinstance(model, Named):
                        yield Hit(call.lineno, "load", package, model.certainty, "", "spacy")


def _saved(module: Module, evaluator: Evaluator) -> set[str]:
    """The folders that the module itself writes: what it loads from there is no model of the hub."""
    found: set[str] = set()
    for call, place in module.calls:
        match call.func:
            case ast.Attribute(attr="save_pretrained" | "save_model" | "mkdir" | "makedirs" | "save"):
                given = parameters.argument(
                    evaluator, call, 0, ("save_directory", "output_dir", "path"), place
                )
            case ast.Name(id=name) | ast.Attribute(attr=name) if name.endswith("TrainingArguments"):
                given = parameters.argument(evaluator, call, 0, ("output_dir",), place)
            case _:
                continue
        if given is not None:
            values = [one.value for one in evaluator.ask(*given)]
            found |= {
                each.value for each in values if isinstance(each, Constant) and isinstance(each.value, str)
            }
    return found


def _of_texts(module: Module) -> Iterator[Hit]:
    """Addresses of models on the hub that stand in the code's texts."""
    for node, _ in module.texts:
        text = node.value
        if isinstance(text, str) and HUB_URL.match(text.strip()):
            model = of_url(text.strip())
            file = any(part in text for part in ("/resolve/", "/blob/", "/raw/"))
            if model is not None:
                yield Hit(node.lineno, "url", model, OF_A_URL if file else OF_A_REFERENCE, "", "hf")
