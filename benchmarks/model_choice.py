"""How fast a choice and the analytics of a large catalogue are: ``python -m benchmarks.model_choice``.

The made-up models of ``benchmarks/model_search.py`` are imported into a new store. Each answer is made once
in this process after a first one that is not timed. Seconds on the clock, and of the processor, which other
work delays less; the load of the machine is told.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

import duckdb
from fitment.registry.analytics.analytics import analytics
from fitment.registry.choosing.choose import choose
from fitment.registry.choosing.wanted import Wanted, asked_metric
from fitment.registry.imports.models_file import read_models, store_models
from fitment.registry.storage.store import Store

from benchmarks.model_search import RECORDS, timed, write
from benchmarks.store_scores import Claim, folder, machine

QUESTIONS = {
    "a choice by five requirements": Wanted(
        commercial=True,
        task="chat",
        metrics=(asked_metric("mmlu>=0.4"),),
        max_size_bytes=15e9,
        licence_into="MIT",
    ),
    "a choice by commercial use alone": Wanted(commercial=True),
    "a choice by room on a device": Wanted(hardware="RTX 4090", metrics=(asked_metric("mmlu"),)),
}


def main(arguments: list[str] | None = None) -> None:
    """Prints a table of all claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--records", type=int, default=RECORDS)
    given = parser.parse_args(arguments)
    print(f"{machine()}; load {os.getloadavg()[0]:.2f} at the start; {given.records:,} models\n")
    with folder(None) as where:
        file = where / "models.jsonl"
        write(file, given.records)
        store = Store.open(where / "models.duckdb", create=True)
        store_models(store, read_models(file))
        with store.reading() as con:
            analytics(con)
            _print("analytics", lambda: analytics(con))
            for name, wanted in QUESTIONS.items():
                _print(name, lambda wanted=wanted: _meeting(con, wanted))  # type: ignore[misc]


def _meeting(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> str:
    return f"{choose(con, wanted).meeting:,} meet it"


def _print(name: str, answer: Callable[[], object]) -> None:
    wall, cpu, found = timed(answer)
    told = f"{name}, {found}" if isinstance(found, str) else name
    print(Claim(told, "s", [wall]).line(), flush=True)
    print(Claim(told, "CPU s", [cpu]).line(), flush=True)


if __name__ == "__main__":
    main()
