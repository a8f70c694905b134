"""How fast a lineage is built and asked, beside networkx and scipy: ``python -m benchmarks.lineage``.

An ecosystem of the published shape is made (``benchmarks.ecosystem``), and one of a twentieth. First every
column that ours makes of the small one is held against the networkx reference; where they differ, the
program ends. Then ours builds the whole one from CSV and from Parquet, a command of its own each time, and
networkx the small one, row by row and from zipped columns; its seconds are multiplied by the scale, and
``--reference-full`` also measures it in full. Then both are asked, warm; scipy where it has the same thing.

Seconds of the processor, one thread, a process of its own for each rival, in turns; "wall" are seconds on the
clock. Ours counts all of ``fitment lineage build`` from the start of Python to the journal on the disk, the
reference only the building, without imports and without the memory of libraries. Our commands run without
SciPy, coverage and pandas: Fitment needs none of them, but Numba and pyarrow load them where they are. Of
sets the slowest of 75 is told: of the models with the most children, the deepest, and any others; with
networkx of the first 25.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.ecosystem import make
from benchmarks.ecosystem_shape import MODELS, Shape
from benchmarks.lineage_runs import (
    ONE_THREAD,
    Used,
    command,
    differences,
    networkx_build,
    networkx_questions,
    of_note,
    our_questions,
    scipy_questions,
)
from benchmarks.store_scores import folder, fresh, machine
from benchmarks.tables import markdown, number

SCALE = 20
ROUNDS = 5
GB = 1e9
WAYS = {"by_rows": "networkx, row by row", "by_columns": "networkx, zipped columns"}
Times = Sequence[float]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was timed, its goal, and a rival: its seconds, times so much."""

    what: str
    ours: Times
    unit: str = "s"
    most: float | None = None
    rival: str = ""
    theirs: Times = field(default=())
    times: int = 1
    least: float | None = None  # of the ratio

    def cells(self) -> list[str]:
        """The cells of a row of the table."""
        ours, spread = number(statistics.median(self.ours)), _spread(self.ours)
        return [self.what, f"{ours} {self.unit}", spread, self._goal, self.rival, *self._compared]

    @property
    def ratios(self) -> Times:
        """Theirs over ours: round by round where they have as many, else over the median."""
        theirs = [self.times * each for each in self.theirs]
        if len(theirs) == len(self.ours):
            return [other / own for own, other in zip(self.ours, theirs, strict=True)]
        return [other / statistics.median(self.ours) for other in theirs]

    @property
    def _compared(self) -> list[str]:
        if not self.theirs:
            return ["", "", ""]
        theirs = number(self.times * statistics.median(self.theirs))
        shown = f"{theirs} {self.unit}" + (f" (× {self.times})" if self.times > 1 else "")
        return [shown, f"{number(statistics.median(self.ratios))}x", _spread(self.ratios)]

    @property
    def _goal(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g}{_missed(statistics.median(self.ours) > self.most)}"
        if self.least is not None:
            return f"≥ {self.least:g}x{_missed(statistics.median(self.ratios) < self.least)}"
        return ""


HEAD = ["", "ours", "least … most", "goal", "rival", "theirs", "ratio", "least … most"]


def main(arguments: list[str] | None = None) -> None:
    """Prints whether the two agree, and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--models", type=int, default=MODELS)
    parser.add_argument("--scale", type=int, default=SCALE, help="the reference gets this part of them")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--reference-full", action="store_true", help="networkx row by row in full, once")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where files and stores are, or are left")
    given = parser.parse_args(arguments)
    os.environ |= ONE_THREAD
    rivals = ", ".join(f"{name} {version(name)}" for name in ("networkx", "pandas", "scipy"))
    print(f"{machine()}, {rivals}; load {os.getloadavg()[0]:.2f} at the start\n")
    with folder(given.keep) as where:
        files = _files(where, given.models, given.scale)
        print(_agreement(where, files.part), flush=True)
        print(f"{given.models:,} models; × {given.scale}: measured at 1/{given.scale} of them\n")
        print("\n".join(markdown(HEAD, [], {1, 2, 5, 6, 7})), flush=True)
        for row in (
            *_building(where, files, given.scale, given.rounds, in_full=given.reference_full),
            *_asking(where, files.part, given.scale, given.rounds),
        ):
            print(f"| {' | '.join(row.cells())} |", flush=True)


@dataclass(frozen=True, slots=True)
class Files:
    """One ecosystem in two forms, and a smaller one."""

    csv: Path
    parquet: Path
    part: Path


def _files(where: Path, models: int, scale: int) -> Files:
    """Made where they are missing."""
    few = round(models / scale)
    names = {f"models-{models}.csv": models, f"models-{models}.parquet": models, f"models-{few}.csv": few}
    for name, count in names.items():
        if not (where / name).exists():
            fresh(_make, where / f"making-{name}", count)
            (where / f"making-{name}").rename(where / name)
        print(f"{name}: {(where / name).stat().st_size / 1e6:,.0f} MB")
    return Files(*(where / name for name in names))


def _make(path: Path, models: int) -> None:
    make(path, Shape().of(models))


def _agreement(where: Path, file: Path) -> str:
    """A line; ends the program where ours and the reference make other columns of ``file``."""
    store = _new(where, "part")
    command("lineage", "build", str(file), "--db-path", str(store))
    found = fresh(differences, store, file)
    if found:
        sys.exit("\n".join(["the two disagree:", *found]))
    return f"both make the same columns of {file.name}: ids, figures, dates, traits, edges, types, changes\n"


def _building(where: Path, files: Files, scale: int, rounds: int, *, in_full: bool) -> Iterator[Row]:
    """In turns. The store of the last round stays. What is resident is ours with all libraries."""
    ours: dict[Path, list[Used]] = {files.csv: [], files.parquet: []}
    theirs: dict[str, list[Used]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for file, used in ours.items():
            used.append(command("lineage", "build", str(file), "--db-path", str(_new(where, "whole"))))
        for way, found in theirs.items():
            found.append(fresh(networkx_build, files.part, way))
    csv, parquet = ours[files.csv], ours[files.parquet]
    rows, columns = (_cpu(theirs[way]) for way in WAYS)
    yield Row("build from CSV", _cpu(csv), "s", None, WAYS["by_rows"], rows, scale, 60.0)
    yield Row("build from CSV", _cpu(csv), "s", None, WAYS["by_columns"], columns, scale)
    yield Row("build from Parquet", _cpu(parquet), most=5.0)
    yield Row("most memory, CSV", _peaks(csv), "GB", 1.0, WAYS["by_rows"], _peaks(theirs["by_rows"]), scale)
    yield Row("most memory, Parquet", _peaks(parquet), "GB", 1.0)
    yield Row("build from CSV, wall", [each.wall_s for each in csv])
    yield Row("build from Parquet, wall", [each.wall_s for each in parquet])
    if in_full:
        used = [fresh(networkx_build, files.csv, "by_rows")]
        name = f"{WAYS['by_rows']}, in full"
        yield Row("build from CSV", _cpu(csv), "s", None, name, _cpu(used), 1, 60.0)
        yield Row("most memory, CSV", _peaks(csv), "GB", 1.0, name, _peaks(used))


def _asking(where: Path, part: Path, scale: int, rounds: int) -> Iterator[Row]:
    """Ours and scipy of the whole, networkx of the part."""
    store = _store(where, "whole")
    own = fresh(our_questions, store, rounds)
    networkx, scipy = fresh(networkx_questions, part, rounds), fresh(scipy_questions, store, rounds)

    def row(what: str, name: str, most: float, rival: str = "", theirs: Times = (), times: int = 1) -> Row:
        return Row(what, _ms(own[name]), "ms", most, rival, _ms(theirs), times)

    strong, weak = "strong components and depth of all", "weak components"
    yield row(strong, "strong and depth", 150, "networkx", networkx["strong and depth"], scale)
    yield row(strong, "strong and depth", 150, "scipy, without depth", scipy["strong"])
    yield row(weak, "weak", 80, "networkx", networkx["weak"], scale)
    yield row(weak, "weak", 80, "scipy", scipy["weak"])
    yield row("slowest set of descendants", "descendants", 10, "networkx", networkx["descendants"], scale)
    yield row("the same, one of many questions", "descendants of many", 10)
    yield row("slowest set of ancestors", "ancestors", 10)
    yield row("the same, one of many questions", "ancestors of many", 10)
    yield row("licence-audit of all", "licence-audit", 1000)
    yield from _commands(store, rounds)


def _commands(store: Path, rounds: int) -> Iterator[Row]:
    """Questions from a shell, in a process that has loaded nothing."""
    deepest, largest = fresh(of_note, store)
    asked = {
        "ancestors MODEL": (["ancestors", deepest], 0.6),
        "descendants MODEL": (["descendants", largest], 0.6),
        "stats": (["stats"], 0.6),
        "descendants MODEL --format csv": (["descendants", largest, "--format", "csv"], None),  # all of them
    }
    for shown, (words, most) in asked.items():
        used = [command("lineage", *words, "--db-path", str(store)) for _ in range(rounds)]
        yield Row(f"`fitment lineage {shown}`, wall", [each.wall_s for each in used], most=most)
        yield Row("the same, of the processor", _cpu(used))


def _new(where: Path, name: str) -> Path:
    """Where a store may be made: that of an earlier round, its journal and arrays are gone."""
    shutil.rmtree(where / name, ignore_errors=True)
    (where / name).mkdir()
    return _store(where, name)


def _store(where: Path, name: str) -> Path:
    return where / name / "lineage.duckdb"


def _cpu(used: Sequence[Used]) -> Times:
    return [each.cpu_s for each in used]


def _ms(seconds: Times) -> Times:
    return [1e3 * each for each in seconds]


def _peaks(used: Sequence[Used]) -> Times:
    return [each.peak_bytes / GB for each in used]


def _spread(values: Times) -> str:
    return f"{number(min(values))} … {number(max(values))}"


def _missed(is_missed: bool) -> str:
    return " missed" if is_missed else ""


if __name__ == "__main__":
    main()
