"""The names of a Python module: where each gets a value, in which branch, and every call."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Arm = tuple[int, str, bool]  # the statement, its arm, whether its arms shut each other out
Path = tuple[Arm, ...]
END = 1 << 60  # after everything


@dataclass(slots=True, eq=False)
class Scope:
    """One module, class or function, and what it binds."""

    kind: str  # module | class | function
    node: ast.AST
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    stores: dict[str, list[Store]] = field(default_factory=dict)  # by the name whose part is set: cfg, self
    returns: list[tuple[ast.expr, Place]] = field(default_factory=list)
    elsewhere: dict[str, Scope] = field(default_factory=dict)  # names that "global" and "nonlocal" give away


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: what may be known there."""

    scope: Scope
    order: int
    path: Path
    frame: Frame | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One call of a function of the module, in which its parameters are known."""

    function: Scope
    call: ast.Call
    caller: Place
    bound: bool  # whether the first parameter is the object itself


@dataclass(frozen=True, slots=True)
class Binding:
    """One place where a name gets a value."""

    kind: str  # value | import | function | class | parameter | opaque
    place: Place
    node: ast.AST | None = None
    pick: tuple[int, ...] = ()  # which part of the value, outermost first
    each: bool = False  # one after another of the value's items
    dotted: str = ""
    scope: Scope | None = None  # of a function or class


@dataclass(frozen=True, slots=True)
class Store:
    """``name.key = value`` or ``name["key"] = value``."""

    key: str
    value: ast.expr
    place: Place


@dataclass(slots=True)
class Module:
    """What is known of a module before anything is evaluated."""

    scope: Scope
    calls: list[tuple[ast.Call, Place]] = field(default_factory=list)
    texts: list[tuple[ast.Constant, Place]] = field(default_factory=list)  # that hold the hub's address
    stars: list[str] = field(default_factory=list)  # packages of which everything is imported
    classes: list[Scope] = field(default_factory=list)
    functions: list[Scope] = field(default_factory=list)
    defaults: dict[str, list[tuple[ast.expr | None, Place]]] = field(default_factory=dict)  # of options
    imported: set[str] = field(default_factory=set)
    aliases: dict[str, list[str]] = field(default_factory=dict)  # other names of a name
    lambdas: dict[ast.Lambda, Scope] = field(default_factory=dict)
    names: dict[ast.Lambda, list[str]] = field(default_factory=dict)  # of lambdas that are given one
    values: set[str] = field(default_factory=set)  # names and parts that are set to something


def read_module(tree: ast.Module) -> Module:
    """The names and calls of a parsed module. Raises RecursionError where it is nested too deeply."""
    scope = Scope("module", tree, None)
    module = Module(scope)
    _Reader(module).body(tree.body, scope, ())
    return module


class _Reader:
    """One pass over a module, in the order of its text."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.order = 0

    def body(self, statements: Sequence[ast.stmt], scope: Scope, path: Path) -> None:
        for statement in statements:
            self.statement(statement, scope, path)

    def statement(self, node: ast.stmt, scope: Scope, path: Path) -> None:
        self.order += 1
        place = Place(scope, self.order, path)
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.function(node, place)
            case ast.ClassDef():
                self.klass(node, place)
            case ast.Import() | ast.ImportFrom():
                self.imports(node, place)
            case ast.Assign():
                self.expression(node.value, place)
                for target in node.targets:
                    self.bind(target, node.value, place)
            case ast.AnnAssign(value=ast.expr() as value):
                self.expression(value, place)
                self.bind(node.target, value, place)
            case ast.AugAssign():
                self.augmented(node, place)
            case ast.Return(value=ast.expr() as value):
                self.expression(value, place)
                scope.returns.append((value, place))
            case ast.Global() | ast.Nonlocal():
                self.elsewhere(node, scope)
            case ast.Expr(value=ast.Constant()):
                pass  # a docstring, or nothing
            case _:
                self.compound(node, place)

    def compound(self, node: ast.stmt, place: Place) -> None:
        scope, path = place.scope, place.path
        match node:
            case ast.If():
                self.expression(node.test, place)
                once = _is_main(node.test)
                self.body(node.body, scope, path if once else (*path, (id(node), "body", True)))
                self.body(node.orelse, scope, (*path, (id(node), "else", True)))
            case ast.For() | ast.AsyncFor():
                self.expression(node.iter, place)
                inner = (*path, (id(node), "body", False))
                self.bind(node.target, node.iter, Place(scope, self.order, inner), each=True)
                self.body(node.body, scope, inner)
                self.body(node.orelse, scope, path)
            case ast.While():
                self.expression(node.test, place)
                self.body(node.body, scope, (*path, (id(node), "body", False)))
                self.body(node.orelse, scope, path)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self.expression(item.context_expr, place)
                    if item.optional_vars is not None:
                        self.bind(item.optional_vars, item.context_expr, place)
                self.body(node.body, scope, path)
            case ast.Try() | ast.TryStar():
                self.body(node.body, scope, (*path, (id(node), "try", False)))
                for handler in node.handlers:
                    self.body(handler.body, scope, (*path, (id(handler), "except", False)))
                self.body(node.orelse, scope, (*path, (id(node), "try", False)))
                self.body(node.finalbody, scope, path)
            case ast.Match():
                self.expression(node.subject, place)
                for number, case in enumerate(node.cases):
                    self.body(case.body, scope, (*path, (id(node), str(number), True)))
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.expression(child, place)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, place: Place) -> None:
        inner = Scope("function", node, place.scope)
        self.module.functions.append(inner)
        self.define(node.name, Binding("function", place, node, scope=inner), place.scope)
        for each in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.expression(each, place)
        self.parameters(node.args, node, inner)
        self.body(node.body, inner, ())

    def parameters(self, arguments: ast.arguments, node: ast.AST, inner: Scope) -> None:
        place = Place(inner, 0, ())
        named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        for each in named:
            self.define(each.arg, Binding("parameter", place, node), inner)
        for many in filter(None, (arguments.vararg, arguments.kwarg)):
            self.define(many.arg, Binding("opaque", place), inner)

    def klass(self, node: ast.ClassDef, place: Place) -> None:
        inner = Scope("class", node, place.scope)
        self.module.classes.append(inner)
        self.define(node.name, Binding("class", place, node, scope=inner), place.scope)
        for each in (*node.decorator_list, *node.bases, *(word.value for word in node.keywords)):
            self.expression(each, place)
        self.body(node.body, inner, ())

    def imports(self, node: ast.Import | ast.ImportFrom, place: Place) -> None:
        if isinstance(node, ast.Import):
            for each in node.names:
                self.module.imported.add(each.name.split(".")[0])
                name = each.asname or each.name.split(".")[0]
                dotted = each.name if each.asname else name
                self.define(name, Binding("import", place, dotted=dotted), place.scope)
            return
        package = "." * node.level + (node.module or "")
        self.module.imported.add(package.split(".")[0])
        for each in node.names:
            if each.name == "*":
                self.module.stars.append(package)
            else:
                dotted = f"{package}.{each.name}"
                self.define(each.asname or each.name, Binding("import", place, dotted=dotted), place.scope)

    def elsewhere(self, node: ast.Global | ast.Nonlocal, scope: Scope) -> None:
        outer = self.module.scope if isinstance(node, ast.Global) else scope.parent
        if outer is not None:
            scope.elsewhere.update(dict.fromkeys(node.names, outer))

    def augmented(self, node: ast.AugAssign, place: Place) -> None:
        self.expression(node.value, place)
        if isinstance(node.target, ast.Name):
            before = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
            value = ast.copy_location(ast.BinOp(before, node.op, node.value), node)
            self.bind(node.target, value, place)

    def bind(
        self,
        target: ast.expr,
        value: ast.expr,
        place: Place,
        pick: tuple[int, ...] = (),
        *,
        each: bool = False,
    ) -> None:
        match target:
            case ast.Name():
                self.module.values.add(target.id)
                if isinstance(value, ast.Lambda):
                    self.module.names.setdefault(value, []).append(target.id)
                if isinstance(value, ast.Name):
                    self.module.aliases.setdefault(value.id, []).append(target.id)
                self.define(target.id, Binding("value", place, value, pick, each), place.scope)
            case ast.Tuple() | ast.List():
                for number, part in enumerate(target.elts):
                    self.bind(part, value, place, (*pick, number), each=each)
            case ast.Attribute(value=ast.Name(id=name), attr=key) if not pick and not each:
                self.module.values.add(key)
                place.scope.stores.setdefault(name, []).append(Store(key, value, place))
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))) if not pick:
                place.scope.stores.setdefault(name, []).append(Store(key, value, place))
            case _:
                self.expression(target, place)

    def define(self, name: str, binding: Binding, scope: Scope) -> None:
        outer = scope.elsewhere.get(name)
        if outer is not None:  # set by a function, whenever that runs
            arm = (id(scope), "global", False)
            place = Place(binding.place.scope, binding.place.order, (*binding.place.path, arm))
            binding = Binding(binding.kind, place, binding.node, binding.pick, binding.each, binding.dotted)
        (outer or scope).bindings.setdefault(name, []).append(binding)

    def expression(self, node: ast.expr, place: Place) -> None:
        """Notes calls, texts, lambdas, and what comprehensions and := bind; without recursion."""
        todo: list[tuple[ast.AST, Place]] = [(node, place)]
        while todo:
            node_, place = todo.pop()
            match node_:
                case ast.Constant(value=str(text)):
                    if "huggingface.co/" in text or "hf.co/" in text:
                        self.module.texts.append((node_, place))
                    continue
                case ast.Name() | ast.Constant():
                    continue
                case ast.Call():
                    self.module.calls.append((node_, place))
                    self.option(node_, place)
                case ast.NamedExpr():
                    self.bind(node_.target, node_.value, place)
                case ast.Lambda():
                    inner = Scope("function", node_, place.scope)
                    self.module.lambdas[node_] = inner
                    self.parameters(node_.args, node_, inner)
                    inner.returns.append((node_.body, Place(inner, 1, ())))
                    todo.append((node_.body, Place(inner, 1, ())))
                    continue
                case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                    place = self.comprehension(node_, place)
            todo.extend((child, place) for child in ast.iter_child_nodes(node_))

    def comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, place: Place
    ) -> Place:
        inner = Place(place.scope, self.order + 1, (*place.path, (id(node), "each", False)), place.frame)
        at = Place(place.scope, self.order, inner.path, place.frame)
        self.order += 1
        for generator in node.generators:
            self.bind(generator.target, generator.iter, at, each=True)
        return inner

    def option(self, call: ast.Call, place: Place) -> None:
        """Notes the default of an option that argparse or absl is told of."""
        match call.func:
            case ast.Attribute(attr="add_argument"):
                names = [_text(argument) for argument in call.args]
            case ast.Attribute(attr="DEFINE_string" | "DEFINE_enum"):
                names = [_text(argument) for argument in call.args[:1]]
            case _:
                return
        given = {word.arg: word.value for word in call.keywords}
        long = [name for name in names if name.startswith("--")] or names
        dest = _text(given["dest"]) if "dest" in given else (long[0] if long else "").lstrip("-")
        default = given.get(
            "default", call.args[1] if len(call.args) > 1 and not long[0].startswith("-") else None
        )
        self.module.defaults.setdefault(dest.replace("-", "_"), []).append((default, place))


def reaching(bindings: Sequence[Binding], place: Place, *, here: bool) -> Iterator[Binding]:
    """The bindings that may hold at ``place``, the latest first; ``here``: in its own scope."""
    order, path = (place.order, place.path) if here else (END, ())
    for binding in reversed(bindings):
        if binding.place.order >= order and here and binding.kind in ("value", "import"):
            continue
        if _apart(binding.place.path, path):
            continue
        yield binding
        if binding.place.path == path[: len(binding.place.path)]:
            return


def _apart(one: Path, other: Path) -> bool:
    """Whether the two never both run: different arms of one statement."""
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return mine[0] == theirs[0] and mine[2]
    return False


def _is_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=ast.Name(id="__name__")):
            return True
    return False


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def first_parameter(scope: Scope) -> str:
    """The name of a function's first parameter, "" where it has none."""
    arguments = getattr(scope.node, "args", None)
    named = [*arguments.posonlyargs, *arguments.args] if arguments is not None else []
    return named[0].arg if named else ""


def name_of(scope: Scope) -> str:
    """A function's or class's own name."""
    return str(getattr(scope.node, "name", "a lambda"))
