"""How well and how fast the models of a repository are found: ``python -m benchmarks.usage_scan``.

First the corpus of hand-written snippets (``tests/registry/usage/corpus``): precision and recall of the scan
and of its naive rival, which looks for ``from_pretrained("…")`` and its like line by line; the held-out part
apart. Then the speed, in lines a second, over the standard library and the installed packages (``--tree``,
``--packages`` for others): in one process by its processor seconds, and in as many as there are cores by the
clock. The corpus again and again is the worst case: nearly every file of it is parsed.
"""

from __future__ import annotations

import argparse
import os
import re
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fitment.registry.usage import walk as walking
from fitment.registry.usage.readers import LARGEST_SOURCE
from fitment.registry.usage.scan import Scanned, scan
from fitment.registry.usage.walk import lines_of, read, walk

from benchmarks.store_scores import Claim, machine
from tests.registry.usage.snippets import HELD_OUT, PARTS, Expected, Snippet, found_in, score, snippets

ROUNDS = 3
LEAST = 200_000.0  # lines a second
COPIES = 30  # of the corpus
NAIVE = re.compile(
    rb"""(?:from_pretrained|pipeline|SentenceTransformer|CrossEncoder|create_model|hf_hub_download|snapshot_download|"""
    rb"""LLM|spacy\.load|load_model|YOLO)\(\s*(?:\w+\s*=\s*)?["']([^"']+)["']"""
)


def main(arguments: list[str] | None = None) -> None:
    """Prints the two scores and a table of all claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--tree", type=Path, default=Path(sysconfig.get_paths()["stdlib"]))
    parser.add_argument("--packages", type=Path, default=Path(sysconfig.get_paths()["purelib"]))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start\n")
    for title, parts in (("known", PARTS), ("held out", HELD_OUT)):
        for name, finder in (("fitment usage scan", found_in), ("regex over lines", naive)):
            print(scored(f"{title}: {name}", parts, finder))
    walking.LEFT_OUT = walking.LEFT_OUT - {"site-packages"}  # here it is what is scanned
    print(f"\n{'':<54} {'goal':>13} {'median':>9} {'least':>9}   {'most':<9}")
    for tree in dict.fromkeys((given.tree, given.packages)):
        for claim in speeds(tree, tree.name, given.rounds, LEAST):
            print(claim.line(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for claim in speeds(written(Path(folder)), "the corpus, all parsed", given.rounds, None):
            print(claim.line(), flush=True)


def scored(title: str, parts: tuple[str, ...], finder: Callable[[Snippet], Expected]) -> str:
    """One line with precision and recall over the parts."""
    found = score((snippet, finder(snippet)) for snippet in snippets(parts))
    return (
        f"{title:<30} {found.snippets:>3} snippets, {found.expected:>3} uses: "
        f"precision {found.precision:.3f}, recall {found.recall:.3f}"
    )


def naive(snippet: Snippet) -> Expected:
    """What a search for the usual calls with a literal finds, line by line."""
    return frozenset(
        (number, found[1].decode("utf-8", "replace"))
        for number, line in enumerate(snippet.source.splitlines(), 1)
        for found in NAIVE.finditer(line)
    )


def speeds(tree: Path, name: str, rounds: int, least: float | None) -> list[Claim]:
    """Lines a second over a tree: by processor seconds in one process, by the clock, and the rival's."""
    alone, clock, rival = [], [], []
    found: Scanned | None = None
    for _ in range(rounds):
        started = time.process_time()
        found = scan(tree, processes=1)
        alone.append(found.lines / (time.process_time() - started))
        started = time.perf_counter()
        clock.append(
            scan(tree, processes=len(os.sched_getaffinity(0))).lines / (time.perf_counter() - started)
        )
        started = time.process_time()
        rival.append(grep(tree) / (time.process_time() - started))
    lines = "" if found is None else f"{found.lines:,} lines"
    return [
        Claim(f"{name}, {lines}: one process", "lines/CPU s", alone, least=least),
        Claim(
            f"{name}: {len(os.sched_getaffinity(0))} processes, by the clock", "lines/s", clock, least=least
        ),
        Claim(f"{name}: regex over lines", "lines/CPU s", rival),
    ]


def grep(tree: Path) -> int:
    """The lines of the tree's Python, each of which the rival looked at."""
    lines = 0
    for file in walk(tree).files:
        if file.endswith(".py"):
            data = read(tree / file, LARGEST_SOURCE)
            if isinstance(data, bytes):
                lines += lines_of(data)
                for line in data.splitlines():
                    NAIVE.search(line)
    return lines


def written(folder: Path) -> Path:
    """The corpus, many times over, as files."""
    for copy in range(COPIES):
        for number, snippet in enumerate(snippets()):
            file = folder / f"{copy}" / f"{number}" / snippet.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(snippet.source)
    return folder


if __name__ == "__main__":
    main()
