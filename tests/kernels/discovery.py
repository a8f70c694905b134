"""What is public in kernels/: found in the files, so that nothing can be added without being seen."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fitment.kernels

from tests.kernels.table import KERNELS, PARTS, Entry

# How kernels are compiled, fed and spread over threads: they have tests of their own, and no twin. What is
# compared has its twin there.
PLUMBING = {
    *("jit", "columns", "threads", "partial_moments", "lanes", "places", "workspace"),
    "decided_configurations",
}
INLINED = {
    "elementary",
    "inlined",
    "uncounted",
    "reduction",
    "intrinsic",
}  # compiled into other kernels alone
RESULTS = {
    "dataclass",
    "Exception",
    "ValueError",
    "TypeError",
    "NamedTuple",
    "Protocol",
    "IntEnum",
    "StrEnum",
}


def modules() -> list[str]:
    """The files of kernels/, by name."""
    return sorted(module.name for module in pkgutil.iter_modules(fitment.kernels.__path__))


def public_names(module: str) -> Iterator[str]:
    """Functions of ``module`` that others may call, and its classes that do more than hold an answer.

    What is compiled into other kernels alone is held by those.
    """
    spec = find_spec(f"fitment.kernels.{module}")
    for node in ast.parse(Path(str(spec and spec.origin)).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            bases = node.bases if isinstance(node, ast.ClassDef) else []
            marks = {_last_name(mark) for mark in [*node.decorator_list, *bases]}
            if not marks & (RESULTS if isinstance(node, ast.ClassDef) else INLINED):
                yield node.name


def _last_name(node: ast.expr) -> str:
    """``b`` for ``b``, ``a.b``, ``b(…)`` and ``a.b(…)``."""
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def kernels() -> list[tuple[str, str]]:
    """(module, name) of all that the table has to hold."""
    found = [
        (module, name) for module in modules() if module not in PLUMBING for name in public_names(module)
    ]
    return [(module, name) for module, name in found if not {name, f"{module}.{name}"} & PARTS.keys()]


def entry_of(module: str, name: str) -> Entry | None:
    """The entry of a function: by ``module.name`` where two files have the same name, else by ``name``."""
    return KERNELS.get(f"{module}.{name}", KERNELS.get(name))


def function_of(module: str, name: str) -> Any:
    """The public function or class itself."""
    return getattr(import_module(f"fitment.kernels.{module}"), name)
