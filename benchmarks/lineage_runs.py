"""What ``benchmarks.lineage`` times, each in a process of its own: ours, networkx, scipy."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from fitment.harness.meters import memory
from fitment.registry.lineage.ecosystem import Ecosystem

from benchmarks import networkx_lineage

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("NUMBA", "OMP", "OPENBLAS", "MKL", "ARROW")}
_QUESTIONS = 25  # of each sort
# Fitment needs none of these, but Numba and pyarrow load them where they find them.
DEVELOPERS_ONLY = ("scipy", "coverage", "pandas")
# Of the whole process, from its start: the clock is the caller's.
_COMMAND = f"""
import resource, sys

class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in {DEVELOPERS_ONLY}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Hidden)
from fitment.harness.cli.main import main
from fitment.harness.meters import memory
code = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, memory.peak_rss(was_reset=True).bytes, file=sys.stderr)
raise SystemExit(code)
"""


@dataclass(frozen=True, slots=True)
class Used:
    """What a step took."""

    wall_s: float
    cpu_s: float
    peak_bytes: int  # the most that was resident


def command(*words: str) -> Used:
    """A whole command of ours, from the start of Python, without DEVELOPERS_ONLY.

    Ends the program where it fails.
    """
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", _COMMAND, *words], check=False, capture_output=True, text=True
    )
    wall = time.perf_counter() - started
    if ended.returncode:
        sys.exit(f"fitment {' '.join(words)}: {ended.stderr}")
    cpu, peak = ended.stderr.split()[-2:]
    return Used(wall, float(cpu), int(peak))


def networkx_build(file: Path, way: str) -> Used:
    """The reference from a CSV file, with its two copies for views; without its imports and their memory."""
    memory.reset()
    before = memory.resident_bytes() or 0
    wall, cpu = time.perf_counter(), time.process_time()
    graph = getattr(networkx_lineage, way)(file)
    copies = networkx_lineage.views(graph)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert len(copies) == 2
    return Used(wall, cpu, memory.peak_rss(was_reset=True).bytes - before)


def differences(store: Path, file: Path) -> list[str]:
    """Where the lineage of a store says other things than networkx of the same file."""
    from fitment.registry.lineage.kept.opened import open_lineage

    from benchmarks import lineage_agreement

    return lineage_agreement.differences(open_lineage(store), networkx_lineage.by_columns(file))


def our_questions(store: Path, rounds: int) -> Mapping[str, list[float]]:
    """Seconds of each question in each round, warm; of the sets the slowest of a round."""
    from fitment.kernels.depths import depths
    from fitment.kernels.strong_components import strong_components
    from fitment.kernels.weak_components import weak_components
    from fitment.registry.lineage.audit.audit import audit
    from fitment.registry.lineage.kept.opened import open_lineage
    from fitment.registry.lineage.questions.follow import ancestors, descendants
    from fitment.registry.lineage.reach import Reacher

    held = open_lineage(store)
    up, edges = held.up, held.edges
    side = up.starts, up.neighbours, up.edges

    def strong_and_depth() -> object:
        strong = strong_components(*side)
        return depths(*side, strong.label, strong.order)

    found = {
        "strong and depth": _timed(strong_and_depth, rounds),
        "weak": _timed(lambda: weak_components(edges.parent, edges.child, len(held)), rounds),
        "licence-audit": _timed(lambda: audit(held), rounds),
    }
    for name, ask in (("ancestors", ancestors), ("descendants", descendants)):
        found[name] = _slowest([partial(ask, held, model) for model in _asked(held)], rounds)
    for name, way in (("ancestors of many", held.up), ("descendants of many", held.down)):
        reacher = Reacher(way)
        found[name] = _slowest([partial(reacher.of, model) for model in _asked(held)], rounds)
    return found


def scipy_questions(store: Path, rounds: int) -> Mapping[str, list[float]]:
    """Components by scipy, of a matrix that is made beforehand; it knows no depth over cycles."""
    from fitment.registry.lineage.kept.opened import open_lineage
    from scipy.sparse import csgraph, csr_array

    held = open_lineage(store)
    size = len(held)
    ones = np.ones(len(held.edges.parent), np.int8)
    matrix = csr_array((ones, (held.edges.parent, held.edges.child)), shape=(size, size))
    return {
        "strong": _timed(lambda: csgraph.connected_components(matrix, connection="strong"), rounds),
        "weak": _timed(lambda: csgraph.connected_components(matrix, directed=False), rounds),
    }


def networkx_questions(file: Path, rounds: int) -> Mapping[str, list[float]]:
    """The same questions of the reference; of the sets the slowest of a round."""
    graph = networkx_lineage.by_columns(file)
    models = sorted(graph, key=graph.out_degree, reverse=True)[:_QUESTIONS]

    return {
        "strong and depth": _timed(lambda: networkx_lineage.depths(graph), rounds),
        "weak": _timed(lambda: networkx_lineage.families(graph), rounds),
        "descendants": _slowest([partial(nx.descendants, graph, model) for model in models], rounds),
    }


def of_note(store: Path) -> tuple[str, str]:
    """The deepest model, and the one with the most children."""
    from fitment.registry.lineage.kept.opened import open_lineage

    held = open_lineage(store)
    children = np.diff(held.down.starts)
    return held.names[int(np.argmax(held.structure.depth))], held.names[int(np.argmax(children))]


def _asked(held: Ecosystem) -> list[int]:
    """The models with the most children, those that are deepest, and any others."""
    most = np.argsort(-np.diff(held.down.starts), kind="stable")[:_QUESTIONS]
    deepest = np.argsort(-held.structure.depth, kind="stable")[:_QUESTIONS]
    others = np.random.default_rng(0).integers(len(held), size=_QUESTIONS)
    return np.concatenate([most, deepest, others]).tolist()


def _slowest(questions: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """CPU seconds of the slowest in each round; which one that is may change."""
    times = zip(*(_timed(question, rounds) for question in questions), strict=True)
    return [max(each) for each in times]


def _timed(work: Callable[[], Any], rounds: int) -> list[float]:
    """CPU seconds of each round, after one that is not timed."""
    work()
    found = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return found
