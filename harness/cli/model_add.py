"""``fitment model add``: describe a model by hand."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from ...registry.cards.read import read_card_file
from ...registry.cards.to_record import with_card
from ...registry.catalogue.describe_model import Described, describe_model
from ...registry.catalogue.model_record import BaseModel, ModelRecord
from ...registry.catalogue.model_sizes import parameter_count
from ...registry.catalogue.sound_models import RELATIONS
from ...registry.errors import DONE
from ...registry.report.text import terminal
from ...registry.storage.store import Store
from .notices import pass_on
from .options import add_db_path, db_path

LISTS = {
    "tag": "such as chat",
    "training-data": "a data set that it was trained on",
    "restriction": "what its makers exclude beyond the licence, such as non-commercial",
    "measured-as": "a name under which results of it are stored",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.add_argument("model", metavar="ID", help="such as meta-llama/Llama-2-7b-hf")
    parser.add_argument("--version", metavar="V", help="default: the one that is recorded, else none")
    parser.add_argument("--name", metavar="TEXT", help="for people to read")
    parser.add_argument("--organisation", metavar="TEXT", help="who made it")
    parser.add_argument(
        "--licence", metavar="L", help="as declared: an SPDX expression, a hub's tag, or a text"
    )
    parser.add_argument("--parameters", metavar="N", help="such as 7B or 350M")
    parser.add_argument("--size-gb", metavar="GB", type=float, help="of its files, in 1e9 bytes")
    parser.add_argument("--architecture", metavar="TEXT", help="such as LlamaForCausalLM")
    parser.add_argument("--task", metavar="TEXT", help="such as text-generation")
    parser.add_argument("--released", metavar="DATE", type=_date, help="such as 2023-07-18")
    parser.add_argument("--downloads", metavar="N", type=int)
    parser.add_argument("--rating", metavar="R", type=float, help="from 0 to 5")
    for name, help_ in LISTS.items():
        parser.add_argument(
            f"--{name}", metavar="TEXT", action="append", default=[], help=f"{help_}; may be given again"
        )
    parser.add_argument(
        "--base-model",
        metavar="ID[:RELATION]",
        type=_base,
        action="append",
        default=[],
        help=f"what it was made from, and how: {', '.join(RELATIONS)}; may be given again",
    )
    parser.add_argument(
        "--url",
        metavar="KIND=URL",
        type=_pair,
        action="append",
        default=[],
        help="such as home=https://…; may be given again",
    )
    parser.add_argument(
        "--metric",
        metavar="NAME=X",
        type=_metric,
        action="append",
        default=[],
        help="as its makers declare it, such as mmlu=0.62; may be given again",
    )
    parser.add_argument(
        "--card", metavar="FILE", type=Path, help="a model card, of which is taken what isn't said here"
    )
    add_db_path(parser)


def run(args: argparse.Namespace) -> int:
    """The exit code. What isn't said stays as recorded. Raises RefusedError, QuestionError, CardError."""
    said = ModelRecord(
        model_id=args.model,
        name=args.name,
        organisation=args.organisation,
        licence=args.licence,
        restrictions=tuple(args.restriction),
        parameters=None if args.parameters is None else parameter_count(args.parameters),
        size_bytes=None if args.size_gb is None else _bytes(args.size_gb),
        architecture=args.architecture,
        task=args.task,
        tags=tuple(args.tag),
        training_data=tuple(args.training_data),
        base_models=tuple(args.base_model),
        released_on=args.released,
        urls=dict(args.url),
        metrics=dict(args.metric),
        downloads=args.downloads,
        rating=args.rating,
        measured_as=tuple(args.measured_as),
    )
    if args.card is not None:
        said = with_card(said, read_card_file(args.card))
    store = Store.open(db_path(args), create=True)
    sys.stdout.write(terminal(_said(describe_model(store, said, args.version))) + "\n")
    pass_on(store)
    return DONE


def _said(done: Described) -> str:
    name = f"{done.record.model_id} {done.record.version}".strip()
    if not done.changed:
        return f"{name} is recorded so already: nothing changed"
    return f"{name} is {'added' if done.added else 'changed'}"


def _bytes(gigabytes: float) -> int:
    return round(gigabytes * 1e9) if abs(gigabytes) < 1e9 else -1  # which no record takes


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a date such as 2023-07-18 is needed, not {text[:40]!r}") from None


def _base(text: str) -> BaseModel:
    """A base model with its relation, where one of those stands behind the last colon."""
    name, _, relation = text.rpartition(":")
    return BaseModel(name, relation) if relation in RELATIONS else BaseModel(text, None)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"NAME=VALUE is needed, not {text[:40]!r}")
    return name.strip(), value.strip()


def _metric(text: str) -> tuple[str, float]:
    name, value = _pair(text)
    try:
        return name, float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a number such as mmlu=0.62 is needed, not {text[:40]!r}") from None
