"""A model of the user's own: ``module:package.mod:factory`` calls that factory.

It returns the module and example inputs: a tensor, a tuple or list of tensors (passed by position) or
a dict of tensors (passed by keyword), with the batch in dim 0.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import torch

from ..errors import ModelError
from .loaded import LoadedModel
from .returned import RETURNS, checked, kind_of
from .shapes import EXAMPLE, parse_shape
from .user_code import UserCode


def load(name: str, *, input_shape: str, seed: int, import_path: Sequence[str] = ()) -> LoadedModel:
    """What the factory ``package.mod:factory`` returns, in eval mode, with torch seeded by ``seed``.

    ``import_path`` is appended to sys.path. An ``input_shape`` other than "example" is passed on to a
    factory that takes one. Raises MissingDependencyError where an import inside the user's code fails,
    ModelError for anything else that is wrong with the factory or what it returns.
    """
    sys.path.extend(path for path in import_path if path not in sys.path)
    factory = _factory(name)
    arguments = _arguments(factory, name, input_shape)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        with UserCode(f"factory {name}"):
            returned = factory(**arguments)
    module, inputs = checked(returned, name)
    return LoadedModel(module, inputs, input_shape)


def _factory(name: str) -> Callable[..., Any]:
    """The callable that ``name`` stands for; its part after the colon may be dotted (Class.method)."""
    path, _, attributes = name.partition(":")
    if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", path) or not attributes:
        raise ModelError(f'"{name}" names no factory: write module:package.mod:factory')
    found = _imported(path)
    for attribute in attributes.split("."):
        if not hasattr(found, attribute):
            raise ModelError(f'{path} has no "{attributes}": it has {_callables(found)}')
        found = getattr(found, attribute)
    if not callable(found):
        raise ModelError(f"{name} is {kind_of(found)}, not a function: {RETURNS} from a function")
    return found  # type: ignore[no-any-return]


def _imported(path: str) -> Any:
    with UserCode(f"importing {path}"):
        try:
            return importlib.import_module(path)
        except ModuleNotFoundError as error:
            if error.name is None or not f"{path}.".startswith(f"{error.name}."):
                raise
            message = f'no module "{error.name}" on the import path: run from its folder or install it'
            raise ModelError(message) from error


def _callables(module: Any) -> str:
    own = [name for name, value in vars(module).items() if callable(value) and not name.startswith("_")]
    return ", ".join(own[:8]) or "no functions"


def _arguments(factory: Callable[..., Any], name: str, input_shape: str) -> dict[str, Any]:
    """The keyword arguments to call the factory with; none, or the shape that it takes."""
    try:
        signature = inspect.signature(factory)
    except ValueError:  # built-in, without a signature: the call itself will tell
        return {}
    arguments: dict[str, Any] = {}
    if input_shape != EXAMPLE:
        if "input_shape" not in signature.parameters:
            raise ModelError(
                f"{name} takes no input_shape: leave it out, or give the factory that parameter (a tuple)"
            )
        arguments["input_shape"] = parse_shape(input_shape)
    try:
        signature.bind(**arguments)
    except TypeError as error:
        raise ModelError(f"{name} is called without arguments, but has {error}: give defaults") from error
    return arguments
