"""What a licence asks of the one who uses it: thresholds, territory, purpose, names, against what is stated.

A fact that nobody stated leaves a condition; a stated one resolves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import Clause, Licence
from .combine import Finding, said
from .verdicts import Context, Verdict

# Members of the European Union, ISO 3166 alpha-2.
EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)
DUTIES = (
    "obligation.copy_of_licence",
    "obligation.notice",
    "obligation.state_changes",
    "obligation.register",
)
SHOWN = ("obligation.built_with", "obligation.documentation", "obligation.source")


def thresholds(licence: Licence, context: Context) -> Iterator[Finding]:
    """Limits on how many use it, on revenue and on where the licensee is."""
    users, revenue = licence.clause("limit.mau"), licence.clause("limit.revenue")
    if users is not None:
        yield _limit(users, context.monthly_active_users, "monthly active users", "--mau", context)
    if revenue is not None:
        yield _limit(
            revenue, context.yearly_revenue_usd, "US dollars of yearly revenue", "--revenue", context
        )
    territory = licence.clause("limit.territory")
    if territory is not None:
        yield _territory(territory, context.territory)


def purpose(licence: Licence, context: Context) -> Iterator[Finding]:
    """A limit to non-commercial or research use, against whether the use is commercial."""
    limit = licence.clause("limit.nc")
    if limit is None:
        return
    if context.commercial is None:
        yield said(
            limit, Verdict.CONDITIONAL, need="whether the use is commercial (--commercial, --no-commercial)"
        )
    elif context.commercial:
        yield said(limit, Verdict.INCOMPATIBLE)
    else:
        yield said(limit, Verdict.COMPATIBLE, need=f"keep the use within this: {limit.text}")


def name(licence: Licence, context: Context, reach: str) -> Iterator[Finding]:
    """How a model's name has to begin, where that clause reaches ``derivatives`` or ``outputs``."""
    prefix = licence.clause("obligation.name_prefix")
    if prefix is None or reach not in prefix.reach:
        return
    begins = str(prefix.value)
    if context.model_name is None:
        need = f'the name of the released model (--model-name): it has to begin with "{begins}"'
        yield said(prefix, Verdict.CONDITIONAL, need=need)
    elif _plain(context.model_name.rsplit("/", 1)[-1]).startswith(_plain(begins)):
        yield said(prefix, Verdict.COMPATIBLE)
    else:
        text = f'the name "{context.model_name}" doesn\'t begin with "{begins}": {prefix.text}'
        yield said(prefix, Verdict.INCOMPATIBLE, text)


def duties(licence: Licence, reach: str = "copies") -> Iterator[Finding]:
    """Ordinary duties: copies of the licence, notices, what has to be shown. They leave it compatible."""
    for key in (*DUTIES, *SHOWN):
        clause = licence.clause(key)
        if clause is not None and (reach in clause.reach or (reach == "copies" and not clause.reach)):
            yield said(clause, Verdict.COMPATIBLE, need=clause.text)
    field = licence.clause("limit.field_of_use")
    if field is not None:
        yield said(field, Verdict.COMPATIBLE, need=field.text)


def _limit(clause: Clause, stated: float | None, unit: str, option: str, context: Context) -> Finding:
    most = int(str(clause.value))
    if "commercial_only" in clause.reach and context.commercial is False:
        return said(clause, Verdict.COMPATIBLE, f"reaches commercial use alone: {clause.text}")
    if stated is None:
        return said(clause, Verdict.CONDITIONAL, need=f"{unit} ({option}): at most {most:,}")
    if stated > most:
        return said(clause, Verdict.INCOMPATIBLE, f"{stated:,} {unit} are more than {most:,}: {clause.text}")
    return said(clause, Verdict.COMPATIBLE, f"{stated:,} {unit}, at most {most:,}")


def _territory(clause: Clause, stated: str | None) -> Finding:
    outside = clause.value if isinstance(clause.value, tuple) else (str(clause.value),)
    need = f"where the licensee is domiciled (--territory): outside of {', '.join(outside)}"
    if stated is None:
        return said(clause, Verdict.CONDITIONAL, need=need)
    place = stated.strip().upper()
    if place in outside or ("EU" in outside and place in EU):
        if "part" in clause.reach:  # of the materials: the rest is granted there
            return said(clause, Verdict.CONDITIONAL, need=clause.text)
        return said(clause, Verdict.INCOMPATIBLE)
    if place == "EU" and EU & set(outside):
        return said(clause, Verdict.CONDITIONAL, need=need)
    return said(clause, Verdict.COMPATIBLE, f"the licensee is in {place}, outside of {', '.join(outside)}")


def _plain(text: str) -> str:
    return re.sub(r"[\s_\-.]+", "", text).casefold()
