"""Writes what the kernels reached into README.md and docs/kernels.md.

``python -m benchmarks.tables JSON`` prints the tables of pytest-benchmark's JSON; with ``--write`` they go
between the markers of docs/kernels.md, and a summary of the contests that have a goal between README.md's.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
START, END = "<!-- make bench writes this -->", "<!-- up to here -->"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rival in one contest: the rounds of both, in seconds, each pair measured in turn."""

    goal: str  # K1 … K10, "" without
    title: str
    rows: int
    rival: str
    least: float | None  # of theirs / ours
    ours_s: list[float]
    theirs_s: list[float]

    @property
    def ratios(self) -> list[float]:
        """Theirs over ours, round by round."""
        return [theirs / ours for ours, theirs in zip(self.ours_s, self.theirs_s, strict=True)]

    def cells(self) -> list[str]:
        """This outcome as the cells of a row of the table."""
        times = milliseconds(self.ours_s), milliseconds(self.theirs_s)
        who = self.goal, self.title, f"{self.rows:,}", self.rival
        return [*who, *times, self.ratio, self.spread, self.verdict]

    def summary(self) -> str:
        """Rival, ratio, spread and goal in few words."""
        goal = f"; {self.verdict}" if self.verdict else ""
        return f"{self.rival} {self.ratio} ({self.spread}{goal})"

    @property
    def ratio(self) -> str:
        """The median of the ratios; a share of a bound is no multiple."""
        return number(statistics.median(self.ratios)) + self._unit

    @property
    def spread(self) -> str:
        """The least and the most of the ratios."""
        return f"{number(min(self.ratios))} … {number(max(self.ratios))}"

    @property
    def verdict(self) -> str:
        """The goal, and whether it was missed."""
        if self.least is None:
            return ""
        missed = statistics.median(self.ratios) < self.least
        return f"≥ {self.least:g}{self._unit}{' missed' if missed else ''}"

    @property
    def _unit(self) -> str:
        return "" if self.least is not None and self.least < 1 else "x"


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in each round, and its limit."""

    goal: str
    title: str
    unit: str
    limit: float | None
    rounds: list[float]

    @property
    def median(self) -> float:
        """What is claimed."""
        return statistics.median(self.rounds)

    def cells(self) -> list[str]:
        """This claim as the cells of a row of the table."""
        spread = f"{number(min(self.rounds))} … {number(max(self.rounds))}"
        missed = self.limit is not None and self.median > self.limit
        limit = "" if self.limit is None else f"≤ {self.limit:g}{' missed' if missed else ''}"
        return [self.goal, self.title, number(self.median), spread, self.unit, limit]


def number(x: float) -> str:
    """At least three digits: 0.643, 5.12, 41.7, 312, 12,345."""
    decimals = 3 if x < 1 else 2 if x < 10 else 1 if x < 100 else 0
    return f"{x:,.{decimals}f}"


def milliseconds(seconds: Iterable[float]) -> str:
    """The median, in ms."""
    return number(1e3 * statistics.median(seconds))


def outcomes(found: dict[str, Any]) -> Iterator[Outcome]:
    """All contests of pytest-benchmark's JSON, in order of their goals."""
    for benchmark in _by_goal(found, "ours_s"):
        facts = benchmark["extra_info"]
        yield Outcome(**facts, theirs_s=benchmark["stats"]["data"])


def claims(found: dict[str, Any]) -> Iterator[Claim]:
    """All figures with limits of pytest-benchmark's JSON."""
    for benchmark in _by_goal(found, "claims"):
        yield from (Claim(**facts) for facts in benchmark["extra_info"]["claims"])


def _by_goal(found: dict[str, Any], key: str) -> list[dict[str, Any]]:
    chosen = [b for b in found["benchmarks"] if key in b["extra_info"]]
    return sorted(chosen, key=lambda b: int(b["extra_info"].get("goal", "")[1:] or 99))


def markdown(head: list[str], rows: list[list[str]], right: set[int]) -> list[str]:
    """A table in Markdown; ``right``: the columns that are numbers."""
    rule = ["---:" if i in right else "---" for i in range(len(head))]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def machine(found: dict[str, Any]) -> str:
    """Which machine, which versions, and when."""
    facts = found["machine_info"]
    cpu = facts["cpu"]
    brand = cpu.get("brand_raw", "unknown CPU")
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    memory = f"{facts['memory_bytes'] / 2**30:.0f} GiB"
    return (
        f"{brand}, {cpu.get('count', '?')} cores, {memory}; Python {facts['python_version']}, {versions}; "
        f"{found['datetime'][:10]}. One thread each, unless said. Each round times ours and then theirs: "
        "the ratio is the median over the rounds of theirs / ours, with the least and the most beside it."
    )


def tables(found: dict[str, Any]) -> str:
    """Every contest and every figure, below the line about the machine."""
    head = ["", "contest", "rows", "rival", "ours, ms", "theirs, ms", "ratio", "least … most", "goal"]
    contests = markdown(head, [o.cells() for o in outcomes(found)], {2, 4, 5, 6, 7})
    return "\n".join([machine(found), "", *contests, "", *figures(claims(found))])


def figures(chosen: Iterable[Claim]) -> list[str]:
    """The table of figures with limits."""
    head = ["", "figure", "median", "least … most", "unit", "limit"]
    return markdown(head, [claim.cells() for claim in chosen], {2, 3})


def summary(found: dict[str, Any]) -> str:
    """One line for each contest that has a goal, and the worst figure of each kind."""
    lines: dict[tuple[str, str, int], list[Outcome]] = {}
    for outcome in outcomes(found):
        if outcome.goal:
            lines.setdefault((outcome.goal, outcome.title, outcome.rows), []).append(outcome)
    rows = [
        [goal, title, f"{n:,}", milliseconds(rivals[0].ours_s), ", ".join(o.summary() for o in rivals)]
        for (goal, title, n), rivals in lines.items()
    ]
    head = ["", "contest", "rows", "ours, ms", "theirs / ours (least … most; goal)"]
    worst: dict[tuple[str, str, float | None], Claim] = {}
    for claim in sorted(claims(found), key=lambda claim: claim.median):
        worst[claim.goal, claim.unit, claim.limit] = claim
    return "\n".join([machine(found), "", *markdown(head, rows, {2, 3}), "", *figures(worst.values())])


def written(text: str, table: str) -> str:
    """``text`` with ``table`` between its markers. Raises ValueError where it lacks them."""
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"the lines {START} and {END} are missing")
    return f"{before}{START}\n\n{table}\n\n{END}{after}"


def main() -> None:
    """Prints the tables; writes them where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("json", type=Path)
    parser.add_argument("--write", action="store_true", help="into README.md and docs/kernels.md")
    arguments = parser.parse_args()
    found = json.loads(arguments.json.read_text(encoding="utf-8"))
    print(tables(found))
    if arguments.write:
        for name, table in (("README.md", summary(found)), ("docs/kernels.md", tables(found))):
            text = (ROOT / name).read_text(encoding="utf-8")
            (ROOT / name).write_text(written(text, table), encoding="utf-8")


if __name__ == "__main__":
    main()
