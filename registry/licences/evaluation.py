"""Cases with known answers against what the rules answer: a confusion matrix, and why each miss was one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..errors import ImportFileError
from .check import check
from .verdicts import Judged, Relation, Verdict

COLUMNS = ("licence_a", "licence_b", "relation", "expected")
NO_LICENCE = "-"  # in licence_a: the question has no outbound side
UNSAFE = (Verdict.INCOMPATIBLE, Verdict.UNKNOWN)

Kind = TypeVar("Kind", Relation, Verdict)


class CasesError(ImportFileError):
    """A file that holds no cases."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its known answer."""

    outbound: str | None
    inbound: str
    relation: Relation
    expected: Verdict
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A case and what the rules answer."""

    case: Case
    judged: Judged

    @property
    def right(self) -> bool:
        """Whether the answer is the known one."""
        return self.case.expected is self.judged.verdict


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All answers; ``counts[expected][answered]`` in the order of Verdict."""

    answers: tuple[Answered, ...]
    data_version: str

    @property
    def counts(self) -> dict[Verdict, dict[Verdict, int]]:
        """Cases by known answer (rows) and given answer (columns)."""
        table = {known: dict.fromkeys(Verdict, 0) for known in Verdict}
        for each in self.answers:
            table[each.case.expected][each.judged.verdict] += 1
        return table

    @property
    def recall(self) -> dict[Verdict, float | None]:
        """The share of each class that was answered right; None for a class without cases."""
        totals = {known: sum(row.values()) for known, row in self.counts.items()}
        return {known: self.counts[known][known] / n if n else None for known, n in totals.items()}

    @property
    def misses(self) -> tuple[Answered, ...]:
        """The answers that aren't the known ones."""
        return tuple(each for each in self.answers if not each.right)

    @property
    def unsafe(self) -> int:
        """How many incompatible or unknown cases were answered compatible."""
        return sum(self.counts[known][Verdict.COMPATIBLE] for known in UNSAFE)


def evaluate(cases: Sequence[Case]) -> Evaluation:
    """The rules' answers to the cases, without facts stated."""
    from .check import data_version

    found = [Answered(case, check(case.outbound, case.inbound, case.relation)) for case in cases]
    return Evaluation(tuple(found), data_version())


def cases_of(path: Path) -> tuple[Case, ...]:
    """The cases of a CSV file with the columns licence_a (outbound, "-" none), licence_b, relation, expected.

    Raises CasesError, which names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise CasesError(f"{path}: no column {', '.join(missing)}; cases have {', '.join(COLUMNS)}")
            return tuple(_case(row, path, reader.line_num) for row in reader)
    except OSError as error:
        raise CasesError(f"can't read {path}: {error.strerror}; name a CSV file of cases") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CasesError(f"{path} is no CSV file in UTF-8: {error}") from error


def _case(row: dict[str, str | None], path: Path, line: int) -> Case:
    outbound, inbound, relation, expected = ((row[column] or "").strip() for column in COLUMNS)
    try:
        return Case(
            None if outbound == NO_LICENCE else outbound,
            inbound,
            _one_of(Relation, relation),
            _one_of(Verdict, expected),
            row.get("source") or "",
            line,
        )
    except ValueError as error:
        raise CasesError(f"{path}:{line}: {error}") from None


def _one_of(kind: type[Kind], said: str) -> Kind:
    try:
        return kind(said)
    except ValueError:
        name, known = kind.__name__.lower(), ", ".join(kind)
        raise ValueError(f"{said[:40]!a} is no {name}: there are {known}") from None
