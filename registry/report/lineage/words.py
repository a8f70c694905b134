"""How reports on a lineage word counts, shares, days and edges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ... import units
from ...lineage.kinds import View
from ...lineage.questions.rows import Number


def along(view: View) -> str:
    """`` along finetune edges``; empty for all edges."""
    return "" if view.name == "all" else f" along {view.name} edges"


def amount(value: Number) -> str:
    """Likes or downloads in full: ``1,234``."""
    return units.ABSENT if value is None else f"{value:,}"


def change(value: Number, relative: Number) -> str:
    """``+12 (+300%)``, with the share where there is one."""
    if value is None:
        return units.ABSENT
    share = "" if relative is None else f" ({100 * relative:+,.0f}%)"
    return f"{value:+,}{share}"


def day(moment: datetime | None) -> str | None:
    """``2024-01-02``."""
    return None if moment is None else f"{moment:%Y-%m-%d}"


def percent(value: float | None) -> str | None:
    """``7.9%``; None where it is not known."""
    return None if value is None else f"{value:.1%}"


def several(n: int | float, one: str, many: str | None = None) -> str:
    """``1 family``, ``2,000 families``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def interval(low: float | None, high: float | None, form: str = ".1%") -> str | None:
    """``7.7% … 8.1%``; None where it is not known."""
    return None if low is None or high is None else f"{low:{form}} … {high:{form}}"


def left_out(n: int) -> str:
    """That a table lacks so many rows, and how to get them."""
    return f"{n:,} more: --limit N shows more, --format csv all"


def made_by(label: str | None, kinds: Iterable[str]) -> str:
    """The kinds of an edge, the one that labels it first; empty where there is no edge."""
    return "" if label is None else ", ".join([label, *(kind for kind in kinds if kind != label)])
