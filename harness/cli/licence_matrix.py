"""``fitment licence matrix``: several models in one product, each against its licence and in pairs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ...registry.errors import DONE, NoResultsError, UnknownNameError
from .licence import FORMATS, add_facts, add_relation, as_json, context_of, outbound_of
from .options import add_db_path, db_path
from .output import add_output, put

if TYPE_CHECKING:
    from ...registry.licences.product import Part


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("models", metavar="MODEL", nargs="+", help="a model of the catalogue, or a licence")
    parser.add_argument("--outbound", metavar="A", help="the licence of the product")
    add_relation(parser, "merge_into_one_work")
    add_facts(parser)
    parser.add_argument("--format", choices=FORMATS, default="table")
    add_output(parser)
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 whatever the verdicts are. Raises UnknownNameError for what is neither."""
    from ...registry.licences.product import product
    from ...registry.licences.verdicts import Relation
    from ...registry.report.licence_tables import product_text

    found = product(_parts(args), outbound_of(args), Relation(args.relation), context_of(args))
    put(as_json(found) if args.format == "json" else product_text(found), args)
    return DONE


def _parts(args: argparse.Namespace) -> list[Part]:
    """The models with their declared licences; what is no model of the store is a licence's name."""
    from ...registry.catalogue.model_records import find_record
    from ...registry.licences.product import Part
    from ...registry.storage.store import Store

    try:
        store = Store.open(db_path(args))
    except NoResultsError:
        if args.db_path is not None:
            raise
        return [_licence(name) for name in args.models]
    found = []
    with store.reading() as connection:
        for name in args.models:
            try:
                record = find_record(connection, name)
            except UnknownNameError as error:
                found.append(_licence(name, error))
            else:
                found.append(Part(record.model_id, record.licence))
    return found


def _licence(name: str, unknown: UnknownNameError | None = None) -> Part:
    from ...registry.licences.expressions import ExpressionError, Name, tree
    from ...registry.licences.identifiers import UNMAPPED, named
    from ...registry.licences.product import Part

    try:
        known = not isinstance(tree(name), Name) or named(name).state != UNMAPPED
    except ExpressionError:
        known = False
    if known:
        return Part(name, name)
    if unknown is not None:
        raise UnknownNameError(f"{unknown}; it is no licence either")
    raise UnknownNameError(f'"{name}" is no licence, and there is no store whose models it could be one of')
