"""What the verbs of ``fitment licence`` share: the facts of a use, and the answer's forms."""

from __future__ import annotations

import argparse
import json
import math
import re
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...registry.licences.verdicts import Context

FORMATS = ("table", "json")
RELATIONS = (
    *("code_into", "adapt", "remix", "finetune_release", "merge", "merge_into_one_work", "distill_output"),
    *(
        "train_on_dataset",
        "redistribute",
        "relabel_weights",
        "repo_loads_weights",
        "serve_api",
        "commercial_use",
    ),
)


def add_facts(parser: argparse.ArgumentParser) -> None:
    """Adds the facts that conditions ask for; one that isn't stated stays open."""
    stated = argparse.BooleanOptionalAction
    parser.add_argument("--commercial", action=stated, help="whether the use is commercial")
    parser.add_argument("--mau", metavar="N", type=_count, help="monthly active users of the products")
    parser.add_argument("--revenue", metavar="USD", type=_amount, help="yearly revenue in US dollars")
    parser.add_argument(
        "--territory", metavar="CODE", type=_territory, help="where the licensee is domiciled: DE, US, EU …"
    )
    parser.add_argument("--model-name", metavar="NAME", help="of the model that is released")
    parser.add_argument("--hosted", action=stated, help="whether it is hosted for others")
    parser.add_argument("--modified", action=stated, help="whether it is modified")


def add_relation(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Adds ``--relation``, what is done with the inbound work."""
    parser.add_argument(
        "--relation",
        choices=RELATIONS,
        required=default is None,
        default=default,
        metavar="RELATION",
        help=f"what is done: {', '.join(RELATIONS)}" + (f" (default: {default})" if default else ""),
    )


def context_of(args: argparse.Namespace) -> Context:
    """The facts that the arguments state."""
    from ...registry.licences.verdicts import Context

    return Context(
        commercial=args.commercial,
        monthly_active_users=args.mau,
        yearly_revenue_usd=args.revenue,
        territory=args.territory,
        model_name=args.model_name,
        hosted=args.hosted,
        modified=args.modified,
    )


def outbound_of(args: argparse.Namespace) -> str | None:
    """The outbound licence; "-" is none, as in files of cases."""
    chosen: str | None = args.outbound
    return None if chosen == "-" else chosen


def as_json(found: object) -> str:
    """The answer (dataclasses, tuples of them) as JSON, with the disclaimer where it is one object."""
    from ...registry.licences.check import DISCLAIMER

    value = asdict(found) if is_dataclass(found) and not isinstance(found, type) else found
    told: Any = {**value, "disclaimer": DISCLAIMER} if isinstance(value, dict) else value
    return json.dumps(told, indent=2, allow_nan=False, default=str) + "\n"


def _count(text: str) -> int:
    plain = text.replace(",", "").replace("_", "")
    if not re.fullmatch(r"[0-9]{1,12}", plain):
        raise argparse.ArgumentTypeError(f"a whole number of users is needed, not {text[:40]!r}")
    return int(plain)


def _amount(text: str) -> float:
    plain = text.replace(",", "").replace("_", "")
    amount = float(plain) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]+)?([eE][0-9]{1,2})?", plain) else math.nan
    if not math.isfinite(amount):
        raise argparse.ArgumentTypeError(f"an amount of US dollars is needed, not {text[:40]!r}")
    return amount


def _territory(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise argparse.ArgumentTypeError(
            f"a code of two letters is needed, such as DE or EU, not {text[:40]!r}"
        )
    return text.upper()
