"""What a command line said beyond its defaults, and the same said again."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Collection
from typing import Any

PLAIN = frozenset({"words"})  # what stands in its place, without an option
Adds = Callable[[argparse.ArgumentParser], None]


def spoken(args: argparse.Namespace, add_arguments: Adds) -> dict[str, Any]:
    """The options whose value is not the default, by the name they have on the command line (``--top-k``)."""
    parser = argparse.ArgumentParser(add_help=False)
    add_arguments(parser)
    usual = vars(parser.parse_args([]))
    said = {name: value for name, value in vars(args).items() if value != usual.get(name)}
    return {f"--{name.replace('_', '-')}": value for name, value in said.items() if name not in PLAIN}


def command_line(
    verb: str, words: list[str], options: dict[str, Any], *, without: Collection[str] = ()
) -> str:
    """``fitment VERB WORD --top-k 5``, quoted for a shell, so that the same question can be asked again."""
    parts = ["fitment", verb, *words]
    for name, value in options.items():
        if name in without:
            continue
        each = value if isinstance(value, list) else [value]  # a list: the option was repeated
        parts += [name] if value is True else [word for one in each for word in (name, _text(one))]
    return shlex.join(parts)


def _text(value: Any) -> str:
    return f"{value:.17g}" if isinstance(value, float) else str(value)
