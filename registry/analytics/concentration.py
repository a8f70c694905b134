"""How far few organisations hold most of it: of the models, and of the downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

TOP = (1, 3, 10)
_AMOUNTS = {"models": "count(*)", "downloads": "sum(downloads)"}
_KNOWN = {"models": "true", "downloads": "downloads IS NOT NULL"}
_HELD = """WITH held AS (
    SELECT organisation, CAST({amount} AS DOUBLE) AS amount, count(*) AS models
    FROM chosen WHERE organisation IS NOT NULL AND {known} GROUP BY organisation
)"""


@dataclass(frozen=True, slots=True)
class Holder:
    """One organisation's part."""

    organisation: str
    amount: int
    share: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """How an amount is spread over organisations. Figures are None where they say nothing.

    hhi: the sum of the squared shares, from 1/n (all alike) to 1 (one has all); Hirschman, The Paternity
    of an Index, American Economic Review 54 (1964). effective: 1 / hhi, so many organisations of one size
    would be as concentrated. gini: Σ (2 i − n − 1) x_i / (n Σ x) over ascending x, from 0 (all alike) to
    1 − 1/n; Sen, On Economic Inequality (1973), chapter 2; it needs two. top: the share of the first 1, 3
    and 10 together.
    """

    of_what: str  # "models" | "downloads"
    n: int  # organisations
    models: int  # that are counted
    left_out: int  # models without an organisation, or without the figure
    total: int
    hhi: float | None
    effective: float | None
    gini: float | None
    top: tuple[tuple[int, float], ...]  # (k, share); only k < n says something
    holders: tuple[Holder, ...]  # the first ten


def concentration(con: duckdb.DuckDBPyConnection, of_what: str) -> Concentration:
    """How ``chosen`` is spread over organisations, by "models" or "downloads"."""
    amounts = _HELD.format(amount=_AMOUNTS[of_what], known=_KNOWN[of_what])
    ((n, models, total, squares, ranked),) = con.execute(
        f"""{amounts}, ordered AS (
            SELECT *, row_number() OVER (ORDER BY amount, organisation) AS i, count(*) OVER () AS n FROM held
        ) SELECT count(*), coalesce(sum(models), 0), coalesce(sum(amount), 0), sum(amount * amount),
            sum((2 * i - n - 1) * amount) FROM ordered"""  # noqa: S608 - our own words
    ).fetchall()
    ((of_all,),) = con.execute("SELECT count(*) FROM chosen").fetchall()
    first = con.execute(
        f"{amounts} SELECT organisation, amount FROM held ORDER BY amount DESC, organisation LIMIT {TOP[-1]}"  # noqa: S608
    ).fetchall()
    hhi = squares / total**2 if total else None
    shares = [amount / total if total else 0.0 for _, amount in first]
    return Concentration(
        of_what=of_what,
        n=n,
        models=int(models),
        left_out=of_all - int(models),
        total=int(total),
        hhi=hhi,
        effective=1 / hhi if hhi else None,
        gini=ranked / (n * total) if total and n > 1 else None,
        top=tuple((k, sum(shares[:k])) for k in TOP if k < n) if total else (),
        holders=tuple(
            Holder(name, int(amount), share) for (name, amount), share in zip(first, shares, strict=True)
        ),
    )
