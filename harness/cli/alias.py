"""``fitment alias``: point a name such as production to a version, move it, remove it, or list them."""

from __future__ import annotations

import argparse
import sys

from ...registry.catalogue.aliases import Alias, AliasMove, list_aliases, remove_alias, set_alias
from ...registry.errors import DONE
from ...registry.report.catalogue_tables import ALIASES
from ...registry.report.listing import FORMATS, listed
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import WordsError, add_db_path, add_words, db_path, given, needed
from .output import add_output, put


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    add_words(parser, "model", "alias", "version")
    parser.add_argument("--remove", action="store_true", help="take the alias away")
    parser.add_argument("--format", choices=FORMATS, default="table", help="of the list, without an ALIAS")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. Raises UnknownNameError, RefusedError, NoResultsError."""
    model, alias, version = needed(args, "model"), given(args, "alias"), given(args, "version")
    if alias is None and args.remove:
        raise WordsError("--remove of which alias? name it: fitment alias MODEL ALIAS --remove")
    if alias is not None and (version is None) != args.remove:
        raise WordsError(f"what of {alias}? name the VERSION that it points to, or --remove it")
    store = Store.open(db_path(args))
    if alias is None:
        _list(store, model, args)
    else:
        move = set_alias(store, model, alias, version) if version else remove_alias(store, model, alias)
        sys.stdout.write(terminal(_said(move)) + "\n")
    pass_on(store)
    return DONE


def _list(store: Store, model: str, args: argparse.Namespace) -> None:
    found = list_aliases(store, model)
    if found or args.format != "table":
        put(listed(found, args.format, ALIASES, Alias), args)
    else:
        put(terminal(f"no aliases of {model} yet: fitment alias {model} production VERSION") + "\n", args)


def _said(move: AliasMove) -> str:
    name = f"{move.alias} of {move.model}"
    if not move.changed:
        return f"{name} {'is gone' if move.tag is None else f'is {move.tag}'} already: nothing changed"
    if move.tag is None:
        return f"{name} is gone (was {move.before})"
    return f"{name} is {move.tag}" + (f" (was {move.before})" if move.before else "")
