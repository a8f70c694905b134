"""``fitment lineage licence-audit``: whose declared licence drops a clause that descends to it."""

from __future__ import annotations

import argparse

from ...registry.errors import DONE
from .lineage import add_answer, add_view, opened, put_lines, view
from .options import positive

DEFINITION = (
    "A clause descends from every ancestor whose declared licence has it: non-commercial, use restrictions,"
    " copyleft and no derivatives, thresholds, naming. A declared licence keeps it by a clause of the same"
    " kind, copyleft by being a licence that the ancestor's names; else it drops it, whoever dropped it"
    " before. An adapter, and an edge whose kind nobody said, are taken for derivatives; --view derived"
    " leaves them out. Licences that aren't known, and models that declare none, are counted, never taken for"
    " kept. An engineering reading of clauses, not legal advice."
)
# registry/lineage/audit/findings.py has them; it loads NumPy, and help must not.
GROUPS = ("lost_nc", "lost_rail", "lost_copyleft", "lost_threshold", "lost_naming", "undeclared")
SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the verb's own."""
    parser.epilog = DEFINITION
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--model", metavar="MODEL", help="explain one: each clause, its way, who keeps it")
    one.add_argument(
        "--group",
        choices=GROUPS,
        metavar="GROUP",
        help=f"only clauses of one group, or what models without a licence inherit: {', '.join(GROUPS)}",
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        help=f"the N of the most downloaded (a table: {SHOWN}; else all)",
    )
    add_view(parser)
    add_answer(parser, ("table", "json", "csv"))


def run(args: argparse.Namespace) -> int:
    """The exit code: 0 whatever is found. Raises NoResultsError, UnknownNameError, OutputError."""
    return _explain(args) if args.model is not None else _audit(args)


def _explain(args: argparse.Namespace) -> int:
    from ...registry.lineage.audit.explained import explained
    from ...registry.lineage.questions.asked import number
    from ...registry.report.lineage.inheritance import explained_lines

    ecosystem = opened(args)
    found = explained(ecosystem, number(ecosystem, args.model), view(args))
    put_lines(explained_lines(found, args.format), args)
    return DONE


def _audit(args: argparse.Namespace) -> int:
    from ...registry.lineage.audit.audit import audit
    from ...registry.lineage.audit.findings import asked_for, inherited
    from ...registry.lineage.audit.summary import summary
    from ...registry.report.lineage.audit import audit_lines

    found = audit(opened(args), view(args))
    rows = asked_for(found, args.group)
    limit = args.limit or (SHOWN if args.format == "table" else len(rows))
    few = inherited(found, rows.take(slice(limit)))
    put_lines(audit_lines(summary(found), few, max(0, len(rows) - limit), args.format, args.group), args)
    return DONE
